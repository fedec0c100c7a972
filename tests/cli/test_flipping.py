"""`realpolitik flips`: what a conclusion and a choice hang on, and what it refuses."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from realpolitik.sim.cli.commands import cli
from realpolitik.sim.cli.explain.flips_command import flips

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
OUTCOME = ("short.yaml", "--outcome", "strike", "--worlds", "40")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a short scenario, in which the command is typed."""
    if "flips" not in cli.commands:
        monkeypatch.setitem(cli.commands, "flips", flips)
    (tmp_path / "short.yaml").write_text(SCENARIO, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def invoked(*words: str) -> Result:
    """What `realpolitik flips` does with these words."""
    return CliRunner().invoke(cli, ["flips", *words])


def well(*words: str) -> str:
    """What it prints when all is well."""
    done = invoked(*words)
    assert done.exit_code == 0, done.output
    return done.stdout


def answer(*words: str) -> dict[str, Any]:
    """The object that `--json` prints; NaN is no JSON."""
    told: dict[str, Any] = json.loads(well(*words, "--json"), parse_constant=pytest.fail)
    return told


def test_weights_of_an_actor_nearest_flip_first() -> None:
    told = answer(*OUTCOME, "--actor", "IRN")
    shares = [row["share_of_range"] for row in told["rows"] if row["share_of_range"] is not None]
    assert shares == sorted(shares)
    assert shares
    assert {row["address"].partition(".")[0] for row in told["rows"]} == {"IRN"}
    assert "realpolitik flips short.yaml --outcome strike" in told["command"]


def test_what_never_flips_is_one_line_unless_all_is_asked_for() -> None:
    named = ("--parameter", "RUS.legal_bar", "--parameter", "RUS.saudi_ties")
    words = (*OUTCOME, *named, "--level", "0.99")
    short, full = well(*words), well(*words, "--all")
    assert "RUS.legal_bar" not in short
    assert "2 parameters; --all lists them." in short
    assert "RUS.legal_bar" in full


def test_processes_find_the_same() -> None:
    words = (*OUTCOME, "--parameter", "IRN.domestic_pressure")
    assert answer(*words, "--jobs", "2")["rows"] == answer(*words, "--jobs", "1")["rows"]


def test_choice_with_what_would_have_been_likelier() -> None:
    words = ("short.yaml", "--actor", "IRN", "--world", "1", "--week", "1", "--track", "force")
    printed = well(*words)
    assert "(force)" in printed
    assert "log odds" in printed
    rows = answer(*words)["rows"]
    assert {"margin", "at_low", "at_high", "instead"} <= set(rows[0])


@pytest.mark.parametrize(
    "words", [(*OUTCOME, "--actor", "RUS"), ("short.yaml", "--actor", "IRN", "--world", "1")]
)
def test_page_is_written(here: Path, words: tuple[str, ...]) -> None:
    assert "Page  flips.html" in well(*words, "--out", "flips.html")
    assert "What it hangs on" in (here / "flips.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["short.yaml"], 2, "say what is to flip"),
        (["short.yaml", "--actor", "IRN"], 2, "say what is to flip"),
        (["short.yaml", "--outcome", "srtike"], 1, "did you mean 'strike'"),
        (["short.yaml", "--outcome", "peak"], 2, "say --level"),
        (["short.yaml", "--outcome", "peak", "--level", "nan"], 1, "not a finite number"),
        (["short.yaml", "--outcome", "strike", "--level", "50"], 1, "a share, from 0 to 1"),
        (["short.yaml", "--outcome", "strike", "--world", "1"], 2, "--world is for a choice"),
        (["short.yaml", "--outcome", "strike", "--actor", "RSU"], 1, "did you mean 'RUS'"),
        (
            ["short.yaml", "--outcome", "strike", "--parameter", "RUS.isreal_ties"],
            1,
            "--parameter: unknown parameter 'RUS.isreal_ties'; did you mean 'RUS.israel_ties'",
        ),
        (["short.yaml", "--actor", "IRN", "--world", "1", "--week", "4"], 1, "only 3 weeks"),
        (["short.yaml", "--actor", "IRN", "--world", "1", "--track", "forces"], 2, "force"),
        (["short.yaml", "--actor", "IRN", "--world", "1", "--level", "1"], 2, "are for outcomes"),
        (["nothing.yaml", "--outcome", "strike"], 1, "nothing.yaml"),
    ],
)
def test_bad_input_is_told_in_a_line(words: list[str], code: int, told: str) -> None:
    done = invoked(*words)
    assert done.exit_code == code, done.output
    assert told in done.stderr
    assert "Traceback" not in done.output
