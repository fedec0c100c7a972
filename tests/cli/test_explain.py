"""`realpolitik explain`: what it prints, picks, writes and refuses."""

import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner

from realpolitik.sim.cli.commands import cli
from realpolitik.sim.explain.probe import reasons
from tests.cli.verbs import Verb

EXPLAIN = Verb("explain")
SCENARIO = """\
title: Will nothing come of this?
question: What comes of it?
start: 2024-08-05
weeks: 3
actors: [RUS, USA, IRN, ISR]
outcomes:
  strike: {measure: direct_strike, by: IRN, target: ISR, label: "[red]Iran[/red] strikes"}
  peak: {measure: highest_rung}
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a short scenario and a run of it."""
    folder = tmp_path_factory.mktemp("explain")
    (folder / "short.yaml").write_text(SCENARIO, encoding="utf-8")
    words = ["run", str(folder / "short.yaml"), "--worlds", "60", "--seed", "4"]
    words += ["--set", "IRN.israel_enmity=-0.6", "--out", str(folder / "run"), "--no-progress"]
    assert CliRunner().invoke(cli, words).exit_code == 0
    return folder


@pytest.fixture
def here(made: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """That folder, in which the command is typed."""
    monkeypatch.chdir(made)
    return made


# ── One choice ───────────────────────────────────────────────────────────────────────


def test_one_choice_with_its_reasons(here: Path) -> None:
    printed = EXPLAIN.well("short.yaml", "--actor", "IRN", "--world", "3", "--week", "2")
    assert "World: 3, seed 0; Week: 2 of 3, from 2024-08-12; Picked: the week asked for" in printed
    assert "base rate" in printed
    assert "▓" in printed
    assert any(why in printed for why in reasons("IRN")["why"])


def test_contributions_add_up_in_what_is_printed_for_programs(here: Path) -> None:
    told = EXPLAIN.answer("short.yaml", "--actor", "IRN", "--world", "3")
    for group in told["groups"]:
        for option in group["options"]:
            assert sum(option["contributions"].values()) == pytest.approx(option["utility"])
    assert {row["address"] for row in told["reasons"]} >= {"IRN.israel_enmity"}


def test_run_is_explained_with_its_own_seed_and_parameters(here: Path) -> None:
    told = EXPLAIN.answer("run", "--actor", "IRN", "--world", "5")
    assert told["seed"] == 4
    weights = {row["address"]: row["weight"] for row in told["reasons"]}
    assert weights["IRN.israel_enmity"] == -0.6


def test_deed_of_a_run_is_the_one_that_the_run_tells_of(here: Path) -> None:
    acts = pd.read_parquet(here / "run" / "events.parquet")
    deed = acts[acts["actor"] == "IRN"].iloc[0]
    words = ("run", "--actor", "IRN", "--world", deed["world"], "--week", deed["week"])
    told = EXPLAIN.answer(*words)
    chosen = {(group["action"], group["target"]) for group in told["groups"]}
    assert (deed["action"], deed["on"]) in chosen


ARMS = ("--actor", "RUS", "--world", "3", "--week", "2", "--action", "offensive_arms")


def test_action_that_was_not_taken_is_explained_against_what_was(here: Path) -> None:
    printed = EXPLAIN.well("short.yaml", *ARMS, "--target", "IRN")
    assert "What was asked about, “sends offensive arms to Iran”, had a probability of" in printed
    assert "Russia sends offensive arms to Iran, against “" in printed
    told = EXPLAIN.answer("short.yaml", *ARMS)
    groups = {(one["target"], one["track"]): one for one in told["groups"]}
    arming = {one["action"]: one for one in groups["IRN", "material"]["options"]}
    sought = arming["offensive_arms"]
    assert (sought["option"], sought["chosen"]) == (told["sought"], False)
    odds = sought["log_odds"] - taken_of(groups["IRN", "material"])["log_odds"]
    assert f"{odds:.2f}".replace("-", "−") in printed


def taken_of(group: dict[str, Any]) -> dict[str, Any]:
    """What was taken in a group."""
    return next(one for one in group["options"] if one["chosen"])


def test_what_it_did_to_one_other_is_told_if_a_target_is_named(here: Path) -> None:
    words = ("short.yaml", "--actor", "RUS", "--world", "3", "--target", "USA")
    printed, told = EXPLAIN.well(*words), EXPLAIN.answer(*words)
    assert "toward USA" in told["rule"]
    assert "the United States" in printed
    assert not any(f"{word} Iran" in printed for word in ("about", "toward", "with", "against"))


@pytest.mark.drawn
def test_page_of_an_action_that_was_not_taken_says_so(here: Path) -> None:
    EXPLAIN.well("short.yaml", *ARMS, "--out", "untaken.html")
    page = (here / "untaken.html").read_text(encoding="utf-8")
    assert "it was not taken" in page
    assert "--action offensive_arms" in page


# ── The ensemble ─────────────────────────────────────────────────────────────────────


def test_action_is_picked_by_what_the_scenario_asks(here: Path) -> None:
    printed = EXPLAIN.well("run", "--actor", "IRN")
    assert "(limited_strike); Picked: the scenario asks for it: outcome strike" in printed
    assert "Worlds: 60 worlds, seed 4; Weeks: all 3" in printed


def test_action_nobody_asks_for_is_the_gravest_frequent_one(here: Path) -> None:
    told = EXPLAIN.answer("run", "--actor", "USA", "--worlds", "10")
    assert "in at least every second world" in told["picked"] or "frequent" in told["picked"]
    assert told["worlds"] == 10


def test_it_is_picked_in_the_worlds_that_are_explained(here: Path) -> None:
    """Of a run and of its scenario, in as many worlds with the same seed, the same is said."""
    set_too = "extends: short.yaml\nparameters: {IRN.israel_enmity: -0.6}\n"
    (here / "set.yaml").write_text(set_too, encoding="utf-8")
    run = EXPLAIN.answer("run", "--actor", "USA")
    scenario = EXPLAIN.answer("set.yaml", "--actor", "USA", "--worlds", "60", "--seed", "4")
    assert "world" in run["picked"]
    called = dict.fromkeys(("scenario", "command"))
    assert run | called == scenario | called


def test_week_of_the_means(here: Path) -> None:
    printed = EXPLAIN.well("run", "--actor", "IRN", "--action", "limited_strike", "--week", "2")
    assert "Worlds: 60 worlds, seed 4; Weeks: 2" in printed


# ── The page ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("world", [(), ("--world", "0")])
def test_page_is_written_and_told_of(here: Path, world: tuple[str, ...]) -> None:
    printed = EXPLAIN.well("run", "--actor", "IRN", *world, "--out", "pages/explain.html")
    assert printed.endswith(f"Page  {Path('pages/explain.html')}\n")
    page = (here / "pages" / "explain.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "realpolitik explain run --actor IRN" in page
    assert [path.name for path in (here / "pages").iterdir()] == ["explain.html"]


def test_a_folder_that_is_no_run_gives_way_to_a_shipped_name(here: Path) -> None:
    (here / "no_shock").mkdir(exist_ok=True)
    assert "Iran" in EXPLAIN.well("no_shock", "--actor", "IRN", "--world", "0")


# ── What it refuses ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["run"], 2, "--actor"),
        (["run", "--actor", "IRM"], 1, "did you mean 'IRN'"),
        (["run", "--actor", "IRN", "--action", "limited_stirke"], 1, "--action: unknown"),
        (["run", "--actor", "IRN", "--worlds", "10000001"], 2, "1<=x<=10000000"),
        (["run", "--actor", "IRN", "--world", "60"], 1, "the run has worlds 0 to 59"),
        (["run", "--actor", "IRN", "--world", "0", "--week", "4"], 1, "only 3 weeks"),
        (["run", "--actor", "IRN", "--week", "4"], 1, "only 3 weeks"),
        (["run", "--actor", "IRN", "--week", "0"], 2, "--week"),
        (["run", "--actor", "IRN", "--seed", "5"], 2, "the run has seed 4"),
        (["run", "--actor", "IRN", "--world", "0", "--worlds", "5"], 2, "--worlds is for means"),
        (
            ["run", "--actor", "IRN", "--world", "0", "--target", "IRS"],
            1,
            "--target: unknown target 'IRS'; did you mean 'ISR'",
        ),
        (["run", "--actor", "IRN", "--out", "."], 1, "such as explain.html"),
        (
            ["run", "--actor", "IRN", "--action", "limited_strike", "--target", "RUS"],
            1,
            "cannot aim limited_strike at 'RUS'",
        ),
        ([".", "--actor", "IRN"], 1, "not a run folder"),
        (["haniyeh_2042", "--actor", "IRN"], 1, "did you mean 'haniyeh_2024'"),
    ],
)
def test_bad_input_is_told_in_a_line(here: Path, words: list[str], code: int, told: str) -> None:
    EXPLAIN.refused(words, code, told)


@pytest.fixture
def spoilt(here: Path, tmp_path: Path) -> Path:
    """A copy of the run whose scenario somebody has changed."""
    shutil.copytree(here / "run", tmp_path / "spoilt")
    path = tmp_path / "spoilt" / "scenario.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("nothing", "more"), encoding="utf-8")
    return tmp_path / "spoilt"


def test_run_whose_scenario_was_changed_is_refused(spoilt: Path) -> None:
    done = EXPLAIN.invoked(spoilt, "--actor", "IRN", "--world", "0")
    assert done.exit_code == 1
    assert "not the file that manifest.json lists" in done.stderr
