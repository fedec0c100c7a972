"""The points of each wave: a Latin hypercube first, then draws from around the points that remain.

Later waves are a smoothed bootstrap (Efron 1979; Silverman 1986, section 6.4): a point that remains
is drawn with replacement, and each of its coordinates is moved by a normal step, whose standard
deviation is that of the parents in that coordinate times Silverman's factor for their number and
the number of coordinates. Steps that leave a range are turned back at its end. Nothing is
emulated: whether such a point is plausible is found out by running it.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from realpolitik.sim.study.plans.plan import Vary

Array = NDArray[np.float64]


def first_wave(
    vary: Sequence[Vary], start: Mapping[str, float], points: int, seed: int
) -> pd.DataFrame:
    """`point`, then a column an address: the start, then a Latin hypercube over the ranges."""
    from scipy.stats import qmc  # takes a second to load

    unit = qmc.LatinHypercube(len(vary), seed=np.random.default_rng([seed, 1])).random(points - 1)
    low, high = ends(vary)
    own = np.array([[start[one.address] for one in vary]])
    return numbered(np.concatenate([own, low + unit * (high - low)]), vary)


def next_wave(
    vary: Sequence[Vary], parents: pd.DataFrame, points: int, seed: int, wave: int
) -> pd.DataFrame:
    """`point`, then a column an address: draws from around the parents, which has such columns."""
    rng = np.random.default_rng([seed, wave])
    kept = parents[[one.address for one in vary]].to_numpy(dtype=np.float64)
    low, high = ends(vary)
    step = silverman(*kept.shape) * kept.std(axis=0, ddof=1 if len(kept) > 1 else 0)
    centres = kept[rng.integers(0, len(kept), points)]
    return numbered(reflected(centres + step * rng.standard_normal(centres.shape), low, high), vary)


def silverman(points: int, dimensions: int) -> float:
    """Silverman's factor of the width of a normal kernel (1986, equation 4.14)."""
    return float((4 / ((dimensions + 2) * points)) ** (1 / (dimensions + 4)))


def reflected(values: Array, low: Array, high: Array) -> Array:
    """Values turned back at the ends of their ranges, as often as need be."""
    width = high - low
    beyond = np.mod(values - low, 2 * width)
    return np.asarray(low + np.where(beyond > width, 2 * width - beyond, beyond))


def distance(points: pd.DataFrame, start: Mapping[str, float], vary: Sequence[Vary]) -> Array:
    """How far each point lies from the start, (points,): root mean square, in ranges."""
    low, high = ends(vary)
    apart = points[[one.address for one in vary]].to_numpy(dtype=np.float64)
    apart = (apart - np.array([start[one.address] for one in vary])) / (high - low)
    return np.asarray(np.sqrt((apart**2).mean(axis=1)))


def ends(vary: Sequence[Vary]) -> tuple[Array, Array]:
    """Least and greatest value of each address."""
    return np.array([one.low for one in vary]), np.array([one.high for one in vary])


def numbered(values: Array, vary: Sequence[Vary]) -> pd.DataFrame:
    """Values as points, numbered from 0."""
    table = pd.DataFrame(values, columns=[one.address for one in vary])
    table.insert(0, "point", np.arange(len(table)))
    return table
