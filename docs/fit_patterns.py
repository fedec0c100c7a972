"""Fits a few numbers so that the patterns of `agents/patterns.yaml` hold.

    python docs/fit_patterns.py screen [--points 5] [--worlds 200] [--seed 1]
    python docs/fit_patterns.py search [--points 60] [--rounds 3] [--worlds 400] [--seed 1]

`screen` moves one number at a time from a few points of a Latin hypercube over the ranges below
(elementary effects in a radial design; Campolongo, Saltelli & Cariboni 2011), and says by how much
each moves each pattern, in widths of its target. `search` measures the points of a Latin hypercube
over the numbers that are left free, then of smaller ones about the best point so far, and prefers
points that lie deep inside every target. Each writes all that it tried to `agents/data`, a row a
point: the numbers, what each pattern measured, and how deep it lies inside the target that is left
to it once sampling error at 2,000 worlds is taken off. The best point goes by hand into the tables,
with its source; offsets are then fitted anew (`write_offsets.py`), and patterns measured again.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import qmc

from realpolitik.sim.calibrate.measure import measure
from realpolitik.sim.calibrate.patterns import Pattern, load_patterns

DATA = Path(__file__).parents[1] / "agents" / "data"
SCREENING, SEARCH = DATA / "patterns_screening.csv", DATA / "patterns_fit.csv"
TESTED, Z = 2000, 1.96
SHRINK = 0.4  # of the box about the best point, in each round

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Knob:
    """A number that can be turned.

    Attributes:
        address: Its address.
        low, high: Between which values.
        follow: Address → multiple of the number that it is set to.
    """

    address: str
    low: float
    high: float
    follow: Mapping[str, float] = field(default_factory=dict)

    def values(self, value: float) -> dict[str, float]:
        """Every address that is set."""
        return {self.address: value, **{key: value * by for key, by in self.follow.items()}}


DIRECT = Knob(
    "action.limited_strike.base_rate",
    0.006,
    0.014,
    {"action.major_strike.base_rate": 0.2},
)
COVERT = Knob(
    "action.covert_strike.base_rate",
    0.0005,
    0.002,
    {"action.proxy_strike.base_rate": 0.86},
)
ALLIANCE = Knob("world.alliance_pressure", 0.1, 0.5)
THRESHOLD = Knob("world.readiness_threshold", 0.48, 0.6)
IMPULSE = Knob("world.pressure_impulse", 1.1, 1.5)
PERSISTENCE = Knob("world.pressure_persistence", 0.91, 0.94)
ACCOUNT = Knob("initial.pressure.IRN-ISR", 0.47, 0.62)
LEADER = Knob("IRN.domestic_pressure.leader", 0.26, 0.42)
AVERSION = Knob("ISR.escalation_aversion", 0.1, 0.4)
ARMS = Knob("action.offensive_arms.base_rate", 0.0002, 0.00065)
READINESS = Knob("world.readiness_rate", 0.5, 1.0)
FREE = (
    DIRECT,
    COVERT,
    ALLIANCE,
    THRESHOLD,
    IMPULSE,
    PERSISTENCE,
    ACCOUNT,
    LEADER,
    AVERSION,
)
SCREENED = (
    *FREE,
    ARMS,
    READINESS,
    Knob("world.rung_persistence", 0.75, 0.85),
    Knob("world.deescalation_step", 0.5, 3.0),
    Knob("world.truce_rung", 2.0, 5.0),
    Knob("world.weary_weeks", 4.0, 26.0),
    Knob("IRN.fear_of_retaliation", 0.6, 1.0),
    Knob("IRN.escalation_aversion.leader", 0.1, 0.4),
    Knob("ISR.domestic_pressure", 0.5, 1.0),
    Knob("ISR.fear_of_retaliation", 0.5, 1.0),
)


def main() -> None:
    """Screens, or searches."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("task", choices=("screen", "search"))
    parser.add_argument("--points", type=int)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--worlds", type=int)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    if given.task == "screen":
        screen(given.points or 5, given.worlds or 200, given.seed)
    else:
        search(given.points or 60, given.rounds, given.worlds or 400, given.seed)


# ── Screening ────────────────────────────────────────────────────────────────────────


def screen(points: int, worlds: int, seed: int) -> None:
    """Writes all points, and says what moves what."""
    starts, others = hypercubes(SCREENED, points, seed)
    rows = pd.DataFrame(_radial(starts, others, worlds, seed))
    rows.to_csv(SCREENING, index=False, lineterminator="\n", float_format="%.6g")
    moved = rows.pivot_table(index="moved", columns="pattern", values="effect", aggfunc=_mean_size)
    sys.stdout.write(moved.round(2).to_string() + "\n")


