"""`realpolitik events`: what it prints, writes and refuses."""

import gzip
import json
import zipfile
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from realpolitik.sim.cli.events import events
from realpolitik.sim.cli.exits import Command
from realpolitik.sim.record.weekly import ANY, read_acts
from tests.event_files import ACTS, FILES, STRUCK, write_files

TIDY = "date,source,target,cameo\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a file of each format, in which the command is typed."""
    write_files(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str) -> Result:
    """What `realpolitik events` does with these words."""
    group = Command("realpolitik")
    group.add_command(events)
    return CliRunner().invoke(group, ["events", *words])


def well(*words: str) -> str:
    done = run(*words)
    assert done.exit_code == 0, done.output
    return done.stdout


def answer(*words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(well(*words, "--json"))
    return found


def refusal(*words: str) -> str:
    """The one line that is said of a wrong input, and nothing is written."""
    done = run(*words)
    assert done.exit_code == 1, done.output
    assert not Path("acts.parquet").exists()
    (line,) = done.stderr.splitlines()
    return line


def acts(path: str = "acts.parquet") -> set[tuple[str, str, str, str]]:
    """Monday, of, toward and action of each act in a file."""
    record = read_acts(Path(path))
    rows = record.acts[record.acts["action"] != ANY]
    cells = zip(rows["week"], rows["of"], rows["toward"], rows["action"], strict=True)
    return {(str(record.weeks[week]), of, toward, action) for week, of, toward, action in cells}


@pytest.mark.parametrize("name", FILES)
def test_every_format_tells_of_the_same_acts(name: str) -> None:
    well(name)
    assert acts() == {one for one in ACTS if name != "acled.csv" or one[1] == "HOU"}


@pytest.mark.parametrize("name", ["weekly.csv", "plover.jsonl", "20210316.export.CSV"])
def test_packed_files_are_read_as_they_are(name: str) -> None:
    content = Path(name).read_bytes()
    Path("packed.gz").write_bytes(gzip.compress(content))
    with zipfile.ZipFile("packed.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, content)
    well(name)
    plain = Path("acts.parquet").read_bytes()
    for path in ("packed.gz", "packed.zip"):
        well(path)
        assert acts() == ACTS
        assert Path("acts.parquet").read_bytes() == plain


def test_an_event_in_two_files_is_counted_once() -> None:
    Path("again.csv").write_bytes(Path("daily.csv").read_bytes())
    found = answer("daily.csv", "again.csv")
    assert (found["events"], found["repeats"]) == (4, 4)


def test_it_says_what_it_matched_and_what_not() -> None:
    more = "2021-03-03,CHN,USA,111\n2021-03-03,USA,RUS,010\n2021-03-03,China,USA,111\n"
    Path("mine.csv").write_text(TIDY + "2021-03-02,RUS,USA,112\n" + more, encoding="utf-8")
    found = answer("mine.csv")
    assert found["unmatched_actors"] == [{"name": "CHN", "n": 1}, {"name": "China", "n": 1}]
    assert found["unmatched_codes"] == [{"code": "010", "n": 1}]
    assert found["files"][0]["rows"] == 4
    assert found["files"][0]["matched"] == 2
    assert {"action": "denounce", "n": 1}.items() <= found["acts"][0].items()
    assert "China" in well("mine.csv")


def test_a_table_of_names_adds_actors() -> None:
    Path("mine.csv").write_text(TIDY + "2021-03-02,CHNMIL,Taipei,150\n", encoding="utf-8")
    Path("names.csv").write_text(
        "actor,kind,name\nCHN,country,CHN\nTWN,name,Taipei\n", encoding="utf-8"
    )
    well("mine.csv", "--actors", "names.csv")
    assert acts() == {("2021-03-01", "CHN", "TWN", "show_of_force")}


def test_wide_codes_are_those_that_may_mean_an_act() -> None:
    Path("mine.csv").write_text(TIDY + "2021-03-02,RUS,USA,120\n", encoding="utf-8")
    well("mine.csv")
    assert acts() == set()
    well("mine.csv", "--codes", "wide")
    assert ("2021-03-01", "RUS", "USA", "denounce") in acts()


def test_a_period_has_the_weeks_whose_monday_lies_in_it() -> None:
    well("weekly.csv", "--from", "2021-03-08", "--to", "2021-03-14")
    assert {week for week, *_ in acts()} == {"2021-03-08"}


def test_holes_are_told() -> None:
    later = "2021-03-02,RUS,USA,112\n2021-03-30,RUS,USA,112\n"
    Path("mine.csv").write_text(TIDY + later, encoding="utf-8")
    hole = {"first": "2021-03-08", "last": "2021-03-22", "weeks": 3, "why": "without any event"}
    assert answer("mine.csv")["holes"] == [hole]


def test_datasets_are_taken_in_the_order_that_is_typed() -> None:
    head = "week_start,source,target,cameo,n,dataset\n"
    rows = "2021-03-01,RUS,USA,112,5,one\n2021-03-01,RUS,USA,138,1,two\n"
    Path("mine.csv").write_text(head + rows, encoding="utf-8")
    said = well("mine.csv")
    assert {action for *_, action in acts()} == {"denounce"}
    assert "two" not in said.replace("two actors", "")
    well("mine.csv", "--dataset", "two", "--dataset", "one")
    assert {action for *_, action in acts()} == {"threaten"}


def test_a_table_of_weeks_says_which_are_whole() -> None:
    Path("weeks.csv").write_text(
        "week_start,full\n2021-03-01,True\n2021-03-08,False\n2021-03-15,True\n", encoding="utf-8"
    )
    well("weekly.csv", "weeks.csv")
    assert {week for week, *_ in acts()} == {"2021-03-01", "2021-03-15"}


def test_a_few_broken_rows_are_left_out_and_told() -> None:
    rows = [f"2021-03-{1 + n % 28:02},RUS,USA,{111 + n % 2}" for n in range(300)]
    rows[7] = "2021-02-30,RUS,USA,112"
    Path("mine.csv").write_text(TIDY + "\n".join(rows) + "\n", encoding="utf-8")
    found = answer("mine.csv")
    assert found["files"][0]["broken"] == 1
    assert "row 8: the date is '2021-02-30'; expected a day" in found["files"][0]["example"]
    assert "and 1 were broken" in " ".join(found["notes"])


def test_the_file_of_acts_is_one_that_pandas_reads() -> None:
    well("weekly.csv")
    table = pq.read_table("acts.parquet").to_pandas()
    assert [*table.columns] == ["week", "of", "toward", "action", "n"]
    assert table.loc[table["of"] == "", "n"].sum() == 4


def test_folders_on_the_way_are_made() -> None:
    well("weekly.csv", "--out", "new/folder/mine.parquet")
    assert acts("new/folder/mine.parquet") == ACTS


def test_a_page_tells_the_same() -> None:
    well("weekly.csv", "--page", "events.html")
    page = Path("events.html").read_text(encoding="utf-8")
    assert "limited_strike" in page
    assert "What was not matched" in page


# ── What is refused ──────────────────────────────────────────────────────────────────

BROKEN = {
    "": "its first line is empty",
    "some text\n": "no event record: it begins 'some text'",
    "a,b,c\n1,2,3\n": "no event record: it begins 'a,b,c'",
    "source,target,n\nRUS,USA,1\n": "lacks the columns date or week_start, cameo or plover",
    "week_start,source,target,cameo\n": "lacks the columns n",
    "Source Name\tTarget Name\tCAMEO Code\n": "looks like ICEWS, but lacks the columns Event Date",
    "event_date,actor1,actor2\n": "looks like ACLED, but lacks the columns sub_event_type",
    '{"date": "2021-03-01", "event": "ACCUSE"}\n': "lacks the keys source",
    '{"date": \n': ":1: no whole object of JSON",
    TIDY: "without a single event",
    TIDY + "2021-02-30,RUS,USA,112\n": "row 1: the date is '2021-02-30'; expected a day",
    TIDY + "1021-02-20,RUS,USA,112\n": "row 1: the date is '1021-02-20'",
    TIDY + "2021-03-02,RUS,USA,999\n": "the CAMEO code is '999'; expected one of three or four",
    TIDY + "2021-03-02,RUS,USA\n": "rows have more cells than the first line, or fewer",
    "date,source,target,plover\n2021-03-02,RUS,USA,SHOUT\n": "the event is 'SHOUT'; expected a ty",
    "week_start,source,target,cameo,n\n2021-03-02,RUS,USA,112,1\n": "the date of a Monday",
    "week_start,source,target,cameo,n\n2021-03-01,RUS,USA,112,-1\n": "n is '-1'; expected a whole",
    TIDY + "2021-03-02,CHN,JPN,112\n": "are CHN, JPN; `realpolitik events --actors TABLE` says",
}


@pytest.mark.parametrize("content", BROKEN, ids=lambda text: repr(text)[:50])
def test_a_file_that_is_no_record_is_refused_in_a_line(content: str) -> None:
    Path("mine.csv").write_text(content, encoding="utf-8")
    assert BROKEN[content] in refusal("mine.csv")


def test_a_download_that_broke_off_is_refused() -> None:
    packed = gzip.compress(FILES["weekly.csv"]().encode() * 1000)
    Path("events.csv.gz").write_bytes(packed[:-20])
    assert "ends in the middle" in refusal("events.csv.gz")


def test_a_damaged_file_is_refused() -> None:
    Path("events.zip").write_bytes(b"PK\x03\x04 and no more")
    assert "cannot be unpacked" in refusal("events.zip")


def test_an_encrypted_file_is_refused() -> None:
    with zipfile.ZipFile("events.zip", "w") as packed:
        packed.writestr("weekly.csv", FILES["weekly.csv"]())
    content = bytearray(Path("events.zip").read_bytes())
    for header, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(header) + flags] |= 1
    Path("events.zip").write_bytes(content)
    assert "is encrypted" in refusal("events.zip")


def test_what_is_no_file_is_refused(here: Path) -> None:
    assert "No such file" in refusal("missing.csv")
    assert "it is a folder, not a file" in refusal(str(here))


def test_a_binary_file_is_refused() -> None:
    Path("events.parquet").write_bytes(b"PAR1\x00\x01\x02")
    assert "no event record" in refusal("events.parquet")


def test_an_empty_period_is_refused() -> None:
    said = refusal("weekly.csv", "--from", "2022-01-01")
    assert "no whole week from 2022-01-01" in said
    assert "cover weeks from 2021-03-01 to 2021-03-15" in said


def test_an_unknown_dataset_is_refused_and_the_known_told() -> None:
    assert "the files have tidy table" in refusal("weekly.csv", "--dataset", "icews")


def test_a_broken_table_of_names_is_refused_with_its_line() -> None:
    Path("names.csv").write_text("actor,name\nRUS,Moscow\n,Kyiv\n", encoding="utf-8")
    assert "names.csv:3: actor is ''" in refusal("weekly.csv", "--actors", "names.csv")
    Path("names.csv").write_text("who,name\nRUS,Moscow\n", encoding="utf-8")
    assert "the column 'actor' is missing" in refusal("weekly.csv", "--actors", "names.csv")
    assert "No such file" in refusal("weekly.csv", "--actors", "nothing.csv")


def test_no_other_file_is_replaced() -> None:
    Path("notes.txt").write_text("mine", encoding="utf-8")
    assert "is no file of acts" in refusal("weekly.csv", "--out", "notes.txt")
    assert Path("notes.txt").read_text(encoding="utf-8") == "mine"
    assert "is a folder" in refusal("weekly.csv", "--out", ".")


def test_a_day_that_is_none_is_a_fault_of_usage() -> None:
    done = run("weekly.csv", "--from", "last week")
    assert done.exit_code == 2
    assert "'last week' is no day such as 2018-01-31" in done.stderr


def test_files_that_are_refused_leave_the_acts_before_them_alone() -> None:
    well("weekly.csv")
    before = Path("acts.parquet").read_bytes()
    Path("mine.csv").write_text("some text\n", encoding="utf-8")
    assert run("mine.csv").exit_code == 1
    assert Path("acts.parquet").read_bytes() == before
    assert len(STRUCK) == 2
