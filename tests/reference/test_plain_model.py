"""The plain model by itself is an ordinary Mesa model."""

import inspect
from typing import Any

import mesa
import pytest

from realpolitik.sim.engine.actions import HOLD
from realpolitik.sim.scenario.schema import Scenario
from tests.reference.plain_model import PlainModel


def run(model: PlainModel) -> PlainModel:
    """The model after its last week."""
    while model.running:
        model.step()
    return model


def test_it_runs_to_the_horizon_and_collects_each_week(haniyeh: Scenario) -> None:
    model = run(PlainModel(haniyeh, rng=1))
    collected = model.datacollector.get_model_vars_dataframe()
    assert list(collected.columns) == list(haniyeh.outcomes)
    assert len(collected) == haniyeh.weeks
    assert collected["highest_rung"].is_monotonic_increasing


def test_the_same_seed_gives_the_same_deeds(haniyeh: Scenario) -> None:
    one, same, other = (run(PlainModel(haniyeh, rng=seed)).deeds for seed in (3, 3, 4))
    assert one == same
    assert one != other


def test_without_weeks_nothing_happens(haniyeh: Scenario) -> None:
    model = run(PlainModel(haniyeh.model_copy(update={"weeks": 0}), rng=1))
    assert model.deeds == []
    assert model.outcome("russia_public_alignment") == 0


def test_hold_takes_what_the_acts_of_a_choice_leave_but_never_nothing(haniyeh: Scenario) -> None:
    busy = haniyeh.with_parameters({"rate.RUS-USA.denounce": 1, "rate.RUS-USA.propose_talks": 0.5})
    russia = PlainModel(busy, rng=1).actors["RUS"]
    for (target, choice), options in russia.options.items():
        hold = next(option.rate for option in options if option.action.action == HOLD)
        if (target, choice) == ("USA", "denounce"):
            assert hold == russia.model.constants.least_hold
        else:
            assert sum(option.rate for option in options) == pytest.approx(1)


def test_batch_run_gives_the_same_outcomes(haniyeh: Scenario) -> None:
    if not hasattr(mesa, "batch_run"):
        pytest.skip("Mesa 4 has no batch_run")
    seeds: dict[str, Any] = {"rng": [5]}
    settings: dict[str, Any] = {"number_processes": 1, "display_progress": False}
    if "rng" in inspect.signature(mesa.batch_run).parameters:
        rows = mesa.batch_run(PlainModel, {"spec": [haniyeh]}, **settings, **seeds)
    else:
        rows = mesa.batch_run(PlainModel, {"spec": [haniyeh]} | seeds, **settings)
    own = run(PlainModel(haniyeh, rng=5))
    assert [rows[0][name] for name in haniyeh.outcomes] == [
        own.outcome(name) for name in haniyeh.outcomes
    ]
