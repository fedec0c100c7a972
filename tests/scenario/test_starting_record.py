"""The record that a scenario starts from: which may be named, and what is said of others."""

import datetime
from pathlib import Path

import pytest

from realpolitik.sim.scenario.errors import ScenarioError
from realpolitik.sim.scenario.loading import load_scenario, read_scenario
from realpolitik.sim.scenario.schema import Scenario, StartingRecord
from tests.offenders import each

HEAD = "title: A\nquestion: B?\nstart: 2024-08-05\nweeks: 10\nactors: [RUS, USA, IRN]\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two records, of which only the names matter, and one outside it."""
    inside = tmp_path / "crises"
    (inside / "below").mkdir(parents=True)
    for name in ("acts.parquet", "below/more.csv", "../secret.parquet"):
        (inside / name).touch()
    return inside


def load(folder: Path, text: str, variant: str = "") -> Scenario:
    """The scenario of a text in a file of the folder."""
    (folder / "top.yaml").write_text(text, encoding="utf-8")
    return load_scenario(f"{folder / 'top.yaml'}{variant}")


def record(folder: Path, initial: str) -> StartingRecord:
    """The record that is named under `initial`."""
    found = load(folder, f"{HEAD}initial: {initial}\n").starts_from
    assert found is not None
    return found


def faults(folder: Path, text: str) -> list[str]:
    """The faults of a scenario, without the name of the folder."""
    with pytest.raises(ScenarioError) as caught:
        load(folder, text)
    return [str(fault).removeprefix(f"{folder}/") for fault in caught.value.faults]


def test_the_record_is_told_apart_from_the_numbers_beside_it(folder: Path) -> None:
    text = "initial: {from_events: acts.parquet, until: 2021-06-30, pressure: {IRN-USA: 0.7}}\n"
    scenario = load(folder, HEAD + text)
    assert scenario.initial == {"pressure": {"IRN-USA": 0.7}}
    assert scenario.starts_from is not None
    assert Path(scenario.starts_from.path) == folder / "acts.parquet"
    assert scenario.starts_from.until == datetime.date(2021, 6, 30)
    assert str(scenario.starts_from.place).endswith("top.yaml:6:24")
    assert str(scenario.starts_from.until_place).endswith("top.yaml:6:45")


def test_without_a_day_it_is_the_whole_of_a_file_in_this_folder_or_below(folder: Path) -> None:
    found = record(folder, "{from_events: below/more.csv}")
    assert Path(found.path) == folder / "below" / "more.csv"
    assert found.until is None
    assert found.until_place == found.place


def test_a_scenario_that_names_none_starts_from_none(folder: Path) -> None:
    assert load(folder, HEAD).starts_from is None


def test_the_path_is_relative_to_the_file_that_says_it(folder: Path) -> None:
    base = f"{HEAD}initial: {{from_events: more.csv}}\n"
    (folder / "below" / "base.yaml").write_text(base, encoding="utf-8")
    found = load(folder, "extends: below/base.yaml\ninitial: {until: 2021-06-30}\n").starts_from
    assert found is not None
    assert Path(found.path) == folder / "below" / "more.csv"
    assert found.until == datetime.date(2021, 6, 30)


def test_a_variant_takes_the_record_away_or_names_another_day(folder: Path) -> None:
    text = f"""{HEAD}initial: {{from_events: acts.parquet, until: 2021-06-30}}
variants:
  tables: {{initial: {{from_events: null, until: null}}}}
  later: {{initial: {{until: 2021-12-31}}}}
"""
    assert load(folder, text, "#tables").starts_from is None
    later = load(folder, text, "#later").starts_from
    assert later is not None
    assert later.until == datetime.date(2021, 12, 31)


WRONG = {
    "{from_events: act.parquet}": "24: there is no file 'act.parquet'; did you mean 'acts.parquet'",
    "{from_events: below}": "24: there is no file 'below'; expected a file that can be read",
    "{from_events: 3}": "24: from_events is 3; expected the path of a file of acts, or of events, ",
    "{from_events: ''}": "24: from_events is an empty text; expected the path of a file of acts",
    "{from_events: [a]}": "24: from_events is a list; expected the path of a file of acts",
    "{from_events: {path: a}}": "24: from_events is a mapping; expected the path of a file of acts",
    "{from_events: ../secret.parquet}": "24: '../secret.parquet' leads out of the folder",
    "{from_events: /secret.parquet}": "24: '/secret.parquet' leads out of the folder",
    "{until: 2021-06-30}": "11: until without from_events; expected `from_events:` beside it",
    "{from_events: acts.parquet, until: 30}": "45: until is 30; expected a date such as",
    "{from_events: acts.parquet, until: 2021-06-31}": "45: the date is '2021-06-31', but June",
    "{from_events: acts.parquet, until: 30 June}": "45: the date is '30 June'; expected a date",
    "{from_event: acts.parquet}": "11: unknown quantity 'from_event'; did you mean 'from_events'?",
}


@each("initial", WRONG)
def test_a_fault_says_where_it_is_and_what_was_expected(folder: Path, initial: str) -> None:
    found = faults(folder, f"{HEAD}initial: {initial}\n")
    assert len(found) == 1 or "from_event:" in initial
    assert any(one.startswith(f"top.yaml:6:{WRONG[initial]}") for one in found), found


def test_no_link_leads_out_of_the_folder(folder: Path) -> None:
    (folder / "link.parquet").symlink_to(folder.parent / "secret.parquet")
    (fault,) = faults(folder, f"{HEAD}initial: {{from_events: link.parquet}}\n")
    assert "leads out of the folder" in fault


def test_two_faults_are_told_at_once(folder: Path) -> None:
    text = f"{HEAD}initial: {{from_events: nowhere.csv, until: never}}\nwekks: 3\n"
    assert len(faults(folder, text)) == 3


def test_a_text_in_no_file_names_no_record() -> None:
    with pytest.raises(ScenarioError, match=r"x\.yaml:6:24: 'a\.csv' is relative to a file"):
        read_scenario(f"{HEAD}initial: {{from_events: a.csv}}\n", "x.yaml")


def test_what_the_reader_sets_cannot_be_written(folder: Path) -> None:
    assert any(
        "unknown key 'starts_from'" in one for one in faults(folder, f"{HEAD}starts_from: x")
    )
