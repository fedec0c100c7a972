"""Folders that are named: whether one is meant, and whether results can be written into it."""

import contextlib
import errno
import os
import shlex
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from realpolitik.sim.cli.exits import InputError

PAGE = 8 * 2**20  # more than a page with its charts takes [bytes]
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@contextlib.contextmanager
def room_for_results(folder: Path) -> Iterator[None]:
    """Tries to write into a folder that may not be there yet, and leaves no trace of that.

    If what is done within fails or is interrupted, the folders that it made and left empty go.

    Raises:
        InputError: the folder cannot be written, or has no room for a page.
    """
    missing: list[Path] = []
    try:
        missing = [path for path in (folder, *folder.parents) if not path.exists()]
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as trial:
            _take(trial.fileno(), PAGE)
    except (OSError, ValueError) as error:
        raise InputError(f"{folder}: cannot be written: {_why_not(error, folder)}") from None
    finally:
        _remove_empty(missing)
    try:
        yield
    except BaseException:
        _remove_empty(missing)
        raise


def _take(file: int, size: int) -> None:
    """Has a file take so many bytes, if the file system can say at once whether it may.

    Raises:
        OSError: there is no room for it.
    """
    try:
        os.posix_fallocate(file, 0, size)
    except (AttributeError, OSError) as error:
        if getattr(error, "errno", None) in NO_ROOM:
            raise


def _why_not(error: OSError | ValueError, folder: Path) -> str:
    """The reason in words: which part of the path is a file, or what the system says."""
    if isinstance(error, FileExistsError | NotADirectoryError):
        file = next((one for one in (folder, *folder.parents) if one.is_file()), folder)
        return f"{file} is a file, and a folder is wanted"
    return getattr(error, "strerror", None) or "this is no path"


def going_on(study: Path) -> str:
    """The command that goes on with the study in a folder, for a shell."""
    subject = f"./{study}" if str(study).startswith("-") else str(study)
    return shlex.join(["realpolitik", "sweep", subject, "--resume"])


def folder_meant(called: str, mark: str) -> Path | None:
    """The folder of that path, if there is one; without the file `mark` a shipped name is meant."""
    from realpolitik.sim.experiments.finding import shipped_studies
    from realpolitik.sim.scenario.finding import shipped_scenarios

    folder = Path(called)
    if not folder.is_dir():
        return None
    is_ours = not (folder / mark).is_file() and called in {*shipped_scenarios(), *shipped_studies()}
    return None if is_ours else folder


def _remove_empty(folders: Iterable[Path]) -> None:
    """Removes those of the folders that are there and hold nothing."""
    for folder in folders:
        with contextlib.suppress(OSError, ValueError):
            folder.rmdir()
