"""The record that the shipped rates are from: its periods, and how it is read."""

from pathlib import Path

import pytest

from realpolitik.sim.record.icews import DATASETS, LEARNT, SCORED, learnt, read_icews
from realpolitik.sim.scenario.vocabulary import vocabulary
from tests.weekly_counts import mondays, write_record

ACTORS = vocabulary().actors


def test_what_is_kept_back_is_not_learnt_on() -> None:
    assert all(until < SCORED[0] for _, until in LEARNT.values())


def test_whole_weeks_are_taken_from_the_first_dataset_that_has_them(tmp_path: Path) -> None:
    first, second, third = mondays("2018-01-01", 3)
    weeks = [("icews18", first, True), ("icews18", second, False), ("icews18", third, True)]
    weeks += [("icews1819raw", week, True) for week in (second, third)]
    weeks += [("icews14k", "2014-01-06", True), ("icews21z", "2021-01-04", True)]
    events = [(name, (week, "RUS", "USA", "112", 1)) for name, week, _ in weeks[:-1]]
    events += [("icews1819raw", (third, "USA", "RUS", "163", 1))]
    events += [("icews21z", ("2021-01-04", "USA", "IRN", "163", 1))]
    record = read_icews(write_record(tmp_path, weeks, events), ACTORS)
    assert record.actors == tuple(sorted(ACTORS))
    periods = learnt(record)
    assert [str(week) for week in periods["2018 to March 2019"].weeks] == [first, second, third]
    assert periods["2018 to March 2019"].did(["denounce"]).sum() == 3
    assert not periods["2018 to March 2019"].did(["sanction"]).any()
    assert record.between(*SCORED).did(["sanction"]).sum() == 1
    assert len(DATASETS) == 4


def test_the_record_beside_the_project_has_the_weeks_that_rates_are_from() -> None:
    folder = Path(__file__).parents[3] / "shared" / "data" / "events"
    if not folder.is_dir():
        pytest.skip("the record of events is not beside the project")
    record = read_icews(folder, ACTORS)
    assert [len(one.weeks) for one in learnt(record).values()] == [51, 64]
    assert len(record.between(*SCORED).weeks) == 33
    assert len(record.spells()) == 3
