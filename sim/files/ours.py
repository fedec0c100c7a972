"""Which folders and files are ours to touch: one rule for every verb that puts something there.

A verb puts its results into a folder that it made itself, which a file in it shows, or into one
that is empty or not there yet. Whatever else lies in a folder of ours is left alone.
"""

import re
from collections.abc import Collection

from realpolitik.sim.files.folder import Folder
from realpolitik.sim.files.reading import RefusedFileError, read_file

PICTURES = "pictures"
"""The folder of charts, in a folder of ours: drawn from the rest on demand, in no manifest."""

KINDS = ("png", "svg", "pdf")
PICTURE = re.compile(r"[\w-]+\.(png|svg|pdf)")

PAGE_MARK = b'<meta name="generator" content="realpolitik '
HEAD = 1000  # bytes of a page in which its mark stands


class ForeignError(RefusedFileError):
    """A folder or a file that holds what is not ours."""


def refuse_foreign(folder: Folder, mark: str, left: Collection[str] = ()) -> None:
    """Makes sure that a folder is ours, by the file that marks it, or empty; hidden files may stay.

    Args:
        folder: Where results are to go.
        mark: File that only a folder of the same kind has.
        left: Names that a kill may have left before there was a mark.

    Raises:
        ForeignError: it holds other things.
    """
    if folder.has(mark):
        return
    strangers = [name for name in folder.names() if not name.startswith(".") and name not in left]
    if strangers:
        told = f"holds other things, such as {strangers[0]}; --out takes another folder"
        raise ForeignError(folder.place, told)


def refuse_foreign_page(folder: Folder, name: str) -> None:
    """Makes sure that a page may go where a file is: one of our pages, an empty file, or none.

    Raises:
        ForeignError: there is another file.
    """
    path = folder.place / name
    try:
        head = read_file(path, HEAD, cut=True)
    except (FileNotFoundError, NotADirectoryError):
        return
    if head and PAGE_MARK not in head:
        raise ForeignError(path, "is there already, and is no page of realpolitik; name another")


def drop_pictures(home: Folder, kinds: Collection[str] = KINDS, keep: Collection[str] = ()) -> None:
    """Removes the charts of some kinds that lie in a folder of ours, and the place if it is empty.

    Raises:
        OSError: one cannot be removed.
    """
    pictures = home.below(PICTURES)
    for name in pictures.names():
        found = PICTURE.fullmatch(name)
        if found and found[1] in kinds and name not in keep:
            pictures.remove(name)
    home.remove_empty(PICTURES)
