"""What a scenario does to a world (`docs/odd.md`, section 7.13)."""

import itertools
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from realpolitik.sim.engine.actions import ACTIONS
from tests.reference.state import Place, clip, other_party

if TYPE_CHECKING:
    from tests.reference.plain_model import PlainModel

WAITING = {"pending": 1.0, "offered": 0.5, "cancelled": 0.0, "delivered": 0.0}
SENT_AS = {"offensive": "offensive_arms", "defensive": "defensive_aid"}


def as_set(shock: Any, settings: Mapping[str, float]) -> Any:
    """The shock with the numbers that are set for it: `shock.ID.FIELD`."""
    prefix = f"shock.{shock.id}."
    given: dict[str, Any] = {
        address.removeprefix(prefix): value
        for address, value in settings.items()
        if address.startswith(prefix)
    }
    if "week" in given:
        given["date"] = None
    if "delay_weeks" in given:
        delay = {"delay_weeks": given.pop("delay_weeks")}
        given["when"] = shock.when.model_copy(update=delay)
    return shock.model_copy(update=given)


# ── When


class Conditions:
    """The first week at whose end each shock's condition was met."""

    def __init__(self, model: "PlainModel") -> None:
        self.model = model
        self.conditional = [shock for shock in model.shocks if shock.when is not None]
        self.met: dict[str, int] = {}

    def look(self) -> None:
        """Looks at the outcomes at the end of a week (before week 1 all stand at 0, or never)."""
        for shock in self.conditional:
            if self._holds(shock.when):
                self.met.setdefault(shock.id, self.model.week)

    def _holds(self, when: Any) -> bool:
        value = self.model.outcome(when.outcome)
        if value is None:
            return False
        if when.at_most is not None:
            return bool(value <= when.at_most)
        return bool(value >= (1 if when.at_least is None else when.at_least))

    def week_of(self, shock: Any) -> int | None:
        """Week in which the shock takes effect; None as long as its condition was never met."""
        lag = int(getattr(shock, "inaugurated_after_weeks", 0))
        if shock.when is not None:
            met = self.met.get(shock.id)
            return None if met is None else met + int(shock.when.delay_weeks) + lag
        if shock.week is not None:
            return int(shock.week) + lag
        return int((shock.date - self.model.spec.start).days // 7 + 1 + lag)


def chance(shock: Any) -> float:
    """Probability that the shock changes the world."""
    return float(shock.probability * getattr(shock, "challenger_wins", 1.0))


# ── What


def assassination(model: "PlainModel", shock: Any) -> None:
    """A killing that must be answered."""
    dyad = shock.against, shock.by
    model.state.put("pressure", dyad, max(model.state.pressure[dyad], shock.pressure))
    model.state.raise_rung(dyad, shock.rung)
    model.shift_baseline(dyad, shock.hostility)
    model.state.move("affront", dyad, shock.affront)


def posture(model: "PlainModel", shock: Any) -> None:
    """Someone is protected, and those who threaten it can be struck the sooner."""
    model.state.move("guard", shock.protecting, shock.guard)
    for k in model.codes:
        tense = model.state.rung[shock.protecting, k] >= model.constants.tense_rung
        if k != shock.by and tense:
            model.state.move("readiness", (shock.by, k), shock.guard)


def arms_delivery(model: "PlainModel", shock: Any) -> None:
    """A delivery is offered, waits to leave, leaves, or is called off."""
    waits = "pending" if shock.arms == "offensive" else "pending_defensive"
    model.state.put(waits, (shock.by, shock.to), WAITING[shock.status])
    if shock.status == "delivered":
        sent = next(action for action in ACTIONS if action.action == SENT_AS[shock.arms])
        model.state.move("flow", (shock.by, shock.to), sent.flow)
        model.state.move("capability", shock.to, sent.capability)
        model.state.move("air_defence", shock.to, sent.air_defence)


def embargo(model: "PlainModel", shock: Any) -> None:
    """No arms may go to someone, or may again."""
    model.state.put("embargo", shock.target, 1.0 if shock.in_force else 0.0)


def casualties(model: "PlainModel", shock: Any) -> None:
    """Civilians die; someone may be blamed."""
    model.state.move("casualties", shock.target, shock.deaths)
    if shock.blamed is not None:
        dyad = shock.target, shock.blamed
        model.state.put("pressure", dyad, max(model.state.pressure[dyad], shock.pressure))
        model.state.move("affront", dyad, shock.affront)


def new_leader(model: "PlainModel", shock: Any) -> None:
    """Another leader, to whom nobody is close."""
    for other in model.codes:
        if other != shock.of:
            _put_both_ways(model, "rapport", shock.of, other, shock.rapport)
    if shock.administration is not None:
        model.state.put("administration", shock.of, shock.administration)


def insult(model: "PlainModel", shock: Any) -> None:
    """Words that leave a mark."""
    model.shift_baseline((shock.at, shock.by), shock.hostility)
    model.state.move("affront", (shock.at, shock.by), shock.affront)
    for dyad in itertools.permutations((shock.by, shock.at)):
        model.state.move("rapport", dyad, shock.rapport)
    for deal in model.deals_of(shock.by):
        if other_party(deal, shock.by) == shock.at:
            _open(model, deal.id, shock.openness)


def sanctions(model: "PlainModel", shock: Any) -> None:
    """Someone is isolated, and resents it."""
    model.state.move("isolation", shock.target, shock.isolation)
    model.shift_baseline((shock.target, shock.by), shock.hostility)
    model.state.move("affront", (shock.target, shock.by), shock.affront)


def relations_changed(model: "PlainModel", shock: Any) -> None:
    """Rapport, or a military channel, becomes another."""
    for quantity, value in (("rapport", shock.rapport), ("deconfliction", shock.channel)):
        if value is not None:
            _put_both_ways(model, quantity, shock.by, shock.toward, value)


def set_quantity(model: "PlainModel", shock: Any) -> None:
    """A quantity takes a value."""
    if shock.quantity == "hostility":
        model.baseline[shock.of, shock.toward] = shock.value
    model.state.put(shock.quantity, _place_of(shock), shock.value)


def shift_quantity(model: "PlainModel", shock: Any) -> None:
    """A quantity is moved."""
    if shock.quantity == "hostility":
        model.shift_baseline((shock.of, shock.toward), shock.value)
    else:
        model.state.move(shock.quantity, _place_of(shock), shock.value)


def _place_of(shock: Any) -> Place:
    return shock.of if shock.toward is None else (shock.of, shock.toward)


def _put_both_ways(model: "PlainModel", name: str, one: str, other: str, value: float) -> None:
    model.state.put(name, (one, other), value)
    model.state.put(name, (other, one), value)


def _open(model: "PlainModel", deal: str, change: float) -> None:
    model.openness[deal] = clip(model.openness[deal] + change, 0.0, 1.0)


SHOCKS: "dict[str, Callable[[PlainModel, Any], None]]" = {
    "assassination": assassination,
    "posture": posture,
    "aid_level": lambda model, shock: model.state.move("flow", (shock.by, shock.to), shock.change),
    "arms_delivery": arms_delivery,
    "embargo": embargo,
    "casualties": casualties,
    "new_leader": new_leader,
    "insult": insult,
    "sanctions": sanctions,
    "deal_offered": lambda model, shock: _open(model, shock.deal, shock.openness),
    "relations_changed": relations_changed,
    "election": lambda model, shock: model.state.put("administration", shock.of, 1.0),
    "set": set_quantity,
    "shift": shift_quantity,
}
