"""The gallery: what is drawn, with which words, what it leaves alone, and whether it is whole."""

import inspect
import io
import pkgutil
import re
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import get_type_hints

import numpy as np
import plotly.graph_objects as go
import pytest
from PIL import Image

from gallery_sources import SOURCES, Signed, Source, one_of_a_kind
from realpolitik.sim import charts, image_export
from realpolitik.sim.charts.style import Words, finish, words_of
from realpolitik.sim.formatting.markdown import escaped
from realpolitik.sim.image_export import CHOICE, Drawing, NoBrowserError
from write_gallery import COLOURS, GALLERY, reduce_colours, write_gallery

Pixels = np.ndarray


def png_of(pixels: Pixels) -> bytes:
    written = io.BytesIO()
    Image.fromarray(pixels).save(written, "PNG")
    return written.getvalue()


def pixels_of(png: bytes) -> Pixels:
    with Image.open(io.BytesIO(png)) as picture:
        return np.asarray(picture.convert("RGB"))


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Drawing]:
    """What would have been drawn: a few white pixels stand for each picture."""
    seen = list[Drawing]()

    def draw(drawings: Sequence[Drawing], browser: Path) -> list[bytes]:
        seen.extend(drawings)
        return [png_of(np.full((3, 5, 3), 255, dtype=np.uint8))] * len(drawings)

    monkeypatch.setattr(image_export, "draw", draw)
    monkeypatch.setenv(CHOICE, "true")
    return seen


def signed() -> Signed:
    figure = go.Figure(go.Bar(x=["a"], y=[1]))
    return Signed({"bars": finish(figure, Words("A [title]", "How", "Alt"), height=200)}, "who")


SOURCE = Source("short", "A short run", signed)


def test_it_shows_each_chart_with_its_words(tmp_path: Path, drawn: list[Drawing]) -> None:
    write_gallery(tmp_path, [SOURCE])
    page = (tmp_path / "index.md").read_text(encoding="utf-8")
    assert "## A short run" in page
    (figure,) = signed().figures.values()
    words = words_of(figure)
    for text in ("(short-bars.png)", *map(escaped, (words.title, words.alt, words.caption))):
        assert text in page
    assert all(each.scale == 1 and "who" in str(each.figure.to_dict()) for each in drawn)


def test_it_clears_away_only_its_own_pictures(tmp_path: Path, drawn: list[Drawing]) -> None:
    write_gallery(tmp_path, [SOURCE])
    (tmp_path / "mine.png").write_bytes(b"mine")
    write_gallery(tmp_path, [])
    assert {path.name for path in tmp_path.iterdir()} == {"index.md", "mine.png"}


def test_it_needs_a_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CHOICE, str(tmp_path / "gone"))
    with pytest.raises(NoBrowserError):
        write_gallery(tmp_path, [SOURCE])
    assert list(tmp_path.iterdir()) == []


def test_fills_keep_their_shade_and_rare_colours_take_the_nearest() -> None:
    pixels = np.full((64, 64, 3), 255, dtype=np.uint8)
    pixels[:20] = (0xF1, 0xF6, 0xFA)
    pixels[20:40] = (0xD5, 0x5E, 0x00)
    pixels[60:] = np.random.default_rng(0).integers(0, 256, (4, 64, 3), dtype=np.uint8)
    found = pixels_of(reduce_colours(png_of(pixels)))
    assert (found[:60] == pixels[:60]).all()
    assert len(np.unique(found.reshape(-1, 3), axis=0)) <= COLOURS


def test_a_picture_of_one_colour_stays_as_it_is() -> None:
    found = pixels_of(reduce_colours(png_of(np.full((3, 5, 3), 200, dtype=np.uint8))))
    assert (found == 200).all()
    assert found.shape == (3, 5, 3)


def test_one_chart_of_each_kind_is_shown() -> None:
    figures = dict.fromkeys(["curves-1", "curves-2", "box", "sobol-1"])
    assert [*one_of_a_kind(figures)] == ["curves", "box", "sobol"]


def test_the_gallery_that_is_kept_is_whole_and_small() -> None:
    page = (GALLERY / "index.md").read_text(encoding="utf-8")
    shown = re.findall(r"\]\(([\w-]+\.png)\)", page)
    assert {path.name for path in GALLERY.iterdir()} == {"index.md", *shown}
    assert {name.split("-")[0] for name in shown} == {source.name for source in SOURCES}
    assert sum(path.stat().st_size for path in GALLERY.iterdir()) < 2_000_000


SHOWN = {
    "score_differences": "record-differences",
    "weekly_shares": "record-weeks",
    "told_weights": "record-weights",
    "ablation_dots": "without-ablation",
    "arrival_curves": "versus-times",
    "arrivals": "run-arrivals",
    "box_limits": "box-box",
    "calibration": "past-calibration",
    "claim_effects": "claims-sized",
    "curves": "one-curves",
    "deeds_map": "run-deeds",
    "difference_dots": "versus-differences-shares",
    "difference_rows": "past-differences",
    "flip_ranges": "why-hangs",
    "gaps": "versus-words",
    "heat_map": "grid-heat",
    "help_bars": "versus-help",
    "implausibility_dots": "fit-implausibility",
    "kept_ranges": "fit-kept_ranges",
    "ladder": "run-rungs",
    "ladders": "versus-rungs",
    "lanes": "versus-lanes",
    "morris_dots": "morris-morris",
    "outcome_bars": "versus-outcomes",
    "outcome_shares": "run-shares",
    "parallel": "box-parallel",
    "parting_weeks": "versus-partings",
    "peeling": "box-peeling",
    "reasons_over_time": "why-weeks",
    "relations_over_time": "versus-relations",
    "share_bar": "run-help-1",
    "sobol_dots": "sobol-sobol",
    "tornado": "each-effects",
    "waterfall": "why-mean",
    "words_and_deeds": "run-alignment-1",
}
"""Function that makes a chart → a picture of the gallery that shows what it makes."""


def chart_makers() -> set[str]:
    """Public functions of `sim/charts` whose result is a figure, but those that serve them all."""
    found = set()
    for info in pkgutil.walk_packages(charts.__path__, f"{charts.__name__}."):
        if info.name.rpartition(".")[2] not in {"forest", "stack", "style"}:
            functions = inspect.getmembers(import_module(info.name), inspect.isfunction)
            found |= {
                name
                for name, function in functions
                if function.__module__ == info.name
                and not name.startswith("_")
                and get_type_hints(function).get("return") is go.Figure
            }
    return found


def test_every_kind_of_chart_is_in_the_gallery() -> None:
    page = (GALLERY / "index.md").read_text(encoding="utf-8")
    assert chart_makers() == set(SHOWN)
    assert [name for name in SHOWN.values() if f"]({name}.png)" not in page] == []
