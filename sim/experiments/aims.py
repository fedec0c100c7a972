"""What a study file aims at: when worlds are enough, and what boxes are looked for."""

from collections.abc import Collection

from realpolitik.sim.experiments.fields import Fields
from realpolitik.sim.experiments.plan import Favoured, Side, Until

USUAL_MOST = 20_000


def usual_most(worlds: int) -> int:
    """Worlds at which a point is left as it is, unless it is said otherwise."""
    return max(USUAL_MOST, worlds)


def until_in(fields: Fields, outcomes: Collection[str], worlds: int) -> Until | None:
    """`until: {outcome, width, most}`; `most` may be left out."""
    inside = fields.inside("until", ("outcome", "width", "most"))
    if inside is None:
        return None
    outcome = inside.choice("outcome", outcomes, "outcome")
    most = inside.whole("most", usual_most(worlds), 1)
    return Until(outcome, inside.number("width"), most)


def favoured_in(fields: Fields, outcomes: Collection[str]) -> Favoured | None:
    """`favoured: {outcome, above}` or `{outcome, below}`."""
    inside = fields.inside("favoured", ("outcome", "above", "below"))
    if inside is None:
        return None
    outcome = inside.choice("outcome", outcomes, "outcome")
    sides: tuple[Side, ...] = ("above", "below")
    given = [side for side in sides if inside.has(side)]
    if len(given) != 1:
        problem = "both 'above' and 'below'" if given else "neither 'above' nor 'below'"
        inside.blame(inside.node.place, problem, "one of them with a level")
        return None
    return Favoured(outcome, given[0], inside.number(given[0]))
