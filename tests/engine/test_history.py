"""What is kept of all worlds while they run."""

from realpolitik.sim import EscalationModel
from realpolitik.sim.engine.shocks import ShiftQuantity
from realpolitik.sim.scenario.schema import Scenario


def test_two_clashing_powers_end_their_world(haniyeh: Scenario) -> None:
    clash = ShiftQuantity(
        kind="shift", id="clash", week=5, quantity="rung", of="RUS", toward="USA", value=9.0
    )
    model = EscalationModel(haniyeh.model_copy(update={"shocks": (clash,)}), 8, rng=0)
    for _ in range(26):
        model.step()
    assert model.history.clash.all()
    assert (model.history.weeks == 5).all()
    assert (model.history.highest == 10).all()
    assert model.history.first.max() == 5
