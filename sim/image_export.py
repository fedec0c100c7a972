"""Figures as PNG, SVG and PDF files, drawn by the Chromium of the system with the network off.

One browser draws all of them; none is ever downloaded.
"""

import asyncio
import contextlib
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import plotly.graph_objects as go

from realpolitik.sim.charts.style import with_credit
from realpolitik.sim.files.folder import Folder

Format = Literal["png", "svg", "pdf"]

TABS = 3
"""Figures that are drawn at a time, at most."""

NOWHERE = "127.0.0.1:9"
"""A proxy that is not there: whatever the browser would ask of the network comes to nothing."""

PATIENCE = 90.0
"""Time that one figure may take [s]."""

START = 60.0
"""Time that the browser may take to start [s]."""

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHOICE = "BROWSER_PATH"
"""The environment's own choice, as Kaleido has it."""

ADVICE = f"install one (Debian, Ubuntu: apt-get install chromium), or set {CHOICE} to its path"

WIDTH = 1000
"""Width of each picture [px]; the height is the figure's own, and the credit's."""


class NoBrowserError(Exception):
    """There is no browser to draw with; says what is missing, and how to get it."""


def find_browser() -> Path:
    """The browser that the environment chooses, else the first on the PATH.

    Raises:
        NoBrowserError: there is none, or the environment chooses what cannot be run.
    """
    if chosen := os.environ.get(CHOICE):
        if found := shutil.which(chosen):
            return Path(found)
        raise NoBrowserError(
            f"pictures need Chromium, and {CHOICE}={chosen} is nothing that can be run: "
            f"correct it, or unset it"
        )
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    raise NoBrowserError(f"pictures need Chromium, and there is none on the PATH: {ADVICE}")


# ── Drawing ──────────────────────────────────────────────────────────────────────────


class DrawingError(Exception):
    """The browser did not start, or did not draw; says which browser, and what it said."""


@dataclass(frozen=True)
class Drawing:
    """A figure to be drawn.

    Attributes:
        figure: With a height of its own [px].
        format: Kind of file.
        width: Of the picture [px].
        scale: Pixels of a PNG to one of the figure.
    """

    figure: go.Figure
    format: Format
    width: int
    scale: float

    @property
    def options(self) -> dict[str, object]:
        """As Kaleido takes them; only a PNG has pixels to be scaled."""
        scale = self.scale if self.format == "png" else 1
        height = self.figure.layout.height
        return {"format": self.format, "width": self.width, "height": height, "scale": scale}


def draw(drawings: Sequence[Drawing], browser: Path) -> list[bytes]:
    """The content of a file for each drawing, in their order; equal figures give equal PNGs.

    Raises:
        DrawingError: the browser failed.
    """
    from kaleido.errors import KaleidoError

    if not drawings:
        return []
    try:
        return asyncio.run(_draw(drawings, browser))
    except (OSError, RuntimeError, TimeoutError, KaleidoError) as error:
        raise DrawingError(f"{browser} does not draw: {_reason(error)}") from error


async def _draw(drawings: Sequence[Drawing], browser: Path) -> list[bytes]:
    """Kaleido loads plotly.js from its package; MathJax, which it would fetch, is off."""
    from kaleido import Kaleido

    kaleido = Kaleido(
        n=min(TABS, len(drawings)),
        timeout=PATIENCE,
        mathjax=False,
        path=browser,
        proxy_server=NOWHERE,
    )
    try:
        async with asyncio.timeout(START):
            await kaleido.open()
        tasks = [kaleido.calc_fig(each.figure, opts=each.options) for each in drawings]
        pictures: list[bytes] = await asyncio.gather(*tasks)
        return pictures
    except RuntimeError:
        task = asyncio.current_task()
        if task and task.cancelling():  # an interruption, which comes out as a browser's failure
            raise asyncio.CancelledError from None
        raise
    finally:
        await kaleido.close()


def _reason(error: Exception) -> str:
    """The first line of what an error says; Kaleido's errors hold several texts."""
    said = str(error.args[0] if error.args else "").strip().partition("\n")[0]
    return said or type(error).__name__


# ── Files: all of them, or none ──────────────────────────────────────────────────────


def write_pictures(
    figures: Mapping[str, go.Figure],
    folder: Folder,
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
        f"{name}.{kind}": Drawing(figure, kind, WIDTH, scale)
        for name, figure in signed.items()
        for kind in dict.fromkeys(formats)
    }
    pictures = draw(list(drawings.values()), browser)
    put_all(folder, dict(zip(drawings, pictures, strict=True)))
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
