"""Whether the worlds of two scenarios are paired, and what was found out otherwise."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from realpolitik.sim.comparison.divergence import Divergence, join, of_events, part
from realpolitik.sim.comparison.inputs import Compared, Outcome
from realpolitik.sim.comparison.sides import Gathering, Observed, Side, observe, of_run
from realpolitik.sim.engine.streams import BLOCK
from realpolitik.sim.experiments.ensemble import Progress
from realpolitik.sim.experiments.origin import BETWEEN, changed_origin, other_versions

SAME = "the same scenario"


@dataclass(frozen=True)
class Pairing:
    """How the worlds of a scenario belong to those of the baseline.

    Attributes:
        why_not: Why they are not paired; empty if they are.
        same: Whether both are the same worlds: same content, seed, numbers and code, and the same
            value of every outcome in every world.
        worlds: Number of worlds that are paired, the first ones.
        notes: What else is to be known.
    """

    why_not: str
    same: bool
    worlds: int
    notes: tuple[str, ...]

    @property
    def paired(self) -> bool:
        """Whether world k of one belongs to world k of the other."""
        return not self.why_not


def pair_all(sides: Sequence[Side]) -> tuple[Pairing, ...]:
    """How the worlds of all others belong to those of the first.

    All that are paired are so in the same worlds: the first ones, as many as each of them has.
    """
    baseline, *others = sides
    paired = [baseline, *(side for side in others if not why_apart(baseline, side))]
    worlds = min(side.worlds for side in paired)
    return tuple(_pair(baseline, side, worlds) for side in others)


def why_apart(baseline: Side, other: Side) -> str:
    """Why worlds are not paired; empty under the same seed and over the same number of weeks.

    Draws belong to a seed, a block, a name and a week, so the start, a date, does not matter.
    """
    one, two = baseline.subject, other.subject
    why = []
    if baseline.seed != other.seed:
        why.append(f"other seed ({baseline.seed} and {other.seed})")
    if one.weeks != two.weeks:
        why.append(f"other length ({one.weeks} and {two.weeks} weeks)")
    return ", ".join(why)


def _pair(baseline: Side, other: Side, worlds: int) -> Pairing:
    """How the worlds of one belong to those of the baseline, `worlds` being those that count."""
    one, two = baseline.subject, other.subject
    why_not = why_apart(baseline, other)
    notes = list(_origin_notes(one, two))
    if not why_not and max(baseline.worlds, other.worlds) > worlds:
        notes.append(f"only the first {worlds:,} worlds, which all paired ones have, are compared")
    same_numbers = one.drawn == two.drawn and not _changed(one, two)
    called_same = not why_not and one.content == two.content and same_numbers
    same = called_same and _alike(baseline, other, worlds)
    if called_same and not same:
        notes.append(
            "the same scenario, numbers and code, yet other worlds: one was made elsewhere"
        )
    return Pairing(why_not, same, worlds, tuple(notes))


def _alike(baseline: Side, other: Side, worlds: int) -> bool:
    """Whether every outcome has the same value in every world that is paired."""
    return all(
        np.array_equal(values[:worlds], other.values[name][:worlds], equal_nan=True)
        for name, values in baseline.values.items()
        if name in other.values
    )


def _origin_notes(one: Compared, two: Compared) -> Iterator[str]:
    """What made the worlds of one otherwise than those of the other, beside their scenarios."""
    if told := other_versions(one.versions, two.versions, BETWEEN):
        yield f"made by other versions: {told}"
    if changed := _changed(one, two):
        yield f"made by other numbers or other code: {'; '.join(changed)}"
    if one.drawn != two.drawn:
        sides = zip((one.drawn, two.drawn), BETWEEN, strict=True)
        numbers = ", ".join(f"{_said_to_be_drawn(drawn)} {where}" for drawn, where in sides)
        yield f"the numbers are {numbers}: differences are of these as well"


def _said_to_be_drawn(drawn: Mapping[str, Any] | None) -> str:
    return f"drawn from {drawn['source']}" if drawn else "as they stand"


def _changed(one: Compared, two: Compared) -> list[str]:
    """What differs in numbers and code that both have, and that neither scenario sets."""
    if one.origin is None or two.origin is None:
        return []
    shared = [
        {
            part: {key: value for key, value in own[part].items() if key in other[part]}
            for part in own
        }
        for own, other in ((one.origin, two.origin), (two.origin, one.origin))
    ]
    return changed_origin(shared[0], shared[1], one.sets | two.sets, BETWEEN)


def why_not_paired(pairing: Pairing, one: Outcome, other: Outcome) -> str:
    """Why an outcome is not compared pair by pair; empty if it is."""
    if pairing.why_not or one.definition == other.definition:
        return pairing.why_not
    return "the outcome is defined in another way"


# ── Gathering the worlds ─────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Gathered:
    """All sides, the baseline first.

    Attributes:
        codes: All actors of all sides, sorted; the order of the ledgers.
        pairings: How the worlds of each of the others belong to those of the baseline.
        partings: By key: of all worlds if both sides were run here, else of those whose events
            are kept. None of those whose worlds are not paired.
    """

    sides: tuple[Side, ...]
    codes: tuple[str, ...]
    pairings: tuple[Pairing, ...]
    partings: Mapping[str, Divergence]

    @property
    def others(self) -> tuple[tuple[Side, Pairing], ...]:
        """The sides that are compared with the baseline."""
        return tuple(zip(self.sides[1:], self.pairings, strict=True))


def gather(
    subjects: Sequence[Compared], worlds: int, seed: int, progress: Progress | None
) -> Gathered:
    """Runs the scenarios among the subjects, and reads the runs."""
    codes = tuple(sorted({code for subject in subjects for code in subject.codes}))
    with threadpool_limits(limits=1):  # products this small only wait for further threads
        sides, partings = _run(subjects, codes, worlds, seed, progress)
    pairings = pair_all(sides)
    sides = _in_the_same_worlds(sides, pairings)
    for side, pairing in zip(sides[1:], pairings, strict=True):
        if pairing.paired and side.subject.key not in partings:
            partings[side.subject.key] = _told(sides[0], side, codes)
    return Gathered(sides, codes, pairings, partings)


def _in_the_same_worlds(sides: tuple[Side, ...], pairings: tuple[Pairing, ...]) -> tuple[Side, ...]:
    """The paired sides with their values in the worlds that are paired, so that levels agree."""
    paired = [pairing.worlds for pairing in pairings if pairing.paired]
    kept = [bool(paired), *(pairing.paired for pairing in pairings)]
    return tuple(
        side.first(min(paired)) if cut else side for side, cut in zip(sides, kept, strict=True)
    )


def _run(
    subjects: Sequence[Compared],
    codes: tuple[str, ...],
    worlds: int,
    seed: int,
    progress: Progress | None,
) -> tuple[tuple[Side, ...], dict[str, Divergence]]:
    """All sides, and the partings of those that are run from a baseline that is run."""
    specs = {one.key: one.scenario for one in subjects if one.scenario}
    gathering = {key: Gathering() for key in specs}
    found: dict[str, list[Divergence]] = {}
    clock = _Clock(progress, sum(spec.weeks for spec in specs.values()) * worlds)
    for block, first in enumerate(range(0, worlds, BLOCK)):
        size = min(BLOCK, worlds - first)
        baseline: Observed | None = None
        for key, spec in specs.items():
            seen = observe(spec, seed, block, size, codes, clock.ticking(size))
            gathering[key].add(seen)
            if key == subjects[0].key:
                baseline = seen
            elif baseline:
                found.setdefault(key, []).append(part(baseline.ledger, seen.ledger))
    sides = tuple(
        of_run(one, one.run) if one.run else gathering[one.key].side(one, specs[one.key], seed)
        for one in subjects
    )
    return sides, {key: join(blocks) for key, blocks in found.items()}


def _told(baseline: Side, side: Side, codes: tuple[str, ...]) -> Divergence:
    """The partings of the worlds whose events both sides keep."""
    worlds = min(baseline.told, side.told)
    weeks = baseline.subject.weeks
    return part(*(of_events(one.events, worlds, weeks, codes) for one in (baseline, side)))


class _Clock:
    """Counts world-weeks over all scenarios."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self.progress, self.total, self.done = progress, total, 0

    def ticking(self, worlds: int) -> Callable[[int], None]:
        """A function to be called after each week of so many worlds."""

        def tell(_week: int) -> None:
            self.done += worlds
            if self.progress:
                self.progress(self.done, self.total)

        return tell
