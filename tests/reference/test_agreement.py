"""The engine and the plain model, fed the same draws, live through the same weeks."""

from collections.abc import Callable
from functools import cache, partial

import mesa
import numpy as np
import pytest

from realpolitik.sim import load_scenario
from realpolitik.sim.model import EscalationModel
from realpolitik.sim.scenario.schema import Scenario
from tests.reference.comparison import EngineRun, differences, run_engine, run_plain
from tests.reference.plain_model import PlainModel
from tests.reference.shock_variations import (
    CONDITIONS,
    KINDS,
    NEVER_MET,
    conditional_ids,
    deaths_that_answer_deaths,
)
from tests.reference.variations import VARIATIONS, rates, with_all_outcomes

VARIED_WORLDS = [2, 3, 4]
SHOCK_SEEDS = [3, 11]

RARE = [
    ("wars", "regional_war"),
    ("wars that do not end", "full_scale_war"),
    ("wars that do not end", "major_strike ISR IRN"),
    ("wars that do not end", "civilian_deaths ISR"),
    ("clash of great powers", "great_power_clash"),
    ("open deal", "deals d"),
    ("several deals", "deals m"),
    ("stepping back", "act de_escalate IRN ISR"),
    ("without Israel", "weeks_to_deescalation"),
    ("generous patrons", "act offensive_arms RUS IRN"),
    ("generous patrons", "weeks_to withhold RUS IRN"),
    ("a war of great powers in the background", "great_power_clash"),
]


@pytest.mark.parametrize("seed", [0, 1, 2024])
@pytest.mark.parametrize("name", ["haniyeh_2024", "no_shock"])
def test_both_models_live_through_the_same_weeks(name: str, seed: int) -> None:
    run = run_engine(load_scenario(name), seed)
    for world in (0, 7, 31):
        assert differences(run, world) == []


def test_worlds_beyond_the_first_block_agree_too(haniyeh: Scenario) -> None:
    assert differences(run_engine(haniyeh, seed=5, block=2), world=3) == []


@cache
def run_variation(name: str) -> EngineRun:
    """The engine on a variation of the main scenario, with every measure."""
    spec = VARIATIONS[name](load_scenario("haniyeh_2024"))
    return run_engine(with_all_outcomes(spec), seed=11)


@pytest.mark.parametrize("name", VARIATIONS)
def test_both_models_agree_where_rare_things_happen(name: str) -> None:
    for world in VARIED_WORLDS:
        assert differences(run_variation(name), world) == []


@pytest.mark.parametrize(("name", "outcome"), RARE)
def test_rare_things_happen_in_the_worlds_compared(name: str, outcome: str) -> None:
    values = run_variation(name).model.outcome(outcome)
    assert np.nan_to_num(values[VARIED_WORLDS]).max() > 0


@cache
def run_with_shocks(name: str, seed: int) -> EngineRun:
    """The engine on a variation with further shocks."""
    vary = (KINDS | CONDITIONS)[name]
    return run_engine(vary(load_scenario("haniyeh_2024")), seed)


@pytest.mark.parametrize("seed", SHOCK_SEEDS)
@pytest.mark.parametrize("name", KINDS | CONDITIONS)
def test_both_models_agree_on_what_shocks_do_and_when(name: str, seed: int) -> None:
    for world in VARIED_WORLDS:
        assert differences(run_with_shocks(name, seed), world) == []


def felt_with(name: str) -> set[tuple[int, str]]:
    """Weeks and ids of the shocks that took effect in the worlds compared."""
    runs = [run_with_shocks(name, seed) for seed in SHOCK_SEEDS]
    return {one for run in runs for world in VARIED_WORLDS for one in run_plain(run, world).felt}


@pytest.mark.parametrize("name", KINDS)
def test_every_dated_shock_is_felt_in_its_week_of_a_world_compared(name: str) -> None:
    spec = run_with_shocks(name, SHOCK_SEEDS[0]).model.spec
    added = {(shock.week, shock.id) for shock in spec.shocks if shock.id.startswith(f"{name}-")}
    assert added
    assert added <= felt_with(name)


@pytest.mark.parametrize("name", CONDITIONS)
def test_conditions_are_met_in_some_world_compared_unless_they_cannot_be(name: str) -> None:
    waiting = set(conditional_ids(run_with_shocks(name, SHOCK_SEEDS[0]).model.spec))
    felt = {shock for _, shock in felt_with(name)} & waiting
    assert felt == (set() if name in NEVER_MET else waiting)


@pytest.mark.parametrize("model", [partial(EscalationModel, bounded=False), PlainModel])
def test_base_rates_that_leave_nothing_for_hold_are_refused(
    model: Callable[..., mesa.Model], haniyeh: Scenario
) -> None:
    spec = haniyeh.with_parameters(rates(support=0.5, denounce=0.5, threaten=0.2))
    with pytest.raises(ValueError, match="exceed 1"):
        model(spec, rng=0)


def test_a_shock_of_the_same_week_meets_no_condition_before_the_week_ends(
    haniyeh: Scenario,
) -> None:
    run = run_engine(deaths_that_answer_deaths(haniyeh), seed=3)
    assert (4, "when-1") in run_plain(run, 2).felt
    assert differences(run, 2) == []
