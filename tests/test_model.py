"""With one world the model is an ordinary Mesa model."""

import gc
import weakref

import mesa
import pytest

from realpolitik.sim import EscalationModel
from realpolitik.sim.engine.actor import StateActor
from realpolitik.sim.scenario.schema import Scenario


def test_it_is_a_mesa_model_of_mesa_agents(haniyeh: Scenario) -> None:
    model = EscalationModel(haniyeh, rng=1)
    assert isinstance(model, mesa.Model)
    assert all(isinstance(agent, mesa.Agent) for agent in model.agents)
    assert len(model.agents) == len(haniyeh.actors)


def test_agents_can_be_selected_as_in_any_mesa_model(haniyeh: Scenario) -> None:
    model = EscalationModel(haniyeh, rng=1)
    russia = model.agents.select(
        lambda agent: isinstance(agent, StateActor) and agent.code == "RUS"
    )
    assert len(russia) == 1


def test_a_step_beyond_the_horizon_is_refused(haniyeh: Scenario) -> None:
    model = EscalationModel(haniyeh, rng=1).run()
    assert not model.running
    with pytest.raises(IndexError, match="beyond the horizon of 26 weeks"):
        model.step()


def test_a_model_that_nobody_holds_is_freed(haniyeh: Scenario) -> None:
    model = EscalationModel(haniyeh, worlds=2, rng=1)
    model.step()
    held = weakref.ref(model)
    del model
    gc.collect()
    assert held() is None
