"""How much is worth running."""

MOST_WORLDS = 10_000_000  # of an ensemble, or at a point of a study: hours of work
