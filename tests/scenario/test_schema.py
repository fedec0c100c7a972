"""The models of a scenario: what they take, their settings, and scenarios that measure nothing."""

from typing import Any

import pytest
from pydantic import ValidationError

from realpolitik.sim.scenario.errors import ScenarioError
from realpolitik.sim.scenario.schema import Episode, Lever, Scenario, Setting, need_outcomes
from realpolitik.sim.scenario.vocabulary import vocabulary

SMALL: dict[str, Any] = {
    "title": "T",
    "question": "Q?",
    "start": "2024-08-05",
    "actors": ["RUS", "IRN", "ISR"],
    "parameters": {"RUS.israel_ties": {"value": 0.3, "range": [0.1, 0.5]}, "IRN.heeded_advice": 1},
    "outcomes": {"strike": {"measure": "direct_strike", "by": "IRN", "target": "ISR"}},
}


def scenario(**changes: Any) -> Scenario:
    return vocabulary().scenario_type.model_validate(SMALL | changes)


def test_settings_are_values_whether_or_not_a_range_is_given() -> None:
    assert scenario().settings == {"RUS.israel_ties": 0.3, "IRN.heeded_advice": 1}


def test_parameters_lie_on_top_and_older_spellings_are_the_same_address() -> None:
    changed = scenario().with_parameters({"RUS.israel_ties": 0.1, "initial.hostility.IRN>ISR": 1})
    assert changed.settings["RUS.israel_ties"] == 0.1
    assert changed.settings["initial.hostility.IRN-ISR"] == 1
    assert changed.settings["IRN.heeded_advice"] == 1
    assert scenario().settings["RUS.israel_ties"] == 0.3


def test_a_shock_and_a_measure_become_what_their_kind_says() -> None:
    killing = {"id": "a", "kind": "assassination", "week": 1, "by": "ISR", "against": "IRN"}
    made = scenario(shocks=[killing])
    assert type(made.shocks[0]) is vocabulary().shocks["assassination"]
    assert type(made.outcomes["strike"]) is vocabulary().measures["direct_strike"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"weeks": 521},
        {"weeks": -1},
        {"actors": []},
        {"title": ""},
        {"wekks": 3},
        {"parameters": {"RUS.israel_ties": float("nan")}},
        {"shocks": [{"id": "a", "kind": "no_such_kind"}]},
    ],
)
def test_what_a_scenario_cannot_be_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        scenario(**wrong)


def test_models_are_frozen() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        scenario().weeks = 3  # type: ignore[misc]
    with pytest.raises(ValidationError, match="frozen"):
        Setting(value=1).value = 2  # type: ignore[misc]


@pytest.mark.parametrize("observed", [7, -1])
def test_an_episode_has_a_grade_of_help_or_a_yes_or_no(observed: int) -> None:
    given: dict[str, Any] = {"outcome": "s", "date": "2015-04-13", "in_article": True}
    given |= {"source": "A paper"}
    assert Episode(**given, observed=True).observed is True
    assert Episode(**given, observed=6).certainty == 1
    with pytest.raises(ValidationError):
        Episode(**given, observed=observed)


def test_a_lever_may_have_the_declared_range() -> None:
    assert Lever(parameter="RUS.israel_ties", label="Ties").range is None


def test_a_scenario_without_outcomes_is_refused_where_something_is_to_be_measured() -> None:
    need_outcomes(scenario())
    with pytest.raises(ScenarioError, match=r"x.yaml: there is nothing to measure.*highest_rung"):
        need_outcomes(scenario(outcomes={}), "x.yaml")
    with pytest.raises(ScenarioError, match=r"^scenario: there is nothing"):
        need_outcomes(scenario(outcomes={}))
