"""Options: what an actor can do to whom."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from realpolitik.sim.engine.actions import (
    ACTIONS,
    CHOICES,
    HOLD,
    TRACK_OF,
    TRACKS,
    Action,
    column,
)
from realpolitik.sim.engine.deals import Deal
from realpolitik.sim.engine.parameters import Value
from realpolitik.sim.engine.rates import Habits, in_a_row
from realpolitik.sim.engine.roles import Roles, acts_toward
from realpolitik.sim.engine.world import Array, Mask, World, rows

NO_DEAL = -1

_TRACKS = np.array([TRACKS.index(action.track) for action in ACTIONS])
_TRACK_OF_CHOICE = np.array([TRACKS.index(TRACK_OF[choice]) for choice in CHOICES])
_TARGETS = np.array([action.target for action in ACTIONS])
_HOLDS = np.array([action.action == HOLD for action in ACTIONS])
_NUMBER = {action: number for number, action in enumerate(ACTIONS)}
_HOLD_OF_TRACK = [
    int(np.flatnonzero(_HOLDS & (track == _TRACKS))[0]) for track in range(len(TRACKS))
]
_CHOICES = [CHOICES.index(action.choice) if action.action != HOLD else -1 for action in ACTIONS]
_COUNTERPART = int(np.flatnonzero(_TARGETS == "counterpart")[0])


@dataclass(frozen=True)
class Options:
    """The options of one actor toward all others, in a row by track; K of them in G groups.

    A group holds the options of one choice toward one target, of which one is taken a week: hold,
    and at least one act. Within it they run from the most restraining to the most escalating.

    Attributes:
        action, target: Numbers, (K,).
        deal: Number of the deal that an option is about, −1 for none: (K,).
        rate: Probability a week of an act in the ordinary weeks of the pair, 0 of hold: (K,), or
            one a world, (W, K).
        base_rate: The same, with what the acts of its group leave for hold.
        offset: What is at stake in an ordinary week anyway [utility], (K,).
        known: Whether a record tells how usual it is, (K,).
        groups: Where each group lies in the row.
        group_choices: Number of the choice of each group, (G,).
    """

    action: NDArray[np.int64]
    target: NDArray[np.int64]
    deal: NDArray[np.int64]
    rate: Array
    base_rate: Array
    offset: Array
    known: Mask
    groups: tuple[slice, ...]
    group_choices: NDArray[np.int64]

    def __len__(self) -> int:
        """Number of options."""
        return len(self.action)

    def column(self, name: str) -> Array:
        """A column of the table of actions, one number an option."""
        return column(name)[self.action]

    def actions(self) -> tuple[Action, ...]:
        """The action of each option."""
        return tuple(ACTIONS[number] for number in self.action)

    def aimed_at(self) -> NDArray[np.str_]:
        """The kind of target of each option."""
        return _TARGETS[self.action]

    def on_track(self, track: str) -> Mask:
        """Which options belong to a track."""
        on: Mask = _TRACKS[self.action] == TRACKS.index(track)
        return on

    @cached_property
    def tracks(self) -> tuple[slice, ...]:
        """Where the groups of each track lie among the groups."""
        ends = np.searchsorted(self.group_tracks, np.arange(len(TRACKS) + 1)).tolist()
        return tuple(map(slice, ends, ends[1:]))

    @cached_property
    def holds(self) -> NDArray[np.int64]:
        """Number of the option hold of each group, (G,)."""
        return np.flatnonzero(_HOLDS[self.action])

    @cached_property
    def group_targets(self) -> NDArray[np.int64]:
        """Number of the target of each group, (G,)."""
        return self.target[[group.start for group in self.groups]]

    @cached_property
    def group_tracks(self) -> NDArray[np.int64]:
        """Number of the track of each group, (G,)."""
        tracks: NDArray[np.int64] = _TRACK_OF_CHOICE[self.group_choices]
        return tracks

    @cached_property
    def acts(self) -> Mask:
        """Which options are acts, (K,); the others are hold."""
        return ~_HOLDS[self.action]

    @cached_property
    def deeds(self) -> Array:
        """1 for acts of the material and the force track, else 0."""
        on = self.on_track("material") | self.on_track("force")
        return np.asarray(on & self.acts, dtype=np.float64)


def list_options(
    code: str,
    roles: Mapping[str, Roles],
    deals: Sequence[Deal],
    allowed: Sequence[str] | None,
    habits: Habits,
) -> Options:
    """All options of the actor `code`; an act whose rate is 0 in all worlds is none.

    Args:
        code: The actor.
        roles: Roles of all actors present, in the order of the axes, cut down to those present.
        deals: The deals on the table.
        allowed: Names of the actions it may use; None for all.
        habits: Rates and offsets of its acts.
    """
    toward = {
        number: [
            act
            for act in _toward(code, target, roles, deals, allowed)
            if np.count_nonzero(habits.rate(code, target, ACTIONS[act[0]].action))
        ]
        for number, target in enumerate(roles)
        if target != code
    }
    groups = sorted(
        (group for acts in toward.items() for group in _groups(*acts)),
        key=lambda group: int(_TRACK_OF_CHOICE[group[0]]),
    )
    names = tuple(roles)
    found = [option for _, group in groups for option in group]
    rates = [habits.rate(code, names[j], ACTIONS[a].action) / equals for a, j, _, equals in found]
    ends = np.cumsum([len(group) for _, group in groups], dtype=int).tolist()
    slices = tuple(map(slice, [0, *ends], ends))
    action, aim, deal, _ = np.array(found, dtype=np.int64).reshape(-1, 4).T
    shares = [rate for group in slices for rate in _with_hold(action[group], rates[group], habits)]
    offsets = [habits.offset(code, names[j], ACTIONS[a].action) for a, j, *_ in found]
    return Options(
        action,
        aim,
        deal,
        in_a_row(rates),
        in_a_row(shares),
        np.array(offsets),
        np.array([habits.is_known(code, names[j], ACTIONS[a].action) for a, j, *_ in found], bool),
        slices,
        np.array([choice for choice, _ in groups], dtype=np.int64),
    )


Option = tuple[int, int, int, int]
"""Numbers of an action, its target and its deal, and how many options share the rate of the act."""


def _toward(
    code: str,
    target: str,
    roles: Mapping[str, Roles],
    deals: Sequence[Deal],
    allowed: Sequence[str] | None,
) -> list[tuple[int, int, int]]:
    """The acts toward one target: number of the action, of the deal, and of the deals in all."""
    acts = [(_NUMBER[act], NO_DEAL, 1) for act in acts_toward(code, target, roles, allowed)]
    if allowed is not None and ACTIONS[_COUNTERPART].action not in allowed:
        return acts
    by_id = sorted(enumerate(deals), key=lambda numbered: numbered[1].id)
    between = [number for number, deal in by_id if deal.between(code, target)]
    return [*acts, *((_COUNTERPART, number, len(between)) for number in between)]


def _groups(
    target: int, acts: Sequence[tuple[int, int, int]]
) -> Iterator[tuple[int, list[Option]]]:
    """The choices toward a target, by number, and the options of each, hold among them."""
    for choice, track in enumerate(_TRACK_OF_CHOICE):
        of_choice = [(a, target, deal, equals) for a, deal, equals in acts if _CHOICES[a] == choice]
        if of_choice:
            hold = (_HOLD_OF_TRACK[track], target, NO_DEAL, 1)
            yield choice, sorted([*of_choice, hold], key=lambda option: option[0])


def _with_hold(action: NDArray[np.int64], rates: Sequence[Value], habits: Habits) -> list[Value]:
    """The rates of a group, with what they leave in the place of hold."""
    left = habits.left(rates)
    return [left if _HOLDS[a] else rate for a, rate in zip(action, rates, strict=True)]


# ── Which options are open in a week ─────────────────────────────────────────────────


class Openness:
    """Which options of an actor are open this week: crisis, stock and readiness.

    What an option waits for is a level of one row of the state; a level of −∞ stands for what need
    not be waited for.
    """

    def __init__(self, actor: int, options: Options, world: World) -> None:
        """Sorts the options by what they wait for, and notes where to look and for which level."""
        rung, severity = options.column("rung"), options.column("severity")
        rules, background = world.constants, world.background[actor, options.target]
        self.actor, self.targets = actor, options.target
        self.dyads = actor + world.actors * options.target
        self.crisis = np.flatnonzero(options.aimed_at() == "partner_in_crisis")
        self.strikes = np.flatnonzero(severity > 0)
        direct = (rung[:, None] >= rules.direct_rung) & ~background[:, None]
        spent = np.where(background, 0.0, severity)
        self.stock = (rules.stock_use * spent[:, None])[self.strikes]
        self.readiness = np.where(direct, 1.0, -np.inf)[self.strikes]

    def close(self, world: World, weights: Array) -> None:
        """Sets the weights (W, K) of closed options to 0."""
        by_option = weights.T
        for options, is_open in (
            (self.crisis, self._in_crisis),
            (self.strikes, self._can_strike),
        ):
            if len(options):
                by_option[options] *= is_open(world)

    def _in_crisis(self, world: World) -> Mask:
        """Where the partner of each option is in crisis, (options, W)."""
        crisis: Mask = rows(world.crisis)[self.targets[self.crisis]] >= world.constants.crisis_level
        return crisis

    def _can_strike(self, world: World) -> Mask:
        """Where each strike has the stock, and needs no preparation or has it, (strikes, W)."""
        dyads = self.dyads[self.strikes]
        can: Mask = rows(world.readiness)[dyads] >= self.readiness
        can |= rows(world.last_direct_strike)[dyads] <= world.constants.exchange_weeks
        can &= rows(world.stock)[self.actor] >= self.stock
        return can
