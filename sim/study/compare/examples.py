"""Three pairs of worlds told, a usual one and the two that go farthest apart.

Each says where the two part first, and what follows from it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict

import numpy as np
import pandas as pd

from realpolitik.sim.engine.actions import TRACKS
from realpolitik.sim.engine.world import Array
from realpolitik.sim.study.compare.following import Row, follows
from realpolitik.sim.study.compare.ledger import Ledger, of_events, read_entry
from realpolitik.sim.study.compare.partings import Partings, part
from realpolitik.sim.study.compare.sides import Side
from realpolitik.sim.study.compare.telling import Speech, doing
from realpolitik.sim.words.numbers import capital

EXAMPLES = 3
LOUD = [TRACKS.index("material"), TRACKS.index("force")]


COLUMNS = ("scenario", "world", *Row.__annotations__)


def examples(baseline: Side, side: Side, codes: Sequence[str], speech: Speech) -> pd.DataFrame:
    """Three worlds told, some rows each, in the order in which they are told.

    Columns: scenario, world, week, actor, on_before, before, on_after, after, outcome, sentence.
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


def choose(baseline: Side, side: Side, partings: Partings) -> list[int]:
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


def in_order(told: Sequence[Row]) -> list[Row]:
    """By week, what holds of the whole run last; a sentence is told once."""
    once: dict[str, Row] = {}
    for row in told:
        once.setdefault(row.sentence, row)
    return sorted(once.values(), key=lambda row: (row.week == 0, row.week))


def _rank_distance(baseline: Side, side: Side, name: str, worlds: int) -> Array:
    """Difference in rank [0–1] of an outcome in the first worlds, ranked over both, (W,)."""
    both = np.concatenate([of.values[name][:worlds] for of in (baseline, side)])
    ranks = pd.Series(np.where(np.isnan(both), np.inf, both)).rank(pct=True)
    values = ranks.to_numpy(dtype=np.float64)
    return np.asarray(np.abs(values[worlds:] - values[:worlds]))


def _deeds(one: Ledger, other: Ledger, codes: Sequence[str], speech: Speech) -> Iterator[Row]:
    """The first deed that differs, and the first loud one of a later week."""
    places = np.argwhere(one != other)
    loud = places[(places[:, 0] > places[0, 0]) & np.isin(places[:, 2], LOUD)]
    for week, actor, track in (*places[:1], *loud[:1]):
        entries = (int(half[week, actor, track]) for half in (one, other))
        (before, on_before), (after, on_after) = (
            read_entry(entry, int(track), codes) for entry in entries
        )
        code = codes[actor]
        instead = doing(speech.phrase(before, on_before))
        now = speech.does(code, speech.phrase(after, on_after))
        yield Row(
            *(int(week) + 1, code, on_before, before.label, on_after, after.label, ""),
            sentence=f"{capital(f'week {week + 1}')}: instead of {instead}, {now}.",
        )
