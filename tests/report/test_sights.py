"""What a person sees: the report in a real browser, on a desk and on a telephone."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from realpolitik.sim.report import render_report

ALL = ["shares", "classes-1", "rungs", "arrivals", "alignment-1", "help-1", "deeds"]
Spoil = Callable[[Any], None]


def written(sample: Any, folder: Path) -> Path:
    path = folder / "report.html"
    path.write_text(render_report(*sample.arguments()), encoding="utf-8")
    return path


@pytest.mark.parametrize("width", [1280, 390])
def test_every_chart_is_drawn_and_nothing_is_cut_off_or_covered(
    sample: Any, chromium: Any, tmp_path: Path, width: int
) -> None:
    sight = chromium.look(written(sample, tmp_path), width)
    assert sight.faults() == []
    assert sight.seen["charts"] == [f"chart-{name}" for name in ALL]


def test_checker_sees_what_is_wrong(chromium: Any, tmp_path: Path) -> None:
    path = tmp_path / "wrong.html"
    path.write_text(
        '<div class="plotly-graph-div" id="empty"></div><div style="width:2000px">wide</div>'
        '<script src="https://example.org/x.js"></script><script>nowhere()</script>',
        encoding="utf-8",
    )
    faults = " ".join(chromium.look(path, 390).faults())
    for fault in ("nowhere is not defined", "request: https://example.org/x.js", "undrawn: empty"):
        assert fault in faults
    assert "px wide: ['DIV ']" in faults


def no_outcomes(sample: Any) -> None:
    sample.manifest["outcomes"] = []
    sample.runs = sample.runs[["world"]]
    sample.weeks = sample.weeks[sample.weeks["measure"] == "rung"]


def no_shares(sample: Any) -> None:
    outcomes = sample.manifest["outcomes"]
    sample.manifest["outcomes"] = [each for each in outcomes if each["scale"] != "share"]


def no_shocks(sample: Any) -> None:
    sample.manifest["scenario"]["shocks"] = []


def no_values(sample: Any) -> None:
    nothing = dict.fromkeys(("mean", "low", "high", "median", "q05", "q95"))
    for outcome in sample.manifest["outcomes"]:
        outcome |= {**nothing, "n": 0}
        outcome["shares"] = outcome["shares"] and {
            name: dict.fromkeys(("mean", "low", "high")) for name in outcome["shares"]
        }
    sample.runs.loc[:, sample.runs.columns != "world"] = float("nan")
    sample.weeks[["mean", "q05", "q25", "q50", "q75", "q95"]] = float("nan")


def no_deeds(sample: Any) -> None:
    sample.acts = pd.DataFrame()
    sample.events = pd.DataFrame(columns=["world", "week"])
    sample.manifest["typical_world"] = {"world": None}


def unknown_actors(sample: Any) -> None:
    sample.manifest["scenario"]["actors"] = []


def numbers_for_names(sample: Any) -> None:
    codes = {"AAA": "1", "BBB": "2", "CCC": "3", "DDD": "4"}
    for table in (sample.acts, sample.events):
        table[["actor", "on"]] = table[["actor", "on"]].replace(codes)


def long_labels(sample: Any) -> None:
    for outcome in sample.manifest["outcomes"]:
        outcome["label"] = f"{outcome['label']}, that is to say what nobody would say shorter"
    for shock in sample.manifest["scenario"]["shocks"]:
        shock["id"] += "_and_much_that_is_told_at_great_length"


CASES = (
    *(no_outcomes, no_shares, no_shocks, no_values, no_deeds, unknown_actors, numbers_for_names),
    long_labels,
)


@pytest.mark.parametrize("spoil", CASES)
def test_odd_run_reads_well(spoil: Spoil, sample: Any, chromium: Any, tmp_path: Path) -> None:
    spoil(sample)
    assert chromium.look(written(sample, tmp_path), 390).faults() == []


@pytest.mark.parametrize(("worlds", "weeks"), [(1, 26), (1000, 0), (1000, 1), (7, 3), (10, 520)])
def test_odd_size_reads_well(
    samples: Any, chromium: Any, tmp_path: Path, worlds: int, weeks: int
) -> None:
    path = written(samples.sample(worlds, weeks), tmp_path)
    assert chromium.look(path, 390).faults() == []
