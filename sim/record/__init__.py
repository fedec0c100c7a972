"""What actors did, week by week: records of coded events, read and mapped to our acts."""
