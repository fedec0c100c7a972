"""The engine and the plain model, fed the same draws, live through the same weeks."""

import gc
from collections.abc import Iterator

import numpy as np
import pytest

from realpolitik.sim import load_scenario
from realpolitik.sim.scenario.schema import Scenario
from tests.reference.comparison import differences, run_engine, run_plain
from tests.reference.shock_variations import (
    CONDITIONS,
    KINDS,
    NEVER_MET,
    conditional_ids,
    deaths_that_answer_deaths,
)
from tests.reference.variations import VARIATIONS, with_all_outcomes

VARIED_WORLDS = [2, 3, 4]
SHOCK_SEED = 5

RARE = [
    ("wars", "regional_war"),
    ("wars that do not end", "full_scale_war"),
    ("wars that do not end", "major_strike ISR IRN"),
    ("wars that do not end", "civilian_deaths ISR"),
    ("clash of great powers", "great_power_clash"),
    ("after the end of a world", "great_power_clash"),
    ("open deal", "deals d"),
    ("several deals", "deals m"),
    ("stepping back", "act de_escalate IRN ISR"),
    ("without Israel", "weeks_to_deescalation"),
    ("truces", "weeks_to_end_of_war"),
    ("third parties", "third_party_entry"),
    ("mediation", "act mediate RUS IRN"),
    ("generous patrons", "act offensive_arms RUS IRN"),
    ("generous patrons", "weeks_to withhold RUS IRN"),
    ("a war of great powers in the background", "great_power_clash"),
]

TRUCES = {
    "truces": {("IRN", "ISR")},
    "a background war that ends": {("RUS", "UKR")},
    "after the end of a world": {("IRN", "ISR")},
}


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """Lets go of a run with the state of all its weeks, which is in a circle with its model."""
    yield
    gc.collect()


@pytest.mark.parametrize("seed", [0, 1, 2024])
@pytest.mark.parametrize("name", ["haniyeh_2024", "no_shock"])
def test_both_models_live_through_the_same_weeks(name: str, seed: int) -> None:
    run = run_engine(load_scenario(name), seed)
    for world in (0, 3, 7):
        assert differences(run, world) == []


def test_worlds_beyond_the_first_block_agree_too(haniyeh: Scenario) -> None:
    assert differences(run_engine(haniyeh, seed=5, block=2), world=3) == []


@pytest.mark.parametrize("name", VARIATIONS)
def test_both_models_agree_where_rare_things_happen(name: str) -> None:
    spec = VARIATIONS[name](load_scenario("haniyeh_2024"))
    run = run_engine(with_all_outcomes(spec), seed=11)
    lived = {world: run_plain(run, world) for world in VARIED_WORLDS}
    assert [differences(run, *one) for one in lived.items()] == [[]] * len(lived)
    truces = {pair for plain in lived.values() for _, pair in plain.truces}
    assert truces >= TRUCES.get(name, set())
    for outcome in (rare for variation, rare in RARE if variation == name):
        values = run.model.outcome(outcome)[VARIED_WORLDS]
        assert np.nan_to_num(values).max() > 0, f"{outcome} comes in no world compared"


def test_what_is_rare_is_looked_for_in_variations_that_are_there() -> None:
    assert {*TRUCES, *(name for name, _ in RARE)} <= set(VARIATIONS)


@pytest.mark.parametrize("name", KINDS | CONDITIONS)
def test_both_models_agree_on_what_shocks_do_and_when(name: str) -> None:
    vary = (KINDS | CONDITIONS)[name]
    spec = vary(load_scenario("haniyeh_2024"))
    run = run_engine(spec, SHOCK_SEED)
    lived = {world: run_plain(run, world) for world in VARIED_WORLDS}
    assert [differences(run, *one) for one in lived.items()] == [[]] * len(lived)
    felt = {one for plain in lived.values() for one in plain.felt}
    if name in KINDS:  # each shock is felt in its week, in a world compared
        added = {(shock.week, shock.id) for shock in spec.shocks if shock.id.startswith(f"{name}-")}
        assert added
        assert added <= felt
    else:  # each condition is met in a world compared, unless it cannot be
        waiting = set(conditional_ids(spec))
        met = {shock for _, shock in felt} & waiting
        assert met == (set() if name in NEVER_MET else waiting)


def test_a_shock_of_the_same_week_meets_no_condition_before_the_week_ends(
    haniyeh: Scenario,
) -> None:
    run = run_engine(deaths_that_answer_deaths(haniyeh), seed=3)
    assert (4, "when-1") in run_plain(run, 2).felt
    assert differences(run, 2) == []
