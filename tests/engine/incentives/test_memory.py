"""What the last weeks leave behind, against values worked out by hand."""

import numpy as np
import pytest

from realpolitik.sim import EscalationModel
from realpolitik.sim.engine.actions import NAMED
from realpolitik.sim.scenario.schema import Scenario
from tests.engine.incentives.changes import Contribute, put, weight


def test_momentum_favours_each_act_that_was_done_and_never_hold(haniyeh: Scenario) -> None:
    model = EscalationModel(haniyeh, rng=0)
    for actor in model.actors:
        momentum = weight(f"{actor.code}.momentum")
        for option in range(len(actor.options)):
            model.world.recent[:, actor.seat.first + option] = 0.5
            (added,) = actor.contributions()["momentum"]
            model.world.forget_acts(len(model.acts))
            expected = np.zeros(len(actor.options))
            remembers = actor.options.acts[option] and actor.options.known[option]
            expected[option] = 0.5 * momentum * remembers
            assert added == pytest.approx(expected)


def test_an_affront_is_answered_with_words_against_its_author_by_partners_in_part(
    contributions: Contribute,
) -> None:
    added = contributions("reaction", put("affront", "IRN", "ISR", value=0.5))
    share = weight("world.partner_share")
    for actor, felt in (("IRN", 0.5), ("RUS", 0.5 * share)):
        answer = felt * NAMED["denounce"].reaction * weight(f"{actor}.reaction")
        assert added[actor, "words denounce", "ISR"] == pytest.approx(answer)
        assert added[actor, "words support", "ISR"] < 0
    solidarity = 0.5 * NAMED["support"].solidarity * weight("RUS.reaction")
    assert added["RUS", "words support", "IRN"] == pytest.approx(solidarity)
    assert {target for _, _, target in added} == {"ISR", "IRN"}
    assert not [act for _, act, _ in added if act.endswith("hold")]


def test_weariness_of_war_speaks_for_stepping_back_from_it_alone(contributions: Contribute) -> None:
    added = contributions(
        "war_weariness",
        put("rung", "IRN", "ISR", value=7.0),
        put("stock", "IRN", value=0.5),
        put("weeks_direct", "IRN", "ISR", value=26),
    )
    assert set(added) == {("IRN", "force de_escalate", "ISR")}
    (gain,) = added.values()
    assert gain == pytest.approx(weight("IRN.war_weariness") * (1 + 0 + 0.5) / 3)


def test_a_step_back_of_one_side_makes_that_of_the_other_likelier(
    contributions: Contribute,
) -> None:
    for pair in (("IRN", "ISR"), ("ISR", "IRN")):
        contributions("overture", put("rung", *pair, value=7.0))
    added = contributions("overture", put("overture", "ISR", "IRN", value=1.0))
    assert set(added) == {("IRN", "force de_escalate", "ISR")}
    assert list(added.values()) == pytest.approx([weight("IRN.overture")])
