"""How many worlds, which ones, and side by side: from a model to tidy tables."""
