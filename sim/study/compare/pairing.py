"""Whether the worlds of two scenarios are paired, and what was found out otherwise."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from realpolitik.sim.study.compare.sides import Side
from realpolitik.sim.study.compare.subjects import Outcome, Subject
from realpolitik.sim.study.origin import BETWEEN, changed_origin, other_versions

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
    called_same = not why_not and one.content == two.content and not _changed(one, two)
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


def _origin_notes(one: Subject, two: Subject) -> Iterator[str]:
    """What made the worlds of one otherwise than those of the other, beside their scenarios."""
    if told := other_versions(one.versions, two.versions, BETWEEN):
        yield f"made by other versions: {told}"
    if changed := _changed(one, two):
        yield f"made by other numbers or other code: {'; '.join(changed)}"


def _changed(one: Subject, two: Subject) -> list[str]:
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
