"""The acts of a record: what is asked of them, and the file that holds them."""

import dataclasses
import datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from realpolitik.sim.files.json_text import RecordError
from realpolitik.sim.record.weekly import ANY, Record, merged, read_acts, write_acts

MONDAY = datetime.date(2018, 1, 1)
ACTS = [
    (0, "A", "B", "denounce", 3),
    (0, "A", "B", ANY, 4),
    (1, "B", "A", "threaten", 1),
    (1, "B", "A", ANY, 1),
    (3, "C", "A", ANY, 2),
]


def record() -> Record:
    """Weeks 1, 2, 4 and 5 of a year, the third being a hole, of three actors."""
    weeks = tuple(MONDAY + datetime.timedelta(weeks=n) for n in (0, 1, 3, 4))
    acts = pd.DataFrame(ACTS, columns=["week", "of", "toward", "action", "n"])
    return Record(weeks, ("A", "B", "C"), acts)


def done(one: Record, *actions: str) -> list[tuple[int, tuple[str, str]]]:
    """Weeks in which a pair did one of the actions."""
    return [(week, one.pairs[pair]) for week, pair in np.argwhere(one.did(actions)).tolist()]


def test_an_act_is_done_in_the_week_and_by_the_pair_of_its_row() -> None:
    assert done(record(), "denounce") == [(0, ("A", "B"))]
    assert done(record(), "denounce", "threaten") == [(0, ("A", "B")), (1, ("B", "A"))]
    assert done(record(), "sanction") == []


def test_events_of_a_pair_are_counted() -> None:
    one = record()
    assert one.counts([ANY]).sum() == 7
    assert one.counts([ANY])[0, one.pairs.index(("A", "B"))] == 4


def after_a_long_hole() -> Record:
    """The same, the last two weeks coming five weeks later."""
    one, later = record(), datetime.timedelta(weeks=5)
    weeks = (*one.weeks[:2], *(week + later for week in one.weeks[2:]))
    return dataclasses.replace(one, weeks=weeks)


def test_a_long_hole_divides_the_weeks_into_spells_and_a_short_one_does_not() -> None:
    assert record().spells() == (slice(0, 4),)
    assert after_a_long_hole().spells() == (slice(0, 2), slice(2, 4))


def test_a_pair_is_known_in_a_spell_in_which_both_have_some_event() -> None:
    one = after_a_long_hole()
    known = one.known()
    assert known.shape == (4, 6)
    for week in range(4):
        both = {"A", "B"} if week < 2 else {"A", "C"}
        assert {pair for n, pair in enumerate(one.pairs) if known[week, n]} == {
            pair for pair in one.pairs if {*pair} == both
        }


def test_of_some_actors_a_record_keeps_what_is_between_them() -> None:
    one = record().among(["A", "B", "Z"])
    assert (one.actors, one.weeks) == (("A", "B"), record().weeks)
    assert one.counts([ANY]).sum() == 5


def test_records_of_different_weeks_are_one_in_their_order() -> None:
    one, day = record(), datetime.timedelta(days=1)
    late, early = one.between(MONDAY + 8 * day, None), one.between(None, MONDAY + 8 * day)
    again = merged([late, early])
    assert again.weeks == one.weeks
    assert done(again, "denounce", "threaten") == done(one, "denounce", "threaten")


def test_records_of_the_same_week_are_refused() -> None:
    with pytest.raises(RecordError, match="the week of 2018-01-01 is in more than one file"):
        merged([record(), record()])


def test_a_period_has_the_weeks_whose_monday_lies_in_it() -> None:
    one, day = record(), datetime.timedelta(days=1)
    later = one.between(MONDAY + day, None)
    assert later.weeks == one.weeks[1:]
    assert done(later, "threaten") == [(0, ("B", "A"))]
    assert one.between(None, MONDAY).weeks == (MONDAY,)
    assert one.between(MONDAY, MONDAY + 8 * day).actors == one.actors


def test_an_empty_period_has_no_week_and_no_act() -> None:
    none = record().between(MONDAY.replace(year=2030), None)
    assert (none.weeks, none.spells(), len(none.acts)) == ((), (), 0)
    assert none.did([ANY]).shape == (0, 6)


def test_a_file_gives_back_the_record_that_was_written(tmp_path: Path) -> None:
    path, one = tmp_path / "acts.parquet", record()
    write_acts(path, one, [10, 10, 0, 10])
    again = read_acts(path)
    assert (again.weeks, again.actors) == (one.weeks, one.actors)
    columns = [*one.acts.columns]
    expected = one.acts.sort_values(columns, ignore_index=True)
    pd.testing.assert_frame_equal(again.acts[columns], expected, check_dtype=False)
    content = path.read_bytes()
    write_acts(path, again, [10, 10, 0, 10])
    assert path.read_bytes() == content


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "acts.parquet"
    write_acts(path, record(), [10, 10, 0, 10])
    content = bytearray(path.read_bytes())
    content[20] ^= 1
    path.write_bytes(content)
    with pytest.raises(RecordError, match="is damaged"):
        read_acts(path)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"n": ["5", "1"]}, "n is not a whole number from 0 on"),
        ({"week": ["2018-01-02", "2018-01-02"]}, "week is '2018-01-02'; expected the date of"),
        ({"week": ["2018-01-01", "2018-01-08"]}, "acts in the week of 2018-01-08"),
        ({"of": ["A", "A"]}, "says of no week that it is covered"),
        ({"toward": ["", "A"]}, "an actor toward itself"),
    ],
)
def test_a_table_of_something_else_is_refused(
    tmp_path: Path, changed: dict[str, list[str]], told: str
) -> None:
    week, path = "2018-01-01", tmp_path / "acts.parquet"
    table = pd.DataFrame([(week, "", "", ANY, 5), (week, "A", "B", ANY, 1)])
    table.columns = pd.Index(["week", "of", "toward", "action", "n"])
    table.assign(**changed).to_parquet(path, index=False)
    with pytest.raises(RecordError, match=told):
        read_acts(path)


def test_a_file_that_is_no_parquet_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "acts.parquet"
    path.write_text("week,of\n", encoding="utf-8")
    with pytest.raises(RecordError, match="is no Parquet file"):
        read_acts(path)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    path = tmp_path / "acts.parquet"
    pd.DataFrame({"week": ["2018-01-01"]}).to_parquet(path, index=False)
    with pytest.raises(RecordError, match="has no column 'of'"):
        read_acts(path)
