"""`realpolitik replay`: what it prints, writes and refuses."""

from pathlib import Path

import pytest

from tests.cli.verbs import Verb
from tests.made_up_record import QUIET, drawn_record, quiet, write

REPLAY = Verb("replay")
WORDS = ("acts.parquet", "quiet.yaml")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a file of acts of ten weeks and a scenario, in which the command is typed."""
    write(tmp_path / "acts.parquet", drawn_record(quiet(), 10, 2))
    (tmp_path / "quiet.yaml").write_text(QUIET, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_it_prints_what_was_foreseen_and_writes_a_page() -> None:
    printed = REPLAY.well(*WORDS, "--page", "page.html")
    assert "Before weeks in which a pair did an act" in printed
    assert "Surprises" in Path("page.html").read_text(encoding="utf-8")


def test_json_has_weeks_pairs_surprises_and_the_end() -> None:
    told = REPLAY.answer(*WORDS)
    assert {one["week"] for one in told["weeks"]} == {
        *("2021-02-01", "2021-02-08", "2021-02-15", "2021-02-22", "2021-03-01", "2021-03-08")
    }
    assert {"of", "toward", "rung", "hostility", "pressure"} == set(told["end"][0])
    assert told["surprises"][0]["reasons"][0]["address"] == "base_rate"
    assert len(told["pairs"]) > 50


def test_a_period_may_be_chosen() -> None:
    told = REPLAY.answer(*WORDS, "--from", "2021-01-18")
    assert min(one["week"] for one in told["weeks"]) == "2021-02-15"


def test_too_few_weeks_get_a_line() -> None:
    REPLAY.refused([*WORDS, "--to", "2021-01-25"], 1, "no 5 weeks on end")
    REPLAY.refused([*WORDS, "--from", "2030-01-01"], 1, "no 5 weeks on end")
