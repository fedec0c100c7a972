"""Whether the worlds of two scenarios are paired, and what was found out otherwise."""

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
        worlds: Number of worlds that both have; the first ones are paired.
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


def pair(baseline: Side, other: Side) -> Pairing:
    """Worlds are paired under the same seed and over the same number of weeks.

    Draws belong to a seed, a block, a name and a week, so the start, a date, does not matter.
    """
    one, two = baseline.subject, other.subject
    why_not = ""
    if baseline.seed != other.seed:
        why_not = f"other seed ({baseline.seed} and {other.seed})"
    elif one.weeks != two.weeks:
        why_not = f"other length ({one.weeks} and {two.weeks} weeks)"
    worlds = min(baseline.worlds, other.worlds)
    notes = []
    if one.version != two.version:
        notes.append(f"made by other versions ({one.version} and {two.version})")
    if not why_not and baseline.worlds != other.worlds:
        notes.append(f"only the first {worlds:,} worlds, which both have, are compared")
    same = not why_not and one.content == two.content and one.version == two.version
    return Pairing(why_not, same, worlds, tuple(notes))


def why_not_paired(pairing: Pairing, one: Outcome, other: Outcome) -> str:
    """Why an outcome is not compared pair by pair; empty if it is."""
    if pairing.why_not or one.definition == other.definition:
        return pairing.why_not
    return "the outcome is defined in another way"
