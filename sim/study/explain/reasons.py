"""The reasons of an actor: each weight that it declares, apart from all others."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from realpolitik.sim.engine.actor import StateActor
from realpolitik.sim.engine.incentives import BoundIncentive, Incentive, Seat
from realpolitik.sim.engine.parameters import Parameter
from realpolitik.sim.engine.world import Array, World
from realpolitik.sim.scenario.vocabulary import vocabulary


@dataclass(frozen=True)
class Reason:
    """An incentive without parts, or one part of an incentive.

    Attributes:
        incentive: Name of the incentive.
        part: Name of the part; empty if the incentive has none.
        address: Where its weight is set.
        bound: The incentive at a seat, as if it had no other part.
    """

    incentive: str
    part: str
    address: str
    bound: BoundIncentive

    def contributions(self, world: World, options: slice | list[int]) -> Array:
        """What it adds to the utility of these options, (W, options)."""
        return np.asarray(self.bound.stakes(world) @ self.bound.loadings[:, options])


def bind_reasons(actor: type[StateActor], seat: Seat) -> tuple[Reason, ...]:
    """Every reason of the actor at its seat; all together they are its utility."""
    return tuple(
        Reason(incentive.name, part, address, incentive.bind(_alone(incentive, seat, address)))
        for incentive in actor.all_incentives()
        for part, address in _addresses(incentive, seat.code)
    )


def reasons(actor: str, settings: Mapping[str, float] | None = None) -> pd.DataFrame:
    """Why an actor would, or would not: a row for each incentive and for each part of one.

    Columns: incentive, part (empty for the incentive as a whole), address, is_sum (whether it is
    the sum of the parts in the rows below), weight, default, low, high (declared range), source,
    why, formula.

    Args:
        actor: Its code.
        settings: Address → value where a weight is not the default.
    """
    values = vocabulary().values(settings or {})
    return pd.DataFrame(
        [
            _row(incentive, parameter, values[parameter.address])
            for incentive in vocabulary().actors[actor].all_incentives()
            for parameter in incentive.parameters(actor)
        ]
    )


def added_by(weights: pd.DataFrame, added: "pd.Series[float]", precision: float) -> pd.DataFrame:
    """What each reason adds, the incentive that adds most first; a sum stands above its parts.

    Args:
        weights: The table of `reasons`.
        added: Address → what is added to the utility, of reasons that are no sum.
        precision: λ [1/utility].

    Returns:
        The same rows with the columns utility and log_odds.
    """
    own = weights["address"].map(added).where(~weights["is_sum"])
    sums = own.groupby(weights["incentive"]).transform("sum")
    utility = own.where(~weights["is_sum"], sums)
    order = sums.abs().sort_values(ascending=False, kind="stable").index
    return weights.assign(utility=utility, log_odds=precision * utility).loc[order]


def _row(incentive: Incentive, parameter: Parameter, weight: float) -> dict[str, object]:
    """The row of one weight."""
    return {
        "incentive": incentive.name,
        "part": ".".join(parameter.address.split(".")[2:]),
        "address": parameter.address,
        "is_sum": bool(parameter.parts),
        "weight": weight,
        "default": parameter.default,
        "low": parameter.low,
        "high": parameter.high,
        "source": parameter.source,
        "why": parameter.meaning,
        "formula": incentive.formula,
    }


def _addresses(incentive: Incentive, code: str) -> list[tuple[str, str]]:
    """The name of each part, or an empty one, with the address of its weight."""
    return [
        (part.name, ".".join(filter(None, (code, incentive.name, part.name))))
        for part in incentive.reasons()
    ]


def _alone(incentive: Incentive, seat: Seat, address: str) -> Seat:
    """The seat with the weights of all other parts of the incentive at 0."""
    others = {other: 0.0 for _, other in _addresses(incentive, seat.code) if other != address}
    return replace(seat, values={**seat.values, **others}) if others else seat
