"""Options: what an actor can do to whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from realpolitik.sim.engine.actions import ACTIONS, HOLD, TRACKS, Action, column
from realpolitik.sim.engine.deals import Deal
from realpolitik.sim.engine.parameters import Value
from realpolitik.sim.engine.world import Array, Mask, World, rows

NOBODY = -1

HELPFUL_TARGETS = ("partner", "partner_in_crisis", "mediated", "client")

_TRACKS = np.array([TRACKS.index(action.track) for action in ACTIONS])
_TARGETS = np.array([action.target for action in ACTIONS])
_HOLDS = np.array([action.action == HOLD for action in ACTIONS])


@dataclass(frozen=True)
class Roles:
    """Whom an actor can deal with, in which role; the order is that of its options."""

    partners: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    clients: tuple[str, ...] = ()
    reach: tuple[str, ...] = ()
    proxies: tuple[str, ...] = ()
    mediates: tuple[str, ...] = ()

    def among(self, codes: Sequence[str]) -> "Roles":
        """The same roles without actors that are not in `codes`."""
        return Roles(
            **{
                role: tuple(code for code in members if code in codes)
                for role, members in vars(self).items()
            }
        )


@dataclass(frozen=True)
class Options:
    """The options of one actor on all tracks, in a row; K of them.

    `action`, `target`, `deal` are (K,) row numbers (target and deal −1 for none). Within a track
    they run from the most restraining to the most escalating, hold among them. `base_rate` is a
    probability a week, (K,) or one a world, (W, K), and adds up to 1 on each track.
    """

    action: NDArray[np.int64]
    target: NDArray[np.int64]
    deal: NDArray[np.int64]
    base_rate: Array

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
        """Where each track lies in the row."""
        counts = [int(self.on_track(track).sum()) for track in TRACKS]
        ends = np.cumsum(counts)
        return tuple(
            slice(int(end) - count, int(end)) for end, count in zip(ends, counts, strict=True)
        )

    @cached_property
    def deeds(self) -> Array:
        """1 for material and force, else 0."""
        return np.asarray(self.on_track("material") | self.on_track("force"), dtype=np.float64)

    @cached_property
    def helps(self) -> Array:
        """1 where the target is one the actor would help, else 0."""
        return np.isin(self.aimed_at(), HELPFUL_TARGETS).astype(np.float64)


def list_options(
    code: str,
    codes: Sequence[str],
    roles: Mapping[str, Roles],
    deals: Sequence[Deal],
    allowed: Sequence[str] | None,
    base_rates: Mapping[str, Value],
) -> Options:
    """All options of the actor `code` among `codes`.

    Args:
        code: The actor.
        codes: All actors present, in the order of the axes.
        roles: Roles of each of them, cut down to those present.
        deals: The deals on the table.
        allowed: Names of the actions it may use; None for all.
        base_rates: Weekly base rate of each action, split evenly over its targets.

    Raises:
        ValueError: the base rates of a track add up to more than 1.
    """
    found: list[tuple[int, int, int, Value]] = []
    for number, action in enumerate(ACTIONS):
        if action.action == HOLD:
            found.append((number, NOBODY, NOBODY, 0.0))
        elif allowed is None or action.action in allowed:
            aims = _targets(action.target, code, roles, deals)
            rate = base_rates[action.action] / max(len(aims), 1)
            found += [(number, codes.index(aim), deal, rate) for aim, deal in aims]
    *numbers, rates = zip(*found, strict=True)
    action_of, target, deal_of = (np.array(values) for values in numbers)
    rate_of = np.array(np.broadcast_arrays(*rates), dtype=np.float64)
    return Options(action_of, target, deal_of, _with_hold(action_of, rate_of).T)


def _with_hold(action: NDArray[np.int64], rate: Array) -> Array:
    """The same rates, (K,) or (K, W), with hold given what the others of its track leave."""
    full, track = rate.copy(), _TRACKS[action]
    for number in np.flatnonzero(_HOLDS[action]):
        full[number] = 1 - sum(rate[track == track[number]])
        if np.any(full[number] < 0):
            raise ValueError(f"base rates on the track {TRACKS[track[number]]} exceed 1 a week")
    return full


def _targets(
    kind: str, code: str, roles: Mapping[str, Roles], deals: Sequence[Deal]
) -> list[tuple[str, int]]:
    """Targets of an action of that kind, each with the number of its deal (−1 for none)."""
    own = roles[code]
    if kind == "counterpart":
        by_id = sorted(enumerate(deals), key=lambda numbered: numbered[1].id)
        return [
            (deal.rival if deal.actor == code else deal.actor, number)
            for number, deal in by_id
            if code in (deal.actor, deal.rival)
        ]
    through = {target for proxy in own.proxies for target in roles[proxy].reach}
    members = {
        "partner": own.partners,
        "partner_in_crisis": own.partners,
        "mediated": own.partners + own.mediates,
        "rival": own.rivals,
        "client": own.clients,
        "reach": own.reach,
        "proxy_reach": tuple(rival for rival in own.rivals if rival in through),
    }[kind]
    return [(member, NOBODY) for member in dict.fromkeys(members)]


# ── Which options are open in a week ─────────────────────────────────────────────────


class Openness:
    """Which options of an actor are open this week: crisis, tension, stock and readiness.

    What an option waits for is a level of one row of the state, so a week takes a comparison a
    kind; a level of −∞ stands for what need not be waited for, ∞ for what never opens.
    """

    def __init__(self, actor: int, options: Options, world: World) -> None:
        """Sorts the options by what they wait for, and notes where to look and for which level."""
        kinds = options.aimed_at()
        rung, severity = options.column("rung"), options.column("severity")
        rules, background = world.constants, world.background[actor, options.target]
        self.actor, self.dyads, self.targets = (
            actor,
            actor + world.actors * options.target,
            options.target,
        )
        self.crisis = _run(kinds == "partner_in_crisis")
        self.tense = _run(kinds == "tense")
        self.strikes = _run(severity > 0)
        at_war = background[:, None]
        direct = (rung[:, None] >= rules.direct_rung) & ~at_war
        self.rung = np.where(at_war, np.inf, rules.tense_rung)[self.tense]
        self.stock = (rules.stock_use * severity[:, None])[self.strikes]
        self.readiness = np.where(direct, 1.0, -np.inf)[self.strikes]

    def close(self, world: World, weights: Array) -> None:
        """Sets the weights (W, K) of closed options to 0."""
        by_option = weights.T
        for run, is_open in (
            (self.crisis, self._in_crisis),
            (self.tense, self._is_tense),
            (self.strikes, self._can_strike),
        ):
            if run.stop:
                by_option[run] *= is_open(world)

    def _in_crisis(self, world: World) -> Mask:
        """Where the partner of each option is in crisis, (options, W)."""
        crisis: Mask = rows(world.crisis)[self.targets[self.crisis]] >= world.constants.crisis_level
        return crisis

    def _is_tense(self, world: World) -> Mask:
        """Where the dyad of each option is tense, (options, W)."""
        tense: Mask = rows(world.rung)[self.dyads[self.tense]] >= self.rung
        return tense

    def _can_strike(self, world: World) -> Mask:
        """Where each strike has the stock, and needs no preparation or has it, (strikes, W)."""
        dyads = self.dyads[self.strikes]
        can: Mask = rows(world.readiness)[dyads] >= self.readiness
        can |= rows(world.direct_week)[dyads] >= world.week - world.constants.exchange_weeks
        can &= rows(world.stock)[self.actor] >= self.stock
        return can


def _run(mask: Mask) -> slice:
    """The marked options, which the table keeps in an unbroken run."""
    marked = np.flatnonzero(mask)
    if len(marked) == 0:
        return slice(0, 0)
    run = slice(int(marked[0]), int(marked[-1]) + 1)
    if len(marked) != run.stop - run.start:
        raise ValueError("actions that wait for the same thing must follow each other in the table")
    return run
