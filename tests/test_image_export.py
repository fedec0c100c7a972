"""Figures as files: the browser that draws them and the files."""

import shutil
import struct
import tempfile
import zlib
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import pytest

from realpolitik.sim import charts
from realpolitik.sim.files.folder import Folder
from realpolitik.sim.image_export import (
    CHOICE,
    NAMES,
    DrawingError,
    NoBrowserError,
    draw,
    find_browser,
    put_all,
    write_pictures,
)


@pytest.fixture
def figures() -> dict[str, go.Figure]:
    """A ladder and a bar."""
    weeks = pd.DataFrame({"week": range(1, 9), "q05": 0, "q25": 1, "q50": 2, "q75": 4, "q95": 7})
    shocks = pd.DataFrame([(2, "Shock <b>&amp;")], columns=["week", "label"])
    shares = pd.DataFrame({"category": ["0", "1"], "label": ["no", "yes"], "share": [0.4, 0.6]})
    return {
        "rungs": charts.ladder(weeks, shocks, 100),
        "help-1": charts.share_bar(shares, "Help", 100),
    }


@pytest.fixture
def browser() -> None:
    """The test is skipped where nothing can draw."""
    try:
        find_browser()
    except NoBrowserError as error:
        pytest.skip(str(error))


def program(path: Path) -> Path:
    path.write_text("#!/bin/sh\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PATH with nothing on it, and no choice made."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv(CHOICE, raising=False)
    return tmp_path


@pytest.mark.parametrize("name", NAMES)
def test_a_browser_on_the_path_is_found(path: Path, name: str) -> None:
    there = program(path / name)
    assert find_browser() == there


def test_the_choice_of_the_environment_comes_first(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(path / "chromium")
    monkeypatch.setenv(CHOICE, str(program(path / "other")))
    assert find_browser() == path / "other"


def test_without_a_browser_it_is_said_how_to_get_one(path: Path) -> None:
    with pytest.raises(NoBrowserError, match="apt-get install chromium"):
        find_browser()


def test_a_choice_that_cannot_be_run_is_not_passed_over(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(path / "chromium")
    monkeypatch.setenv(CHOICE, str(path / "gone"))
    with pytest.raises(NoBrowserError, match=f"{CHOICE}=.*gone is nothing that can be run"):
        find_browser()


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
