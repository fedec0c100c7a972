"""Which folders and files are ours to touch."""

from pathlib import Path

import pytest

from realpolitik.sim.files.folder import Folder
from realpolitik.sim.files.ours import (
    PAGE_MARK,
    PICTURES,
    ForeignError,
    drop_pictures,
    refuse_foreign,
    refuse_foreign_page,
)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """An empty folder."""
    return Folder(tmp_path)


def test_a_folder_is_ours_if_it_is_empty_or_marked(folder: Folder) -> None:
    refuse_foreign(folder, "mark.json")
    folder.write_text(".hidden", "")
    folder.write_text("left", "")
    refuse_foreign(folder, "mark.json", left=["left"])
    with pytest.raises(ForeignError, match="such as left"):
        refuse_foreign(folder, "mark.json")
    folder.write_text("mark.json", "{}")
    refuse_foreign(folder, "mark.json")


def test_only_a_page_of_ours_or_an_empty_file_gives_way(folder: Folder) -> None:
    refuse_foreign_page(folder, "missing.html")
    for name, text in (("empty.html", ""), ("page.html", f"<head>{PAGE_MARK.decode()}1")):
        folder.write_text(name, text)
        refuse_foreign_page(folder, name)
    folder.write_text("theirs.html", "<p>mine</p>")
    with pytest.raises(ForeignError, match="is no page of realpolitik"):
        refuse_foreign_page(folder, "theirs.html")


def test_pictures_of_some_kinds_go_and_what_else_is_there_stays(folder: Folder) -> None:
    for name in ("a.png", "b.png", "a.svg", "notes.txt"):
        folder.write_text(f"{PICTURES}/{name}", "")
    drop_pictures(folder, ["png"], keep=["b.png"])
    assert sorted(folder.names(PICTURES)) == ["a.svg", "b.png", "notes.txt"]
    folder.remove(f"{PICTURES}/notes.txt")
    drop_pictures(folder)
    assert list(folder.names()) == []
