"""What a study answers."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from realpolitik.sim.documents.study import study_document
from realpolitik.sim.documents.study_answer import answer
from tests.documents.study_sample import sample as made_up


def test_answer_says_the_tipping_point_and_what_the_scenario_has() -> None:
    first = answer(made_up("grid", 1).view())[0].replace("\u00a0", " ")
    assert first == (
        "Doria sends Arcadia offensive arms: in fewer than 5 % of worlds once AAA.b_ties reaches "
        "0.58 (0.52 to 0.66); in the scenario it is 0.3."
    )


@pytest.mark.parametrize(
    ("sampler", "said"),
    [
        ("one_at_a_time", "AAA.b_ties moves it most, from 19.2 % of worlds at 0 to 2.9 % at 0.8"),
        ("sobol", "AAA.b_ties accounts alone for 62 % (54 % to 70 %) of the variance"),
        ("morris", "AAA.b_ties moves it most, by 10.0 percentage points (8.0 to 12.0)"),
        ("latin_hypercube", "at 76 % of the points where AAA.b_ties is at most 0.21 and"),
    ],
)
def test_answer_says_what_matters_most(sampler: str, said: str) -> None:
    told = " ".join(answer(made_up(sampler, 3).view())).replace("\u00a0", " ")
    assert said in told
    assert "over the" in told


def told(sample: Any) -> str:
    return " ".join(answer(sample.view())).replace("\u00a0", " ")


def only_one_moves(sample: Any, name: str) -> Any:
    """The same, but that chance may explain the effects on all other outcomes."""
    effects, thresholds = sample.tables["effects"], sample.tables.pop("tipping")
    sample.study["thresholds"] = {}
    effects.loc[effects["outcome"] != name, ["low", "high"]] = -9.0, 9.0
    assert len(thresholds)
    return sample


def ask_for_all(sample: Any) -> Any:
    """As of a sweep in which no outcome was named."""
    sample.study["measures"] = {each["name"]: {} for each in sample.study["outcomes"]}
    return sample


def test_without_outcomes_asked_for_the_one_most_surely_moved_leads() -> None:
    sample = ask_for_all(only_one_moves(made_up("grid", 1), "strike"))
    first = answer(sample.view())[0].replace("\u00a0", " ")
    assert first.startswith("Arcadia strikes Boroughs: from 6")
    assert "as AAA.b_ties goes from 0 to 0.8, a change of −2" in first
    assert "moves it most" not in first
    assert "No other outcome is moved beyond chance." in told(sample)
    assert (
        study_document(sample.made()).figures()["curves-1"].data[1].name.startswith("<b>A</b> Arc")
    )


def test_an_outcome_asked_for_leads_and_the_one_most_surely_moved_follows() -> None:
    sample = only_one_moves(made_up("one_at_a_time", 3), "strike")
    assert answer(sample.view())[0].startswith(
        "Doria sends Arcadia offensive arms: no address is seen to move it, at most by "
    )
    assert "Arcadia strikes Boroughs: AAA.b_ties moves it most, from" in told(sample)
    assert "Points differ" not in told(sample)


def test_outcomes_that_are_moved_as_well_are_named_with_what_moves_them() -> None:
    said = told(made_up("one_at_a_time", 3))
    assert "Also moved beyond chance: " in said
    assert "Highest rung (AAA.b_ties −" in said


def test_what_cannot_be_told_from_chance_is_not_told_of_points_either() -> None:
    sample = made_up("sobol", 3)
    table = sample.tables["sobol"]
    numbers = table.columns.drop(["outcome", "address", "n", "points"])
    table.loc[table["outcome"] == "arms", numbers] = np.nan
    assert "its differences between points cannot be told from chance, so that" in told(sample)
    assert "Points differ" not in told(sample)


def test_answer_of_nothing_says_so() -> None:
    sample = made_up("grid", 2)
    sample.tables = {"summary": pd.DataFrame()}
    assert answer(sample.view()) == [
        "No outcome has a value at any point: nothing was measured, or it never came."
    ]


def test_answer_without_any_table_does_not_say_that_nothing_came() -> None:
    sample = made_up("grid", 2)
    sample.tables = {}
    assert answer(sample.view()) == ["The tables are missing that would tell."]
