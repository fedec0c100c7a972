"""What a person sees: the pages about reasons in a real browser, on a desk and on a telephone."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from realpolitik.sim.report.explain.choice_page import choice_page
from realpolitik.sim.report.explain.flips import Hanging, flips_page, outcome_flip
from realpolitik.sim.report.explain.mean import targets_of
from realpolitik.sim.report.explain.mean_page import mean_page
from realpolitik.sim.study.explain.reasons import reasons
from realpolitik.sim.words.scales import Measure


def seen(chromium: Any, browser: Any, tmp_path: Path, page: str) -> list[str]:
    """The charts of a page; it looks well at both widths."""
    path = tmp_path / "explain.html"
    path.write_text(page, encoding="utf-8")
    for width in browser.WIDTHS:
        sight = chromium.look(path, width)
        assert sight.faults() == []
    charts: list[str] = sight.seen["charts"]
    return charts


@pytest.mark.parametrize(("actor", "world"), [("IRN", 0), ("RUS", 1), ("USA", 2)])
def test_choice_reads_well(
    explained: Any, chromium: Any, browser: Any, tmp_path: Path, actor: str, world: int
) -> None:
    found = explained.choice(actor, world)
    charts = seen(chromium, browser, tmp_path, choice_page(found))
    assert charts[0] == f"chart-reasons-{found.track}"


@pytest.mark.parametrize(
    ("action", "worlds", "weeks"),
    [
        ("limited_strike", 40, 4),
        ("denounce", 1, 4),
        ("show_of_force", 5, 1),
    ],
)
def test_means_read_well(
    explained: Any,
    chromium: Any,
    browser: Any,
    tmp_path: Path,
    action: str,
    worlds: int,
    weeks: int,
) -> None:
    mean = explained.mean(action, None, worlds, weeks)
    targets = targets_of(mean)
    page = mean_page(explained.asked(weeks), mean, reasons("IRN"), targets, 0, "")
    charts = seen(chromium, browser, tmp_path, page)
    assert len(charts) == len(targets) * (2 if weeks > 1 else 1)


@pytest.mark.parametrize("count", [0, 1, 30])
@pytest.mark.parametrize("length", [0, 50])
def test_flips_read_well(
    explained: Any, chromium: Any, browser: Any, tmp_path: Path, count: int, length: int
) -> None:
    at = [np.nan, *np.linspace(-3, 3, count)]
    table = pd.DataFrame(
        {"address": [f"IRN.w{n}{'_long' * (length // 5)}" for n in range(count + 1)]}
    )
    table = table.assign(flips_at=at, default=0.0, low=-3.0, high=3.0, n=400)
    table = table.assign(flip_low=table["flips_at"] - 0.2, flip_high=3.0, verdict="so")
    table = table.assign(share_of_range=table["flips_at"].abs() / 6, source="P1", why="Why.")
    flip = outcome_flip(Measure("Iran strikes Israel", "share"), 0.5, 400, 0.7)
    page = flips_page(Hanging(explained.asked(), table, flip, "It is 70 %", [("Outcome", "It")]))
    assert seen(chromium, browser, tmp_path, page) == ["chart-flips"][:count]
