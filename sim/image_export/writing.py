"""Pictures on disk: all of them, or none."""

import contextlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import plotly.graph_objects as go

from realpolitik.sim.charts.style import with_credit
from realpolitik.sim.files.folder import Folder
from realpolitik.sim.image_export.browser import find_browser
from realpolitik.sim.image_export.drawing import Drawing, Format, draw

WIDTH = 1000
"""Width of each picture [px]; the height is the figure's own, and the credit's."""


def write_pictures(
    figures: Mapping[str, go.Figure],
    folder: Folder,
    formats: Sequence[Format],
    credit: str,
    scale: float = 2,
    shrink: Callable[[bytes], bytes] | None = None,
) -> list[Path]:
    """Writes each figure in each format as `folder/NAME.FORMAT`, and gives the paths in order.

    Args:
        figures: Name → figure, as `finish` of the charts leaves it.
        folder: Where the pictures go; made if it is missing. What else is there stays.
        formats: Kinds of file.
        credit: Line at the foot of each picture; see `credit_of`.
        scale: Pixels of a PNG to one of the figure.
        shrink: Makes the content of a file smaller, if it can be.

    Raises:
        NoBrowserError: there is none to draw with.
        DrawingError: it failed; nothing was written.
        OSError: the folder cannot be written; what was there before is there still.
    """
    browser = find_browser()
    signed = {name: with_credit(figure, credit) for name, figure in figures.items()}
    drawings = {
        f"{name}.{kind}": Drawing(figure, kind, WIDTH, scale)
        for name, figure in signed.items()
        for kind in dict.fromkeys(formats)
    }
    pictures = draw(list(drawings.values()), browser)
    put_all(folder, dict(zip(drawings, map(shrink or bytes, pictures), strict=True)))
    return [folder.place / name for name in drawings]


def put_all(folder: Folder, contents: Mapping[str, bytes]) -> None:
    """Writes files under other names, and once all are whole, puts them in their places.

    Raises:
        OSError: one cannot be written; then none has changed.
    """
    folder.make()
    with contextlib.ExitStack() as drafts:
        for name, content in contents.items():
            drafts.enter_context(folder.writing(name)).write(content)
