"""Plans of the command: quick sweeps, and files of which something is changed."""

import re

import pytest

from realpolitik.sim.experiments.plan import Plan, Until
from realpolitik.sim.experiments.plan_file import load_study
from realpolitik.sim.experiments.plan_options import changed, name_of, plan_of_settings
from realpolitik.sim.experiments.vary import asked_by
from realpolitik.sim.scenario.errors import ScenarioError
from realpolitik.sim.scenario.schema import Scenario


@pytest.fixture(scope="module")
def shipped() -> Plan:
    """A study with thresholds."""
    return load_study("israel_ties").plan


def quick(scenario: Scenario, *texts: str) -> Plan:
    """The plan of a quick sweep."""
    return plan_of_settings("haniyeh_2024", scenario, [asked_by(text) for text in texts]).plan


def test_a_quick_sweep_is_a_grid_with_all_outcomes(haniyeh: Scenario) -> None:
    plan = quick(haniyeh, "RUS.israel_ties=0:0.4:0.2", "world.precision=8,12")
    assert plan.sampler == "grid"
    assert [vary.values for vary in plan.vary] == [(0.0, 0.2, 0.4), (8.0, 12.0)]
    assert plan.outcomes == tuple(haniyeh.outcomes)
    assert plan.question == "What follows from RUS.israel_ties and world.precision?"


def test_its_name_tells_what_is_varied_and_is_fit_for_a_folder(haniyeh: Scenario) -> None:
    assert quick(haniyeh, "RUS.israel_ties").name == "haniyeh_2024-RUS.israel_ties"
    wild = [asked_by(text) for text in ("RUS.*", "initial.flow.RUS-IRN", "a/../b", "c", "d")]
    name = name_of(haniyeh, wild)
    assert name == "haniyeh_2024-RUS.all-initial.flow.RUS-IRN-a-..-b-and_2_more"
    assert re.fullmatch(r"[\w.-]{1,80}", name_of(haniyeh, [asked_by("x" * 500)]))


def test_all_faults_of_the_words_are_told_of_at_once(haniyeh: Scenario) -> None:
    with pytest.raises(ScenarioError) as caught:
        quick(haniyeh, "RUS.israel_tie=0:1:0.5", "world.precision=9:5")
    first, second = str(caught.value).splitlines()
    assert first.startswith("--set RUS.israel_tie=0:1:0.5: unknown parameter")
    assert second.startswith("--set world.precision=9:5: the range of world.precision is 9 to 5")


def test_numbers_of_a_quick_sweep_are_checked(haniyeh: Scenario) -> None:
    asked = [asked_by("RUS.israel_ties")]
    with pytest.raises(ScenarioError) as caught:
        plan_of_settings(
            "haniyeh_2024",
            haniyeh,
            asked,
            sampler="sobol",
            points=12,
            worlds=0,
            outcomes=["strike_on_isreal"],
        )
    told = str(caught.value).splitlines()
    assert [line.split(": ")[0] for line in told] == [
        "--outcome strike_on_isreal",
        "--points 12",
        "--worlds 0",
    ]


def test_what_is_not_changed_stays(shipped: Plan) -> None:
    assert changed(shipped) == shipped


def test_what_is_given_takes_the_place_of_what_the_file_says(shipped: Plan) -> None:
    until = Until("say_do_gap", 0.01, 5000)
    plan = changed(shipped, worlds=50, seed=3, points=7, until=until)
    assert (plan.worlds, plan.seed, plan.points, plan.until) == (50, 3, 7, until)
    assert plan.thresholds == shipped.thresholds


def test_thresholds_are_added_and_those_of_other_outcomes_left_out(shipped: Plan) -> None:
    plan = changed(shipped, outcomes=["say_do_gap"], thresholds={"say_do_gap": 0.1})
    assert plan.outcomes == ("say_do_gap",)
    assert plan.thresholds == {"say_do_gap": 0.1}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"worlds": 0}, "--worlds 0: worlds is 0"),
        ({"points": 1}, "--points 1: points is 1"),
        ({"seed": -1}, "--seed -1: seed is -1"),
        ({"outcomes": ["nothing"]}, "--outcome nothing: unknown outcome"),
        ({"thresholds": {"say_do_gaps": 1.0}}, "did you mean 'say_do_gap'"),
        ({"until": Until("say_do_gap", 0.0, 9999)}, "--until 0: the width is 0"),
        ({"until": Until("say_do_gap", 0.1, 9)}, "most is 9 worlds"),
    ],
)
def test_changes_are_checked(shipped: Plan, given: dict[str, object], told: str) -> None:
    with pytest.raises(ScenarioError, match=re.escape(told)):
        changed(shipped, **given)  # type: ignore[arg-type]


def test_a_study_of_more_worlds_than_can_be_run_is_refused(haniyeh: Scenario) -> None:
    asked = [asked_by("RUS.israel_ties")]
    with pytest.raises(ScenarioError) as caught:
        plan_of_settings("haniyeh_2024", haniyeh, asked, points=1_000_000, worlds=1001)
    wanted = "1,000,000 points of 1,001 worlds are 1,001,000,000 worlds; expected at most"
    assert f"--worlds 1001: {wanted}" in str(caught.value)
