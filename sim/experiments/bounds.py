"""How much is worth running."""

MOST_WORLDS = 10_000_000  # of an ensemble, or at a point of a study: hours of work
MOST_WORLDS_IN_ALL = 1_000_000_000  # of a study, over all its points: days of work
