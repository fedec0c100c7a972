"""`realpolitik estimate`: what it prints, writes and refuses."""

from datetime import date
from pathlib import Path

import pytest

from realpolitik.sim.record import estimated
from tests.cli.verbs import Verb
from tests.made_up_record import QUIET, drawn_record, quiet, record_of, write

ESTIMATE = Verb("estimate")
QUICK = ("acts.parquet", "quiet.yaml", "--out")
NAMES = [
    *("covariance.csv", "estimate.json", "parameters.yaml"),
    *("rates.csv", "tried.csv", "weights.csv"),
]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with files of acts and a scenario, in which the command is typed."""
    write(tmp_path / "acts.parquet", drawn_record(quiet(), 20, 2))
    write(tmp_path / "short.parquet", record_of([(0, "RUS", "USA", "denounce")], range(4)))
    write(tmp_path / "others.parquet", record_of([(0, "UKR", "EUR", "support")]))
    (tmp_path / "quiet.yaml").write_text(QUIET, encoding="utf-8")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "notes.txt").write_text("mine", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_it_says_what_the_record_tells_and_writes_folder_and_page() -> None:
    printed = ESTIMATE.well(*QUICK, "mine", "--page", "page.html")
    assert "Weeks: 20, from 2021-01-04 to 2021-05-17" in printed
    assert "weights stay as they were declared" in printed
    assert "The numbers are in mine." in printed
    assert sorted(path.name for path in Path("mine").iterdir()) == NAMES
    assert "What stays assumed" in Path("page.html").read_text(encoding="utf-8")


def test_json_has_every_weight_and_what_it_is_from() -> None:
    told = ESTIMATE.answer(*QUICK, "new/mine", "--from", "2021-01-11")
    assert (told["first"], told["weeks"], told["folder"]) == ("2021-01-11", 19, "new/mine")
    assert [*told["files"]] == ["acts.parquet"]
    found = {one["address"]: one["told"] for one in told["weights"]}
    assert {name for name, is_told in found.items() if is_told} == {
        *told["effects"],
        *told["either_way"],
    }
    assert sorted(path.name for path in Path("new/mine").iterdir()) == NAMES


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["others.parquet", "quiet.yaml", "--out", "new"], "no act between two actors of quiet"),
        ([*QUICK, "new", "--from", "2030-01-01"], "acts.parquet: no week in this period"),
        (["short.parquet", "quiet.yaml", "--out", "new"], "short.parquet: no 5 weeks on end"),
        (["nothing.parquet", "--out", "new"], "nothing.parquet: cannot be read"),
        ([*QUICK, "full"], "full: holds something already; --out takes a new or empty folder"),
        ([*QUICK, "quiet.yaml"], "quiet.yaml is a file, and a folder is wanted"),
    ],
)
def test_wrong_input_gets_a_line_and_leaves_nothing(
    here: Path, words: list[str], told: str
) -> None:
    ESTIMATE.refused(words, 1, told)
    assert not (here / "new").exists()
    assert [path.name for path in (here / "full").iterdir()] == ["notes.txt"]


def test_a_singular_estimate_gets_a_line_and_leaves_nothing(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("the choices and the prior leave some number open")

    monkeypatch.setattr(estimated, "estimate", fail)
    words = [*QUICK, "new/mine"]
    ESTIMATE.refused(words, 1, "acts.parquet: the weights cannot be estimated: the choices and")
    assert not (here / "new").exists()


def test_the_folder_has_to_be_named() -> None:
    ESTIMATE.refused(["acts.parquet"], 2, "--out")


def test_a_period_is_looked_at_in_days() -> None:
    ESTIMATE.refused([*QUICK, "new", "--to", str(date(2021, 1, 24))], 1, "no 5 weeks on end")
