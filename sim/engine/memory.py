"""How the numbers of many worlds lie in memory, and two views that make use of it.

An array (W, n) or (W, n, n) is kept in Fortran order: first all worlds of the first actor or dyad,
then all of the next. NumPy looks up one number several times faster than the index of a dyad in a
world, and whole rows of worlds faster still.
"""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Kind = TypeVar("Kind", bound=np.generic)


def flat(values: NDArray[Kind]) -> NDArray[Kind]:
    """All the numbers in the order in which they lie: a view, (W·n,) or (W·n·n,)."""
    return values.T.reshape(-1)


def rows(values: NDArray[Kind]) -> NDArray[Kind]:
    """The actors or dyads, each with its worlds side by side: a view, (n, W) or (n·n, W)."""
    return values.T.reshape(-1, len(values))


def row_of(place: tuple[int, ...], actors: int) -> int:
    """Number of the row of an actor (i,) or of a dyad (i, j): i + n·j."""
    return sum(number * actors**axis for axis, number in enumerate(place))
