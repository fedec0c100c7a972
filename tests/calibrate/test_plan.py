"""Calibration files: what they say becomes a plan, and each fault is told with its line."""

from pathlib import Path

import pytest

from realpolitik.sim.calibrate.patterns import (
    load_patterns,
)
from realpolitik.sim.calibrate.plan import (
    load_calibration,
    read_calibration,
    shipped_calibrations,
)
from realpolitik.sim.experiments.vary_request import free
from realpolitik.sim.scenario.errors import ScenarioError
from realpolitik.sim.scenario.vocabulary import vocabulary
from tests.calibrate.small import PRESSURE, small_scenario

CALIBRATION = """\
title: A calibration
question: What fits?
scenario: haniyeh_2024
vary:
  IRN.domestic_pressure:
patterns: [strike_after_killing]
points: 10
"""


def told(text: str) -> list[str]:
    """The faults of a text, each on its line."""
    with pytest.raises(ScenarioError) as caught:
        read_calibration(text, "p.yaml")
    return str(caught.value).splitlines()


def test_every_shipped_calibration_can_be_read() -> None:
    assert "base" in shipped_calibrations()
    for name in shipped_calibrations():
        assert load_calibration(name).plan.name == name
        assert load_calibration(f"calibrations/{name}").plan.name == name


def test_the_shipped_base_asks_for_every_pattern_and_starts_at_the_defaults() -> None:
    plan = load_calibration("base").plan
    assert plan.patterns == load_patterns()
    assert 15 <= len(plan.vary) <= 20
    defaults = {one: vocabulary().parameters[one].default for one in plan.addresses}
    assert plan.start == pytest.approx(defaults)


# ── Calibrations ─────────────────────────────────────────────────────────────────────


def test_a_calibration_is_read() -> None:
    plan = read_calibration(CALIBRATION, "some/fit.yaml").plan
    assert (plan.name, plan.points, plan.waves, plan.cutoff) == ("fit", 10, 3, 3)
    assert plan.addresses == ["IRN.domestic_pressure"]
    assert [one.id for one in plan.patterns] == ["strike_after_killing"]
    assert plan.findings == ()


@pytest.mark.parametrize(
    ("was", "put", "fault"),
    [
        ("points: 10", "points: 1", "p.yaml:7:9: points is 1"),
        ("points: 10", "cutoff: 0", "p.yaml:7:9: cutoff is 0"),
        ("domestic_pressure", "domestic_presure", "p.yaml:5:3: unknown parameter"),
        ("strike_after_killing", "peace", "p.yaml:6:12: unknown pattern 'peace'"),
        ("haniyeh_2024", "haniyeh_2025", "p.yaml:3:11: unknown scenario"),
        ("domestic_pressure:", "domestic_pressure: {low: 0.9, high: 1}", "a range that holds it"),
        ("domestic_pressure:", "domestic_pressure: {values: [0, 1]}", "has levels"),
        ("points: 10", "findings: {sets: many}", "sets is 'many'"),
    ],
)
def test_a_fault_of_a_calibration_is_told_with_its_line(was: str, put: str, fault: str) -> None:
    lines = told(CALIBRATION.replace(was, put))
    assert any(fault in line for line in lines), lines


def test_an_address_that_every_setting_sets_itself_is_refused() -> None:
    text = CALIBRATION.replace("strike_after_killing", "automatic_ally_arms")
    lines = told(text.replace("IRN.domestic_pressure", "RUS.israel_ties"))
    assert "moves nothing" in lines[0]


def test_there_is_no_such_calibration() -> None:
    with pytest.raises(ScenarioError, match="no shipped calibration"):
        load_calibration("bases")
    with pytest.raises(ScenarioError, match="cannot be read"):
        load_calibration(Path("nowhere.yaml"))


# ── Settings ─────────────────────────────────────────────────────────────────────────


def test_a_scenario_keeps_what_it_sets_itself() -> None:
    held = small_scenario().with_parameters({"RUS.israel_ties": 0.0})
    assert free(["RUS.israel_ties", "RUS.israel_ties.diaspora", PRESSURE], held) == [PRESSURE]
    part = small_scenario().with_parameters({"RUS.israel_ties.diaspora": 0.0})
    assert free(["RUS.israel_ties"], part) == []
    begun = small_scenario().model_copy(update={"initial": {"hostility": {"IRN<>ISR": 0.5}}})
    assert free(["initial.hostility.ISR-IRN", "initial.guard.ISR"], begun) == ["initial.guard.ISR"]


def test_addresses_of_who_is_absent_are_left_out() -> None:
    assert free(["HEZ.domestic_pressure", PRESSURE], small_scenario()) == [PRESSURE]
