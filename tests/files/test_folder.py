"""A folder that is never left: names, links, drafts, and files that are whole or not there."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from realpolitik.sim.files.folder import Folder
from realpolitik.sim.files.reading import RefusedFileError

Act = Callable[[Folder, str], object]


def begin(folder: Folder, name: str) -> None:
    with folder.new_folder(name):
        pass


ACTS: dict[str, Act] = {
    "read": Folder.read,
    "digest": Folder.digest,
    "write": lambda folder, name: folder.write_text(name, "new"),
    "remove": Folder.remove,
    "new_folder": begin,
}


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder of somebody else, with a file."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "a.csv").write_text("theirs")
    return tmp_path / "outside"


@pytest.fixture
def folder(tmp_path: Path, outside: Path) -> Folder:
    """Ours, with links to theirs: one to the folder, one to the file, one of the hard kind."""
    ours = tmp_path / "ours"
    ours.mkdir()
    (ours / "linked").symlink_to(outside)
    (ours / "a.csv").symlink_to(outside / "a.csv")
    (ours / "hard.csv").hardlink_to(outside / "a.csv")
    return Folder(ours)


# ── Never outside ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(
    "name", ["../outside/a.csv", "linked/a.csv", "", "..", "x/../../outside/a.csv", "a\0b", "x//y"]
)
def test_a_name_that_leads_elsewhere_is_refused(
    folder: Folder, outside: Path, act: str, name: str
) -> None:
    with pytest.raises(RefusedFileError):
        ACTS[act](folder, name)
    assert [path.read_text() for path in outside.iterdir()] == ["theirs"]


def test_an_absolute_name_is_refused(folder: Folder, outside: Path) -> None:
    with pytest.raises(RefusedFileError):
        folder.remove(str(outside / "a.csv"))


@pytest.mark.parametrize("name", ["a.csv", "hard.csv"])
def test_a_file_takes_the_place_of_a_link_and_is_not_written_through_it(
    folder: Folder, outside: Path, name: str
) -> None:
    folder.write_text(name, "ours")
    assert (folder.path / name).read_text() == "ours"
    assert (outside / "a.csv").read_text() == "theirs"


def test_a_link_is_not_read(folder: Folder) -> None:
    with pytest.raises(RefusedFileError, match="is a link, not a file"):
        folder.read("a.csv")
    assert not folder.has("a.csv")


def test_a_folder_may_itself_be_a_link(tmp_path: Path, folder: Folder) -> None:
    (tmp_path / "named").symlink_to(folder.path)
    Folder(tmp_path / "named").write_text("b", "x")
    assert folder.read_text("b") == "x"


def test_below_a_folder_links_are_refused_as_well(folder: Folder) -> None:
    with pytest.raises(RefusedFileError):
        folder.below("linked").write_text("b", "x")


def test_files_below_are_found_and_those_behind_links_are_not(folder: Folder) -> None:
    folder.write_text("parts/one/b", "x")
    assert [*folder.files()] == ["hard.csv", "parts/one/b"]


# ── Whole or not at all ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt, RuntimeError])
def test_a_file_that_cannot_be_written_leaves_the_old_one(
    folder: Folder, error: type[BaseException]
) -> None:
    folder.write_text("file", "old")
    before = folder.names()
    with suppress(error), folder.writing("file") as stream:
        stream.write(b"half of the n")
        raise error
    assert folder.names() == before
    assert folder.read_text("file") == "old"


def test_nobody_sees_a_file_or_folder_before_it_is_whole(folder: Folder) -> None:
    with folder.new_folder("run") as draft, draft.writing("file") as stream:
        stream.write(b"new")
        assert not draft.has("file")
        assert not (folder.path / "run").exists()
    assert folder.read("run/file") == b"new"


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
def test_a_folder_that_cannot_be_filled_leaves_nothing(
    folder: Folder, error: type[BaseException]
) -> None:
    before = folder.names()
    with suppress(error), folder.new_folder("run") as draft:
        draft.write_text("deep/file", "x")
        raise error
    assert folder.names() == before


def test_a_file_is_on_the_disk_before_it_takes_its_name_and_the_name_after(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    def noted(name: str, real: Callable[..., None]) -> Callable[..., None]:
        def act(*args: object, **at: int) -> None:
            told.append(name)
            real(*args, **at)

        return act

    for name in ("fsync", "replace"):
        monkeypatch.setattr(os, name, noted(name, getattr(os, name)))
    folder.write_text("file", "x")
    assert told == ["fsync", "replace", "fsync"]


def test_an_error_names_the_file_that_was_meant(folder: Folder) -> None:
    (folder.path / "taken" / "x").mkdir(parents=True)
    with pytest.raises(RefusedFileError, match="it is a folder") as told:
        folder.write_text("taken", "x")
    assert told.value.filename == str(folder.path / "taken")
