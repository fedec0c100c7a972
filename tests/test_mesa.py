"""With one world the model is an ordinary Mesa model."""

import warnings

import mesa
import pytest

from realpolitik.sim import EscalationModel, simulate


def test_it_is_a_mesa_model_of_mesa_agents(haniyeh):
    model = EscalationModel(haniyeh, rng=1)
    assert isinstance(model, mesa.Model)
    assert all(isinstance(agent, mesa.Agent) for agent in model.agents)
    assert len(model.agents) == len(haniyeh.actors)


def test_the_data_collector_ends_with_the_outcomes_of_our_own_run(haniyeh):
    model = EscalationModel(haniyeh, rng=4).run()
    collected = model.datacollector.get_model_vars_dataframe()
    assert len(collected) == haniyeh.weeks
    own = simulate(haniyeh, 1, 4).runs.iloc[0]
    for name in haniyeh.outcomes:
        assert collected[name].iloc[-1] == pytest.approx(own[name], nan_ok=True)


def test_batch_run_gives_the_outcomes_of_our_own_runs(haniyeh):
    if not hasattr(mesa, "batch_run"):
        pytest.skip("Mesa 4 has no batch_run")
    seeds = [1, 2, 3]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Mesa 3.5 warns that batch_run will change
        rows = mesa.batch_run(
            EscalationModel,
            parameters={"scenario": [haniyeh], "worlds": [1], "block": [0, 1]},
            rng=seeds,
            number_processes=1,
            max_steps=haniyeh.weeks,
            data_collection_period=-1,
            display_progress=False,
        ) if _takes_rng() else [
            row
            for seed in seeds
            for row in mesa.batch_run(
                EscalationModel,
                parameters={"scenario": [haniyeh], "worlds": [1], "block": [0, 1], "rng": [seed]},
                number_processes=1,
                max_steps=haniyeh.weeks,
                data_collection_period=-1,
                display_progress=False,
            )
        ]
    assert len(rows) == 6
    for row in rows:
        assert row["highest_rung"] in {
            EscalationModel(haniyeh, rng=seed, block=row["block"]).run().outcome("highest_rung")[0]
            for seed in seeds
        }


def _takes_rng():
    """Whether this Mesa's batch_run takes `rng` (from 3.4 on)."""
    import inspect

    return "rng" in inspect.signature(mesa.batch_run).parameters


def test_agents_can_be_selected_as_in_any_mesa_model(haniyeh):
    model = EscalationModel(haniyeh, rng=1)
    russia = model.agents.select(lambda agent: agent.code == "RUS")
    assert len(russia) == 1


def test_a_step_beyond_the_horizon_is_refused(haniyeh):
    model = EscalationModel(haniyeh, rng=1).run()
    assert not model.running
    with pytest.raises(IndexError, match="beyond the horizon of 26 weeks"):
        model.step()
