"""Files from anyone: regular ones only, and no larger than is allowed, found out before reading."""

import errno
import hashlib
import io
import os
import stat
from pathlib import Path

MOST_TEXT = 1_000_000
"""Size of a scenario, a study file or another text that people write [bytes]."""

MOST_JSON = 32_000_000
"""Size of a manifest: a study of 250,000 parts has one of 30 MB [bytes]."""

MOST_FILE = 2_000_000_000
"""Size of any file that is read [bytes]."""

KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFLNK: "a link",
}


class RefusedFileError(OSError):
    """A file that is not opened for what it is; `strerror` says why, `filename` which."""

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(errno.EINVAL, reason, str(path))


def open_file(
    path: Path | str, most: int = MOST_FILE, within: int | None = None
) -> io.BufferedReader:
    """A regular file, opened for reading; nothing else is waited for or read.

    Args:
        path: Where it lies. A link there is followed unless `within` is given.
        most: Size that it may have [bytes].
        within: Descriptor of the folder that the path is a name in.

    Raises:
        RefusedFileError: it is a folder, a pipe, a device or a link, or too large.
        OSError: it cannot be opened.
    """
    follow = 0 if within is None else os.O_NOFOLLOW
    flags = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC | follow
    _refuse(os.stat(path, dir_fd=within, follow_symlinks=not follow), path, most)
    handle = os.open(path, flags, dir_fd=within)
    try:
        _refuse(os.fstat(handle), path, most)
    except OSError:
        os.close(handle)
        raise
    return os.fdopen(handle, "rb")


def _refuse(found: os.stat_result, path: Path | str, most: int) -> None:
    if not stat.S_ISREG(found.st_mode):
        kind = KINDS.get(stat.S_IFMT(found.st_mode), "something else")
        raise RefusedFileError(path, f"it is {kind}, not a file")
    if found.st_size > most:
        raise RefusedFileError(path, too_large(most))


def too_large(most: int) -> str:
    """Why a file of more bytes is refused."""
    size = f"{most / 1e6:,.0f} MB" if most < 1e9 else f"{most / 1e9:,.0f} GB"
    return f"it is larger than the {size} that are read"


def read_file(path: Path | str, most: int, *, cut: bool = False) -> bytes:
    """What a regular file holds; see `open_file`. With `cut`, so much of it as is allowed.

    Raises:
        RefusedFileError: it is no file, or too large.
        OSError: it cannot be read.
    """
    with open_file(path, MOST_FILE if cut else most) as stream:
        if cut:
            return stream.read(most)
        return read_all(stream, path, most)


def read_all(stream: io.BufferedReader, path: Path | str, most: int) -> bytes:
    """What an opened file holds, even if it grows meanwhile or hides its size.

    Raises:
        RefusedFileError: there is more than is allowed.
    """
    content = stream.read(most + 1)
    if len(content) > most:
        raise RefusedFileError(path, too_large(most))
    return content


def digest_of(stream: io.BufferedReader) -> str:
    """SHA-256 of an opened file."""
    return hashlib.file_digest(stream, "sha256").hexdigest()
