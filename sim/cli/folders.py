"""Folders that are named: whether one is meant, and whether results can be written into it."""

import contextlib
import shlex
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


def going_on(study: Path) -> str:
    """The command that goes on with the study in a folder, for a shell."""
    return shlex.join(["realpolitik", "sweep", str(study), "--resume"])


def folder_meant(called: str, mark: str) -> Path | None:
    """The folder of that path, if there is one; without the file `mark` a shipped name is meant."""
    from realpolitik.sim.scenario.finding import shipped_scenarios
    from realpolitik.sim.study.plans.finding import shipped_studies

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
