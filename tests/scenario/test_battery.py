"""The battery: questions that fit their measures, and say who they are about."""

from typing import Any

import pytest

from realpolitik.sim.engine.actions import NAMED
from realpolitik.sim.engine.measures import MEASURES
from realpolitik.sim.scenario.battery import BATTERY, ROLES
from realpolitik.sim.scenario.vocabulary import vocabulary
from tests.offenders import each

ACTORS = dict(zip(ROLES, ("ISR", "IRN", "RUS", "HEZ"), strict=True))


@each("question", BATTERY.values())
def test_each_has_a_measure_in_weeks(question: Any) -> None:
    measure = MEASURES[question.measure](**question.fields(ACTORS))
    assert measure.scale == "weeks"
    assert question.action in {"", "direct_strike", *NAMED}


@each("question", BATTERY.values())
def test_a_rate_of_the_record_is_a_share(question: Any) -> None:
    rate = question.base_rate and vocabulary().base_rates[question.base_rate]
    assert not rate or rate.unit == "share"


def test_roles_become_actors() -> None:
    fields = BATTERY["patron_covers"].fields(ACTORS)
    assert (fields["by"], fields["target"]) == ("RUS", "IRN")
    assert BATTERY["over"].roles == ()
    assert BATTERY["over"].fields({}).keys() == {"measure", "base_rate"}


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("struck_again", "the perpetrator strikes the victim again"),
        ("over", "the crisis calms down"),
    ],
)
def test_a_question_is_told_of_roles(name: str, told: str) -> None:
    assert BATTERY[name].in_roles == told
