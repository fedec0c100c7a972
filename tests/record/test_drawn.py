"""A record that the model makes."""

import pytest

from realpolitik.sim.record.drawn import draw_record
from realpolitik.sim.record.rates import RATED
from realpolitik.sim.record.weekly import ANY
from realpolitik.sim.scenario.vocabulary import vocabulary
from tests.made_up_record import FIRST, quiet


def test_acts_are_those_that_a_record_can_tell_in_weeks_on_end() -> None:
    record = draw_record(quiet(), 5, 1, FIRST)
    assert record.weeks[0] == FIRST
    assert record.spells() == (slice(0, 5),)
    assert set(record.acts["action"]) <= {*RATED, ANY}
    assert record.acts["week"].between(0, 4).all()


def test_a_pair_does_an_act_about_as_often_as_its_rate_says() -> None:
    record = draw_record(quiet(), 60, 1, FIRST)
    did = record.did(["denounce"])[:, record.pairs.index(("RUS", "USA"))]
    rate = vocabulary().parameters["rate.RUS-USA.denounce"].default
    assert did.mean() == pytest.approx(rate, abs=0.15)
