"""Figures become files: of the right size, with something on them, and nothing else is left."""

import shutil
import struct
import tempfile
import zlib
from pathlib import Path

import plotly.graph_objects as go
import pytest

from realpolitik.sim.files.folder import Folder
from realpolitik.sim.image_export import DrawingError, write_pictures
from realpolitik.sim.image_export.browser import CHOICE
from realpolitik.sim.image_export.drawing import draw
from realpolitik.sim.image_export.writing import put_all

CREDIT = "tool 1 · run · seed 0 · 100 worlds · a model, not a forecast"

Figures = dict[str, go.Figure]


def png_size(content: bytes) -> tuple[int, int]:
    """Width and height of a PNG [px]."""
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def png_lines(content: bytes) -> set[bytes]:
    """The different lines of a PNG, as they are packed: a blank one has two at most."""
    _, height = png_size(content)
    packed, place = b"", 8
    while place < len(content):
        (length,) = struct.unpack(">I", content[place : place + 4])
        if content[place + 4 : place + 8] == b"IDAT":
            packed += content[place + 8 : place + 8 + length]
        place += length + 12
    raw = zlib.decompress(packed)
    step = len(raw) // height
    return {raw[first : first + step] for first in range(0, len(raw), step)}


# ── Drawn by a browser ───────────────────────────────────────────────────────────────


def test_pictures_have_their_size_and_are_not_blank(
    browser: None, figures: Figures, tmp_path: Path
) -> None:
    paths = write_pictures(figures, Folder(tmp_path / "new"), ["png"], CREDIT)
    assert paths == [tmp_path / "new" / "rungs.png", tmp_path / "new" / "help-1.png"]
    for path, figure in zip(paths, figures.values(), strict=True):
        width, height = png_size(path.read_bytes())
        assert width == 2000
        assert height > 2 * figure.layout.height, "no room for the credit"
        assert len(png_lines(path.read_bytes())) > 50


def test_every_format_says_where_it_comes_from(
    browser: None, figures: Figures, tmp_path: Path
) -> None:
    bar = {"bar": figures["help-1"]}
    png, svg, pdf = write_pictures(bar, Folder(tmp_path), ["png", "svg", "pdf"], CREDIT)
    assert png.read_bytes().startswith(b"\x89PNG")
    assert pdf.read_bytes().startswith(b"%PDF")
    text = svg.read_text(encoding="utf-8")
    assert "a model, not a forecast" in text
    assert "<script" not in text
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bar.pdf", "bar.png", "bar.svg"]


def test_equal_figures_give_equal_pictures_and_nothing_else_is_left(
    browser: None, figures: Figures, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    twice = {"first": figures["help-1"], "second": figures["help-1"]}
    before = children()
    first, second = write_pictures(twice, Folder(tmp_path / "out"), ["png"], CREDIT)
    assert first.read_bytes() == second.read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert children() <= before


def children() -> set[str]:
    """Processes that this one has started and that have not ended, as far as the system tells."""
    told = Path("/proc/self/task").glob("*/children")
    return {child for path in told for child in path.read_text(encoding="ascii").split()}


# ── Where it goes wrong ──────────────────────────────────────────────────────────────


def test_a_browser_that_fails_is_named_and_nothing_is_written(
    figures: Figures, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    false = shutil.which("false")
    if false is None:
        pytest.skip("there is no `false` here")
    monkeypatch.setenv(CHOICE, false)
    with pytest.raises(DrawingError, match=f"^{false} does not draw: "):
        write_pictures(figures, Folder(tmp_path / "out"), ["png"], CREDIT)
    assert list(tmp_path.iterdir()) == []


def test_nothing_to_draw_needs_no_browser(tmp_path: Path) -> None:
    assert draw([], tmp_path / "none") == []


def test_either_all_files_are_written_or_none(tmp_path: Path) -> None:
    old = tmp_path / "old.png"
    old.write_bytes(b"old")
    with pytest.raises(OSError, match="name too long"):
        put_all(Folder(tmp_path), {"old.png": b"new", f"{'x' * 300}.png": b"new"})
    assert old.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [old]


def test_what_else_is_in_the_folder_stays(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_bytes(b"mine")
    put_all(Folder(tmp_path), {"a.png": b"a"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.png", "mine.txt"]
