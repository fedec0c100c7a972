"""Every verb says the same of the same two settings in the same worlds, on every scale."""

import math
from collections.abc import Callable
from pathlib import Path

import pytest

from realpolitik.sim.analysis.study import sweep
from realpolitik.sim.calibrate.findings import margin
from realpolitik.sim.calibrate.patterns import CalibrationCase as Setting
from realpolitik.sim.calibrate.patterns import Gauge, KeyFinding
from realpolitik.sim.claims.audit import ClaimTally
from realpolitik.sim.claims.claim import ClaimCase, ClaimOutcome, ClaimTest
from realpolitik.sim.comparison.comparison import compare
from realpolitik.sim.experiments.ensemble import simulate
from realpolitik.sim.experiments.plan import Plan, Vary
from realpolitik.sim.explain.ablation import ablate
from realpolitik.sim.explain.outcome_flips import flip_outcome
from realpolitik.sim.scenario.loading import read_scenario
from realpolitik.sim.scenario.serialise import dump_scenario
from realpolitik.sim.scenario.vocabulary import vocabulary

ADDRESS, WORLDS, SEED = "IRN.domestic_pressure", 60, 3
OFF = {ADDRESS: 0.0}
TEXT = """
title: A quarrel measured on every scale
question: Does Iran strike within six weeks?
start: 2024-08-05
weeks: 6
actors: [RUS, IRN, ISR, USA]
parameters: {action.limited_strike.base_rate: 0.04}
shocks:
  - {id: killed, kind: assassination, week: 1, by: ISR, against: IRN, pressure: 0.9}
outcomes:
  strike: {measure: direct_strike, by: IRN, on: ISR}
  weeks_to_strike: {measure: weeks_to, by: IRN, on: ISR}
  calm: {measure: weeks_to_deescalation}
  help: {measure: help_grade, by: RUS, to: IRN}
  height: {measure: highest_rung}
  alignment: {measure: public_alignment, by: RUS, toward: IRN}
  deaths: {measure: civilian_deaths, on: ISR}
"""
SCENARIO = read_scenario(TEXT, "scales.yaml").model_copy(update={"name": "scales"})
WITHOUT = SCENARIO.with_parameters(OFF)

Found = dict[str, tuple[float, float, float]]
"""Outcome → level as it is, level without the address, and the second less the first."""


def by_run(_: Path) -> Found:
    one, other = (simulate(spec, WORLDS, SEED).outcomes for spec in (SCENARIO, WITHOUT))
    return {
        name: (one[name].mean, other[name].mean, other[name].mean - one[name].mean) for name in one
    }


def by_sweep(folder: Path) -> Found:
    default = vocabulary().parameters[ADDRESS].default
    plan = Plan(
        *("verbs", "Verbs", "Do they agree?", SCENARIO, "scales"),
        vary=(Vary(ADDRESS, 0.0, default, (0.0, default)),),
        sampler="grid",
        points=2,
        worlds=WORLDS,
        seed=SEED,
        outcomes=tuple(SCENARIO.outcomes),
    )
    rows = sweep(plan, folder).tables["effects"].to_dict("records")
    return {one["outcome"]: (one["at_high"], one["at_low"], -one["difference"]) for one in rows}


def by_compare(folder: Path) -> Found:
    files = [folder / "as_it_is.yaml", folder / "without.yaml"]
    for file, spec in zip(files, (SCENARIO, WITHOUT), strict=True):
        file.write_text(dump_scenario(spec), encoding="utf-8")
    found = compare(files, WORLDS, SEED)
    level = found.levels.set_index(["scenario", "outcome"])["mean"]
    return {
        one["outcome"]: (
            *(level[key, one["outcome"]] for key in ("as_it_is", "without")),
            one["difference"],
        )
        for one in found.differences.to_dict("records")
    }


def by_ablate(_: Path) -> Found:
    table = ablate(SCENARIO, "IRN", WORLDS, SEED)
    rows = table[(table["address"] == ADDRESS) & (table["kind"] == "incentive")]
    return {
        one["outcome"]: (one["before"], one["after"], one["difference"])
        for one in rows.to_dict("records")
    }


def by_flips(_: Path) -> Found:
    found: Found = {}
    for name in SCENARIO.outcomes:
        row = flip_outcome(SCENARIO, name, 1e9, [ADDRESS], WORLDS, SEED).iloc[0]
        assert row["low"] == 0
        found[name] = row["at_default"], row["at_low"], row["at_low"] - row["at_default"]
    return found


def by_claims(_: Path) -> Found:
    cases = ClaimCase("scales", SCENARIO, {}), ClaimCase("scales", SCENARIO, OFF)
    runs = [simulate(spec, WORLDS, SEED).runs for spec in (SCENARIO, WITHOUT)]
    found: Found = {}
    for name, measure in SCENARIO.outcomes.items():
        sides = ClaimOutcome(cases[0], measure, name), ClaimOutcome(cases[1], measure, name)
        tally = ClaimTally(ClaimTest(*sides, "higher", 0.0))
        tally.add(
            {
                side.case.key: {side.column: table[name].to_numpy(dtype=float)}
                for side, table in zip(sides, runs, strict=True)
            }
        )
        found[name] = tally.base, tally.level, tally.effect().mean
    return found


def by_calibrate(_: Path) -> Found:
    specs = {"as_it_is": SCENARIO, "without": WITHOUT}
    runs = {name: simulate(spec, WORLDS, SEED).runs for name, spec in specs.items()}
    found: Found = {}
    for name in SCENARIO.outcomes:
        one, other = (Gauge(Setting(key, spec), name, "mean") for key, spec in specs.items())
        asked = (one, None), (other, None), (other, one)
        before, after, difference = (
            margin(KeyFinding("f", "f", gauge, than, True, 0.0), runs)[0] for gauge, than in asked
        )
        found[name] = before, after, difference
    return found


VERBS = (by_run, by_sweep, by_ablate, by_flips, by_claims, by_calibrate)


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """What `compare` says."""
    return by_compare(tmp_path_factory.mktemp("compared"))


def test_the_settings_differ_in_how_often_and_when_it_comes(compared: Found) -> None:
    assert compared["strike"][2] < 0
    assert compared["weeks_to_strike"][2] > 0, "what comes in fewer worlds comes later on average"


@pytest.mark.parametrize("verb", VERBS)
def test_levels_and_differences_are_those_of_compare(
    compared: Found, tmp_path: Path, verb: Callable[[Path], Found]
) -> None:
    found = verb(tmp_path)
    assert set(found) == set(SCENARIO.outcomes)
    for name, numbers in found.items():
        assert numbers == pytest.approx(compared[name], abs=1e-9), name


def test_every_difference_is_that_of_the_levels_beside_it(compared: Found) -> None:
    for before, after, difference in compared.values():
        assert not math.isnan(difference)
        assert difference == pytest.approx(after - before, abs=1e-12)
