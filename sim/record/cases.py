"""The choices of actors in the weeks of a record, as a conditional logit sees them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from realpolitik.sim.engine.actor import StateActor
from realpolitik.sim.engine.parameters import Parameter
from realpolitik.sim.record.logit import LAGS, PRIOR, Beforehand, Choices, without
from realpolitik.sim.record.rates import SHRINKAGE, STEP_BACK, Counted, pair_rates
from realpolitik.sim.record.replay import LEAD, Spell, Watched, replay
from realpolitik.sim.record.weekly import Record
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.stats.blocks import BLOCK

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

REACH = float(norm.ppf(0.975))  # standard errors that 95 % lie within


@dataclass(frozen=True)
class Cases:
    """The choices of one actor, and what was known of its weights beforehand.

    Attributes:
        actor: With its options and its seat.
        constants: Numbers of the options that have a constant, (P,); those come first among the
            numbers to be found.
        weights: The parameters of its weights, in the order in which they follow, (R,).
        choices: What was chosen between.
    """

    actor: StateActor
    constants: tuple[int, ...]
    weights: tuple[Parameter, ...]
    choices: Choices

    def beforehand(self, common: Mapping[str, tuple[float, float]]) -> Beforehand:
        """Priors: of constants none, of weights their declared range.

        Of a weight that all actors have those in `common`, by name: its mean and its variance.
        """
        free, ends = np.zeros(len(self.constants)), np.full(len(self.constants), np.inf)
        declared = [(one.default, declared_variance(one)) for one in self.weights]
        names = map(incentive_of, self.weights)
        known = [common.get(name, own) for name, own in zip(names, declared, strict=True)]
        mean, variance = np.array(known).reshape(-1, 2).T
        low, high = np.array([(one.low, one.high) for one in self.weights]).reshape(-1, 2).T
        return Beforehand(
            mean=np.concatenate([free, mean]),
            precision=np.concatenate([free, 1 / variance]),
            low=np.concatenate([-ends, low]),
            high=np.concatenate([ends, high]),
        )


def declared_variance(weight: Parameter) -> float:
    """Of the normal distribution whose middle 95 % are the declared range."""
    return ((weight.high - weight.low) / (2 * REACH)) ** 2


def incentive_of(weight: Parameter) -> str:
    """Name of the incentive, without the actor."""
    return weight.address.partition(".")[2]


def cases_of(spells: Sequence[Spell], number: int, pooled: Mapping[str, float]) -> Cases | None:
    """What an actor chose in all spells; None if the record tells nothing of it.

    Args:
        spells: The replay, with what was at stake.
        number: Number of the actor.
        pooled: Action → rate of all pairs [1/week].
    """
    first = spells[0].actors[number]
    acts = np.flatnonzero(first.told.options)
    tables = [*_tables(spells, number, acts, pooled)]
    if not tables:
        return None
    declared = {one.address: one for one in first.actor.parameters()}
    weights = [declared[address] for address in first.addresses]
    fixed = np.array([False] * len(acts) + [one.low == one.high for one in weights])
    values = np.array([0.0] * len(acts) + [one.default for one in weights])
    choices = without(_joined(tables, acts, _precision(first)), fixed, values)
    free = tuple(one for one in weights if one.low < one.high)
    return Cases(first.actor, tuple(acts.tolist()), free, choices)


def _precision(watched: Watched) -> float:
    return float(watched.actor.model.world.constants.precision)


@dataclass(frozen=True)
class Table:
    """One choice toward one other over all weeks, n of them, between A alternatives, hold first.

    Attributes:
        options: Numbers of the alternatives, (A,).
        stakes: (n, A, reasons).
        taken: Shares of the alternatives, (n, A).
        is_open: (n, A).
        week: Number of each week, (n,).
    """

    options: NDArray[np.int64]
    stakes: Array
    taken: Array
    is_open: Mask
    week: NDArray[np.int64]


def _tables(
    spells: Sequence[Spell], number: int, acts: NDArray[np.int64], pooled: Mapping[str, float]
) -> Iterator[Table]:
    """The choices of an actor of which the record can tell an act, each with a week beforehand."""
    options = spells[0].actors[number].actor.options
    for group, (place, hold) in enumerate(zip(options.groups, options.holds, strict=True)):
        told = acts[(place.start <= acts) & (acts < place.stop)]
        if len(told):
            alternatives = np.array([hold, *told])
            firsts = accumulate(map(_room, spells), initial=0)
            weeks = [
                _weeks(spell, number, group, alternatives, first)
                for spell, first in zip(spells, firsts, strict=False)
            ]
            rates = [pooled[options.actions()[option].action] for option in told]
            table = _stacked(weeks)
            if len(table.week):
                yield _with_prior(table, rates)


def _room(spell: Spell) -> int:
    """Numbers of weeks that a spell takes, so that the next hangs together with none of it."""
    return BLOCK * ((len(spell.record.weeks) + LAGS) // BLOCK + 1)


def _weeks(
    spell: Spell, number: int, group: int, alternatives: NDArray[np.int64], first: int
) -> Table:
    """The weeks of a spell in which what was chosen was open, and something else was too."""
    watched = spell.actors[number]
    taken = watched.told.chosen[:, [group]] == alternatives
    is_open = watched.weights[:, alternatives] > 0
    usable = (taken & is_open).any(axis=1) & (is_open.sum(axis=1) > 1)
    usable &= spell.knows(number, int(watched.actor.options.group_targets[group]))
    usable[:LEAD] = False
    weeks = np.flatnonzero(usable)
    return Table(
        alternatives,
        watched.stakes[weeks][:, alternatives],
        taken[weeks].astype(np.float64),
        is_open[weeks],
        first + weeks,
    )


def _stacked(tables: Sequence[Table]) -> Table:
    """Weeks of the same choice, one spell after the other."""
    names = ("stakes", "taken", "is_open", "week")
    joined = {name: np.concatenate([getattr(table, name) for table in tables]) for name in names}
    return replace(tables[0], **joined)


def _with_prior(table: Table, rates: Sequence[float]) -> Table:
    """With a week of mean stakes, that stands for what is expected of all pairs."""
    held = 1 - sum(rates)
    return Table(
        table.options,
        np.concatenate([table.stakes, table.stakes.mean(axis=0, keepdims=True)]),
        np.concatenate([table.taken, [[held, *rates]]]),
        np.concatenate([table.is_open, np.ones((1, len(table.options)), dtype=np.bool_)]),
        np.append(table.week, PRIOR),
    )


def _joined(tables: Sequence[Table], acts: NDArray[np.int64], precision: float) -> Choices:
    """All choices of an actor: an alternative has its constant and λ · stakes, hold's taken off."""
    parts = [_rows(table, acts, precision) for table in tables]
    week = np.concatenate([table.week for table in tables])
    sizes = np.concatenate([table.is_open.sum(axis=1) for table in tables])
    return Choices(
        design=np.concatenate([design for design, _ in parts]),
        offset=np.zeros(sizes.sum()),
        taken=np.concatenate([taken for _, taken in parts]),
        starts=np.cumsum([0, *sizes[:-1]]),
        weight=np.where(week == PRIOR, float(SHRINKAGE), 1.0),
        week=week,
    )


def _rows(table: Table, acts: NDArray[np.int64], precision: float) -> tuple[Array, Array]:
    """The open alternatives of all weeks, in a row: design (N, constants + reasons), taken (N,)."""
    constants = table.options[:, None] == acts
    beside = precision * (table.stakes - table.stakes[:, :1])
    shape = (*beside.shape[:2], len(acts))
    design = np.concatenate([np.broadcast_to(constants, shape), beside], axis=-1)
    return design[table.is_open], table.taken[table.is_open]


def cases_in(record: Record, scenario: Scenario, told_by: Counted) -> Iterator["Cases"]:
    """The choices in a record of each actor of which another, or the same, can tell an act."""
    rates = pair_rates(told_by)
    stepped = {one.pair for one in rates if one.action == STEP_BACK and one.rate}
    told = frozenset(
        (pair, action)
        for pair, actions in told_by.rated.items()
        for action in actions
        if action != STEP_BACK or pair in stepped
    )
    spells = replay(scenario, record, told=told, stakes=True)
    pooled = {action: told_by.counts(action).pooled for action in {act for _, act in told}}
    for number in range(len(scenario.actors)):
        cases = cases_of(spells, number, pooled)
        if cases:
            yield cases
