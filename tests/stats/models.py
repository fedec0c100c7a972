"""Known models of paired worlds, for measuring how often an interval holds the truth."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from realpolitik.sim.stats.intervals import Interval

Array = NDArray[np.float64]
Draw = Callable[[np.random.Generator, int], tuple[Array, Array]]

REPEATS = 1500


@dataclass(frozen=True)
class Model:
    """Draws two arrays of n paired values; `difference` is that of their true means."""

    name: str
    draw: Draw
    difference: float

    def __str__(self) -> str:
        """How a test is called."""
        return self.name


def coverage(model: Model, n: int, interval: Callable[[Array, Array], Interval]) -> float:
    """Share of repeats in which the interval holds the true difference."""
    rng = np.random.default_rng([n, *model.name.encode()])
    found = (interval(*model.draw(rng, n)) for _ in range(REPEATS))
    slack = 1e-12  # an end that is the truth, but for rounding, holds it
    held = [one.low - slack <= model.difference <= one.high + slack for one in found]
    return float(np.mean(held))


def pairs_of_normals(rng: np.random.Generator, n: int, correlation: float) -> tuple[Array, Array]:
    """Two standard normal arrays of that correlation."""
    one, other = rng.standard_normal((2, n))
    return one, correlation * one + math.sqrt(1 - correlation**2) * other


def shares(first: float, second: float, correlation: float) -> Model:
    """Zeros and ones, cut from normals of that correlation."""
    cuts = stats.norm.ppf([first, second])

    def draw(rng: np.random.Generator, n: int) -> tuple[Array, Array]:
        one, other = pairs_of_normals(rng, n, correlation)
        return (one < cuts[0]).astype(np.float64), (other < cuts[1]).astype(np.float64)

    return Model(f"shares {first} {second} r={correlation}", draw, second - first)


def normals(shift: float, scale: float, correlation: float) -> Model:
    """Normals, the second of another mean and spread."""

    def draw(rng: np.random.Generator, n: int) -> tuple[Array, Array]:
        one, other = pairs_of_normals(rng, n, correlation)
        return one, shift + scale * other

    return Model(f"normals {shift} {scale} r={correlation}", draw, shift)


def grades(shift: float, correlation: float) -> Model:
    """Grades from 0 to 6, with many ties between the two."""
    edges = np.array([-1.2, -0.6, 0.0, 0.5, 1.0, 1.6])
    true = (stats.norm.cdf(edges) - stats.norm.cdf(edges - shift)).sum()

    def draw(rng: np.random.Generator, n: int) -> tuple[Array, Array]:
        one, other = pairs_of_normals(rng, n, correlation)
        cut = [np.digitize(values, edges).astype(np.float64) for values in (one, other + shift)]
        return cut[0], cut[1]

    return Model(f"grades {shift} r={correlation}", draw, float(true))


def weeks(first: float, second: float, horizon: int, correlation: float) -> Model:
    """Weeks until something comes (geometric), counted up to the horizon."""

    def truth(rate: float) -> float:
        return sum((1 - rate) ** (week - 1) for week in range(1, horizon + 1))

    def draw(rng: np.random.Generator, n: int) -> tuple[Array, Array]:
        drawn = [stats.norm.cdf(one) for one in pairs_of_normals(rng, n, correlation)]
        rates = (first, second)
        came = [stats.geom.ppf(u, rate) for u, rate in zip(drawn, rates, strict=True)]
        return np.minimum(came[0], horizon), np.minimum(came[1], horizon)

    name = f"weeks {first} {second} of {horizon} r={correlation}"
    return Model(name, draw, truth(second) - truth(first))


def rare(share: float, changes: tuple[float, ...]) -> Model:
    """Values that few worlds change, by one of these steps, all of them as likely."""

    def draw(rng: np.random.Generator, n: int) -> tuple[Array, Array]:
        one = rng.standard_normal(n).round(1)
        moved = rng.random(n) < share
        return one, np.where(moved, one + rng.choice(changes, n), one)

    return Model(f"rare {share} {changes}", draw, share * float(np.mean(changes)))
