"""--png, --svg and --pdf of the verbs about reasons: the charts of the page, beside it."""

from pathlib import Path
from typing import Any

import pytest

from realpolitik.sim.cli import images
from realpolitik.sim.image_export import CHOICE
from tests.cli.verbs import QUARREL, Verb

PRESSURE = "IRN.domestic_pressure"
VERBS = {
    "explain": ("--actor", "IRN", "--world", "1", "--week", "1"),
    "flips": ("--outcome", "strike", "--parameter", PRESSURE, "--worlds", "40"),
    "ablate": ("--actor", "IRN", "--worlds", "4", "--outcome", "strike"),
}


@pytest.fixture
def drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What would have been drawn, in a folder with a short scenario: figures, home, …, credit."""
    seen = list[Any]()

    def write(*told: Any) -> list[Path]:
        seen.extend(told)
        return []

    monkeypatch.setattr(images, "write_pictures", write)
    monkeypatch.setenv(CHOICE, "true")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "short.yaml").write_text(QUARREL, encoding="utf-8")
    return seen


@pytest.mark.parametrize("name", VERBS)
def test_charts_of_the_page_are_drawn_beside_it(drawn: list[Any], name: str) -> None:
    Verb(name).well("short.yaml", *VERBS[name], "--out", f"{name}.html", "--svg")
    figures, home, formats, credit = drawn
    page = Path(f"{name}.html").read_text(encoding="utf-8")
    assert figures
    assert all(figure in page for figure in figures)
    assert (home.place, formats) == (Path(name) / "pictures", ("svg",))
    assert "short · seed 0 · " in credit


@pytest.mark.parametrize("name", VERBS)
def test_pictures_want_a_page(drawn: list[Any], name: str) -> None:
    Verb(name).refused(["short.yaml", *VERBS[name], "--png"], 2, "say --out FILE.html")
    assert not drawn
