"""What is read off a world agrees with itself, whatever happens in it."""

import itertools

import numpy as np
import pytest

from realpolitik.sim import EscalationModel
from realpolitik.sim.engine.world import Array
from realpolitik.sim.scenario.schema import Scenario
from tests.reference.variations import VARIATIONS, with_all_outcomes

VIOLENT = ("wars that do not end", "clash of great powers", "generous patrons")


@pytest.fixture(scope="module", params=VIOLENT)
def model(request: pytest.FixtureRequest, haniyeh: Scenario) -> EscalationModel:
    """Worlds in which much happens, with every measure of every pair."""
    spec = with_all_outcomes(VARIATIONS[request.param](haniyeh))
    return EscalationModel(spec, 64, rng=11, bounded=False).run()


def pairs(model: EscalationModel) -> list[str]:
    return [" ".join(pair) for pair in itertools.permutations(model.spec.actors, 2)]


def came(week: Array) -> Array:
    return ~np.isnan(week)


def test_every_measure_is_a_number_a_world(model: EscalationModel) -> None:
    shapes = {np.shape(model.outcome(name)) for name in model.spec.outcomes}
    assert shapes == {(64,)}


def test_a_major_strike_is_a_direct_one_and_has_its_week(model: EscalationModel) -> None:
    for pair in pairs(model):
        direct = model.outcome(f"direct_strike {pair}")
        assert (model.outcome(f"major_strike {pair}") <= direct).all(), pair
        assert (came(model.outcome(f"weeks_to {pair}")) == (direct == 1)).all(), pair


def test_arms_that_are_sent_are_help_of_that_grade(model: EscalationModel) -> None:
    for pair in pairs(model):
        sent = model.outcome(f"act offensive_arms {pair}") == 1
        assert (model.outcome(f"help_grade {pair}")[sent] >= 5).all(), pair


def test_the_gap_is_what_words_say_more_than_deeds(model: EscalationModel) -> None:
    for pair in pairs(model):
        said, done = (model.outcome(f"{kind}_alignment {pair}") for kind in ("public", "material"))
        assert model.outcome(f"say_do_gap {pair}") == pytest.approx(said - done), pair
        assert max(abs(said).max(), abs(done).max()) <= 1, pair


def test_wars_and_clashes_stand_on_their_rungs(model: EscalationModel) -> None:
    highest = model.outcome("highest_rung")
    assert (highest[model.outcome("full_scale_war") == 1] >= 9).all()
    assert (highest[model.outcome("great_power_clash") == 1] == 10).all()


def test_third_parties_enter_wars_and_wars_end_only_where_there_is_one(
    model: EscalationModel,
) -> None:
    war, ended = model.outcome("full_scale_war") == 1, model.outcome("weeks_to_end_of_war")
    assert (war[came(ended)]).all()
    assert (war[model.outcome("third_party_entry") == 1]).all()
    assert (ended[came(ended)] >= 3).all()


def test_calm_comes_after_four_weeks_at_the_earliest(model: EscalationModel) -> None:
    week = model.outcome("weeks_to_deescalation")
    assert (week[came(week)] >= 4).all()
    assert (week[came(week)] <= model.spec.weeks).all()


def test_deaths_are_whole_and_never_less_than_none(model: EscalationModel) -> None:
    for code in model.spec.actors:
        deaths = model.outcome(f"civilian_deaths {code}")
        assert (deaths >= 0).all(), code
        assert (deaths == np.floor(deaths)).all(), code
