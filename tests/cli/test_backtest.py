"""`realpolitik backtest`: what it prints, writes and refuses."""

from datetime import date
from pathlib import Path

import pytest

from tests.cli.verbs import Verb
from tests.event_files import write_files
from tests.made_up_record import QUIET, drawn_record, quiet, record_of, write

BACKTEST = Verb("backtest")
QUICK = ("acts.parquet", "quiet.yaml", "--worlds", "4")
PERIOD = ("--from", "2021-03-15", "--to", "2021-05-03")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a file of acts of 20 weeks and a scenario, in which the command is typed."""
    write(tmp_path / "acts.parquet", drawn_record(quiet(), 20, 2))
    write(tmp_path / "fitted.parquet", drawn_record(quiet(), 20, 2, date(2018, 10, 1)))
    write(tmp_path / "others.parquet", record_of([(0, "UKR", "EUR", "support")]))
    (tmp_path / "quiet.yaml").write_text(QUIET, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_it_prints_the_verdict_and_writes_a_page() -> None:
    printed = BACKTEST.well(*QUICK, *PERIOD, "--page", "page.html")
    assert "One week ahead the model" in printed
    assert "Scored: 4 of 8 weeks from 2021-03-15 to 2021-05-03" in printed
    assert "One week ahead the model" in Path("page.html").read_text(encoding="utf-8")


def test_json_has_the_scores_by_class() -> None:
    told = BACKTEST.answer(*QUICK, *PERIOD)
    assert told["all"]["n"] == sum(one["n"] for one in told["classes"].values()) == 9 * 4 * 12
    assert set(told["classes"]["denounce"]["log_score"]) == {
        *("model", "one_rate", "dyad_rate", "persistence", "last_weeks")
    }
    assert told["all"]["difference"]["low"] is None
    assert told["learnt"]["last"] == "2021-03-08"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["acts.parquet", "quiet.yaml"], "no week before 2021-01-04 to learn"),
        ([*QUICK, "--from", "2022-01-01"], "no 5 weeks on end from 2022-01-01"),
        (["fitted.parquet", "--from", "2018-11-05"], "15 of these weeks, from 2018-11-05"),
        (["others.parquet", "quiet.yaml"], "no act between two actors of quiet"),
        (["nothing.parquet", "quiet.yaml"], "nothing.parquet: cannot be read"),
        (["quiet.yaml"], "quiet.yaml: "),
        (["acts.parquet", *QUICK], "the week of 2021-01-04 is in more than one file"),
    ],
)
def test_wrong_input_gets_a_line(words: list[str], told: str) -> None:
    BACKTEST.refused(words, 1, told)


def test_files_of_events_are_too_short_to_score(here: Path) -> None:
    write_files(here)
    BACKTEST.refused(["daily.csv"], 1, "no 5 weeks on end from 2019-04-01")