def _radial(starts: Array, others: Array, worlds: int, seed: int) -> Iterator[dict[str, object]]:
    patterns = load_patterns()
    for number, (start, other) in enumerate(zip(starts, others, strict=True)):
        before = measured(patterns, settings(SCREENED, start), worlds, seed)
        for place, knob in enumerate(SCREENED):
            point = np.where(np.arange(len(SCREENED)) == place, other, start)
            after = measured(patterns, settings(SCREENED, point), worlds, seed)
            share = (other[place] - start[place]) / (knob.high - knob.low)
            for pattern in patterns:
                effect = (after[pattern.id] - before[pattern.id]) / width(pattern) / share
                yield {
                    "start": number,
                    "moved": knob.address,
                    "from": start[place],
                    "to": other[place],
                    "pattern": pattern.id,
                    "before": before[pattern.id],
                    "after": after[pattern.id],
                    "effect": effect,
                }
        sys.stdout.write(f"start {number + 1} of {len(starts)}\n")
        sys.stdout.flush()


def _mean_size(effects: "pd.Series[float]") -> float:
    return float(effects.abs().mean())


# ── Searching ────────────────────────────────────────────────────────────────────────


def search(points: int, rounds: int, worlds: int, seed: int) -> None:
    """Writes all points, and tells of the best."""
    box: Sequence[Knob] = FREE
    tried = pd.DataFrame()
    for number in range(rounds):
        found = pd.DataFrame(_tries(box, points, worlds, seed + number))
        tried = pd.concat([tried, found.assign(round=number + 1)], ignore_index=True)
        tried.to_csv(SEARCH, index=False, lineterminator="\n", float_format="%.5g")
        best = tried.iloc[int(tried["depth"].to_numpy().argmax())]
        sys.stdout.write(f"round {number + 1}\n{best.to_string()}\n")
        sys.stdout.flush()
        box = tuple(_about(knob, float(best[knob.address]), SHRINK) for knob in box)


def _tries(
    box: Sequence[Knob], points: int, worlds: int, seed: int
) -> Iterator[dict[str, float | int]]:
    patterns = load_patterns()
    for point in hypercubes(box, points, seed)[0]:
        setting = settings(box, point)
        found = measured(patterns, setting, worlds, seed)
        yield {**setting, **found, "depth": depth(patterns, found), "worlds": worlds, "seed": seed}


def _about(knob: Knob, value: float, share: float) -> Knob:
    """The same number, in a smaller part of its range about a value."""
    reach = share * (knob.high - knob.low) / 2
    low, high = max(knob.low, value - reach), min(knob.high, value + reach)
    return Knob(knob.address, low, high, knob.follow)


# ── Points, and what they measure ────────────────────────────────────────────────────


def hypercubes(knobs: Sequence[Knob], points: int, seed: int) -> tuple[Array, Array]:
    """Two sets of points, each a Latin hypercube over the ranges: (points, knobs) each."""
    low, high = (np.array([getattr(knob, end) for knob in knobs]) for end in ("low", "high"))
    unit = qmc.LatinHypercube(2 * len(knobs), rng=seed).random(points)
    one, other = (low + (high - low) * half for half in np.hsplit(unit, 2))
    return one, other


def settings(knobs: Sequence[Knob], point: Iterable[float]) -> dict[str, float]:
    """Every address that a point sets."""
    each = (knob.values(float(value)) for knob, value in zip(knobs, point, strict=True))
    return {address: value for values in each for address, value in values.items()}


def measured(
    patterns: Sequence[Pattern], setting: Mapping[str, float], worlds: int, seed: int
) -> dict[str, float]:
    """Pattern → its number."""
    table = measure(patterns, setting, worlds, seed)
    return dict(zip(table["pattern"], table["value"], strict=True))


def depth(patterns: Sequence[Pattern], found: Mapping[str, float]) -> float:
    """How deep the worst number lies inside its target, in widths; below 0 if outside."""
    return min(_depth(pattern, found[pattern.id]) for pattern in patterns)


def _depth(pattern: Pattern, value: float) -> float:
    """Depth of one: less the half-width of its interval at so many worlds as the tests have.

    Weeks are whole, so that one that lies inside is deep enough.
    """
    if not np.isfinite(value):
        return -1.0
    if not _is_share(pattern):
        return 0.5 if pattern.low <= value <= pattern.high else -1.0
    reach = Z * np.sqrt(max(value * (1 - value), 1 / TESTED) / TESTED)
    ends = ((pattern.low, value - pattern.low), (pattern.high, pattern.high - value))
    inner = min(apart for end, apart in ends if end not in (0, 1))
    return float((inner - reach) / width(pattern))


def _is_share(pattern: Pattern) -> bool:
    return pattern.gauge.statistic == "share"


def width(pattern: Pattern) -> float:
    """Width of the target."""
    return pattern.high - pattern.low


if __name__ == "__main__":
    main()
