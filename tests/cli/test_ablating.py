"""`realpolitik ablate`: what decides, what moves, what is redundant, and what it refuses."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from realpolitik.sim.cli.commands import cli
from realpolitik.sim.cli.explain.ablate_command import ablate

SCENARIO = """\
title: Will nothing come of this?
question: What comes of it?
start: 2024-08-05
weeks: 3
actors: [RUS, USA, IRN, ISR]
parameters: {action.limited_strike.base_rate: 0.1}
shocks:
  - {id: killed, kind: assassination, week: 1, by: ISR, against: IRN, pressure: 0.9}
outcomes:
  strike: {measure: direct_strike, by: IRN, on: ISR, label: Iran strikes}
  peak: {measure: highest_rung}
"""
IRAN = ("short.yaml", "--actor", "IRN", "--worlds", "60")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a short scenario, in which the command is typed."""
    if "ablate" not in cli.commands:
        monkeypatch.setitem(cli.commands, "ablate", ablate)
    (tmp_path / "short.yaml").write_text(SCENARIO, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def invoked(*words: str) -> Result:
    """What `realpolitik ablate` does with these words."""
    return CliRunner().invoke(cli, ["ablate", *words])


def well(*words: str) -> str:
    """What it prints when all is well."""
    done = invoked(*words)
    assert done.exit_code == 0, done.output
    return done.stdout


def answer(*words: str) -> dict[str, Any]:
    """The object that `--json` prints; NaN is no JSON."""
    told: dict[str, Any] = json.loads(well(*words, "--json"), parse_constant=pytest.fail)
    return told


def test_every_incentive_and_outcome_has_a_row() -> None:
    told = answer(*IRAN)
    rows = {(row["address"], row["outcome"]) for row in told["rows"]}
    assert {("IRN.domestic_pressure", "strike"), ("IRN.domestic_pressure", "peak")} <= rows
    assert "decides" in told["rule"]


def test_what_decides_is_printed_largest_first() -> None:
    printed = well(*IRAN)
    assert "Iran strikes" in printed
    assert "domestic pressure" in printed
    assert "Redundant for every outcome asked about: " in printed


def test_outcome_that_is_named_is_told_in_full() -> None:
    printed = well(*IRAN, "--outcome", "strike")
    assert "domestic pressure · leader" in printed
    assert "peak" not in printed
    assert {row["outcome"] for row in answer(*IRAN, "--outcome", "strike")["rows"]} == {"strike"}


def test_pairs_on_demand() -> None:
    words = ("short.yaml", "--actor", "IRN", "--worlds", "10", "--outcome", "strike")
    assert "Pairs that do more, or less" not in well(*words)
    assert "Pairs that do more, or less" in well(*words, "--pairs")


def test_page_is_written(here: Path) -> None:
    assert "Page  ablate.html" in well(*IRAN, "--out", "ablate.html")
    assert "What the incentives of Iran do" in (here / "ablate.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["short.yaml"], 2, "--actor"),
        (["short.yaml", "--actor", "IRM"], 1, "did you mean 'IRN'"),
        (["short.yaml", "--actor", "IRN", "--outcome", "srtike"], 1, "did you mean 'strike'"),
        (["short.yaml", "--actor", "IRN", "--worlds", "1"], 2, "--worlds"),
        (["short.yaml", "--actor", "IRN", "--out", "."], 1, "is a folder"),
        (["."], 2, "--actor"),
        ([".", "--actor", "IRN"], 1, "not a run folder"),
    ],
)
def test_bad_input_is_told_in_a_line(words: list[str], code: int, told: str) -> None:
    done = invoked(*words)
    assert done.exit_code == code, done.output
    assert told in done.stderr
    assert "Traceback" not in done.output
