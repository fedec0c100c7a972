"""The page of an audit of the claims, and its section in the report of a run."""
