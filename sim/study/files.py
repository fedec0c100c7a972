"""Files that are there whole or not at all, and a folder that only one process works in."""

import fcntl
import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

UNFINISHED = ".unfinished-"


def put(path: Path, write: Callable[[Path], object]) -> None:
    """Has a file written under another name, and then puts it in its place.

    Raises:
        OSError: it cannot be written; then nothing has changed.
    """
    draft = path.with_name(f"{UNFINISHED}{path.name}")
    try:
        write(draft)
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def put_text(path: Path, text: str) -> None:
    """Puts a text file in the place of another, whole.

    Raises:
        OSError: it cannot be written; then nothing has changed.
    """
    put(path, lambda draft: draft.write_text(text, encoding="utf-8"))


@contextmanager
def alone_in(folder: Path) -> Iterator[bool]:
    """Whether this process has the folder for itself; it keeps others from that until the end.

    The lock is one on the folder itself: it leaves no file, and goes when the process does.
    """
    handle = os.open(folder, os.O_RDONLY)
    try:
        yield _lock(handle)
    finally:
        os.close(handle)


def _lock(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def as_json(value: Mapping[str, Any]) -> str:
    """A mapping as JSON that a person can read."""
    return json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def sha256(path: Path) -> str:
    """Digest of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
