"""What the verbs of reasons are asked about: a run or a scenario, and the most telling action."""

from dataclasses import replace
from pathlib import Path

import click
import pandas as pd
import pytest

from realpolitik.sim import simulate
from realpolitik.sim.cli.exits import InputError
from realpolitik.sim.cli.subject import (
    RunOrScenario,
    UnrepeatableRunError,
    headline_actor,
    headline_of,
    subject_of,
    wrong_input,
)
from realpolitik.sim.experiments.run_folder import write_run
from realpolitik.sim.scenario.errors import Fault, Place, ScenarioError
from realpolitik.sim.scenario.loading import load_scenario

ACTS = ["actor", "on", "action", "per_world"]
MAIN = RunOrScenario("haniyeh_2024", load_scenario("haniyeh_2024"), 0, 60)


def test_a_name_is_a_scenario_with_what_was_set() -> None:
    subject = subject_of("haniyeh_2024", 3, {"RUS.israel_ties": 0.1})
    assert (subject.seed, subject.worlds, subject.acts) == (3, None, None)
    assert subject.scenario.settings["RUS.israel_ties"] == 0.1
    command = subject.inquiry("flips", outcome="x", pairs=True, actor=None).command
    assert command == (
        "realpolitik flips haniyeh_2024 --outcome x --pairs --seed 3 --set RUS.israel_ties=0.1"
    )


def test_actor_week_and_world_are_those_that_there_are() -> None:
    MAIN.need_actor("RUS")
    MAIN.need_week(MAIN.scenario.weeks)
    MAIN.need_world(59)
    with pytest.raises(ScenarioError, match="'XXX'"):
        MAIN.need_actor("XXX")
    with pytest.raises(InputError, match="there are only"):
        MAIN.need_week(MAIN.scenario.weeks + 1)
    with pytest.raises(InputError, match="worlds 0 to 59"):
        MAIN.need_world(60)


def test_a_fault_is_placed_at_the_option_that_gave_it() -> None:
    found = wrong_input(ScenarioError([Fault(Place("track"), "unknown", "another")]))
    assert isinstance(found, ScenarioError)
    assert found.faults[0].place == Place("--track")
    with pytest.raises(InputError, match="in a line"):
        wrong_input(ValueError("in a line"))


# ── The most telling action ──────────────────────────────────────────────────────────


def acts_of(*rows: tuple[str, str, str, float]) -> RunOrScenario:
    """The main scenario without outcomes, in a run of which these acts were done."""
    bare = MAIN.scenario.model_copy(update={"outcomes": {}})
    return replace(MAIN, scenario=bare, acts=pd.DataFrame(rows, columns=ACTS))


def test_what_the_scenario_asks_for_comes_first() -> None:
    found = headline_of(MAIN, "IRN", 60)
    assert found.action == "limited_strike"
    assert "outcome" in found.why
    assert headline_actor(MAIN.scenario) == "IRN"


def test_else_it_is_the_gravest_that_is_frequent() -> None:
    rare, grave, common = (
        ("RUS", "USA", "major_strike", 0.1),
        ("RUS", "USA", "threaten", 0.6),
        ("RUS", "IRN", "support", 9.0),
    )
    assert headline_of(acts_of(rare, grave, common), "RUS", 60).action == "threaten"
    assert headline_of(acts_of(rare), "RUS", 60).action == "major_strike"


def test_actor_that_does_nothing_has_no_headline() -> None:
    with pytest.raises(click.ClickException, match="RUS does nothing"):
        headline_of(acts_of(), "RUS", 60)


def test_worlds_with_numbers_of_their_own_have_no_reasons(tmp_path: Path) -> None:
    result = simulate(load_scenario("no_shock"), 2, 0, uncertain=True)
    folder = write_run(result, tmp_path)
    with pytest.raises(UnrepeatableRunError, match="each world has numbers of its own"):
        subject_of(str(folder), None)
