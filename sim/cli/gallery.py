"""`realpolitik gallery`: every kind of chart there is, to be looked at together."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import plotly.graph_objects as go

from realpolitik.sim.charts.style import with_credit, words_of
from realpolitik.sim.cli.exits import InputError, note
from realpolitik.sim.cli.files import room_for_results
from realpolitik.sim.cli.gallery_sources import SOURCES, Source
from realpolitik.sim.cli.images import check_browser
from realpolitik.sim.cli.output import say
from realpolitik.sim.files.folder import Folder
from realpolitik.sim.files.ours import ForeignError, refuse_foreign
from realpolitik.sim.files.reading import MOST_TEXT
from realpolitik.sim.formatting.markdown import escaped
from realpolitik.sim.image_export import reduce_colours, write_pictures

INDEX = "index.md"
INTRO = (
    "# Every chart\n\n"
    "Drawn by `realpolitik gallery` from runs that are far too small to conclude anything from. "
    "A run or a study of yours gets its pictures by `--png`, `--svg` or `--pdf`."
)


@dataclass(frozen=True)
class Room:
    """A part of the gallery: its heading, and its figures by the names of their files."""

    heading: str
    figures: Mapping[str, go.Figure]


def write_gallery(out: Path) -> None:
    """Draws the charts of all `SOURCES`, writes the page that shows them, and prints its path.

    Raises:
        InputError: there is no browser, or the folder cannot be written.
        DrawingError: the browser failed.
    """
    check_browser(["png"])
    folder = Folder(out)
    with room_for_results(out):
        _refuse_foreign(folder)
        rooms = [_room(source) for source in SOURCES]
    figures = {name: figure for room in rooms for name, figure in room.figures.items()}
    try:
        folder.make()
        folder.sweep_up()
        earlier = pictures_in(folder)
        write_pictures(figures, folder, ["png"], credit="", scale=1, shrink=reduce_colours)
        folder.write_text(INDEX, page(rooms))
        for name in earlier - {f"{name}.png" for name in figures}:
            folder.remove(name)
    except OSError as error:
        raise InputError(f"{out}: cannot be written: {error.strerror}") from None
    say(f"{out / INDEX}")


def _room(source: Source) -> Room:
    note(f"{source.heading} …")
    made = source.make()
    signed = {
        f"{source.name}-{name}": with_credit(figure, made.credit)
        for name, figure in made.figures.items()
    }
    return Room(source.heading, signed)


def _refuse_foreign(folder: Folder) -> None:
    """The page of an earlier gallery shows that a folder is ours."""
    try:
        refuse_foreign(folder, INDEX)
        if folder.has(INDEX) and not _page_in(folder).startswith(INTRO):
            raise ForeignError(
                folder.place, f"its {INDEX} is no gallery; --out takes another folder"
            )
    except OSError as error:
        raise InputError(f"{folder.place}: {error.strerror}") from None


def _page_in(folder: Folder) -> str:
    return folder.read(INDEX, MOST_TEXT).decode("utf-8", errors="replace")


def pictures_in(folder: Folder) -> set[str]:
    """The names of the pictures that the page of an earlier gallery shows."""
    text = _page_in(folder) if folder.has(INDEX) else ""
    return set(re.findall(r"\]\(([\w-]+\.png)\)", text))


def page(rooms: Sequence[Room]) -> str:
    """The page: of each chart its picture with alt text, its title and its caption."""
    parts = [INTRO]
    for room in rooms:
        parts.append(f"## {room.heading}")
        parts += [_shown(name, figure) for name, figure in room.figures.items()]
    return "\n\n".join(parts) + "\n"


def _shown(name: str, figure: go.Figure) -> str:
    words = words_of(figure)
    return (
        f"### {name}\n\n**{escaped(words.title)}**\n\n![{escaped(words.alt)}]({name}.png)\n\n"
        f"{escaped(words.caption)}\n\n*Alt text:* {escaped(words.alt)}"
    )
