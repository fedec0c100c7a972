"""Three pairs of worlds told, a usual one and the two that go farthest apart.

Each says where the two part first, and what follows from it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from realpolitik.sim.comparison.divergence import (
    Divergence,
    Ledger,
    Speech,
    doing,
    of_events,
    part,
    read_entry,
)
from realpolitik.sim.comparison.inputs import Outcome
from realpolitik.sim.comparison.sides import Side
from realpolitik.sim.engine.actions import CHOICES, DIRECT, MAJOR, NAMED, Action
from realpolitik.sim.engine.world import Array
from realpolitik.sim.formatting.numbers import capital

# ── What a pair of worlds comes to ───────────────────────────────────────────────────


MOST = 4  # outcomes that are told of a world
ORDER = ("share", "weeks", "rung", "grade", "number", "alignment")
ACTIONS_OF = {"direct_strike": DIRECT, "major_strike": MAJOR}


@dataclass(frozen=True)
class ToldClause:
    """One clause of a told world.

    `week` is 0 for what holds of the whole run, `actor` and `on` are empty where nobody in
    particular is meant, `outcome` is empty for a deed. `before` and `after` are what was done, or
    the outcome's value, in the baseline and in the scenario.
    """

    week: int
    actor: str
    on: str
    before: str
    after: str
    outcome: str
    sentence: str


def follows(
    baseline: Side, side: Side, world: int, deeds: Sequence[ToldClause], speech: Speech
) -> list[ToldClause]:
    """The outcomes in which the world differs: dated ones first, then by scale, four at most.

    An outcome that comes true, or no longer does, by one of the `deeds` is not told again.
    """
    told = {
        (deed.week, deed.actor, label, deed.on)
        for deed in deeds
        for label in (deed.before, deed.after)
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
) -> ToldClause:
    """The row of an outcome with its values in the baseline and in the scenario."""
    definition = outcome.definition
    by = definition.get("by") or ""
    on = definition.get("target") or definition.get("to") or definition.get("toward") or ""
    before, after = (_format_value(value, outcome.scale) for value in values)
    if deed:
        week, action, on = deed
        change = "now" if values[1] > values[0] else "no longer"
        told = speech.does(by, speech.phrase(action, on), change)
        sentence = f"Week {week}: {told}."
    else:
        week, sentence = 0, _undated(outcome, before, after)
    return ToldClause(week, by, on, before, after, outcome.name, sentence)


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


def _format_value(value: float, scale: str) -> str:
    """A value of an outcome as it stands in a table or a sentence."""
    if scale == "share":
        return "yes" if value else "no"
    if not np.isfinite(value):
        return "never"
    if scale == "weeks":
        return f"week {value:.0f}"
    return f"{value:,.0f}" if value == round(value) else f"{value:.2f}".replace("-", "−")


# ── The pairs that are told ──────────────────────────────────────────────────────────


EXAMPLES = 3
LOUD = [CHOICES.index("material"), CHOICES.index("force")]


COLUMNS = ("scenario", "world", *ToldClause.__annotations__)


def examples(baseline: Side, side: Side, codes: Sequence[str], speech: Speech) -> pd.DataFrame:
    """Three worlds told, some rows each, in the order in which they are told.

    Columns: scenario, world, week, actor, on, before, after, outcome, sentence.
    The rows of a world are the first deed that differs, the first loud one (material or force) in
    a later week, and the outcomes that differ, four at most: by week, those of the whole run last.
    """
    worlds = min(baseline.told, side.told)
    weeks = min(baseline.subject.weeks, side.subject.weeks)
    one, other = (of_events(of.events, worlds, weeks, codes) for of in (baseline, side))
    partings = part(one, other)
    rows = []
    for world in choose(baseline, side, partings):
        pair = one[world], other[world]
        deeds = list(_deeds(*pair, codes, speech))
        told = [*deeds, *follows(baseline, side, world, deeds, speech)]
        key = {"scenario": side.subject.key, "world": world}
        rows += [key | asdict(row) for row in in_order(told)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def choose(baseline: Side, side: Side, partings: Divergence) -> list[int]:
    """Of the worlds that part, the one nearest the median distance, then the two farthest apart.

    Of equals the one with the lowest number comes first.
    """
    parted = np.flatnonzero(partings.week > 0)
    if not len(parted):
        return []
    far = np.round(distances(baseline, side, len(partings))[parted], 9)
    usual = int(np.abs(far - np.median(far)).argmin())
    farthest = [int(place) for place in np.argsort(-far, kind="stable") if place != usual]
    return [int(parted[place]) for place in (usual, *farthest)[:EXAMPLES]]


def distances(baseline: Side, side: Side, worlds: int) -> Array:
    """How far the outcomes of the first worlds are apart, (W,).

    The sum over common outcomes of the difference in rank, weeks that never came being latest.
    """
    distance = np.zeros(worlds)
    for outcome in side.subject.outcomes:
        before = baseline.outcome(outcome.name)
        if before and before.definition == outcome.definition:
            distance += _rank_distance(baseline, side, outcome.name, worlds)
    return distance


def in_order(told: Sequence[ToldClause]) -> list[ToldClause]:
    """By week, what holds of the whole run last; a sentence is told once."""
    once: dict[str, ToldClause] = {}
    for row in told:
        once.setdefault(row.sentence, row)
    return sorted(once.values(), key=lambda row: (row.week == 0, row.week))


def _rank_distance(baseline: Side, side: Side, name: str, worlds: int) -> Array:
    """Difference in rank [0–1] of an outcome in the first worlds, ranked over both, (W,)."""
    both = np.concatenate([of.values[name][:worlds] for of in (baseline, side)])
    ranks = pd.Series(np.where(np.isnan(both), np.inf, both)).rank(pct=True)
    values = ranks.to_numpy(dtype=np.float64)
    return np.asarray(np.abs(values[worlds:] - values[:worlds]))


def _deeds(
    one: Ledger, other: Ledger, codes: Sequence[str], speech: Speech
) -> Iterator[ToldClause]:
    """The first deed that differs, and the first loud one of a later week."""
    places = np.argwhere(one != other)
    loud = places[(places[:, 0] > places[0, 0]) & np.isin(places[:, 3], LOUD)]
    for week, actor, target, choice in (*places[:1], *loud[:1]):
        entries = (int(half[week, actor, target, choice]) for half in (one, other))
        before, after = (read_entry(entry, int(choice)) for entry in entries)
        code, on = codes[actor], codes[target]
        instead = doing(speech.phrase(before, on))
        now = speech.does(code, speech.phrase(after, on))
        yield ToldClause(
            *(int(week) + 1, code, on, before.label, after.label, ""),
            sentence=f"{capital(f'week {week + 1}')}: instead of {instead}, {now}.",
        )
