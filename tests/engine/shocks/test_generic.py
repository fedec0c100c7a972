"""What it changes to set or shift a quantity, in which worlds."""

import pytest
from pydantic import ValidationError

from realpolitik.sim.engine.shocks import SetQuantity, ShiftQuantity, Shock
from tests.engine.shocks.worlds import A, B, changes, new_world, shock


def test_set_and_shift_take_the_baseline_of_hostility_with_them() -> None:
    world = new_world()
    dyad = {"quantity": "hostility", "of": "A", "toward": "B"}
    places = ("hostility", "baseline")
    now = {(name, A, B): 0.6 for name in places}
    assert changes(world, SetQuantity, **dyad, value=0.6) == now
    now = {(name, A, B): 0.5 for name in places}
    assert changes(world, ShiftQuantity, **dyad, value=-0.1) == pytest.approx(now)


def test_a_rung_is_set_both_ways_and_kept_within_its_range() -> None:
    dyad = {"quantity": "rung", "of": "A", "toward": "B"}
    now = {("rung", A, B): 10, ("rung", B, A): 10}
    assert changes(new_world(), SetQuantity, **dyad, value=50) == now


@pytest.mark.parametrize(("quantity", "toward"), [("stock", "B"), ("hostility", None)])
def test_a_quantity_of_one_takes_no_other_and_one_of_two_needs_it(
    quantity: str, toward: str | None
) -> None:
    with pytest.raises(ValidationError, match="toward"):
        shock(SetQuantity, quantity=quantity, of="A", toward=toward, value=0)


@pytest.mark.parametrize(
    ("kind", "quantity", "low", "high"),
    [
        (SetQuantity, "stock", 0, 1),
        (ShiftQuantity, "stock", -1, 1),
        (SetQuantity, "casualties", 0, 100_000),
        (ShiftQuantity, "casualties", -100_000, 100_000),
    ],
)
def test_the_value_has_the_range_of_its_quantity_or_the_width_of_it_either_way(
    kind: type[Shock], quantity: str, low: float, high: float
) -> None:
    one = shock(kind, quantity=quantity, of="A", value=0.5)
    assert one.spans(26)["value"] == (low, high, False)
