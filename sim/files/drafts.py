"""Drafts: what is written under a name of its own until it is whole.

Who writes a draft holds a lock on it, which ends with the process however that ends. A draft that
nobody holds was left by a kill, and may be swept up.
"""

import contextlib
import fcntl
import os
import re
import secrets
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

UNFINISHED = ".unfinished-"
OURS = re.compile(rf"{re.escape(UNFINISHED)}[0-9a-f]{{16}}")


@contextlib.contextmanager
def new_file(within: int) -> Iterator[tuple[str, int]]:
    """Name and descriptor of a new, empty file in an opened folder; it goes if it keeps its name.

    Raises:
        OSError: it cannot be made.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    while True:
        name = _new_name()
        handle = os.open(name, flags, 0o666, dir_fd=within)
        if _hold(handle, name, within):
            break
        os.close(handle)
    try:
        yield name, handle
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(name, dir_fd=within)
        os.close(handle)


@contextlib.contextmanager
def new_folder(within: int) -> Iterator[str]:
    """Name of a new folder in an opened one; it goes, with all in it, if it keeps its name.

    Raises:
        OSError: it cannot be made.
    """
    while True:
        name = _new_name()
        os.mkdir(name, dir_fd=within)
        handle = open_folder(name, within)
        if _hold(handle, name, within):
            break
        os.close(handle)
    try:
        yield name
    finally:
        shutil.rmtree(name, ignore_errors=True, dir_fd=within)
        os.close(handle)


def open_folder(name: str, within: int | None = None) -> int:
    """Descriptor of a folder; within an opened one no link is followed.

    Raises:
        OSError: there is no folder of that name.
    """
    follow = 0 if within is None else os.O_NOFOLLOW
    return os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC | follow, dir_fd=within)


def sweep_up(within: int, every: bool) -> None:
    """Removes the drafts in an opened folder that no process holds.

    Args:
        within: Descriptor of the folder.
        every: Whether the folder is ours, and so all that is named like a draft; else only what has
            just such a name as we give.
    """
    for name in os.listdir(within):
        if OURS.fullmatch(name) or (every and name.startswith(UNFINISHED)):
            with contextlib.suppress(OSError):
                _remove_if_left(name, within)


def lock(handle: int, *, wait: bool) -> bool:
    """Whether this process has a file or folder for itself until it closes the descriptor.

    Raises:
        OSError: the file system knows no locks.
    """
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True


def _remove_if_left(name: str, within: int) -> None:
    """Removes a file or a folder; links and whatever else are not ours."""
    found = os.stat(name, dir_fd=within, follow_symlinks=False)
    if not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)):
        return
    handle = os.open(name, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW, dir_fd=within)
    try:
        if not lock(handle, wait=False):
            return
        if stat.S_ISDIR(found.st_mode):
            shutil.rmtree(name, dir_fd=within)
        else:
            os.unlink(name, dir_fd=within)
    finally:
        os.close(handle)


def _hold(handle: int, name: str, within: int) -> bool:
    """Locks a new draft; false if another process swept it up before."""
    with contextlib.suppress(OSError):
        lock(handle, wait=True)
    try:
        there = os.stat(name, dir_fd=within, follow_symlinks=False)
    except FileNotFoundError:
        return False
    return os.path.samestat(there, os.fstat(handle))


def _new_name() -> str:
    return f"{UNFINISHED}{secrets.token_hex(8)}"


@contextlib.contextmanager
def alone_in(folder: Path) -> Iterator[bool]:
    """Whether this process has the folder for itself; it keeps others from that until the end.

    The lock is one on the folder itself: it leaves no file, and goes when the process does.
    """
    handle = open_folder(str(folder))
    try:
        yield lock(handle, wait=False)
    finally:
        os.close(handle)
