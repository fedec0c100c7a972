"""Measures what `docs/validation.md` tells: minutes of work, so that what was found is kept."""

import json
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd

from realpolitik.sim.calibrate.calibration import calibrate
from realpolitik.sim.calibrate.measure import runs_of
from realpolitik.sim.calibrate.patterns import load_patterns
from realpolitik.sim.calibrate.plan import CalibrationPlan
from realpolitik.sim.calibrate.statistic import read
from realpolitik.sim.cli.validation.record import MAIN, Part, ValidationRecord, asked_today
from realpolitik.sim.experiments.ensemble import simulate
from realpolitik.sim.experiments.summary import Summary
from realpolitik.sim.experiments.workers import Workers
from realpolitik.sim.hindcast.cases import shipped_cases
from realpolitik.sim.hindcast.forecasts import load_rivals, simulated_forecasts
from realpolitik.sim.scenario.loading import load_scenario

SEED = 0
WORLDS = {"patterns": 16_000, "hindcast": 1000, "headlines": 16_000}
STRIKE = "weeks_to_strike"
KEPT_TABLES = ("waves", "ranges", "final", "patterns", "sets", "conclusions")
BUDGET = ("points", "waves", "worlds", "finalists", "final_worlds", "finding_sets")


def measured(
    playthroughs: str, folder: Path, plan: CalibrationPlan, workers: Workers
) -> ValidationRecord:
    """Runs everything; the calibration in a folder, in which a finished one is taken as it is."""
    found = calibrate(plan, folder, workers, resume=True)
    kept = {name: json.loads(_rows_text(found.tables[name])) for name in KEPT_TABLES}
    kept["budget"] = {key: getattr(plan, key) for key in BUDGET}
    asked = asked_today(plan)
    with workers.hire() as executor:
        made = {
            name: Part(asked[name], WORLDS[name], SEED, measure(WORLDS[name], SEED, executor))
            for name, measure in MEASURES.items()
        }
    calibration = Part(asked["calibration"], plan.worlds, plan.seed, kept)
    return ValidationRecord(playthroughs, **made, calibration=calibration)


def _patterns(worlds: int, seed: int, executor: Executor) -> Mapping[str, Any]:
    patterns = load_patterns()
    runs = runs_of((one.gauge for one in patterns), {}, worlds, seed, executor)
    return {one.id: asdict(read(one.gauge, runs[one.gauge.case.name])) for one in patterns}


def _hindcast(worlds: int, seed: int, executor: Executor) -> Mapping[str, Any]:
    cases, rivals = shipped_cases(), load_rivals()
    shares = simulated_forecasts(cases, rivals, worlds, seed, executor=executor)
    return {
        case.name: {rival.name: shares[case.name, rival.name].tolist() for rival in rivals}
        for case in cases
    }


def _headlines(worlds: int, seed: int, executor: Executor) -> Mapping[str, Any]:
    result = simulate(load_scenario(MAIN), worlds, seed, executor=executor)
    outcomes = {name: _middle(one) for name, one in result.outcomes.items()}
    return {"outcomes": outcomes, "first_strike": int(result.runs[STRIKE].min())}


def _middle(one: Summary) -> list[float]:
    """What stands beside a record: a share with its interval, or the median with nine tenths."""
    return [one.mean, one.low, one.high] if one.scale == "share" else [one.median, one.q05, one.q95]


def _rows_text(frame: pd.DataFrame) -> str:
    return str(frame.to_json(orient="records", double_precision=12))


MEASURES: Mapping[str, Callable[[int, int, Executor], Mapping[str, Any]]] = {
    "patterns": _patterns,
    "hindcast": _hindcast,
    "headlines": _headlines,
}
