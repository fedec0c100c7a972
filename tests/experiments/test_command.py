"""The command that does a study again."""

import shlex
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from realpolitik.sim.analysis.study import sweep
from realpolitik.sim.cli.commands import cli
from realpolitik.sim.experiments.command import command_of
from realpolitik.sim.experiments.plan import Plan, Until
from realpolitik.sim.experiments.plan_file import load_study
from realpolitik.sim.experiments.plan_options import changed, plan_of_settings
from realpolitik.sim.experiments.study_folder import StudyFolder
from realpolitik.sim.experiments.vary import asked_by
from tests.experiments.small import page, small_scenario
from tests.quarrel import TEXT

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


@pytest.fixture(autouse=True)
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
    asked = [asked_by(text) for text in texts]
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
