"""Runs what is to be run and reads the rest, block by block, so that deeds need no more memory."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from threadpoolctl import threadpool_limits

from realpolitik.sim.engine.streams import BLOCK
from realpolitik.sim.study.compare.ledger import of_events
from realpolitik.sim.study.compare.observing import Observed, observe
from realpolitik.sim.study.compare.pairing import Pairing, pair_all
from realpolitik.sim.study.compare.partings import Partings, join, part
from realpolitik.sim.study.compare.sides import Gathering, Side, of_run
from realpolitik.sim.study.compare.subjects import Subject
from realpolitik.sim.study.ensemble import Progress


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
    partings: Mapping[str, Partings]

    @property
    def others(self) -> tuple[tuple[Side, Pairing], ...]:
        """The sides that are compared with the baseline."""
        return tuple(zip(self.sides[1:], self.pairings, strict=True))


def gather(
    subjects: Sequence[Subject], worlds: int, seed: int, progress: Progress | None
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
    subjects: Sequence[Subject],
    codes: tuple[str, ...],
    worlds: int,
    seed: int,
    progress: Progress | None,
) -> tuple[tuple[Side, ...], dict[str, Partings]]:
    """All sides, and the partings of those that are run from a baseline that is run."""
    specs = {one.key: one.scenario for one in subjects if one.scenario}
    gathering = {key: Gathering() for key in specs}
    found: dict[str, list[Partings]] = {}
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


def _told(baseline: Side, side: Side, codes: tuple[str, ...]) -> Partings:
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
