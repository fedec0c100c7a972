"""Linked deals, against values worked out by hand."""

import numpy as np
import pytest

from realpolitik.sim.engine.deals import bargain


def test_the_linked_deal_is_the_nash_solution() -> None:
    feasible, concession = bargain(1.0, np.array(0.2), np.array(0.5), 0.6)
    assert feasible
    assert concession == pytest.approx(0.516667, abs=1e-6)


def test_no_deal_once_restraint_costs_more_than_the_threat_is_worth() -> None:
    edge = 0.5 / 0.6
    feasible, _ = bargain(1.0, np.array([edge - 1e-9, edge + 1e-9]), np.array(0.5), 0.6)
    assert feasible.tolist() == [True, False]
