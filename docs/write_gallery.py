"""Draws every kind of chart, from small runs, on a page of `docs/gallery`; `make gallery` calls it.

It takes a minute or more, and a browser such as Chromium.
"""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import plotly.graph_objects as go
from PIL import Image
from scipy.spatial import KDTree

from gallery_sources import SOURCES, Source
from realpolitik.sim.charts.style import with_credit, words_of
from realpolitik.sim.files.folder import Folder
from realpolitik.sim.formatting.markdown import escaped
from realpolitik.sim.image_export import write_pictures

GALLERY = Path(__file__).parent / "gallery"
INDEX = "index.md"
INTRO = (
    "# Every chart\n\n"
    "Drawn by `make gallery` from runs that are far too small to conclude anything from. "
    "A run or a study of yours gets its pictures by `--png`, `--svg` or `--pdf`."
)
COLOURS = 256
"""Colours of a picture that is kept; it is a third as large."""


@dataclass(frozen=True)
class Hall:
    """A part of the gallery: its heading, and its figures by the names of their files."""

    heading: str
    figures: Mapping[str, go.Figure]


def write_gallery(out: Path, sources: Sequence[Source]) -> None:
    """Draws the charts of sources, and writes the page that shows them.

    Pictures of an earlier gallery that are shown no longer are removed; what else is there stays.

    Raises:
        NoBrowserError: there is none to draw with.
        DrawingError: the browser failed.
        OSError: the folder cannot be written.
    """
    halls = [hall_of(source) for source in sources]
    figures = {name: figure for hall in halls for name, figure in hall.figures.items()}
    folder = Folder(out)
    earlier = pictures_in(out)
    for path in write_pictures(figures, folder, ["png"], credit="", scale=1):
        path.write_bytes(reduce_colours(path.read_bytes()))
    folder.write_text(INDEX, page(halls))
    for name in earlier - {f"{name}.png" for name in figures}:
        folder.remove(name)


def hall_of(source: Source) -> Hall:
    """A source with its charts drawn, each with its credit at the foot."""
    made = source.make()
    signed = {
        f"{source.name}-{name}": with_credit(figure, made.credit)
        for name, figure in made.figures.items()
    }
    return Hall(source.heading, signed)


def pictures_in(folder: Path) -> set[str]:
    """The names of the pictures that the page of an earlier gallery shows."""
    index = folder / INDEX
    text = index.read_text(encoding="utf-8") if index.exists() else ""
    return set(re.findall(r"\]\(([\w-]+\.png)\)", text))


def page(halls: Sequence[Hall]) -> str:
    """The page: of each chart its picture with alt text, its title and its caption."""
    parts = [INTRO]
    for hall in halls:
        parts.append(f"## {hall.heading}")
        parts += [_shown(name, figure) for name, figure in hall.figures.items()]
    return "\n\n".join(parts) + "\n"


def _shown(name: str, figure: go.Figure) -> str:
    words = words_of(figure)
    return (
        f"### {name}\n\n**{escaped(words.title)}**\n\n![{escaped(words.alt)}]({name}.png)\n\n"
        f"{escaped(words.caption)}\n\n*Alt text:* {escaped(words.alt)}"
    )


def reduce_colours(png: bytes) -> bytes:
    """A PNG with its most frequent colours only.

    Fills, lines and the ink of letters stay as they are, to the last shade; smoothed edges, whose
    colours are many and rare, take the nearest of those.
    """
    with Image.open(io.BytesIO(png)) as picture:
        pixels = np.asarray(picture.convert("RGB"), dtype=np.uint32)
    codes = pixels[..., 0] << 16 | pixels[..., 1] << 8 | pixels[..., 2]
    found, places, counts = np.unique(codes, return_inverse=True, return_counts=True)
    colours = np.stack([found >> 16, found >> 8 & 255, found & 255], axis=1)
    kept = colours[np.argsort(-counts, kind="stable")[:COLOURS]].astype(np.uint8)
    nearest = KDTree(kept).query(colours)[1].astype(np.uint8)
    reduced = Image.fromarray(nearest[places].reshape(codes.shape)).convert("L")
    reduced.putpalette(kept.tobytes())
    written = io.BytesIO()
    reduced.save(written, "PNG", optimize=True)
    return written.getvalue()


if __name__ == "__main__":
    write_gallery(GALLERY, SOURCES)
