"""What a person sees: the report of a run in a real browser, on a desk and on a telephone."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from realpolitik.sim import simulate
from realpolitik.sim.documents.html_page import render
from realpolitik.sim.documents.run import run_document
from realpolitik.sim.experiments.run_folder import read_run, write_run
from realpolitik.sim.scenario.schema import Scenario
from tests.documents.run_sample import Sample, sample

ALL = ["shares", "classes-1", "rungs", "arrivals", "alignment-1", "help-1", "deeds"]
Spoil = Callable[[Sample], None]


def written(page: str, folder: Path) -> Path:
    path = folder / "report.html"
    path.write_text(page, encoding="utf-8")
    return path


def test_every_chart_is_drawn_and_nothing_is_cut_off_or_covered(
    browser: Any, chromium: Any, tmp_path: Path
) -> None:
    path = written(sample().page(), tmp_path)
    for width in browser.WIDTHS:
        sight = chromium.look(path, width)
        assert sight.faults() == []
        assert sight.seen["charts"] == [f"chart-{name}" for name in ALL]


@pytest.mark.parametrize(("name", "width"), [("haniyeh", 1280), ("no_shock", 390)])
def test_the_report_of_a_real_run_opens_without_a_fault(
    name: str, width: int, request: pytest.FixtureRequest, chromium: Any, tmp_path: Path
) -> None:
    scenario: Scenario = request.getfixturevalue(name)
    run = read_run(write_run(simulate(scenario, 300, 1), tmp_path))
    path = written(render(run_document(run)), tmp_path)
    assert chromium.look(path, width).faults() == []


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


def no_outcomes(made: Sample) -> None:
    made.manifest["outcomes"] = []
    made.runs = made.runs[["world"]]
    made.weeks = made.weeks[made.weeks["measure"] == "rung"]


def no_shares(made: Sample) -> None:
    outcomes = made.manifest["outcomes"]
    made.manifest["outcomes"] = [each for each in outcomes if each["scale"] != "share"]


def no_shocks(made: Sample) -> None:
    made.manifest["scenario"]["shocks"] = []


def no_values(made: Sample) -> None:
    nothing = dict.fromkeys(("mean", "low", "high", "median", "q05", "q95"))
    for outcome in made.manifest["outcomes"]:
        outcome |= {**nothing, "n": 0}
        outcome["shares"] = outcome["shares"] and {
            name: dict.fromkeys(("share", "low", "high")) for name in outcome["shares"]
        }
    made.runs.loc[:, made.runs.columns != "world"] = float("nan")
    made.weeks[["mean", "q05", "q25", "q50", "q75", "q95"]] = float("nan")


def no_deeds(made: Sample) -> None:
    made.acts, made.events = made.acts.iloc[:0], made.events.iloc[:0]


def unknown_actors(made: Sample) -> None:
    made.manifest["scenario"]["actors"] = []


def numbers_for_names(made: Sample) -> None:
    codes = {"AAA": "1", "BBB": "2", "CCC": "3", "DDD": "4"}
    for table in (made.acts, made.events):
        table[["actor", "on"]] = table[["actor", "on"]].replace(codes)


def long_labels(made: Sample) -> None:
    for outcome in made.manifest["outcomes"]:
        outcome["label"] = f"{outcome['label']}, that is to say what nobody would say shorter"
    for shock in made.manifest["scenario"]["shocks"]:
        shock["id"] += "_and_much_that_is_told_at_great_length"


CASES: tuple[tuple[Spoil, ...], ...] = (  # those of a row do not hide each other
    *((no_outcomes,), (no_shares, no_shocks), (no_values,), (no_deeds,)),
    *((unknown_actors, numbers_for_names), (long_labels,)),
)


SIZES = [(1, 26), (1000, 0), (7, 1), (10, 520)]
"""Worlds and weeks."""


def test_odd_runs_read_well(chromium: Any, tmp_path: Path) -> None:
    odd = {f"{worlds} worlds, {weeks} weeks": sample(worlds, weeks) for worlds, weeks in SIZES}
    for spoils in CASES:
        name = ", ".join(spoil.__name__ for spoil in spoils)
        odd[name] = sample()
        for spoil in spoils:
            spoil(odd[name])
    faults = {
        name: found
        for name, made in odd.items()
        if (found := chromium.look(written(made.page(), tmp_path), 390).faults())
    }
    assert faults == {}
