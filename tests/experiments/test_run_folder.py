"""The run folder: whole or not at all, and readable again."""

import hashlib
import json
import re
from pathlib import Path

import pandas as pd
import pytest

from realpolitik.sim import load_scenario, simulate
from realpolitik.sim.experiments import run_folder
from realpolitik.sim.experiments.ensemble import Result
from realpolitik.sim.experiments.manifest import configuration_hash
from realpolitik.sim.experiments.run_folder import (
    MANIFEST,
    TABLES,
    NotARunError,
    read_run,
    write_report,
    write_run,
)
from realpolitik.sim.scenario.schema import Scenario


@pytest.fixture(scope="module")
def result(haniyeh: Scenario) -> Result:
    """A small ensemble."""
    return simulate(haniyeh, 40, 3, {"RUS.israel_ties": 0.1})


@pytest.fixture
def folder(result: Result, tmp_path: Path) -> Path:
    """It, written."""
    return write_run(result, tmp_path)


def test_it_lies_under_scenario_time_and_hash(folder: Path, result: Result) -> None:
    assert folder.parent.name == "haniyeh_2024"
    assert re.fullmatch(r"\d{8}T\d{6}\.\d{6}Z-[0-9a-f]{8}", folder.name)
    assert folder.name.endswith(configuration_hash(result)[:8])


def test_it_holds_just_what_the_manifest_lists(folder: Path) -> None:
    listed = json.loads((folder / MANIFEST).read_text())["files"]
    assert {path.name for path in folder.iterdir()} == {*listed, MANIFEST}
    assert {f"{table}.parquet" for table in TABLES} < set(listed)


def test_its_tables_come_back(folder: Path, result: Result) -> None:
    run = read_run(folder)
    for table in TABLES:
        pd.testing.assert_frame_equal(getattr(run, table), getattr(result, table))


def test_the_resolved_scenario_gives_the_same_worlds(folder: Path, result: Result) -> None:
    again = load_scenario(folder / "scenario.yaml")
    runs = simulate(again, 40, 3).runs
    pd.testing.assert_frame_equal(runs, result.runs, check_exact=True)


def test_the_manifest_states_mean_and_interval_of_every_outcome(
    folder: Path, result: Result
) -> None:
    outcomes = {o["name"]: o for o in json.loads((folder / MANIFEST).read_text())["outcomes"]}
    assert list(outcomes) == list(result.outcomes)
    strike = outcomes["strike_on_israel"]
    assert strike["mean"] == result.runs["strike_on_israel"].mean()
    assert strike["low"] < strike["mean"] < strike["high"]
    assert strike["base_rate"]["value"] == 0.57


def test_shares_of_help_add_up_to_one(folder: Path) -> None:
    outcomes = {o["name"]: o for o in json.loads((folder / MANIFEST).read_text())["outcomes"]}
    shares = outcomes["russian_help_to_iran"]["shares"]
    assert list(shares) == list("0123456")
    assert sum(one["share"] for one in shares.values()) == pytest.approx(1)


@pytest.mark.parametrize("broken", [KeyboardInterrupt, RuntimeError])
def test_a_run_that_fails_while_it_is_written_leaves_nothing(
    result: Result, tmp_path: Path, broken: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **kwargs: object) -> str:
        raise broken

    monkeypatch.setattr(run_folder, "sealed", fail)
    with pytest.raises(broken):
        write_run(result, tmp_path)
    assert list((tmp_path / "haniyeh_2024").iterdir()) == []


def test_the_command_that_repeats_the_run_names_the_scenario_as_it_was_asked_for(
    result: Result, tmp_path: Path
) -> None:
    asked = write_run(result, tmp_path, "crises/one.yaml#calm")
    command = json.loads((asked / MANIFEST).read_text())["command"]
    assert command == (
        "realpolitik run 'crises/one.yaml#calm' --worlds 40 --seed 3 --set RUS.israel_ties=0.1"
    )


def test_a_folder_without_a_manifest_is_no_run(tmp_path: Path) -> None:
    with pytest.raises(NotARunError, match="not a run folder"):
        read_run(tmp_path)


def test_a_damaged_table_is_noticed(folder: Path) -> None:
    (folder / "runs.parquet").write_bytes(b"damaged")
    with pytest.raises(NotARunError, match=r"runs\.parquet"):
        read_run(folder)


def test_a_report_is_listed_and_may_be_missing_or_made_anew(folder: Path) -> None:
    for page in ("One report.", "Another."):
        assert write_report(read_run(folder), page).read_text() == page
        listed = read_run(folder).manifest["files"]
        assert listed["report.html"] == hashlib.sha256(page.encode()).hexdigest()
    (folder / "report.html").unlink()
    assert read_run(folder).manifest["files"] == listed


def test_events_carry_actor_and_event_codes(result: Result) -> None:
    events = result.events
    assert set(events["source"]) >= {"RUS", "LBNREB", "YEMREB"}
    assert events.loc[events["action"] == "limited_strike", "cameo"].eq("195").all()
    assert events["world"].max() < 100
    assert events["date"].min() == "2024-08-05"
