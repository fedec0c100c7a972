"""Fits a few numbers so that the patterns of `agents/patterns.yaml` hold.

    python docs/fit_patterns.py screen [--points 2] [--worlds 200] [--seed 1]
    python docs/fit_patterns.py search [--points 20] [--rounds 2] [--worlds 400] [--seed 1]
    python docs/fit_patterns.py spare [--worlds 1000] [--seed 1]

`screen` moves one number at a time from a few points of a Latin hypercube over the ranges below
(elementary effects in a radial design; Campolongo, Saltelli & Cariboni 2011), and says by how much
each moves each pattern, in widths of its target. `search` measures the numbers that are shipped and
the points of a Latin hypercube over those that are free, then of smaller ones about the best so
far; it prefers points that lie deep inside every target. `spare` puts one number after the other
back to what it was in the first edition, and so says which could have been left alone. Each writes
all that it tried to `agents/data`, a row a point: the numbers, what each pattern measured, and how
deep the worst lies inside what is left of its target once sampling error at 2,000 worlds is taken
off (in widths of the target; below 0: outside).

Between the first hypercubes and the numbers that are shipped some forty points were tried by hand,
which are not kept. The numbers go by hand into the tables, with their source; weights and offsets
come from the record (`write_estimates.py`), and do not hang on them.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import qmc

from realpolitik.sim.calibrate.measure import measure
from realpolitik.sim.calibrate.patterns import Pattern, load_patterns
from realpolitik.sim.scenario.vocabulary import vocabulary

DATA = Path(__file__).parents[1] / "agents" / "data"
SCREENING, SEARCH, SPARED = (
    DATA / f"patterns_{task}.csv" for task in ("screening", "search", "spared")
)
TESTED, Z = 2000, 1.96
SHRINK = 0.4  # of the box about the best point, in each round

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Knob:
    """A number that can be turned.

    Attributes:
        address: Its address.
        low, high: Between which values.
        before: What it was in the first edition.
        follow: Address → multiple of the number that it is set to.
    """

    address: str
    low: float
    high: float
    before: float
    follow: Mapping[str, float] = field(default_factory=dict)

    def values(self, value: float) -> dict[str, float]:
        """Every address that is set."""
        return {self.address: value, **{key: value * by for key, by in self.follow.items()}}


MAJOR = {"action.major_strike.base_rate": 0.2}
PROXY = {"action.proxy_strike.base_rate": 0.86}
FREE = (
    Knob("action.covert_strike.base_rate", 0.0006, 0.0018, 0.0056, PROXY),
    Knob("world.alliance_pressure", 0.15, 0.4, 1.0),
    Knob("world.readiness_threshold", 0.46, 0.56, 0.45),
    Knob("world.readiness_rate", 0.6, 1.0, 0.5),
    Knob("world.pressure_persistence", 0.9, 0.937, 0.937),
    Knob("initial.pressure.IRN-ISR", 0.47, 0.57, 0.47),
    Knob("IRN.domestic_pressure.leader", 0.22, 0.36, 0.42),
    Knob("ISR.escalation_aversion", 0.05, 0.3, 0.4),
    Knob("HOU.iran_tie", 0.35, 0.6, 0.3),
)
LEFT = (
    Knob("action.limited_strike.base_rate", 0.009, 0.02, 0.014, MAJOR),
    Knob("action.offensive_arms.base_rate", 0.0002, 0.001, 0.00065),
    Knob("world.pressure_impulse", 0.9, 1.4, 1.1),
    Knob("world.rung_persistence", 0.75, 0.85, 0.8),
    Knob("world.deescalation_step", 0.5, 3.0, 1.0),
    Knob("world.truce_rung", 2.0, 5.0, 4.0),
    Knob("world.weary_weeks", 4.0, 26.0, 13.0),
    Knob("IRN.fear_of_retaliation", 0.6, 1.0, 0.8),
    Knob("IRN.escalation_aversion.leader", 0.1, 0.4, 0.23),
    Knob("ISR.domestic_pressure", 0.5, 1.0, 0.82),
    Knob("ISR.fear_of_retaliation", 0.5, 1.0, 0.75),
    Knob("HEZ.iran_tie", 0.2, 0.5, 0.4),
)
ALL = (*FREE, *LEFT)


def main() -> None:
    """Screens, searches, or spares."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("task", choices=("screen", "search", "spare"))
    parser.add_argument("--points", type=int)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--worlds", type=int)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    if given.task == "screen":
        screen(given.points or 2, given.worlds or 200, given.seed)
    elif given.task == "search":
        search(given.points or 20, given.rounds, given.worlds or 400, given.seed)
    else:
        spare(given.worlds or 1000, given.seed)


# ── Screening ────────────────────────────────────────────────────────────────────────


def screen(points: int, worlds: int, seed: int) -> None:
    """Writes all points, and says what moves what."""
    starts, others = hypercubes(ALL, points, seed)
    rows = pd.DataFrame(_radial(starts, others, worlds, seed))
    rows.to_csv(SCREENING, index=False, lineterminator="\n", float_format="%.6g")
    moved = rows.pivot_table(index="moved", columns="pattern", values="effect", aggfunc=_mean_size)
    sys.stdout.write(moved.round(2).to_string() + "\n")


def _radial(starts: Array, others: Array, worlds: int, seed: int) -> Iterator[dict[str, object]]:
    patterns = load_patterns()
    for number, (start, other) in enumerate(zip(starts, others, strict=True)):
        before = measured(patterns, settings(ALL, start), worlds, seed)
        for place, knob in enumerate(ALL):
            point = np.where(np.arange(len(ALL)) == place, other, start)
            after = measured(patterns, settings(ALL, point), worlds, seed)
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
    patterns, parameters = load_patterns(), vocabulary().parameters
    shipped = [parameters[knob.address].default for knob in box]
    for point in (shipped, *hypercubes(box, points, seed)[0]):
        setting = settings(box, point)
        found = measured(patterns, setting, worlds, seed)
        yield {**setting, **found, "depth": depth(patterns, found), "worlds": worlds, "seed": seed}


def _about(knob: Knob, value: float, share: float) -> Knob:
    """The same number, in a smaller part of its range about a value."""
    reach = share * (knob.high - knob.low) / 2
    low, high = max(knob.low, value - reach), min(knob.high, value + reach)
    return replace(knob, low=low, high=high)


# ── Sparing ──────────────────────────────────────────────────────────────────────────


def spare(worlds: int, seed: int) -> None:
    """Writes what is missed if a number is put back, beside all of them as they are."""
    rows = pd.DataFrame(_spared(worlds, seed))
    rows.to_csv(SPARED, index=False, lineterminator="\n", float_format="%.5g")
    sys.stdout.write(rows[["put back", "value", "depth"]].to_string(index=False) + "\n")


def _spared(worlds: int, seed: int) -> Iterator[dict[str, str | float | int]]:
    patterns = load_patterns()
    former: dict[str, dict[str, float]] = {"": {}}
    former |= {knob.address: knob.values(knob.before) for knob in FREE}
    for address, setting in former.items():
        found = measured(patterns, setting, worlds, seed)
        yield {
            "put back": address,
            "value": setting.get(address, np.nan),
            **found,
            "depth": depth(patterns, found),
            "worlds": worlds,
            "seed": seed,
        }


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
