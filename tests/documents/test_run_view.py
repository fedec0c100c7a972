"""A run by its outcomes, shocks and actors."""

import math

import pytest

from realpolitik.sim.documents.run_view import is_seen, pair_of
from tests.documents.run_sample import outcome, sample


def test_null_is_no_number() -> None:
    made = sample()
    made.manifest["outcomes"] = [{**outcome("x", "highest_rung", "rung", 5.0), "mean": None}]
    (found,) = made.view().outcomes
    assert math.isnan(found["mean"])
    assert not is_seen(found)
    assert made.view().seen == []


@pytest.mark.parametrize("field", ["target", "on", "to", "toward"])
def test_target_is_found_whatever_the_measure_calls_it(field: str) -> None:
    made = sample()
    made.manifest["outcomes"] = [outcome("x", "act", "share", 0.5, by="AAA", **{field: "BBB"})]
    assert pair_of(made.view().outcomes[0]) == ("AAA", "BBB")


def test_mean_of_weeks_of_an_earlier_version_counts_what_never_came_as_the_horizon() -> None:
    (found,) = sample().view().having("weeks_to")
    assert (found["mean"], found["came"]) == (pytest.approx(0.63 * 2 + 0.37 * 26), 0.63)
    assert math.isnan(found["low"])


def test_a_mean_of_weeks_that_says_how_often_it_came_is_left_as_it_is() -> None:
    made = sample()
    made.manifest["outcomes"][2]["came"] = 0.63
    (found,) = made.view().having("weeks_to")
    assert (found["mean"], found["low"]) == (2.0, 1.9)


def test_shock_is_called_by_its_name_in_the_spelling_of_its_note() -> None:
    made = sample()
    shock = {"id": "us_aid_for_ukraine", "week": 3, "note": "The US sends aid to Ukraine."}
    made.manifest["scenario"]["shocks"] = [shock]
    assert made.view().shocks[0]["label"] == "US aid for Ukraine"


def test_weeks_without_value_are_left_out() -> None:
    made = sample()
    made.weeks.loc[made.weeks["week"] == 2, "mean"] = float("nan")
    assert made.view().weekly("strike")["week"].tolist()[:2] == [1, 3]


def test_words_ahead_counts_worlds() -> None:
    view = sample().view()
    ((public, material),) = view.alignment_pairs()
    assert view.words_ahead(public, material) == 0.97


def test_words_and_deeds_are_of_the_same_two() -> None:
    made = sample()
    for one in made.manifest["outcomes"]:
        if one["name"] == "material":
            one["toward"] = "BBB"
    assert made.view().alignment_pairs() == []


def test_world_whose_deeds_were_not_kept_is_not_told() -> None:
    made = sample()
    assert made.view().typical_world == 7
    made.manifest["typical_world"] = {"world": 999}
    assert made.view().typical_world is None
