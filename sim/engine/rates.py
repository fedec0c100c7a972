"""Rates: how often a pair does something in its ordinary weeks.

The rate of an act is its probability a week when no more is at stake than usual. It comes from the
table of rates of the pair, else from that of the relation of the two, else from the action
(`docs/odd.md` 7.1).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from realpolitik.sim.engine.actions import HOLD, NAMED, Action
from realpolitik.sim.engine.parameters import Parameter, Value, added_up, fault_of
from realpolitik.sim.engine.tables import Row, read_table
from realpolitik.sim.engine.world import Array


@dataclass(frozen=True)
class PairRate:
    """The rate of an act of one actor toward another.

    `seen` of `weeks` in the record had the act; both are 0 where the rate is not the pair's own.
    `offset` is what is at stake in an ordinary week anyway [utility]: an alternative-specific
    constant, taken off so that ordinary weeks have this rate (Train 2009, 2.8).
    """

    pair: tuple[str, str]
    parameter: Parameter
    offset: float = 0.0
    seen: int = 0
    weeks: int = 0

    @property
    def is_own(self) -> bool:
        """Whether it is from the record of the pair itself."""
        return self.weeks > 0

    @property
    def address(self) -> str:
        """`rate.RUS-ISR.denounce`."""
        return self.parameter.address


@dataclass(frozen=True)
class Habits:
    """Rates and offsets of all pairs, by address; `known` are the rates that a record tells."""

    values: Mapping[str, Value]
    offsets: Mapping[str, float]
    known: Collection[str] = ()

    def rate(self, code: str, target: str, action: str) -> Value:
        """Probability a week of an act, or one a world; 0 of hold."""
        if action == HOLD:
            return 0.0
        own = rate_address(code, target, action)
        return self.values[own if own in self.values else base_rate_address(action)]

    def offset(self, code: str, target: str, action: str) -> float:
        """What is at stake in an ordinary week anyway [utility]."""
        return self.offsets.get(rate_address(code, target, action), 0.0)

    def is_known(self, code: str, target: str, action: str) -> bool:
        """Whether a record tells how usual an act is."""
        return rate_address(code, target, action) in self.known

    def left(self, rates: Sequence[Value]) -> Value:
        """What the acts of a choice leave to hold: never less than *least_hold*."""
        left: Value = np.maximum(1 - added_up(rates), self.values["world.least_hold"])
        return left


def rate_address(code: str, target: str, action: str) -> str:
    """The address of the rate of an act: `rate.RUS-ISR.denounce`."""
    return f"rate.{code}-{target}.{action}"


def base_rate_address(action: str) -> str:
    """The address of the rate of an action: `action.denounce.base_rate`."""
    return f"action.{action}.base_rate"


def in_a_row(values: Sequence[Value]) -> Array:
    """Numbers one beside the other: (K,); (W, K) if any is one a world."""
    worlds = [len(value) for value in values if isinstance(value, np.ndarray) and value.ndim]
    row = np.empty((len(values), *worlds[:1]))
    for place, value in enumerate(values):
        row[place] = value
    return row.T


def side_by_side(rows: Sequence[Array]) -> Array:
    """Rows (K,) or (W, K) one behind the other: (K,); (W, K) if any is one a world."""
    shape = np.broadcast_shapes(*(row.shape[:-1] for row in rows))
    return np.concatenate([np.broadcast_to(row, (*shape, row.shape[-1])) for row in rows], axis=-1)


# ── Tables ───────────────────────────────────────────────────────────────────────────


OF_PAIR, OF_RELATION = 0.95, 0.8
"""Level of the intervals of `rates.csv`, and of those of `relation_rates.csv`."""


def pair_rate_of(row: Row) -> PairRate:
    """The rate in a row of a `rates.csv`.

    Raises:
        TableError: a number is none, or the rate is no probability in its range.
    """
    pair, action = (row["of"], row["toward"]), _action_of(row)
    address = rate_address(*pair, action.action)
    parameter = _parameter(row, address, action, OF_PAIR)
    seen, weeks = (int(row.number(name)) for name in ("seen", "weeks"))
    return PairRate(pair, parameter, row.number("offset"), seen, weeks)


Relations = Mapping[tuple[str, str], Row]
"""Rows of `relation_rates.csv` by relation and action."""


def relation_rates() -> Relations:
    """The rates of relations.

    Raises:
        TableError: an action is unknown.
    """
    rows = read_table(__package__, "relation_rates.csv")
    return {(row["relation"], _action_of(row).action): row for row in rows}


def usual_rate(
    code: str, target: str, action: Action, relation: str, relations: Relations
) -> PairRate:
    """The rate of a pair without a row of its own: that of its relation, else of the action."""
    address, row = (
        rate_address(code, target, action.action),
        relations.get((relation, action.action)),
    )
    known = _parameter(row, address, action, OF_RELATION) if row else _of_action(address, action)
    return PairRate((code, target), known)


def _action_of(row: Row) -> Action:
    action = NAMED.get(row["action"])
    if action is None:
        raise row.wrong(f"action is {row['action']!r}; expected one of {', '.join(NAMED)}")
    return action


def _parameter(row: Row, address: str, action: Action, level: float) -> Parameter:
    """The parameter in a row of a table of rates, whose intervals are of that level."""
    default, low, high = (row.number(name) for name in ("rate", "low", "high"))
    of_action = replace(_of_action(address, action), source=row["source"], level=level)
    parameter = replace(of_action, default=default, low=low, high=high, declared=(0.0, 1.0))
    if problem := fault_of(parameter, 0.0, 1.0):
        raise row.wrong(problem)
    return parameter


def _of_action(address: str, action: Action) -> Parameter:
    """The parameter of a pair of which only the action is known."""
    return Parameter(
        address,
        action.base_rate,
        action.base_rate_low,
        action.base_rate_high,
        action.source,
        f"Weekly probability in ordinary weeks of: {action.meaning.lower()}",
        "1/week",
        follows=base_rate_address(action.action),
    )
