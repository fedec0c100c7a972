"""Which weeks are covered, and from which dataset each is taken."""

import datetime
from collections.abc import Iterable

import pandas as pd
import pytest

from realpolitik.sim.record.actors import Names
from realpolitik.sim.record.covering import choose, holes, monday, weeks_of
from realpolitik.sim.record.gathering import Gathering

MONDAY = datetime.date(2021, 3, 1).toordinal()


def found(days: Iterable[tuple[str, int, int]], dated: Iterable[str] = ()) -> Gathering:
    """Files with so many events: dataset, day (the first Monday is 0), number."""
    made = Gathering(Names({}, {}), dated={*dated})
    for dataset, day, events in days:
        made.totals[dataset, MONDAY + day] += events
    return made


def whole(one: Gathering) -> list[int]:
    """The numbers of the weeks that are whole."""
    weeks = weeks_of(one)
    return [*(weeks.loc[weeks["whole"], "week"] - MONDAY) // 7]


def test_a_week_with_less_than_a_quarter_of_the_median_is_thin() -> None:
    assert whole(found([("one", 7 * n, n_events) for n, n_events in enumerate((9, 8, 2, 1))])) == [
        *(0, 1, 2)
    ]


def test_a_week_that_lacks_days_is_left_out_where_others_have_all() -> None:
    every_day = [("one", day, 10) for day in range(3, 30)]
    assert whole(found(every_day, ["one"])) == [1, 2, 3]
    assert whole(found(every_day)) == [0, 1, 2, 3, 4]


def test_where_days_without_an_event_are_usual_none_is_asked_for() -> None:
    some_days = [("one", day, 10) for day in range(0, 28, 2)]
    assert whole(found(some_days, ["one"])) == [0, 1, 2, 3]


def test_what_gdelt_recalls_of_the_past_makes_no_week() -> None:
    days = [(365, 900), (364, 800), (358, 20), (335, 15), (0, 10)]
    assert whole(found(("GDELT 2.0", day, n) for day, n in days)) == [52]
    assert whole(found(("one", day, n) for day, n in days)) == [0, 47, 51, 52]


def test_each_dataset_has_its_own_median() -> None:
    weeks = [("large", 0, 1000), ("large", 7, 1000), ("small", 14, 10), ("small", 21, 10)]
    assert whole(found(weeks)) == [0, 1, 2, 3]


def test_a_table_of_weeks_says_which_are_whole() -> None:
    one = found([("one", 0, 10), ("one", 7, 10), ("two", 0, 1)])
    one.whole = {("one", MONDAY): True, ("", MONDAY + 7): True}
    assert whole(one) == [0, 1]


def weeks(*rows: tuple[str, int, int]) -> pd.DataFrame:
    """Whole weeks: dataset, number of the week, events."""
    frame = pd.DataFrame(rows, columns=["dataset", "week", "events"])
    return frame.assign(week=MONDAY + 7 * frame["week"], whole=True)


@pytest.mark.parametrize(
    ("datasets", "taken"),
    [([], ["two", "two"]), (["one"], ["one"]), (["one", "two"], ["one", "two"])],
)
def test_a_week_is_taken_from_one_dataset(datasets: list[str], taken: list[str]) -> None:
    table = weeks(("one", 0, 5), ("two", 0, 6), ("two", 1, 1))
    assert choose(table, datasets, None, None)["dataset"].tolist() == taken


def test_only_whole_weeks_of_the_period_are_taken() -> None:
    table = weeks(("one", 0, 5), ("one", 1, 5), ("one", 2, 5), ("one", 3, 5))
    table.loc[2, "whole"] = False
    since = datetime.date.fromordinal(MONDAY + 1)
    assert choose(table, [], since, None)["week"].tolist() == [MONDAY + 7, MONDAY + 21]
    assert choose(table, [], None, since)["week"].tolist() == [MONDAY]


def test_holes_are_runs_of_weeks_of_one_kind() -> None:
    before = weeks(("one", 0, 9), ("one", 2, 1), ("one", 6, 9))
    rows = holes([MONDAY, MONDAY + 42], before)
    first = ((rows["first"] - MONDAY) // 7).tolist()
    assert (first, rows["weeks"].tolist()) == ([1, 2, 3], [1, 1, 3])
    assert rows["why"].str.contains("without").tolist() == [True, False, True]


def test_weeks_in_a_row_have_no_hole() -> None:
    assert holes([MONDAY, MONDAY + 7], weeks(("one", 0, 1), ("one", 1, 1))).empty


def test_the_monday_of_a_day_is_the_one_before_or_itself() -> None:
    days = pd.Series(range(MONDAY, MONDAY + 8))
    assert (monday(days) - MONDAY).tolist() == [0] * 7 + [7]
