"""What a scenario does to a world (`docs/odd.md`, section 7.13)."""

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.reference.state import Place

if TYPE_CHECKING:
    from tests.reference.plain_model import PlainModel


def week_of(shock: Any, start: datetime.date) -> int:
    """Week in which the shock takes effect."""
    week = shock.week or (shock.date - start).days // 7 + 1
    return int(week + getattr(shock, "inaugurated_after_weeks", 0))


def chance(shock: Any) -> float:
    """Probability that the shock changes the world."""
    return float(shock.probability * getattr(shock, "challenger_wins", 1.0))


def assassination(model: "PlainModel", shock: Any) -> None:
    """A killing that must be answered."""
    dyad = shock.against, shock.by
    model.state.put("pressure", dyad, max(model.state.pressure[dyad], shock.pressure))
    model.state.raise_rung(dyad, shock.rung)
    model.shift_baseline(dyad, shock.hostility)


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


SHOCKS: "dict[str, Callable[[PlainModel, Any], None]]" = {
    "assassination": assassination,
    "posture": lambda model, shock: model.state.move("guard", shock.protecting, shock.guard),
    "aid_level": lambda model, shock: model.state.move("flow", (shock.by, shock.to), shock.change),
    "pending_delivery": lambda model, shock: model.state.put("pending", (shock.by, shock.to), 1.0),
    "election": lambda model, shock: model.state.put("administration", shock.of, 1.0),
    "set": set_quantity,
    "shift": shift_quantity,
}
