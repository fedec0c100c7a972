"""Where a page goes that is asked for by its file."""

import contextlib
import stat
from collections.abc import Iterator
from pathlib import Path

from realpolitik.sim.cli.exits import InputError
from realpolitik.sim.cli.folders import room_for_results
from realpolitik.sim.study.files import put_text


@contextlib.contextmanager
def room_for_page(path: Path | None, name: str) -> Iterator[None]:
    """Makes sure, before the work, that a page can be written; `name` is a good one for it.

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
    with room_for_results(path.absolute().parent):
        yield


def write_page(path: Path, page: str) -> None:
    """Writes a page, whole or not at all.

    Raises:
        InputError: it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        put_text(path, page)
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror}") from None
