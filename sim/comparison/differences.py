"""How far each outcome differs from the baseline, and how sure that is."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd

from realpolitik.sim.comparison.inputs import Outcome
from realpolitik.sim.comparison.pairs import SAME, Pairing, why_not_paired
from realpolitik.sim.comparison.sides import Side
from realpolitik.sim.engine.world import Array
from realpolitik.sim.experiments.manifest import HELP_GRADES
from realpolitik.sim.experiments.summary import DEATH_CLASSES
from realpolitik.sim.stats.intervals import (
    Interval,
    Scale,
    paired_changes,
    share,
    unpaired_difference,
)

# ── Levels ───────────────────────────────────────────────────────────────────────────


def horizon_of(sides: Iterable[Side]) -> int:
    """The weeks that all have [weeks]."""
    return min(side.subject.weeks for side in sides)


def levels(sides: tuple[Side, ...]) -> pd.DataFrame:
    """How high each outcome is in each scenario, as differences are taken of it.

    Columns: scenario, outcome, label, scale, mean, low, high, n (worlds that have a value: of weeks
    those in which it came), worlds, came (share of worlds in which it came, up to the weeks that
    all scenarios have; NaN for other scales). A week that never came counts as the last of these.
    """
    horizon = horizon_of(sides)
    return pd.DataFrame(
        [_level(side, one, horizon) for side in sides for one in side.subject.outcomes]
    )


def _level(side: Side, one: Outcome, horizon: int) -> dict[str, object]:
    """The row of one outcome of one scenario."""
    values, scale = side.values[one.name], Scale.of(one.scale, horizon)
    return {
        "scenario": side.subject.key,
        "outcome": one.name,
        "label": one.label,
        "scale": one.scale,
        **asdict(scale.level(values)),
        "n": int(np.isfinite(values).sum()),
        "worlds": len(values),
        "came": scale.came(values),
    }


def times(sides: tuple[Side, ...]) -> pd.DataFrame:
    """When what happens once has happened: one row a week.

    Columns: scenario, outcome, week, share_by_then, low, high, at_risk, came. `at_risk` counts the
    worlds in which it had not come before that week, `came` those in which it came in it. Every
    world is observed up to the horizon and censored there and nowhere else, so the Kaplan–Meier
    estimate (1958, doi:10.1080/01621459.1958.10501452) is the share of worlds in which it has
    come, and the interval is Wilson's. In a world that ended in a clash of great powers nothing
    comes any more.
    """
    tables = [
        pd.DataFrame(
            {"scenario": side.subject.key, "outcome": one.name, **_by_week(side, one.name)}
        )
        for side in sides
        for one in side.subject.outcomes
        if one.scale == "weeks"
    ]
    columns = ("scenario", "outcome", "week", "share_by_then", "low", "high", "at_risk", "came")
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=columns)


def _by_week(side: Side, name: str) -> dict[str, object]:
    """The columns of one outcome."""
    values, weeks = side.values[name], side.subject.weeks
    came = np.bincount(values[np.isfinite(values)].astype(np.int64), minlength=weeks + 1)[1:]
    by_then = np.cumsum(came)
    intervals = {hits: share(int(hits), len(values)) for hits in np.unique(by_then)}
    shares = [intervals[hits] for hits in by_then]
    return {
        "week": np.arange(1, weeks + 1),
        "share_by_then": [one.mean for one in shares],
        "low": [one.low for one in shares],
        "high": [one.high for one in shares],
        "at_risk": len(values) - (by_then - came),
        "came": came,
    }


# ── Differences ──────────────────────────────────────────────────────────────────────


FEW = 10  # pairs that differ, below which the interval of a mean is rough


@dataclass(frozen=True)
class Difference:
    """A row of the table `differences`, without its first columns."""

    difference: float
    low: float
    high: float
    paired: bool
    pairs: int
    up: float
    down: float
    same: float
    width_paired: float
    width_unpaired: float
    gain: float
    note: str


def differences(baseline: Side, others: tuple[tuple[Side, Pairing], ...]) -> pd.DataFrame:
    """Each outcome that both have, less the baseline's.

    Columns: scenario, outcome, label, scale, difference, low, high (95 %), paired, pairs, up, down,
    same (shares of the pairs whose value rose, fell, stayed), width_paired, width_unpaired (had the
    worlds not been paired), gain (the second by the first), note. What pairs would say is NaN where
    there are none.
    """
    columns = ("scenario", "outcome", "label", "scale", *Difference.__annotations__)
    rows, horizon = [], horizon_of([baseline, *(side for side, _ in others)])
    for side, pairing in others:
        for outcome in side.subject.outcomes:
            before = baseline.outcome(outcome.name)
            if before and before.scale == outcome.scale:
                scale = Scale.of(outcome.scale, horizon)
                values = [scale.counted(of.values[outcome.name]) for of in (baseline, side)]
                notes = list(pairing.notes)
                if outcome.scale == "weeks":
                    notes.append(f"a week that never came counts as week {horizon}")
                row = _difference(values, pairing, (before, outcome), scale, notes)
                names = (side.subject.key, outcome.name, outcome.label, outcome.scale)
                rows.append({**dict(zip(columns, names, strict=False)), **asdict(row)})
    return pd.DataFrame(rows, columns=columns)


def _difference(
    values: Sequence[Array],
    pairing: Pairing,
    outcomes: tuple[Outcome, Outcome],
    scale: Scale,
    notes: list[str],
) -> Difference:
    """The row of one outcome; values and definitions are those of the baseline, then the other."""
    one, other = values
    if why_not := why_not_paired(pairing, *outcomes):
        found = unpaired_difference(scale, one, other)
        return _row(found, None, [f"not paired: {why_not}", *notes], np.empty(0))
    one, other = one[: pairing.worlds], other[: pairing.worlds]
    changes = other - one
    found = paired_changes(scale, changes)
    if pairing.same:
        found, notes = Interval(0.0, 0.0, 0.0), [SAME, *notes]
    elif scale.name != "share":
        notes = notes + _doubts(changes, scale)
    return _row(unpaired_difference(scale, one, other), found, notes, changes)


def _doubts(changes: Array, scale: Scale) -> list[str]:
    """What is to be said of an interval of means that rests on few pairs."""
    differing = int((changes != 0).sum())
    if differing == 0:
        if np.isfinite(scale.width):
            return ["no pair of worlds differs: the interval is what pairs not seen may do"]
        return ["no pair of worlds differs, so how large a difference may be is not known"]
    if differing < FEW:
        pairs = "1 pair of worlds differs" if differing == 1 else f"{differing} pairs differ"
        return [f"only {pairs}, so the interval is rough"]
    return []


def _row(apart: Interval, found: Interval | None, notes: list[str], changes: Array) -> Difference:
    """The row out of its unpaired interval, and its paired one if there is one."""
    pairs = len(changes)
    width_unpaired = apart.high - apart.low
    width = found.high - found.low if found else np.nan
    shown = found or apart
    risen, fallen, stayed = (
        int(mask.sum()) / pairs if pairs else np.nan
        for mask in (changes > 0, changes < 0, changes == 0)
    )
    return Difference(
        difference=shown.mean,
        low=shown.low,
        high=shown.high,
        paired=found is not None,
        pairs=pairs,
        up=risen,
        down=fallen,
        same=stayed,
        width_paired=width,
        width_unpaired=width_unpaired,
        gain=width_unpaired / width if width > 0 else np.nan,
        note="; ".join(notes),
    )


# ── How often each grade of help ─────────────────────────────────────────────────────


COLUMNS = ("scenario", "outcome", "category", "label", "share", "low", "high", "worlds")


def classes(sides: tuple[Side, ...]) -> pd.DataFrame:
    """A row a scenario, outcome and class, of the outcomes that come in classes.

    Columns: scenario, outcome, category, label, share, low, high (95 %, Wilson), worlds.
    """
    rows = [
        {"scenario": side.subject.key, "outcome": one.name, **row}
        for side in sides
        for one in side.subject.outcomes
        for row in _rows(one, side.values[one.name])
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _rows(outcome: Outcome, values: Any) -> Iterator[dict[str, Any]]:
    seen = values[np.isfinite(values)]
    labels: tuple[str, ...]
    if outcome.scale == "grade":
        labels, numbers = HELP_GRADES, seen.astype(np.int64)
    elif outcome.definition.get("measure") == "civilian_deaths":
        labels = tuple(DEATH_CLASSES)
        numbers = np.digitize(seen, list(DEATH_CLASSES.values())) - 1
    else:
        return
    counts = np.bincount(numbers, minlength=len(labels))
    for category, (label, count) in enumerate(zip(labels, counts, strict=True)):
        one = share(int(count), len(seen))
        yield {
            "category": category,
            "label": label,
            "share": one.mean,
            "low": one.low,
            "high": one.high,
            "worlds": len(seen),
        }
