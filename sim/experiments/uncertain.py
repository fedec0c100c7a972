"""How far the answers of an ensemble hang on what is not known of the numbers.

The interval of an outcome shows the play of chance between worlds. Beside it stands a second one:
what the expectation of the outcome is over settings of the numbers, drawn from what is known of
them. Each setting is run in a few worlds, no world under two; what chance does to the means of so
few is taken off (`sim/stats/components.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from realpolitik.sim.engine.streams import BLOCK
from realpolitik.sim.engine.world import Array
from realpolitik.sim.experiments.drawing import Drawing, knowledge_of
from realpolitik.sim.experiments.ensemble import Progress, Result, simulate
from realpolitik.sim.stats.components import over_settings
from realpolitik.sim.stats.intervals import Interval, Scale

EACH = 16  # worlds of a setting
FEWEST, MOST = 16, 128  # settings


@dataclass(frozen=True)
class Assumed:
    """What the numbers do to the outcomes.

    Attributes:
        settings: How many settings of the numbers.
        each: Worlds of each.
        drawing: Where the numbers were drawn from.
        seconds: Time that it took [s].
        outcomes: Name → mean over settings, and what holds 95 % of their expectations.
    """

    settings: int
    each: int
    drawing: Drawing
    seconds: float
    outcomes: Mapping[str, Interval]


def number_of_settings(worlds: int) -> int:
    """Settings beside an ensemble of so many worlds: 16 to 128, or 0 where 16 are too many."""
    settings = min(worlds // EACH, MOST)
    return settings if settings >= FEWEST else 0


@dataclass(frozen=True)
class Settings(Drawing):
    """The numbers of the first worlds, each given to `each` neighbouring worlds."""

    drawing: Drawing
    settings: int
    each: int

    @property
    def facts(self) -> dict[str, Any]:
        """Those of what is drawn from."""
        return self.drawing.facts

    def values(self, seed: int, block: int, worlds: int) -> dict[str, Array]:
        """Address → its value in the first worlds of a block, (worlds,)."""
        setting = (block * BLOCK + np.arange(worlds)) // self.each
        of_settings = self.drawing.values(seed, 0, self.settings)
        return {address: values[setting] for address, values in of_settings.items()}


def over_numbers(
    result: Result, drawing: Drawing | None = None, progress: Progress | None = None
) -> Assumed | None:
    """Where the expectation of each outcome lies over what the numbers may be.

    It runs at most as many worlds as the ensemble has, and no more than 2,048, each of which takes
    half as long again. None if these are too few: see `number_of_settings`.

    Args:
        result: The ensemble.
        drawing: Where the numbers are drawn from; none: what those of the ensemble were drawn
            from, else what is known of each.
        progress: As of `simulate`.

    Raises:
        ValueError: parameters were given that differ between worlds.
    """
    if result.arrays:
        raise ValueError(f"{min(result.arrays)} was given a value for each world")
    settings, scenario = number_of_settings(result.worlds), result.scenario
    if not settings:
        return None
    chosen = drawing or result.drawing or knowledge_of(scenario)
    of_settings = Settings(chosen, settings, EACH)
    found = simulate(
        scenario, settings * EACH, result.seed, progress=progress, uncertain=of_settings
    )
    outcomes = {
        name: over_settings(
            Scale.of(one.scale, scenario.weeks),
            found.runs[name].to_numpy(dtype=np.float64).reshape(settings, EACH),
        )
        for name, one in scenario.outcomes.items()
    }
    return Assumed(settings, EACH, chosen, found.seconds, outcomes)
