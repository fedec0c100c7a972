"""What a person sees: the page of a comparison in a real browser, on a desk and on a telephone."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from realpolitik.sim.report import render_comparison

CHARTS = {
    *("differences-shares", "differences-others", "outcomes", "help-1", "rungs", "times-1"),
    *("words-1", "relations", "partings"),
}


def written(sample: Any, folder: Path) -> Path:
    path = folder / "compare.html"
    path.write_text(render_comparison(*sample.arguments()), encoding="utf-8")
    return path


@pytest.mark.parametrize("scenarios", [2, 4, 5])
def test_page_reads_well(
    comparisons: Any, browser: Any, chromium: Any, tmp_path: Path, scenarios: int
) -> None:
    path = written(comparisons.sample(scenarios), tmp_path)
    lanes = {f"lanes-{place}" for place in range(1, min(scenarios, 4))}
    for width in browser.WIDTHS:
        sight = chromium.look(path, width)
        assert sight.faults() == []
        assert {name.removeprefix("chart-") for name in sight.seen["charts"]} == CHARTS | lanes


def unpaired(sample: Any) -> None:
    """All but the baseline have other seeds."""
    for each in sample.manifest["scenarios"][1:]:
        sample.unpair(each["key"])


def the_same(sample: Any) -> None:
    """Nothing differs."""
    zero = dict.fromkeys(("difference", "low", "high", "up", "down", "width_paired"), 0.0)
    tables = sample.tables
    tables["differences"] = tables["differences"].assign(**zero, same=1.0, gain=np.nan)
    never = tables["partings"]["week"] == 0
    tables["partings"] = tables["partings"].assign(share=never.astype(float), worlds=1000 * never)
    for name in ("first_acts", "examples"):
        tables[name] = tables[name].iloc[:0]
    tables["relations"] = tables["relations"].assign(mean=0.5)


def never_came(sample: Any) -> None:
    """No outcome has a value anywhere."""
    for name, columns in {
        "levels": ("mean", "low", "high"),
        "differences": ("difference", "low", "high", "width_paired", "width_unpaired", "gain"),
    }.items():
        sample.tables[name] = sample.tables[name].assign(**dict.fromkeys(columns, np.nan))
    zero = dict.fromkeys(("share_by_then", "low", "came"), 0.0)
    sample.tables["times"] = sample.tables["times"].assign(**zero, high=0.004, at_risk=1000)


def run_folders(sample: Any) -> None:
    """Runs keep no relations, and no categories."""
    for name in ("relations", "classes"):
        del sample.tables[name]


def long_words(sample: Any) -> None:
    """Long titles and labels."""
    for each in sample.manifest["scenarios"]:
        each["title"] = (
            f"What comes of it if nobody at all pays heed to any of it {each['key'][-1]}"
        )
        each["shocks"][0]["note"] = "A very long name of something that happens early on"
    for name in ("levels", "differences"):
        table = sample.tables[name]
        longer = table["label"] + " within the time that anyone will ever care to look at"
        sample.tables[name] = table.assign(label=longer)


SPOILS: dict[str, Callable[[Any], None]] = {
    "unpaired": unpaired,
    "the same": the_same,
    "never came": never_came,
    "run folders": run_folders,
    "long words": long_words,
}


@pytest.mark.parametrize("spoil", SPOILS)
def test_page_reads_well_whatever_came(
    comparisons: Any, browser: Any, chromium: Any, tmp_path: Path, spoil: str
) -> None:
    sample = comparisons.sample(3)
    SPOILS[spoil](sample)
    path = written(sample, tmp_path)
    for width in browser.WIDTHS:
        assert chromium.look(path, width).faults() == []


@pytest.mark.parametrize("weeks", [1, 4, 60])
def test_short_and_long_crises_read_well(
    comparisons: Any, browser: Any, chromium: Any, tmp_path: Path, weeks: int
) -> None:
    path = written(comparisons.sample(2, weeks), tmp_path)
    for width in browser.WIDTHS:
        assert chromium.look(path, width).faults() == []
