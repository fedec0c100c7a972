"""A calibration that takes a moment: four states in three weeks, two patterns, two parameters."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from realpolitik.sim.calibrate.patterns import (
    CalibrationCase,
    Gauge,
    KeyFinding,
    Pattern,
    Statistic,
)
from realpolitik.sim.calibrate.plan import CalibrationPlan
from realpolitik.sim.experiments.plan import Vary
from realpolitik.sim.scenario.loading import read_scenario
from realpolitik.sim.scenario.schema import Scenario
from tests.quarrel import TEXT

PRESSURE, TIES = "IRN.domestic_pressure", "RUS.israel_ties"
SPACE = (Vary(PRESSURE, 0.0, 1.0), Vary(TIES, 0.0, 0.8))


def small_scenario() -> Scenario:
    """Four states in three weeks."""
    return read_scenario(TEXT, "small.yaml").model_copy(update={"name": "small"})


def gauge(outcome: str, statistic: Statistic = "share", **more: Any) -> Gauge:
    """A number read off the small scenario."""
    return Gauge(CalibrationCase("small", small_scenario()), outcome, statistic, **more)


def pattern(name: str, low: float, high: float, **more: Any) -> Pattern:
    """A pattern of the small scenario; what is measured is its strikes unless told otherwise."""
    measured = more.pop("gauge", None) or gauge("strike")
    return Pattern(name, name, measured, low, high, "judgement", "a test", **more)


def small_plan(**changes: Any) -> CalibrationPlan:
    """Two waves of five points in 50 worlds."""
    plan = CalibrationPlan(
        name="small",
        title="A small calibration",
        question="Which pressure fits?",
        scenario=small_scenario(),
        vary=SPACE,
        patterns=(
            pattern("strikes", 0.2, 0.6, discrepancy=0.05),
            pattern("weeks", 1, 3, gauge=gauge("weeks_to_strike", "quantile", level=0.5)),
        ),
        points=5,
        worlds=50,
        waves=2,
        seed=3,
        cutoff=3.0,
        finalists=2,
        final_worlds=60,
        findings=(KeyFinding("words", "words", gauge("alignment", "mean"), None, True, 0.0),),
        finding_sets=2,
        finding_worlds=40,
    )
    return replace(plan, **changes)


def files_in(folder: Path) -> dict[str, bytes]:
    """Name → content of every file of a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
