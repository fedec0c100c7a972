"""What the tables of a study say of its outcomes and addresses."""

import math

import pytest

from tests.documents.study_sample import sample


@pytest.mark.parametrize("sampler", ["grid", "one_at_a_time", "sobol", "morris", "latin_hypercube"])
def test_the_address_that_moves_an_outcome_most_comes_first(sampler: str) -> None:
    view = sample(sampler, 3).view()
    assert view.ranking("arms")[0].address == "AAA.b_ties"
    assert {one.address for one in view.ranking("arms")} == set(view.varied)


def test_a_line_keeps_the_others_where_they_lie_nearest_to_the_scenario() -> None:
    view = sample("grid", 2).view()
    line = view.line_nearest(view.varied["AAA.b_ties"]).query("outcome == 'arms'")
    assert line["value"].is_unique
    others = view.points.set_index("point").loc[line["point"], "AAA.fear_of_war"]
    apart = (view.points["AAA.fear_of_war"] - 0.3).abs().min()
    assert (others - 0.3).abs().to_numpy() == pytest.approx(apart)


def test_the_scenario_itself_has_a_mean_only_where_it_is_a_point() -> None:
    alone, scattered = (sample(name, 3).view() for name in ("one_at_a_time", "latin_hypercube"))
    at = (alone.points.drop(columns="point") == 0.3).all(axis=1)
    assert alone.own_mean("arms") == alone.at_points("arms").loc[at.to_numpy(), "mean"].iloc[0]
    assert math.isnan(scattered.own_mean("arms"))


def test_the_case_of_interest_is_the_favoured_one_or_else_the_upper_quarter() -> None:
    named, unnamed = sample("latin_hypercube", 3).view(), sample("grid", 3).view()
    outcome, said = named.case() or ("", "")
    assert outcome == "arms"
    assert "upper quarter" not in said
    means = named.at_points("arms")["mean"]
    assert named.inside("arms").tolist() == (means > 0.15).tolist()
    outcome, said = unnamed.case() or ("", "")
    assert "upper quarter" in said
    assert unnamed.inside(outcome).mean() == pytest.approx(0.25, abs=0.02)


def test_an_absent_table_has_no_rows() -> None:
    view = sample("morris", 3).view()
    assert view.table("curves").empty
    assert view.about_outcome("tipping", "arms").empty
    assert not view.has_numbers("effects", "arms")
    assert view.has_numbers("morris", "arms")
