"""Whether the worlds of two scenarios are paired, and what was found out otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass

from realpolitik.sim.study.compare.sides import Side
from realpolitik.sim.study.compare.subjects import Outcome

SAME = "the same scenario"


@dataclass(frozen=True)
class Pairing:
    """How the worlds of a scenario belong to those of the baseline.

    Attributes:
        why_not: Why they are not paired; empty if they are.
        same: Whether both are the same worlds: same content, seed and version.
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
    notes = []
    if one.version != two.version:
        notes.append(f"made by other versions ({one.version} and {two.version})")
    if not why_not and max(baseline.worlds, other.worlds) > worlds:
        notes.append(f"only the first {worlds:,} worlds, which all paired ones have, are compared")
    same = not why_not and one.content == two.content and one.version == two.version
    return Pairing(why_not, same, worlds, tuple(notes))


def why_not_paired(pairing: Pairing, one: Outcome, other: Outcome) -> str:
    """Why an outcome is not compared pair by pair; empty if it is."""
    if pairing.why_not or one.definition == other.definition:
        return pairing.why_not
    return "the outcome is defined in another way"
