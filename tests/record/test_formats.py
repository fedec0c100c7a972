"""Formats are recognised by the first line of a file."""

import pytest

from realpolitik.sim.files.json_text import RecordError
from realpolitik.sim.record.formats import recognise
from tests.event_files import FILES
from tests.offenders import each

NAMES = {
    "20210316.export.CSV": "GDELT 1.0",
    "20210316120000.export.CSV": "GDELT 2.0",
    "events.2021.tab": "ICEWS",
    "ngecEventsDV-2021.txt": "POLECAT",
    "plover.jsonl": "PLOVER",
    "acled.csv": "ACLED",
    "weekly.csv": "tidy table",
    "daily.csv": "tidy table",
}


@each("name", FILES)
def test_each_format_is_told(name: str) -> None:
    first = FILES[name]().splitlines()[0]
    assert recognise(name, first).format == NAMES[name]


def test_what_an_editor_or_a_query_adds_does_not_matter() -> None:
    head = '\ufeff"GLOBALEVENTID","SQLDATE","Actor1Code","Actor1Name","Actor2Code",'
    layout = recognise("x", head + '"Actor2Name","EventCode"\r\n')
    assert (layout.format, layout.delimiter, layout.headings) == ("GDELT", ",", True)
    assert layout.columns["cameo"] == 6


def test_columns_may_stand_in_any_order_and_size() -> None:
    layout = recognise("x", "N;Cameo;TARGET;extra;Source;Date")
    assert layout.columns == {"source": 4, "target": 2, "day": 5, "cameo": 1, "n": 0}
    assert layout.width == 6


def test_a_day_says_more_than_a_week_and_cameo_more_than_plover() -> None:
    layout = recognise("x", "date,week_start,source,target,cameo,plover,mode")
    assert {*layout.columns} == {"day", "source", "target", "cameo"}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("", "its first line is empty"),
        ("alpha,beta", "it begins 'alpha,beta'"),
        ("alpha\rbeta\r", "it begins 'alpha'"),
        (
            "source,target,cameo,n",
            "looks like tidy table, but lacks the columns date",
        ),
        ("week_start,source,target,cameo", "lacks the columns n"),
        ("date,source,target", "lacks the columns cameo or plover"),
        ("{}", "looks like PLOVER, but lacks the keys date, source, event"),
        ('{"date"', "no whole object of JSON"),
    ],
)
def test_what_is_no_record_is_refused(line: str, told: str) -> None:
    with pytest.raises(RecordError, match=told):
        recognise("x.csv", line)
