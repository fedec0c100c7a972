"""What holds an actor back, or forces its hand, against values worked out by hand."""

import pytest

from realpolitik.sim.engine.actions import NAMED
from tests.engine.incentives.changes import Contribute, put, weight


def test_entrapment_bears_on_what_helps_a_partner_in_crisis_except_by_force(
    contributions: Contribute,
) -> None:
    contributions("entrapment", put("rung", "IRN", value=0.0), put("pressure", "IRN", value=0.0))
    added = contributions("entrapment", put("isolation", "IRN", value=1.0))
    helps = {act: action for act, action in NAMED.items() if action.benefit > 0}
    by_russia = {
        act.split()[1]: value for (actor, act, _), value in added.items() if actor == "RUS"
    }
    assert {target for _, _, target in added} == {"IRN"}
    assert {"support", "offensive_arms"} <= set(by_russia) <= set(helps)
    for act, value in by_russia.items():
        assert value == pytest.approx(-weight("RUS.entrapment") * helps[act].benefit), act


def test_every_supplier_feels_what_waits_to_be_delivered(contributions: Contribute) -> None:
    added = contributions("pending_delivery", put("pending_defensive", "USA", "ISR", value=0.5))
    acts = [act for act, action in NAMED.items() if action.delivery_defensive]
    assert set(added) == {("USA", f"material {act}", "ISR") for act in acts}
    gain = 0.5 * weight("USA.pending_delivery")
    assert list(added.values()) == pytest.approx([gain] * len(acts))
