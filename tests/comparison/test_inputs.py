"""What is compared: scenarios that are to be run and runs that are there, each under its key."""

from pathlib import Path

import pytest

from realpolitik.sim.comparison.inputs import open_subject, open_subjects
from realpolitik.sim.experiments.ensemble import simulate
from realpolitik.sim.experiments.run_folder import NotARunError, write_run
from realpolitik.sim.scenario.errors import ScenarioError
from realpolitik.sim.scenario.loading import read_scenario
from tests.quarrel import TEXT

SCENARIO = read_scenario(TEXT, "small.yaml")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small run."""
    return write_run(simulate(SCENARIO, 5, 1), tmp_path_factory.mktemp("results"))


def test_a_run_and_its_scenario_have_the_same_content_and_outcomes(run: Path) -> None:
    made, there = open_subject(SCENARIO, {}), open_subject(run, {})
    assert (made.content, made.outcomes, made.codes) == (
        there.content,
        there.outcomes,
        there.codes,
    )
    assert (made.run, there.scenario) == (None, None)
    assert (made.weeks, made.codes) == (3, tuple(sorted(SCENARIO.actors)))


def test_subjects_of_one_name_get_keys_of_their_own(run: Path) -> None:
    keys = [one.key for one in open_subjects([SCENARIO, SCENARIO, run])]
    assert len(set(keys)) == 3
    assert keys[0] == "small"


def test_parameters_are_those_of_scenarios_and_not_of_runs(run: Path) -> None:
    made, there = open_subjects([SCENARIO, run], {"RUS.israel_ties": 0.2})
    assert dict(made.given) == {"RUS.israel_ties": 0.2}
    assert "RUS.israel_ties" in made.sets
    assert dict(there.given) == {}


def test_a_scenario_can_be_made_to_last_longer_and_a_run_cannot(run: Path) -> None:
    made, there = open_subjects([SCENARIO, run])
    longer = made.lasting(5)
    assert (longer.weeks, longer.own_weeks, longer.key) == (5, 3, made.key)
    assert made.lasting(3) is made
    assert there.lasting(5) is there


def test_a_shock_after_the_horizon_is_too_late() -> None:
    assert open_subject(SCENARIO, {}).too_late == 0
    assert open_subject(SCENARIO, {}).lasting(1).too_late == sum(
        (shock.week or 0) > 1 for shock in SCENARIO.shocks
    )


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="did you mean 'haniyeh_2024'"):
        open_subjects(["haniyeh_2042"])
    with pytest.raises(NotARunError):
        open_subjects([tmp_path])
