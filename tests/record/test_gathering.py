"""Events are gathered from files, each once, and what is wrong with a row is told."""

import datetime
from pathlib import Path

import pytest

from realpolitik.sim.engine.tables import Row
from realpolitik.sim.files.json_text import RecordError
from realpolitik.sim.record import gathering
from realpolitik.sim.record.actors import read_names
from realpolitik.sim.record.gathering import Gathering, gather

NAMES = read_names(
    Row({"actor": code, "kind": "country", "name": name}, "")
    for code, name in (("A", "Aland"), ("A", "AAA"), ("B", "Bland"), ("B", "BBB"))
)
HEAD = "date,source,target,cameo\n"
MARCH = datetime.date(2021, 3, 2).toordinal()


def gathered(folder: Path, *texts: str) -> Gathering:
    """What files hold."""
    paths = [folder / f"{number}.csv" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    return gather(paths, NAMES)


def test_an_event_is_counted_once_a_day_code_and_pair_of_names(tmp_path: Path) -> None:
    same = "2021-03-02,Aland,BBB,112\n"
    others = "2021-03-03,Aland,BBB,112\n2021-03-02,AAA,BBB,112\n2021-03-02,Aland,BBB,111\n"
    found = gathered(tmp_path, HEAD + same * 3 + others, HEAD + same)
    assert found.events()["n"].sum() == 4
    assert found.repeats == 3


def test_repeats_are_found_in_between_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "MOST_ROWS", 2)
    rows = "".join(f"2021-03-{day:02},AAA,BBB,112\n" for day in range(1, 11))
    found = gathered(tmp_path, *[HEAD + rows] * 4)
    assert (len(found.events()), found.repeats) == (10, 30)


def test_numbers_of_events_are_added_up_where_they_differ(tmp_path: Path) -> None:
    head = "week_start,source,target,cameo,n\n"
    rows = "2021-03-01,AAA,BBB,112,3\n2021-03-01,AAA,BBB,112,3\n2021-03-01,AAA,BBB,112,4\n"
    found = gathered(tmp_path, head + rows)
    assert (found.events()["n"].sum(), found.repeats) == (7, 1)


def test_only_events_between_two_different_actors_count(tmp_path: Path) -> None:
    rows = "2021-03-02,AAA,Aland,112\n2021-03-02,CCC,AAA,112\n2021-03-02,AAA,,112\n"
    found = gathered(tmp_path, HEAD + rows)
    assert found.events().empty
    assert found.strangers == {"CCC": 1}
    assert found.totals == {("tidy table", MARCH): 3}


def test_a_person_acts_for_a_country_in_office_only(tmp_path: Path) -> None:
    head = "Event Date\tSource Name\tSource Country\tSource Sectors\tTarget Name\tCAMEO Code\n"
    row = "2021-03-02\tSomebody\tAland\t{}\tBland\t112\n"
    found = gathered(tmp_path, head + row.format("Government") + row.format("Business"))
    assert len(found.events()) == 1
    assert found.strangers == {"Somebody": 1}


def test_in_gdelt_the_code_decides_and_a_business_is_no_state(tmp_path: Path) -> None:
    rows = [[""] * 58 for _ in range(2)]
    for cells, code in zip(rows, ("AAAGOV", "AAABUS"), strict=True):
        cells[0], cells[1], cells[5], cells[6] = "1", "20210302", code, "ALAND"
        cells[15], cells[16], cells[26] = "BBB", "BLAND", "112"
    found = gathered(tmp_path, "\n".join("\t".join(cells) for cells in rows))
    assert len(found.events()) == 1
    assert found.strangers == {"AAABUS": 1}


def test_contexts_are_read_where_there_is_no_mode(tmp_path: Path) -> None:
    found = gathered(
        tmp_path, "date,source,target,plover,contexts\n2021-03-02,AAA,BBB,AID,military\n"
    )
    assert found.codes.things == ["AID/military"]


def test_broken_rows_are_left_out_up_to_a_share(tmp_path: Path) -> None:
    rows = [f"2021-03-02,AAA,BBB,112,{n}" for n in range(199)]
    head = "date,source,target,cameo,n\n"
    found = gathered(tmp_path, head + "\n".join([*rows, "x,AAA,BBB,112,1"]))
    (file,) = found.files
    assert (file.rows, file.broken) == (200, 1)
    assert "row 200: the date is 'x'" in file.example
    with pytest.raises(RecordError, match=r"\(3 of 202 rows are broken; up to 1% are left out\)"):
        gathered(tmp_path, head + "\n".join([*rows, *["2021-03-02,AAA,BBB,112,-1"] * 3]))


def test_a_table_of_weeks_is_no_events(tmp_path: Path) -> None:
    found = gathered(tmp_path, "week_start,full,dataset\n2021-03-01,True,one\n2021-03-08,no,one\n")
    assert found.whole == {("one", MARCH - 1): True, ("one", MARCH + 6): False}
    assert not found.totals
