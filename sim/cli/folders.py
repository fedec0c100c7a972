"""Makes sure, before a run, that its results can be written."""

import contextlib
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from realpolitik.sim.cli.exits import InputError


@contextlib.contextmanager
def room_for_results(folder: Path) -> Iterator[None]:
    """Tries to write into a folder that may not be there yet, and leaves no trace of that.

    If what is done within fails or is interrupted, the folders that it made and left empty go.

    Raises:
        InputError: the folder cannot be written.
    """
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "this is no path"
        raise InputError(f"{folder}: cannot be written: {reason}") from None
    finally:
        _remove_empty(missing)
    try:
        yield
    except BaseException:
        _remove_empty(missing)
        raise


def _remove_empty(folders: Iterable[Path]) -> None:
    """Removes those of the folders that are there and hold nothing."""
    for folder in folders:
        with contextlib.suppress(OSError, ValueError):
            folder.rmdir()
