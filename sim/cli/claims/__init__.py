"""The verb `claims`."""
