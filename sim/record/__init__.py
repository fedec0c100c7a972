"""What actors did, week by week: records of coded events, read and mapped to our acts."""

ORDINARY = "record_weeks"
"""The scenario that weeks of a record are seen with unless another is named."""
