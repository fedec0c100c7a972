"""`results/latest`: a link to the newest run, study or comparison below `results`."""

import contextlib
import os
import secrets
from pathlib import Path

HOME = Path("results")
LATEST = "latest"
DRAFT = ".unfinished-"


def call_latest(folder: Path) -> None:
    """Points `results/latest` to a folder, if it lies below `results` and the link is ours.

    Where links cannot be made there is none: no result depends on it.
    """
    with contextlib.suppress(OSError, ValueError):
        place = os.path.relpath(os.path.realpath(folder), os.path.realpath(HOME))
        link = HOME / LATEST
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
    draft = link.with_name(f"{DRAFT}{secrets.token_hex(8)}")
    draft.symlink_to(place, target_is_directory=True)
    try:
        draft.replace(link)
    except OSError:
        draft.unlink()
        raise
