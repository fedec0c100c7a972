"""What follows for the outcomes of a pair of worlds, put into sentences."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from realpolitik.sim.engine.actions import NAMED, Action
from realpolitik.sim.engine.measures import DIRECT
from realpolitik.sim.study.compare.sides import Side
from realpolitik.sim.study.compare.subjects import Outcome
from realpolitik.sim.study.compare.telling import Speech

MOST = 4  # outcomes that are told of a world
ORDER = ("share", "weeks", "rung", "grade", "number", "alignment")
ACTIONS_OF = {"direct_strike": DIRECT, "major_strike": ("major_strike",)}


@dataclass(frozen=True)
class Row:
    """One clause of a told world.

    `week` is 0 for what holds of the whole run, `actor` and `on_…` are empty where nobody in
    particular is meant, `outcome` is empty for a deed. `before` and `after` are what was done, or
    the outcome's value, in the baseline and in the scenario.
    """

    week: int
    actor: str
    on_before: str
    before: str
    on_after: str
    after: str
    outcome: str
    sentence: str


def follows(
    baseline: Side, side: Side, world: int, deeds: Sequence[Row], speech: Speech
) -> list[Row]:
    """The outcomes in which the world differs: dated ones first, then by scale, four at most.

    An outcome that comes true, or no longer does, by one of the `deeds` is not told again.
    """
    told = {(deed.week, deed.actor, deed.before, deed.on_before) for deed in deeds} | {
        (deed.week, deed.actor, deed.after, deed.on_after) for deed in deeds
    }
    rows = []
    for place, outcome in enumerate(side.subject.outcomes):
        before = baseline.outcome(outcome.name)
        one = baseline.values.get(outcome.name, np.empty(0))[world : world + 1]
        other = side.values[outcome.name][world : world + 1]
        if before is None or before.definition != outcome.definition:
            continue
        if not np.array_equal(one, other, equal_nan=True):
            pair = baseline, side
            values = float(one[0]), float(other[0])
            deed = _deed_of(pair, world, outcome, values)
            if deed and (deed[0], outcome.definition["by"], deed[1].label, deed[2]) in told:
                continue
            row = _of_outcome(outcome, values, deed, speech)
            rows.append(((row.week == 0, row.week, ORDER.index(outcome.scale), place), row))
    return [row for _, row in sorted(rows, key=lambda ranked: ranked[0])[:MOST]]


Deed = tuple[int, Action, str]  # week, action, target


def _deed_of(
    pair: tuple[Side, Side], world: int, outcome: Outcome, values: tuple[float, float]
) -> Deed | None:
    """The deed by which the outcome comes true in one of the two worlds, if it is one."""
    if outcome.scale != "share":
        return None
    return _first_deed(pair[int(values[1] > values[0])], world, outcome)


def _of_outcome(
    outcome: Outcome, values: tuple[float, float], deed: Deed | None, speech: Speech
) -> Row:
    """The row of an outcome with its values in the baseline and in the scenario."""
    definition = outcome.definition
    by = definition.get("by") or ""
    on = definition.get("target") or definition.get("to") or definition.get("toward") or ""
    before, after = (_said(value, outcome.scale) for value in values)
    if deed:
        week, action, on = deed
        change = "now" if values[1] > values[0] else "no longer"
        told = speech.does(by, speech.phrase(action, on), change)
        sentence = f"Week {week}: {told}."
    else:
        week, sentence = 0, _undated(outcome, before, after)
    return Row(week, by, on, before, on, after, outcome.name, sentence)


def _undated(outcome: Outcome, before: str, after: str) -> str:
    """The sentence of an outcome of the whole run."""
    if outcome.scale != "share":
        return f"Over the whole run, “{outcome.label}”: {after} instead of {before}."
    change = "now comes true" if after == "yes" else "no longer comes true"
    return f"Over the whole run, “{outcome.label}” {change}."


def _first_deed(side: Side, world: int, outcome: Outcome) -> Deed | None:
    """The first deed that makes the outcome true; None if it is no deed."""
    definition = outcome.definition
    actions = ACTIONS_OF.get(definition["measure"], (definition.get("action"),))
    events = side.events
    found = events[
        (events["world"] == world)
        & (events["actor"] == definition.get("by"))
        & (events["on"] == definition.get("target"))
        & events["action"].isin([action for action in actions if action])
    ]
    if found.empty:
        return None
    first = found.sort_values("week", kind="stable").iloc[0]
    return int(first["week"]), NAMED[str(first["action"])], str(first["on"])


def _said(value: float, scale: str) -> str:
    """A value of an outcome as it stands in a table or a sentence."""
    if scale == "share":
        return "yes" if value else "no"
    if not np.isfinite(value):
        return "never"
    if scale == "weeks":
        return f"week {value:.0f}"
    return f"{value:,.0f}" if value == round(value) else f"{value:.2f}".replace("-", "−")
