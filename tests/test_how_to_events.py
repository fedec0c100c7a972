"""The commands of the page on events are run on made-up files, and say what the page quotes."""

import zipfile
from pathlib import Path

import pytest

from tests.event_files import FILES, write_files
from tests.made_up_record import drawn_record, quiet, write
from tests.pages import Page, missing, printed, run

PAGE = Page.named("bring-your-own-events")
ZIPPED = "20210316120000.export.CSV"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files of the page, and one of each format."""
    names = ["mine.csv", "names.csv", "spring.csv", "after_threats.yaml"]
    assert PAGE.write_files(tmp_path) == names
    write_files(tmp_path)
    write(tmp_path / "year.parquet", drawn_record(quiet(), 20, 2))
    with zipfile.ZipFile(tmp_path / f"{ZIPPED}.zip", "w") as packed:
        packed.writestr(ZIPPED, FILES[ZIPPED]())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_links_and_options_of_the_page_exist() -> None:
    assert PAGE.faults() == []


@pytest.mark.usefixtures("here")
def test_commands_and_script_say_what_the_page_quotes() -> None:
    for command in PAGE.commands:
        assert command.quoted
        assert missing(command.quoted, run(command)) == []
    (script,) = PAGE.scripts
    assert missing(PAGE.quotations, printed(script)) == []


def test_the_page_names_every_format() -> None:
    for name in ("GDELT 1.0, 2.0", "ICEWS", "POLECAT", "PLOVER", "ACLED", "a tidy table"):
        assert f"| {name} |" in PAGE.text
