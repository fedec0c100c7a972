"""Folders and files that are named: whether they are meant, and whether results can go there."""

import contextlib
import errno
import os
import secrets
import shlex
import stat
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from realpolitik.sim.cli.exits import InputError
from realpolitik.sim.files.drafts import UNFINISHED
from realpolitik.sim.files.folder import Folder
from realpolitik.sim.files.ours import ForeignError, refuse_foreign_page

RESULTS = Path("results")
LATEST = "latest"
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
    from realpolitik.sim.experiments.plan_file import shipped_studies
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


# ── The file of a page ───────────────────────────────────────────────────────────────


@contextlib.contextmanager
def room_for_page(path: Path | None, name: str) -> Iterator[None]:
    """Makes sure, before the work, that a page can be written; `name` is a good one for it.

    A page that we wrote may be replaced by another; no other file may.

    Raises:
        InputError: it cannot.
    """
    if path is None:
        yield
        return
    try:
        kind = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        kind = stat.S_IFREG
    except OSError as error:  # such as a name that is too long
        raise InputError(f"{path}: cannot be written: {error.strerror}") from None
    if stat.S_ISDIR(kind):
        raise InputError(f"{path}: is a folder; a file such as {path / name} is wanted")
    if not stat.S_ISREG(kind):
        raise InputError(f"{path}: is no ordinary file; a file such as {name} is wanted")
    _refuse_foreign(path)
    with room_for_results(path.absolute().parent):
        yield


def _refuse_foreign(path: Path) -> None:
    try:
        refuse_foreign_page(Folder(path.absolute().parent), path.name)
    except ForeignError as error:
        raise InputError(f"{path}: {error.strerror}") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror}") from None


def write_page(path: Path, page: str) -> None:
    """Writes a page, whole or not at all.

    Raises:
        InputError: it cannot be written.
    """
    try:
        folder = Folder(path.absolute().parent)
        folder.make()
        folder.sweep_up(every=False)
        folder.write_text(path.name, page)
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror}") from None


# ── `results/latest`: a link to the newest run, study or comparison below `results` ───


def call_latest(folder: Path) -> None:
    """Points `results/latest` to a folder, if it lies below `results` and the link is ours.

    Where links cannot be made there is none: no result depends on it.
    """
    with contextlib.suppress(OSError, ValueError):
        place = os.path.relpath(os.path.realpath(folder), os.path.realpath(RESULTS))
        link = RESULTS / LATEST
        if _is_below(place) and (not os.path.lexists(link) or _is_ours(link)):
            _put(place, link)


def _is_below(place: str) -> bool:
    """Whether a relative path leads down, and not to the link itself."""
    first = Path(place).parts[:1]
    return not Path(place).is_absolute() and first not in ((), ("..",), (LATEST,))


def _is_ours(link: Path) -> bool:
    """Whether it is a link that leads down from where it is; it is not followed."""
    return link.is_symlink() and _is_below(str(link.readlink()))


def _put(place: str, link: Path) -> None:
    """Puts the link in the place of the one before, at once."""
    draft = link.with_name(f"{UNFINISHED}{secrets.token_hex(8)}")
    draft.symlink_to(place, target_is_directory=True)
    try:
        draft.replace(link)
    except OSError:
        draft.unlink()
        raise
