"""Several scenarios as one factor of a study: what they must have in common, and their names."""

from dataclasses import replace
from typing import Any

import pytest

from realpolitik.sim.experiments.plan import Plan
from realpolitik.sim.experiments.several import Several, name_of_several
from realpolitik.sim.scenario.errors import ScenarioError
from realpolitik.sim.scenario.loading import read_scenario
from tests.experiments.small import small_plan
from tests.quarrel import TEXT


def plan(called: str, text: str = TEXT, **changes: Any) -> Plan:
    """The small study of this scenario."""
    scenario = read_scenario(text, f"{called}.yaml")
    return replace(small_plan(), scenario=scenario, called=called, **changes)


FIRST = plan("quarrel")


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (plan("quarrel"), "quarrel: the scenario stands here a second time"),
        (
            plan("b", TEXT.replace("weeks: 3", "weeks: 4")),
            "b: the scenario lasts 4 weeks, and quarrel 3",
        ),
        (plan("b", vary=()), "b: RUS.israel_ties is varied in one scenario and not in quarrel"),
        (
            plan("b", vary=(replace(FIRST.vary[0], high=0.5),)),
            "b: RUS.israel_ties runs from 0 to 0.5 here, and from 0 to 0.6 in quarrel",
        ),
        (plan("b", seed=7), "b: more than the scenario differs from the plan of quarrel"),
        (plan("b", outcomes=("height",)), "b: it measures nothing that quarrel does"),
        (
            plan("b", TEXT.replace("by: IRN, target: ISR", "by: ISR, target: IRN")),
            "b: the outcome strike is measured in another way than in quarrel",
        ),
    ],
)
def test_scenarios_that_are_not_alike_in_all_else_are_refused(other: Plan, told: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        Several.of([FIRST, other])
    assert str(caught.value).startswith(told)


def test_names_are_made_unique_and_fit_for_a_folder() -> None:
    plans = [replace(plan("x"), called=called) for called in ("a", "b", "c")]
    assert list(Several.of(plans).plans) == ["x", "x-2", "x-3"]
    assert name_of_several(plans) == "x_and_2small"
    titles = Several.of(plans).titles
    assert len(set(titles.values())) == 3


def test_outcomes_are_shared_that_all_report_and_the_first_is_the_baseline() -> None:
    several = Several.of([FIRST, plan("b", outcomes=("alignment", "strike"))])
    assert several.baseline == FIRST
    assert several.shared == ["strike", "alignment"]


def test_the_command_names_every_scenario() -> None:
    words = Several.of([FIRST, plan("b")]).command.split()
    assert words[:4] == ["realpolitik", "sweep", "quarrel", "b"]
