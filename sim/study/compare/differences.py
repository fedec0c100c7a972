"""How far each outcome differs from the baseline, and how sure that is."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from realpolitik.sim.engine.world import Array
from realpolitik.sim.study.compare import paired, unpaired
from realpolitik.sim.study.compare.levels import horizon_of
from realpolitik.sim.study.compare.pairing import SAME, Pairing, why_not_paired
from realpolitik.sim.study.compare.sides import Side
from realpolitik.sim.study.compare.subjects import Outcome
from realpolitik.sim.study.summary import Interval, Scale

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
        found = unpaired.difference(scale, one, other)
        return _row(found, None, [f"not paired: {why_not}", *notes], np.empty(0))
    one, other = one[: pairing.worlds], other[: pairing.worlds]
    changes = other - one
    found = paired.of_changes(scale, changes)
    if pairing.same:
        found, notes = Interval(0.0, 0.0, 0.0), [SAME, *notes]
    elif scale.name != "share":
        notes = notes + _doubts(changes, scale)
    return _row(unpaired.difference(scale, one, other), found, notes, changes)


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
