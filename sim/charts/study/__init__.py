"""Charts of a study: outcomes against what is varied."""
