"""Laws of the whole model: what must hold whatever the numbers are."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realpolitik.sim import EscalationModel, simulate
from realpolitik.sim.engine.shocks import ShiftQuantity
from realpolitik.sim.engine.streams import BLOCK
from realpolitik.sim.engine.world import QUANTITIES
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.vocabulary import vocabulary


def tables(scenario: Scenario, seed: int = 5) -> tuple[pd.DataFrame, ...]:
    """The tables of a small ensemble."""
    result = simulate(scenario, 48, seed)
    return result.runs, result.weeks, result.events, result.acts


def changed(scenario: Scenario, **fields: object) -> Scenario:
    """The scenario with other fields."""
    return scenario.model_copy(update=fields)


def test_the_same_seed_gives_the_same_tables(haniyeh: Scenario) -> None:
    for one, other in zip(tables(haniyeh), tables(haniyeh), strict=True):
        pd.testing.assert_frame_equal(one, other, check_exact=True)


def test_another_seed_gives_other_worlds(haniyeh: Scenario) -> None:
    assert not tables(haniyeh)[0].equals(tables(haniyeh, seed=6)[0])


@pytest.mark.parametrize("worlds", [1, 17, 100])
def test_a_world_is_the_same_alone_or_among_many(haniyeh: Scenario, worlds: int) -> None:
    many = simulate(haniyeh, BLOCK + 40, 2).runs
    few = simulate(haniyeh, worlds, 2).runs
    pd.testing.assert_frame_equal(few, many.iloc[:worlds], check_exact=True)


def test_the_second_block_is_the_same_alone(haniyeh: Scenario) -> None:
    both = simulate(haniyeh, BLOCK + 8, 2).runs.iloc[BLOCK:]
    model = EscalationModel(haniyeh, 8, rng=2, block=1).run()
    for name in haniyeh.outcomes:
        assert np.array_equal(both[name], model.outcome(name), equal_nan=True)


def test_the_order_of_actors_in_the_file_does_not_matter(haniyeh: Scenario) -> None:
    turned = changed(haniyeh, actors=haniyeh.actors[::-1])
    pd.testing.assert_frame_equal(tables(haniyeh)[0], tables(turned)[0], check_exact=True)


def test_the_order_of_outcomes_and_deals_does_not_matter(haniyeh: Scenario) -> None:
    turned = changed(haniyeh, outcomes=dict(reversed(haniyeh.outcomes.items())))
    one, other = tables(haniyeh)[0], tables(turned)[0]
    pd.testing.assert_frame_equal(one, other[one.columns], check_exact=True)


def test_a_shock_of_size_zero_equals_its_baseline(haniyeh: Scenario, no_shock: Scenario) -> None:
    nothing = ShiftQuantity(
        kind="shift", id="none", week=3, quantity="hostility", of="IRN", toward="ISR", value=0.0
    )
    shocked = changed(no_shock, shocks=(nothing,))
    pd.testing.assert_frame_equal(tables(no_shock)[0], tables(shocked)[0], check_exact=True)


def test_a_shock_that_never_happens_equals_its_baseline(
    haniyeh: Scenario, no_shock: Scenario
) -> None:
    never = [shock.model_copy(update={"probability": 0.0}) for shock in haniyeh.shocks]
    outcomes = {name: haniyeh.outcomes[name] for name in no_shock.outcomes}
    quiet = changed(haniyeh, shocks=tuple(never), outcomes=outcomes)
    pd.testing.assert_frame_equal(tables(no_shock)[0], tables(quiet)[0], check_exact=True)


def test_histories_are_equal_before_the_first_shock(haniyeh: Scenario) -> None:
    late = changed(
        haniyeh,
        shocks=tuple(
            shock.model_copy(update={"date": None, "week": 9}) for shock in haniyeh.shocks
        ),
    )
    quiet = changed(haniyeh, shocks=())
    one, other = EscalationModel(late, 64, rng=4), EscalationModel(quiet, 64, rng=4)
    for week in range(1, 11):
        one.step()
        other.step()
        same = all(
            np.array_equal(getattr(one.world, name), getattr(other.world, name))
            for name in QUANTITIES
        )
        assert same == (week < 9)


def test_a_longer_horizon_leaves_the_first_weeks_alone(haniyeh: Scenario) -> None:
    short = tables(changed(haniyeh, weeks=10, shocks=haniyeh.shocks[:4]))[2]
    long = tables(changed(haniyeh, weeks=20, shocks=haniyeh.shocks[:4]))[2]
    early = long[long["week"] <= 10].reset_index(drop=True)
    pd.testing.assert_frame_equal(short, early, check_exact=True)


def test_a_horizon_of_no_weeks_is_a_world_in_which_nothing_happened(haniyeh: Scenario) -> None:
    result = simulate(changed(haniyeh, weeks=0, shocks=()), 10, 0)
    assert result.runs["strike_on_israel"].sum() == 0
    assert result.runs["highest_rung"].sum() == 0
    assert len(result.weeks) == len(result.events) == 0


def test_without_russia_no_great_powers_clash(haniyeh: Scenario) -> None:
    left = tuple(code for code in haniyeh.actors if code != "RUS")
    kept = {
        name: measure
        for name, measure in haniyeh.outcomes.items()
        if "RUS" not in measure.model_dump().values() and measure.measure != "deals"
    }
    shocks = tuple(s for s in haniyeh.shocks if "RUS" not in s.model_dump().values())
    without = changed(haniyeh, actors=left, outcomes=kept, shocks=shocks, deals=())
    wild = {"action.major_strike.base_rate": 0.012, "world.accident_rate": 0.05}
    assert simulate(without, 200, 1, wild).runs["great_power_clash"].sum() == 0


@settings(max_examples=15, deadline=None)
@given(data=st.data(), seed=st.integers(0, 2**32))
def test_every_quantity_stays_in_its_range_whatever_the_parameters(
    haniyeh: Scenario, data: st.DataObject, seed: int
) -> None:
    numbers = [p for p in vocabulary().parameters.values() if p.low < p.high and not p.parts]
    drawn = data.draw(
        st.lists(st.sampled_from(numbers), max_size=30, unique_by=lambda p: p.address)
    )
    values = {p.address: data.draw(st.floats(p.low, p.high)) for p in drawn}
    model = EscalationModel(haniyeh.with_parameters(values), 16, rng=seed)
    for _ in range(12):
        model.step()
        for name, quantity in QUANTITIES.items():
            held = getattr(model.world, name)
            assert np.isfinite(held).all(), name
            assert held.max() <= quantity.high, name
            off_diagonal = held if held.ndim == 2 else held[:, ~np.eye(held.shape[1], dtype=bool)]
            assert off_diagonal.min() >= quantity.low, name
