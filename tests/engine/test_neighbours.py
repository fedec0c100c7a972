"""Worlds from the middle of a block are what they are in the whole block."""

import numpy as np

from realpolitik.sim import EscalationModel
from realpolitik.sim.engine.streams import BLOCK
from realpolitik.sim.scenario.schema import Scenario


def test_worlds_from_the_middle_of_a_block_are_those_of_the_whole_block(haniyeh: Scenario) -> None:
    some = EscalationModel(haniyeh, 24, rng=1, first=1000).run()
    all_ = EscalationModel(haniyeh, BLOCK, rng=1).run()
    for name in haniyeh.outcomes:
        of_some, of_all = some.outcome(name), all_.outcome(name)
        assert np.array_equal(of_some, of_all[1000:], equal_nan=True), name
