"""Files from anyone: regular ones only, and no larger than is allowed."""

import hashlib
import os
from pathlib import Path

import pytest

from realpolitik.sim.files.reading import RefusedFileError, digest_of, open_file, read_file


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file of ten bytes."""
    path = tmp_path / "ten"
    path.write_bytes(b"0123456789")
    return path


def test_a_file_is_read_up_to_its_bound_and_not_beyond(file: Path) -> None:
    assert read_file(file, 10) == b"0123456789"
    assert read_file(file, 4, cut=True) == b"0123"
    with pytest.raises(RefusedFileError, match="it is larger than"):
        read_file(file, 9)


def test_what_is_no_file_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(RefusedFileError, match="it is a named pipe, not a file"):
        read_file(tmp_path / "pipe", 10)
    with pytest.raises(RefusedFileError, match="it is a folder, not a file"):
        read_file(tmp_path, 10)


def test_a_link_is_followed_only_where_it_was_named(file: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(file)
    assert read_file(tmp_path / "link", 10) == b"0123456789"
    within = os.open(tmp_path, os.O_RDONLY)
    with pytest.raises(RefusedFileError, match="it is a link"):
        open_file("link", within=within)
    os.close(within)


def test_a_digest_is_that_of_the_content(file: Path) -> None:
    with open_file(file) as stream:
        assert digest_of(stream) == hashlib.sha256(b"0123456789").hexdigest()
