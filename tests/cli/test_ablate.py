"""`realpolitik ablate`: what decides, what moves, what is redundant, and what it refuses."""

from pathlib import Path

import pytest

from tests.cli.verbs import QUARREL, Verb

ABLATE = Verb("ablate")
IRAN = ("short.yaml", "--actor", "IRN", "--worlds", "60")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a short scenario, in which the command is typed."""
    (tmp_path / "short.yaml").write_text(QUARREL, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_incentive_and_outcome_has_a_row() -> None:
    told = ABLATE.answer(*IRAN)
    rows = {(row["address"], row["outcome"]) for row in told["rows"]}
    assert {("IRN.domestic_pressure", "strike"), ("IRN.domestic_pressure", "peak")} <= rows
    assert "decides" in told["rule"]


def test_what_decides_is_printed_largest_first() -> None:
    printed = ABLATE.well(*IRAN)
    assert "Iran strikes" in printed
    assert "domestic pressure" in printed
    assert "with so many worlds some may, without" in printed


def test_outcome_that_is_named_is_told_in_full() -> None:
    printed = ABLATE.well(*IRAN, "--outcome", "strike")
    assert "domestic pressure · leader" in printed
    assert "peak" not in printed
    assert {row["outcome"] for row in ABLATE.answer(*IRAN, "--outcome", "strike")["rows"]} == {
        "strike"
    }


def test_pairs_on_demand() -> None:
    words = ("short.yaml", "--actor", "IRN", "--worlds", "10", "--outcome", "strike")
    assert "Two incentives that stand in for each other" not in ABLATE.well(*words)
    assert "Two incentives that stand in for each other" in ABLATE.well(*words, "--pairs")


def test_page_is_written(here: Path) -> None:
    assert "Page  ablate.html" in ABLATE.well(*IRAN, "--out", "ablate.html")
    assert "What the incentives of Iran do" in (here / "ablate.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["short.yaml"], 2, "--actor"),
        (["short.yaml", "--actor", "IRM"], 1, "did you mean 'IRN'"),
        (["short.yaml", "--actor", "IRN", "--outcome", "srtike"], 1, "did you mean 'strike'"),
        (["short.yaml", "--actor", "IRN", "--worlds", "1"], 2, "--worlds"),
        (["short.yaml", "--actor", "IRN", "--out", "."], 1, "such as ablate.html"),
        (["."], 2, "--actor"),
        ([".", "--actor", "IRN"], 1, "not a run folder"),
    ],
)
def test_bad_input_is_told_in_a_line(words: list[str], code: int, told: str) -> None:
    ABLATE.refused(words, code, told)
