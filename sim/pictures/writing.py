"""Pictures on disk: all of them, or none."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import plotly.graph_objects as go

from realpolitik.sim.charts.credit import with_credit
from realpolitik.sim.pictures.browser import find_browser
from realpolitik.sim.pictures.drawing import Drawing, Format, draw

WIDTH = 1000
"""Width of each picture [px]; the height is the figure's own, and the credit's."""

UNFINISHED = ".unfinished-"


def write_pictures(
    figures: Mapping[str, go.Figure],
    folder: Path,
    formats: Sequence[Format],
    credit: str,
    scale: float = 2,
) -> list[Path]:
    """Writes each figure in each format as `folder/NAME.FORMAT`, and gives the paths in order.

    Args:
        figures: Name → figure, as `finish` of the charts leaves it.
        folder: Where the pictures go; made if it is missing. What else is there stays.
        formats: Kinds of file.
        credit: Line at the foot of each picture; see `credit_of`.
        scale: Pixels of a PNG to one of the figure.

    Raises:
        NoBrowserError: there is none to draw with.
        DrawingError: it failed; nothing was written.
        OSError: the folder cannot be written; what was there before is there still.
    """
    browser = find_browser()
    signed = {name: with_credit(figure, credit) for name, figure in figures.items()}
    drawings = {
        folder / f"{name}.{kind}": Drawing(figure, kind, WIDTH, scale)
        for name, figure in signed.items()
        for kind in dict.fromkeys(formats)
    }
    pictures = draw(list(drawings.values()), browser)
    put_all(dict(zip(drawings, pictures, strict=True)))
    return list(drawings)


def put_all(contents: Mapping[Path, bytes]) -> None:
    """Writes files under other names, and once all are whole, puts them in their places.

    Raises:
        OSError: one cannot be written; then none has changed.
    """
    drafts = {path: path.with_name(f"{UNFINISHED}{path.name}") for path in contents}
    try:
        for path, draft in drafts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(contents[path])
        for path, draft in drafts.items():
            draft.replace(path)
    finally:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)
