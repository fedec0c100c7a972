"""What a block of worlds leaves for a comparison: what it leaves for a run, and its own two."""

import gc

import numpy as np
import pandas as pd
import pytest

from realpolitik.sim.comparison.sides import Observed, observe
from realpolitik.sim.engine.world import World
from realpolitik.sim.experiments.ensemble import run_block
from realpolitik.sim.scenario.schema import Scenario


def seen_of(scenario: Scenario, worlds: int = 5) -> Observed:
    return observe(scenario, 3, 0, worlds, tuple(sorted(scenario.actors)), lambda week: None)


def test_a_block_is_the_same_whether_it_is_watched_or_not(no_shock: Scenario) -> None:
    seen, ran = seen_of(no_shock).block, run_block(no_shock, 3, 0, 5, lambda week: None)
    pd.testing.assert_frame_equal(seen.runs, ran.runs, check_exact=True)
    assert np.array_equal(seen.deeds, ran.deeds)


def test_hostility_is_that_of_the_start_and_of_each_week(no_shock: Scenario) -> None:
    weekly = seen_of(no_shock, worlds=7).hostility
    assert len(weekly) == no_shock.weeks + 1
    assert weekly[0] == pytest.approx(7 * seen_of(no_shock, worlds=1).hostility[0])
    assert not np.array_equal(weekly[0], weekly[-1])


def test_a_block_that_was_watched_leaves_no_worlds_behind(no_shock: Scenario) -> None:
    def worlds() -> int:
        return sum(isinstance(one, World) for one in gc.get_objects())

    gc.disable()  # at once, that is, and not when the garbage collector comes
    try:
        before = worlds()
        seen = seen_of(no_shock.model_copy(update={"weeks": 2}))
        assert worlds() == before
        assert len(seen.block.runs) == 5
    finally:
        gc.enable()
