"""Where a page goes that is asked for by its file."""

import contextlib
import stat
from collections.abc import Iterator
from pathlib import Path

from realpolitik.sim.cli.exits import InputError
from realpolitik.sim.cli.folders import room_for_results
from realpolitik.sim.files.folder import Folder
from realpolitik.sim.files.ours import ForeignError, refuse_foreign_page


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
