"""Coded events become acts, and strikes take more than one."""

import datetime
from pathlib import Path

import pandas as pd
import pytest

from realpolitik.sim.files.json_text import RecordError
from realpolitik.sim.record.actors import names_of
from realpolitik.sim.record.acts import Found, acts_of, find_acts
from realpolitik.sim.record.codes import read_coding
from realpolitik.sim.record.weekly import ANY
from realpolitik.sim.scenario.vocabulary import vocabulary

NARROW = read_coding("narrow")


def acts(*events: tuple[str, int, int], days: int = 1) -> dict[str, int]:
    """Acts of one pair in one week → events; of events with code, number, and day."""
    rows = [(0, "A", "B", code, n, day, days) for code, n, day in events]
    columns = ["week", "of", "toward", "code", "n", "day", "days"]
    found = acts_of(pd.DataFrame(rows, columns=columns), NARROW)
    return dict(zip(found["action"], found["n"], strict=True))


def test_events_of_all_codes_of_an_act_are_added_up() -> None:
    assert acts(("111", 2, 1), ("112", 3, 2), ("010", 1, 1)) == {"denounce": 5, ANY: 6}


def test_actions_that_share_a_code_have_the_same_events() -> None:
    assert acts(("072", 2, 1)) == {"defensive_aid": 2, "offensive_arms": 2, ANY: 2}
    assert acts(("036", 1, 1)) == {"offer_deal": 1, "propose_talks": 1, ANY: 1}


def test_a_code_that_is_none_of_our_acts_is_seen_all_the_same() -> None:
    assert acts(("010", 1, 1)) == {ANY: 1}


@pytest.mark.parametrize(
    ("code", "events", "struck"),
    [("194", 1, False), ("194", 2, True), ("190", 5, False), ("190", 6, True)],
)
def test_a_strike_takes_more_than_one_event(code: str, events: int, struck: bool) -> None:
    assert ("limited_strike" in acts((code, events, 1))) == struck


def test_aimed_events_and_others_are_added_up_as_force() -> None:
    assert acts(("194", 1, 1), ("190", 5, 1))["limited_strike"] == 6


def test_a_major_strike_takes_days_and_events() -> None:
    five_days = [("195", 3, day) for day in range(5)]
    assert acts(*five_days)["major_strike"] == 15
    assert "major_strike" not in acts(*five_days[:4], ("195", 3, 3))
    assert "major_strike" not in acts(*five_days[:4], ("195", 2, 4))


def test_of_weekly_counts_the_days_are_those_that_the_table_has() -> None:
    assert "major_strike" in acts(("195", 20, 0), days=5)
    assert "major_strike" not in acts(("195", 20, 0), days=4)


def found(folder: Path, text: str, **options: object) -> Found:
    path = folder / "events.csv"
    path.write_text("date,source,target,cameo\n" + text, encoding="utf-8")
    return find_acts([path], names_of(vocabulary().actors), NARROW, **options)  # type: ignore[arg-type]


def test_acts_are_found_in_a_file_whatever_the_order_of_its_days(tmp_path: Path) -> None:
    one = found(tmp_path, "2021-03-09,RUS,USA,111\n2021-03-02,USA,RUS,163\n")
    record = one.record
    assert [str(week) for week in record.weeks] == ["2021-03-01", "2021-03-08"]
    assert record.actors == ("RUS", "USA")
    assert record.did(["sanction"]).tolist() == [[False, True], [False, False]]
    assert record.did(["denounce"]).tolist() == [[False, False], [True, False]]
    assert one.events == (1, 1)


def test_a_week_of_other_events_alone_is_covered_too(tmp_path: Path) -> None:
    one = found(tmp_path, "2021-03-02,RUS,USA,111\n2021-03-09,CHN,JPN,111\n")
    assert len(one.record.weeks) == 2
    assert one.record.did(["denounce"]).sum() == 1


def test_the_most_frequent_of_what_was_not_matched_is_named(tmp_path: Path) -> None:
    rows = "2021-03-02,RUS,USA,010\n2021-03-03,RUS,USA,010\n2021-03-02,RUS,USA,173\n"
    one = found(tmp_path, rows + "2021-03-02,CHN,USA,111\n2021-03-02,USA,CHN,111\n")
    assert one.codes.to_dict("list") == {"code": ["010", "173"], "n": [2, 1]}
    assert one.strangers.to_dict("list") == {"name": ["CHN"], "n": [2]}


def test_an_empty_period_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="no whole week from 2030-01-01; the files"):
        found(tmp_path, "2021-03-02,RUS,USA,111\n", since=datetime.date(2030, 1, 1))
