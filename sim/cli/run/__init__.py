"""Verbs about runs: `run`, and `report`, which also serves studies."""
