"""Rates of pairs, and where they come from."""

import numpy as np
import pytest

from realpolitik.sim.engine.actions import NAMED
from realpolitik.sim.engine.rates import pair_rate_of, rate_address, side_by_side, usual_rate
from realpolitik.sim.engine.tables import Row, TableError
from realpolitik.sim.scenario.vocabulary import vocabulary

DENOUNCE = NAMED["denounce"]
NUMBERS = {"low": "0.1", "rate": "0.3", "high": "0.4", "source": "ICEWS2015: some weeks"}


SEEN = {"seen": "12", "weeks": "40"}


def row(**cells: str) -> Row:
    """A row of a table of rates."""
    own = {"of": "A", "toward": "B", "action": "denounce", "offset": "0.05"}
    return Row(NUMBERS | SEEN | own | cells, "t")


def test_a_row_gives_rate_range_and_offset() -> None:
    rate = pair_rate_of(row())
    assert rate.address == "rate.A-B.denounce"
    assert (rate.parameter.low, rate.parameter.default, rate.parameter.high) == (0.1, 0.3, 0.4)
    assert (rate.pair, rate.offset) == (("A", "B"), 0.05)
    assert (rate.seen, rate.weeks, rate.is_own) == (12, 40, True)


@pytest.mark.parametrize(
    "cells",
    [{"rate": "0.5"}, {"high": "1.2"}, {"action": "denonce"}, {"offset": "?"}, {"weeks": "?"}],
)
def test_a_faulty_row_is_refused(cells: dict[str, str]) -> None:
    with pytest.raises(TableError, match=r"^t: "):
        pair_rate_of(row(**cells))


def test_without_a_row_the_relation_counts_then_the_action() -> None:
    relations = {("rival", "denounce"): row(relation="rival")}
    of_rivals = usual_rate("A", "B", DENOUNCE, "rival", relations).parameter
    of_others = usual_rate("A", "B", DENOUNCE, "neither", relations).parameter
    assert of_rivals.default == 0.3
    assert of_others.default == DENOUNCE.base_rate


def test_every_act_of_every_pair_has_an_address() -> None:
    words = vocabulary()
    for code in words.actors:
        for target in words.actors.keys() - {code}:
            assert rate_address(code, target, "support") in words.parameters


def test_a_rate_follows_its_action_unless_it_is_set_itself() -> None:
    words, base = vocabulary(), NAMED["support"].base_rate
    own = rate_address("RUS", "IRN", "support")
    other = rate_address("RUS", "ISR", "support")
    values = words.values({"action.support.base_rate": base / 2, own: 0.4})
    assert values[own] == 0.4
    assert values[other] == pytest.approx(words.parameters[other].default / 2)


def test_a_rate_that_follows_stays_a_probability() -> None:
    words = vocabulary()
    values = words.values({"action.denounce.base_rate": np.array([0.01, 1.0])})
    rates = np.array([values[rate_address("RUS", "USA", "denounce")]])
    assert (rates <= 1).all()
    assert (rates >= 0).all()


def test_rows_of_one_a_world_stand_beside_rows_of_numbers() -> None:
    together = side_by_side([np.array([0.1]), np.array([[0.2, 0.3], [0.4, 0.5]])])
    assert together.tolist() == [[0.1, 0.2, 0.3], [0.1, 0.4, 0.5]]
    assert side_by_side([np.array([0.1]), np.array([0.2])]).tolist() == [0.1, 0.2]
