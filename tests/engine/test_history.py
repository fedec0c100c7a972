"""What is kept of all worlds while they run."""

import numpy as np
import pytest

from realpolitik.sim import EscalationModel
from realpolitik.sim.engine.actions import number_of
from realpolitik.sim.engine.deeds import Acts, Deeds
from realpolitik.sim.engine.history import Happened, History
from realpolitik.sim.engine.parameters import Constants, constants, resolve
from realpolitik.sim.engine.relations import Relations
from realpolitik.sim.engine.shocks import ShiftQuantity
from realpolitik.sim.engine.world import World
from realpolitik.sim.scenario.schema import Scenario

CODES = ("A", "B", "C")
Pair = tuple[str, str]


@pytest.fixture
def history() -> History:
    """One world of three actors with nothing between them."""
    world = World(CODES, 1, {}, Constants(resolve(constants(), {})))
    none = np.zeros((3, 3))
    powers = np.zeros(3, dtype=bool)
    return History(world, Relations(none > 0, none > 0, none, powers, none, none, none[0]))


def note_week(history: History, *strikes: Pair, war: Pair | None = None) -> None:
    """Notes a week with these limited strikes, and with these two at war."""
    history.world.week += 1
    rows = [[CODES.index(one), CODES.index(other)] for one, other in strikes]
    actor, target = np.array(rows, dtype=np.int64).reshape(-1, 2).T
    same = np.zeros(len(rows), dtype=np.int64)
    acts = Acts(actor, target, same + number_of("limited_strike"), same - 1, np.zeros(len(rows)))
    scores, nowhere = np.zeros((1, 3, 3)), np.zeros((1, 3, 3), dtype=bool)
    wars = nowhere.copy()
    if war:
        one, other = map(CODES.index, war)
        wars[0, one, other] = wars[0, other, one] = True
    deeds = Deeds(same, np.arange(len(rows)), acts)
    history.note(Happened(deeds, nowhere, scores, scores, wars, nowhere[:, 0, 0]))


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


def test_one_who_strikes_another_at_war_with_a_third_enters(history: History) -> None:
    note_week(history, ("C", "A"))
    note_week(history, ("A", "B"), ("B", "A"), war=("A", "B"))
    assert not history.entry[0]
    note_week(history, ("C", "A"), war=("A", "B"))
    assert history.entry[0]


def test_one_who_is_at_war_enters_none_by_striking_a_bystander(history: History) -> None:
    note_week(history, ("A", "C"), war=("A", "B"))
    assert not history.entry[0]


def test_a_war_ends_in_the_first_week_without_one_and_once(history: History) -> None:
    for war in (None, ("A", "B"), ("A", "C"), None, ("A", "B"), None):
        note_week(history, war=war)
    assert history.war_ended_in[0] == 4


def test_a_war_that_goes_on_has_no_end(history: History) -> None:
    note_week(history, war=("A", "B"))
    assert history.war_ended_in[0] == 0
