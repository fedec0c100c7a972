"""Figures drawn by a browser: one browser for all of them, with the network off."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import plotly.graph_objects as go

Format = Literal["png", "svg", "pdf"]

TABS = 3
"""Figures that are drawn at a time, at most."""

NOWHERE = "127.0.0.1:9"
"""A proxy that is not there: whatever the browser would ask of the network comes to nothing."""

PATIENCE = 90.0
"""Time that one figure may take [s]."""

START = 60.0
"""Time that the browser may take to start [s]."""


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
