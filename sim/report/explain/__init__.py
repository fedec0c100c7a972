"""Pages about reasons, and their sections in the report of a run."""
