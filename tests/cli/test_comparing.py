"""`realpolitik compare`: what it prints, what it leaves, what it refuses."""

import io
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from realpolitik.sim.cli.commands import cli
from realpolitik.sim.cli.compare.comparing import folder_name, signed, signed_span

SCENARIO = """\
title: Will nothing come of this?
question: What comes of it?
start: 2024-08-05
weeks: 6
actors: [RUS, USA, IRN, ISR]
outcomes:
  strike: {measure: direct_strike, by: IRN, on: ISR, label: "[red]Iran[/red] | strikes"}
  peak: {measure: highest_rung}
  soon: {measure: weeks_to, action: limited_strike, by: IRN, on: ISR}
variants:
  pressed: {parameters: {IRN.domestic_pressure: 1.0}}
  short: {weeks: 4}
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a short scenario, in which the command is typed."""
    (tmp_path / "short.yaml").write_text(SCENARIO, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def compare(*words: str | Path) -> Result:
    """What `realpolitik compare` does with these words."""
    return CliRunner().invoke(cli, ["compare", *map(str, words)])


def well(*words: str | Path) -> str:
    """What it prints when all is well."""
    done = compare(*words)
    assert done.exit_code == 0, done.output
    return done.stdout


def answer(*words: str | Path) -> dict[str, Any]:
    """The object that `compare --json` prints; NaN is no JSON."""
    told: dict[str, Any] = json.loads(well(*words, "--json"), parse_constant=pytest.fail)
    return told


def test_a_scenario_against_its_variant(here: Path) -> None:
    printed = well("short.yaml", "short.yaml#pressed", "--worlds", "60")
    assert "[red]Iran[/red] | strikes" in printed
    assert "The histories part in" in printed
    folder = here / "results" / "comparisons" / "short_vs_short-pressed"
    assert (folder / "compare.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert len(pd.read_csv(folder / "tables" / "differences.csv")) == 3
    assert json.loads((folder / "manifest.json").read_text())["paired"] is True


def test_the_same_command_leaves_the_same_bytes(here: Path) -> None:
    names = ("short.yaml", "short.yaml#pressed", "--worlds", "30")
    for out in ("one", "other"):
        well(*names, "--out", out)
    one, other = (
        {path.name: path.read_bytes() for path in (here / out).rglob("*") if path.is_file()}
        for out in ("one", "other")
    )
    assert one == other


def test_a_scenario_against_itself_differs_by_nothing(here: Path) -> None:
    told = answer("short.yaml", "short.yaml", "--worlds", "40")
    for row in told["tables"]["differences"]:
        assert (row["difference"], row["low"], row["high"]) == (0, 0, 0)
    assert "The histories never part." in well("short.yaml", "short.yaml", "--worlds", "40")


def test_run_folders_are_compared_like_their_scenarios(here: Path) -> None:
    runs = []
    for name in ("short.yaml", "short.yaml#pressed"):
        words = ["run", name, "--worlds", "50", "--seed", "4", "--json"]
        runs.append(json.loads(CliRunner().invoke(cli, words).stdout)["run_dir"])
    of_runs = answer(*runs)["tables"]["differences"]
    of_scenarios = answer("short.yaml", "short.yaml#pressed", "--worlds", "50", "--seed", "4")
    numbers = [[row["difference"], row["low"], row["high"]] for row in of_runs]
    assert numbers == [
        [row["difference"], row["low"], row["high"]]
        for row in of_scenarios["tables"]["differences"]
    ]


def test_what_cannot_be_paired_is_compared_all_the_same_and_said(here: Path) -> None:
    done = compare("short.yaml", "short.yaml#short", "--worlds", "40")
    assert done.exit_code == 0, done.output
    assert "not paired" in done.output


def test_csv_and_markdown_hold_a_row_an_outcome(here: Path) -> None:
    words = ("short.yaml", "short.yaml#pressed", "--worlds", "30")
    table = pd.read_csv(io.StringIO(well(*words, "--csv")))
    assert table["outcome"].tolist() == ["strike", "peak", "soon"]
    lines = well(*words, "--markdown").splitlines()
    assert sum(line.startswith("|") for line in lines) == 5
    assert "\\| strikes" in well(*words, "--markdown")


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["short.yaml"], 2, "a baseline and one other at least"),
        (["short.yaml", "shrot.yaml"], 1, "shrot.yaml"),
        (["short.yaml", "short.yaml#presed"], 1, "did you mean 'pressed'"),
        (["short.yaml", "."], 1, "not a run folder"),
        (["short.yaml", "short.yaml", "--worlds", "0"], 2, "--worlds"),
    ],
)
def test_bad_input_is_told_in_a_line(here: Path, words: list[str], code: int, told: str) -> None:
    done = compare(*words)
    assert done.exit_code == code, done.output
    assert told in done.stderr
    assert not (here / "results").exists()


def test_differences_carry_their_sign_and_unit() -> None:
    assert signed(0.041, "share") == "+4.1 points"
    assert signed(-0.3, "weeks") == "−0.30"
    assert signed(0.0478, "alignment") == "+0.048"
    assert signed_span(-0.0004, 0.021, "share") == "0.0 to +2.1 points"
    assert signed(float("nan"), "share") == "– points"


def test_names_of_folders_are_plain() -> None:
    assert folder_name(["haniyeh_2024", "us conduct/wedge"]) == "haniyeh_2024_vs_us-conduct-wedge"
