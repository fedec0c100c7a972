"""Plans of the command: quick sweeps, and files of which something is changed."""

import re
import shlex
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from realpolitik.sim.analysis.study import sweep
from realpolitik.sim.cli.commands import cli
from realpolitik.sim.experiments.plan import Plan, Until
from realpolitik.sim.experiments.plan_file import load_study
from realpolitik.sim.experiments.plan_options import changed, command_of, name_of, plan_of_settings
from realpolitik.sim.experiments.study_folder import StudyFolder
from realpolitik.sim.experiments.vary_request import typed_request
from realpolitik.sim.scenario.errors import ScenarioError
from realpolitik.sim.scenario.schema import Scenario
from tests.experiments.small import page, small_scenario
from tests.quarrel import TEXT


@pytest.fixture(scope="module")
def shipped() -> Plan:
    """A study with thresholds."""
    return load_study("israel_ties").plan


def quick(scenario: Scenario, *texts: str) -> Plan:
    """The plan of a quick sweep."""
    return plan_of_settings("haniyeh_2024", scenario, [typed_request(text) for text in texts]).plan


def test_a_quick_sweep_is_a_grid_with_all_outcomes(haniyeh: Scenario) -> None:
    plan = quick(haniyeh, "RUS.israel_ties=0:0.4:0.2", "world.precision=8,12")
    assert plan.sampler == "grid"
    assert [vary.values for vary in plan.vary] == [(0.0, 0.2, 0.4), (8.0, 12.0)]
    assert plan.outcomes == tuple(haniyeh.outcomes)
    assert plan.question == "What follows from RUS.israel_ties and world.precision?"


def test_its_name_tells_what_is_varied_and_is_fit_for_a_folder(haniyeh: Scenario) -> None:
    assert quick(haniyeh, "RUS.israel_ties").name == "haniyeh_2024-RUS.israel_ties"
    wild = [typed_request(text) for text in ("RUS.*", "initial.flow.RUS-IRN", "a/../b", "c", "d")]
    name = name_of(haniyeh, wild)
    assert name == "haniyeh_2024-RUS.all-initial.flow.RUS-IRN-a-..-b-and_2_more"
    assert re.fullmatch(r"[\w.-]{1,80}", name_of(haniyeh, [typed_request("x" * 500)]))


def test_all_faults_of_the_words_are_told_of_at_once(haniyeh: Scenario) -> None:
    with pytest.raises(ScenarioError) as caught:
        quick(haniyeh, "RUS.israel_tie=0:1:0.5", "world.precision=9:5")
    first, second = str(caught.value).splitlines()
    assert first.startswith("--set RUS.israel_tie=0:1:0.5: unknown parameter")
    assert second.startswith("--set world.precision=9:5: the range of world.precision is 9 to 5")


def test_numbers_of_a_quick_sweep_are_checked(haniyeh: Scenario) -> None:
    asked = [typed_request("RUS.israel_ties")]
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


# ── The command that does a plan again ───────────────────────────────────────────────


STUDY = """\
title: A study
question: What moves it?
scenario: small.yaml
parameters: {world.precision: 12}
vary: {RUS.israel_ties: {values: [0, 0.5]}, IRN.domestic_pressure: }
points: 2
worlds: 5
thresholds: {strike: 0.5}
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a scenario and a study, whose names have a blank."""
    (tmp_path / "small.yaml").write_text(TEXT, encoding="utf-8")
    (tmp_path / "my small.yaml").write_text(TEXT, encoding="utf-8")
    (tmp_path / "my study.yaml").write_text(STUDY, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("realpolitik.sim.documents.study.study_page", page)
    return tmp_path


def typed(*texts: str, **options: Any) -> Plan:
    """A plan that was typed."""
    asked = [typed_request(text) for text in texts]
    options = {"worlds": 5, "seed": 3} | options
    return plan_of_settings("my small.yaml", small_scenario(), asked, **options).plan


PLANS = {
    "steps": lambda: typed("RUS.israel_ties=0:0.3:0.1"),
    "values": lambda: typed("RUS.israel_ties=0,0.1,0.35"),
    "ends": lambda: typed("RUS.israel_ties=0.1:0.5", points=3),
    "two, one without a range": lambda: typed(
        "RUS.israel_ties=0,0.3", "IRN.domestic_pressure", points=2
    ),
    "a sampler": lambda: typed(
        "RUS.israel_ties", "IRN.domestic_pressure", sampler="latin_hypercube", points=3
    ),
    "a part below nought": lambda: typed("IRN.israel_enmity=-0.6:-0.2:0.2"),
    "until another than the first": lambda: typed(
        "RUS.israel_ties=0,0.3", until=Until("height", 0.9, 1100), outcomes=("strike", "height")
    ),
    "a study file": lambda: load_study("my study.yaml").plan,
    "what was typed beside it": lambda: changed(
        load_study("my study.yaml").plan, points=3, worlds=7, outcomes=("height",)
    ),
}


@pytest.mark.parametrize("kind", PLANS)
def test_the_command_in_the_folder_gives_equal_parts(here: Path, kind: str) -> None:
    sweep(PLANS[kind](), here / "first")
    program, *words = shlex.split(StudyFolder(here / "first").settings()["command"])
    done = CliRunner().invoke(cli, [*words, "--out", "second", "--jobs", "1"])
    assert (program, done.exit_code) == ("realpolitik", 0), done.output
    first, second = (sorted((here / name / "parts").iterdir()) for name in ("first", "second"))
    assert [path.name for path in first] == [path.name for path in second]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_it_is_what_a_person_would_type() -> None:
    plan = typed("RUS.israel_ties=0:0.3:0.1", thresholds={"strike": 0.5}, outcomes=["strike"])
    assert command_of(plan) == (
        "realpolitik sweep 'my small.yaml' --set RUS.israel_ties=0:0.3:0.1 --sampler grid "
        "--worlds 5 --seed 3 --outcome strike --threshold strike=0.5"
    )


def test_how_a_study_was_asked_for_makes_no_other_study(here: Path) -> None:
    plan = load_study("my study.yaml").plan
    sweep(plan, here / "first")
    sweep(replace(plan, file=str(here / "my study.yaml")), here / "first")
