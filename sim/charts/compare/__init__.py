"""Charts of scenarios side by side."""
