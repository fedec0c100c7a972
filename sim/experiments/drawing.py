"""Numbers of the model drawn for each world, by what is known of them.

A draw belongs to (seed, block of worlds, address), so that the value of a number in world k is the
same whatever the number of worlds and whichever other numbers are drawn.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from realpolitik.sim.engine.parameters import ASSUMED, ESTIMATED, Parameter
from realpolitik.sim.engine.shocks.base import FAMILY
from realpolitik.sim.engine.streams import BLOCK, Streams
from realpolitik.sim.engine.world import Array
from realpolitik.sim.experiments.sealing import digest_of
from realpolitik.sim.experiments.vary_request import bearing_on, free, matching
from realpolitik.sim.files.json_text import RecordError
from realpolitik.sim.scenario.arguments import whole_number
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.vocabulary import vocabulary
from realpolitik.sim.stats.quantiles import Known, of_probability, of_range, of_weight

PROBABILITIES = ("1/week", "probability")
WAR = "world.war_rung"
KNOWLEDGE = "what is known of them"


class Drawing(ABC):
    """Where the numbers of worlds are drawn from."""

    @abstractmethod
    def values(self, seed: int, block: int, worlds: int) -> dict[str, Array]:
        """Address → its value in the first worlds of a block, (worlds,)."""

    @property
    @abstractmethod
    def facts(self) -> dict[str, Any]:
        """What a run writes down of it: `source`, `numbers`, and what tells it from others."""


# ── From what is known of each ───────────────────────────────────────────────────────


@dataclass(frozen=True)
class Knowledge(Drawing):
    """Numbers that are drawn each by itself.

    An estimated probability has the beta distribution of its mean and interval; another estimate
    the normal one of its interval, cut off at its declared range; what is assumed, or grounded
    otherwise, the triangular one of its range, likeliest at the default.

    Attributes:
        rates: Estimated probabilities.
        weights: Other estimates.
        ranges: What is grounded otherwise or assumed.
    """

    rates: tuple[Parameter, ...]
    weights: tuple[Parameter, ...]
    ranges: tuple[Parameter, ...]

    @property
    def facts(self) -> dict[str, Any]:
        """Source, how many numbers, and how many of them are estimated."""
        estimated = len(self.rates) + len(self.weights)
        numbers = estimated + len(self.ranges)
        return {"source": KNOWLEDGE, "numbers": numbers, "estimated": estimated}

    def values(self, seed: int, block: int, worlds: int) -> dict[str, Array]:
        """Address → its value in the first worlds of a block, (worlds,).

        A covariance of estimates would enter here: it makes their draws depend on each other.
        """
        streams = Streams(seed, block, worlds, weeks=1)
        found: dict[str, Array] = {}
        for numbers, quantiles in (
            (self.rates, of_probability),
            (self.weights, of_weight),
            (self.ranges, of_range),
        ):
            if numbers:
                draws = streams.rows(1, [("number", one.address) for one in numbers])
                addresses = (one.address for one in numbers)
                found |= zip(addresses, quantiles(_columns(numbers), draws), strict=True)
        return found


def _columns(numbers: Sequence[Parameter]) -> Known:
    """Default, ends, level and bounds of numbers, (n, 1) each."""
    rows = [(one.default, one.low, one.high, one.level, *one.takes) for one in numbers]
    return Known(*np.array(rows, dtype=np.float64).T[:, :, None])


def knowledge_of(scenario: Scenario) -> Knowledge:
    """What is known of every number that is free in a scenario."""
    families: dict[str, list[Parameter]] = {"rates": [], "weights": [], "ranges": []}
    for one in free_numbers(scenario):
        families[_family(one)].append(one)
    return Knowledge(**{name: tuple(numbers) for name, numbers in families.items()})


def _family(number: Parameter) -> str:
    """The attribute of `Knowledge` that a number belongs to."""
    if vocabulary().provenance(number) != ESTIMATED:
        return "ranges"
    return "rates" if number.unit in PROBABILITIES else "weights"


def free_numbers(scenario: Scenario) -> list[Parameter]:
    """The numbers of the model that a scenario leaves open.

    What it sets is not among them, nor are the numbers of its shocks, which stand in it. Rates that
    only repeat the base rate of their action follow it, as always. An act that was never seen and
    has a rate of 0 is no option, and stays none; who is at war from the start is a fact.
    """
    known = bearing_on(scenario)
    found = [known[address] for address in free(matching("*", scenario), scenario)]
    return [one for one in found if not _is_given(one, scenario)]


def _is_given(number: Parameter, scenario: Scenario) -> bool:
    """Whether a number that the scenario does not set is none that can be drawn all the same."""
    words = vocabulary()
    starts_war = number.low < words.parameters[WAR].default <= number.high
    return (
        number.address.startswith(f"{FAMILY}.")
        or number.follows in scenario.settings
        or bool(number.follows and words.provenance(number) == ASSUMED)
        or bool(number.level and not number.default)
        or (number.address.startswith("initial.rung.") and starts_war)
    )


# ── From what a calibration left ─────────────────────────────────────────────────────


@dataclass(frozen=True, eq=False)
class Points(Drawing):
    """Points of which each world has one, all alike likely; what they do not say stays as it is.

    Attributes:
        called: What they are of, such as the folder of a calibration.
        table: A row a point, a column an address.
    """

    called: str
    table: pd.DataFrame

    @property
    def facts(self) -> dict[str, Any]:
        """Source, how many numbers, how many points, and their digest."""
        points, numbers = self.table.shape
        found = {"source": self.called, "numbers": numbers, "points": points}
        return {**found, "digest": digest_of(self.table.to_dict("list"))}

    def values(self, seed: int, block: int, worlds: int) -> dict[str, Array]:
        """Address → its value in the first worlds of a block, (worlds,)."""
        draws = Streams(seed, block, worlds, weeks=1).at(1, "point")
        chosen = self.table.iloc[(draws * len(self.table)).astype(int)]
        return {str(name): column.to_numpy(dtype=np.float64) for name, column in chosen.items()}


def points_of(called: str, table: pd.DataFrame, scenario: Scenario) -> Points:
    """The points of a table as far as they bear on a scenario.

    Raises:
        RecordError: there is no point, or the scenario sets all that they hold.
    """
    if not len(table):
        raise RecordError(f"{called}: no point is left to draw from; every one was ruled out")
    if not (kept := free(map(str, table.columns), scenario)):
        told = f"nothing that {scenario.name} leaves open; expected a calibration of its numbers"
        raise RecordError(f"{called}: varies {told}")
    return Points(called, table[kept].reset_index(drop=True))


# ── Drawn ────────────────────────────────────────────────────────────────────────────


def drawn_numbers(
    scenario: Scenario, worlds: int, seed: int, drawing: Drawing | None = None
) -> dict[str, Array]:
    """Address → its value in each world, (worlds,).

    Args:
        scenario: Whose numbers they are.
        worlds: How many worlds.
        seed: Seed of all draws.
        drawing: Where they are drawn from; none: what is known of each.

    Raises:
        TypeError: the number of worlds is no whole number.
        ValueError: it is below 1.
    """
    worlds = whole_number(worlds, "worlds", 1)
    chosen = drawing or knowledge_of(scenario)
    blocks = [
        chosen.values(seed, number, min(BLOCK, worlds - number * BLOCK))
        for number in range(-(-worlds // BLOCK))
    ]
    return {name: np.concatenate([one[name] for one in blocks]) for name in blocks[0]}
