"""What a kill leaves is swept up, and nothing else; a folder is for one process at a time."""

import subprocess
import sys
from pathlib import Path

import pytest

from realpolitik.sim.files.drafts import alone_in
from realpolitik.sim.files.folder import Folder

KILLED = """
import os, signal, sys
from pathlib import Path
from realpolitik.sim.files.folder import Folder

folder = Folder(Path(sys.argv[1]))
with folder.new_folder("run") as draft, folder.writing("parts/file") as stream:
    draft.write_text("file", "x")
    print("there", flush=True)
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder of somebody else, with a file."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "a.csv").write_text("theirs")
    return tmp_path / "outside"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """An empty folder of ours."""
    (tmp_path / "ours").mkdir()
    return Folder(tmp_path / "ours")


def drafts_in(path: Path) -> list[Path]:
    return [*path.rglob(".unfinished-*")]


def test_drafts_are_swept_up_once_their_process_is_gone_and_not_before(folder: Folder) -> None:
    command = [sys.executable, "-c", KILLED, str(folder.path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"there\n"
        folder.sweep_up("parts")
        assert len(drafts_in(folder.path)) == 2
        other.communicate(b"")
    folder.sweep_up("parts", every=False)
    assert drafts_in(folder.path) == []


def test_in_a_folder_of_others_only_names_that_we_give_are_swept_up(folder: Folder) -> None:
    (folder.path / ".unfinished-letter.txt").write_text("mine")
    folder.sweep_up(every=False)
    assert len(drafts_in(folder.path)) == 1


def test_a_link_named_like_a_draft_is_left_with_what_it_leads_to(
    folder: Folder, outside: Path
) -> None:
    (folder.path / ".unfinished-report.html").symlink_to(outside / "a.csv")
    (folder.path / ".unfinished-0123456789abcdef").symlink_to(outside)
    folder.sweep_up()
    assert (outside / "a.csv").read_text() == "theirs"


def test_only_one_has_a_folder_for_itself_and_leaves_it_as_it_was(tmp_path: Path) -> None:
    with alone_in(tmp_path) as first:
        with alone_in(tmp_path) as second:
            assert (first, second) == (True, False)
        with alone_in(tmp_path) as third:
            assert not third
    with alone_in(tmp_path) as afterwards:
        assert afterwards
    assert [*tmp_path.iterdir()] == []
