"""A record from files of either kind."""

from pathlib import Path

import pytest

from realpolitik.sim.files.json_text import RecordError
from realpolitik.sim.record.record_files import read_record
from realpolitik.sim.record.weekly import ANY
from realpolitik.sim.scenario.loading import load_scenario
from realpolitik.sim.scenario.schema import Scenario
from tests.event_files import ACTS, write_files
from tests.made_up_record import quiet, record_of, write


@pytest.fixture(scope="module")
def ordinary() -> Scenario:
    return load_scenario("record_weeks")


def test_files_of_events_are_read_as_they_are(tmp_path: Path, ordinary: Scenario) -> None:
    (path,) = (one for one in write_files(tmp_path) if one.name == "daily.csv")
    record = read_record([path], ordinary)
    rows = record.acts[record.acts["action"] != ANY]
    cells = zip(rows["week"], rows["of"], rows["toward"], rows["action"], strict=True)
    assert {(str(record.weeks[n]), *rest) for n, *rest in cells} == ACTS


def test_files_of_both_kinds_are_joined(tmp_path: Path, ordinary: Scenario) -> None:
    (events,) = (one for one in write_files(tmp_path) if one.name == "daily.csv")
    later = record_of([(20, "RUS", "USA", "sanction")], range(20, 22))
    record = read_record([write(tmp_path / "later.parquet", later), events], ordinary)
    assert list(map(str, record.weeks)) == [
        *("2021-03-01", "2021-03-08", "2021-03-15"),
        *("2021-05-24", "2021-05-31"),
    ]
    assert record.did(["sanction"]).sum() == 1


def test_actors_that_the_scenario_has_not_are_left_out(tmp_path: Path) -> None:
    acts = [(0, "RUS", "USA", "sanction"), (0, "UKR", "RUS", "denounce")]
    record = read_record([write(tmp_path / "acts.parquet", record_of(acts))], quiet())
    assert record.actors == ("RUS", "USA")


def test_a_record_of_nobody_in_the_scenario_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "acts.parquet", record_of([(0, "UKR", "EUR", "support")]))
    with pytest.raises(RecordError, match=r"no act between two actors of quiet.*of EUR, UKR"):
        read_record([path], quiet())


@pytest.mark.parametrize("name", ["none.parquet", "none.csv", "."])
def test_what_is_no_file_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(RecordError, match=r"cannot be read|is a folder|no file"):
        read_record([tmp_path / name], quiet())
