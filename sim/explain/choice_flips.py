"""What would have changed a mind: how far one number must move before a choice flips."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import brentq

from realpolitik.sim.engine.actions import ACTIONS, NAMED
from realpolitik.sim.engine.incentives import Seat
from realpolitik.sim.engine.parameters import Parameter, constants
from realpolitik.sim.engine.rates import base_rate_address, rate_address
from realpolitik.sim.engine.world import Array
from realpolitik.sim.experiments.vary_request import bearing_on, mirrored, own_values, ranges_of
from realpolitik.sim.explain.choice import NO_OPTION
from realpolitik.sim.explain.probe import FrozenWeek, Group, freeze_week, groups_toward
from realpolitik.sim.model import seats
from realpolitik.sim.scenario.errors import Place, ScenarioError, unknown
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.values import unknown_parameter
from realpolitik.sim.scenario.vocabulary import vocabulary

# ── Which parameters may be moved ────────────────────────────────────────────────────


@dataclass(frozen=True)
class Span:
    """A parameter with its value in a scenario, and the range it may be varied over there.

    The range is that which the scenario gives with the parameter or a lever, else the declared.
    """

    parameter: Parameter
    here: float
    low: float
    high: float

    @property
    def address(self) -> str:
        """Address of the parameter."""
        return self.parameter.address


def spans_of(scenario: Scenario, addresses: Iterable[str]) -> list[Span]:
    """The span of each address.

    Raises:
        ScenarioError: an address that does not exist, or does not bear on the scenario.
    """
    known, values, own = bearing_on(scenario), own_values(scenario), ranges_of(scenario)
    wanted = tuple(addresses)
    if missing := [address for address in wanted if address not in known]:
        place = Place("parameters")
        raise ScenarioError([unknown_parameter(place, address, known) for address in missing])
    declared = {address: (known[address].low, known[address].high) for address in wanted}
    return [
        Span(known[address], values[address], *own.get(address, declared[address]))
        for address in wanted
    ]


def default_parameters(scenario: Scenario) -> list[str]:
    """Every number with a range that bears on a scenario, each once; of a sum of parts the sum.

    That is the weights of the actors present, the constants of the world, the base rates of the
    actions that some actor present has toward somebody (the rates of all pairs move with them, and
    are left out), the values of the start and the numbers of the shocks.
    """
    known, rates = bearing_on(scenario), rates_in_use(scenario)
    parts = {part for parameter in known.values() for part in parameter.parts}
    found: list[str] = []
    for address, parameter in known.items():
        twice = address in parts or mirrored(address) in found
        idle = address.startswith(("action.", "rate.")) and address not in rates
        if parameter.low < parameter.high and not (twice or idle):
            found.append(address)
    return found


def rates_in_use(scenario: Scenario) -> list[str]:
    """Addresses of the base rates of the actions that some actor present has an option for."""
    classes = {code: vocabulary().actors[code] for code in scenario.actors}
    values = vocabulary().values(scenario.settings)
    own = seats(classes, scenario, values, vocabulary().habits(values))
    used = {action.action for _, seat in own for action in seat.options.actions()}
    return [base_rate_address(action) for action in NAMED if action in used]


# ── Where a function of one number turns its sign ────────────────────────────────────


STEPS = 8  # of each side of the default, in which a change of sign is looked for


def nearest_root(function: Callable[[float], float], here: float, low: float, high: float) -> float:
    """The root nearest to `here` within the range; NaN if there is none.

    Each side is cut into eight steps, and the first over which the sign changes is bracketed
    (Brent 1973). A function that is monotone, or whose positive part is one interval around
    `here`, has no root that is missed; of another two roots within one step may be.
    """
    if function(here) == 0:
        return here
    roots = [_first_root(function, here, end) for end in (low, high) if end != here]
    found = [root for root in roots if np.isfinite(root)]
    return min(found, key=lambda root: abs(root - here), default=float("nan"))


def _first_root(function: Callable[[float], float], here: float, end: float) -> float:
    """The first root on the way from `here` to `end`."""
    points = np.linspace(here, end, STEPS + 1)
    before = function(here)
    for start, stop in pairwise(points):
        after = function(stop)
        if after == 0:
            return float(stop)
        if before * after < 0:
            return float(brentq(function, start, stop, xtol=1e-14, rtol=1e-14))
        before = after
    return float("nan")


# ── Flips ────────────────────────────────────────────────────────────────────────────


Row = Mapping[str, Any]

NEVER = "never within its range"
TOLERANCE = 1e-12  # scores that differ by less are the same


def flip_choice(
    scenario: Scenario, seed: int, world: int, actor: str, week: int, target: str, choice: str
) -> pd.DataFrame:
    """How far each single parameter must move before another option is the likeliest.

    The snapshot of the week is held: what happened before stays as it was, and so do the options
    that are open. Only the closed formula of the choice is evaluated anew, λ·(U − o) + ln q of
    every option, and its root is bracketed within the range of the parameter. The margin is that
    of the option taken over the best of all others of the same choice.
    Choices are drawn: what was taken need not have been the likeliest. Then the margin is
    negative, and the table tells where it would have become so.

    Columns: address, default (its value in the scenario), low, high (its range), margin (in log
    odds, as it was), at_low, at_high (the margin at the ends), flips_at (NaN: never), distance
    (from default to there), share_of_range (how much of the range that is), chosen, instead (the
    action that draws level there; the best other if none does, empty if no other is open),
    verdict, source, why. One row for every weight of the actor, sums and parts, and for the
    constants and the rates of what it can do to the target that move the margin at all; nearest
    flips first.

    Raises:
        ScenarioError: the actor takes no part, or has no such choice toward that target.
        ValueError: the week lies beyond the horizon, or the world had ended before it.
    """
    held = freeze_week(scenario, seed, world, actor, week)
    contest = Contest(held, held.groups.index(_group(held, target, choice)))
    own = [parameter.address for parameter in held.actor.parameters()]
    shared = [one.address for one in constants() if one.low < one.high]
    shared += rates_toward(held.seat, target)
    rows = [contest.row(span) for span in spans_of(scenario, own)]
    rows += [row for row in map(contest.row, spans_of(scenario, shared)) if _moves(row)]
    return _nearest_first(pd.DataFrame(rows))


def _group(held: FrozenWeek, target: str, choice: str) -> Group:
    """The group of that choice toward that target.

    Raises:
        ScenarioError: there is none.
    """
    found = {group.choice: group for group in groups_toward(held.groups, target)}
    if choice not in found:
        raise ScenarioError([unknown(Place("choice"), "choice", choice, found)])
    return found[choice]


def rates_toward(seat: Seat, target: str) -> list[str]:
    """Addresses of the rates of all that an actor can do to another."""
    options = seat.options
    acts = options.action[options.acts & (options.target == seat.number(target))]
    names = dict.fromkeys(ACTIONS[number].action for number in acts)
    own = {name: rate_address(seat.code, target, name) for name in names}
    known = vocabulary().rates
    return [rate if rate in known else base_rate_address(name) for name, rate in own.items()]


def _moves(row: Row) -> bool:
    """Whether the margin is another at one of the ends."""
    return any(abs(row[end] - row["margin"]) > TOLERANCE for end in ("at_low", "at_high"))


def _nearest_first(table: pd.DataFrame) -> pd.DataFrame:
    """Nearest flips first, then those that move the margin most."""
    moved = (table["at_high"] - table["at_low"]).abs()
    order = table.assign(moved=-moved).sort_values(["share_of_range", "moved"], kind="stable")
    return table.loc[order.index].reset_index(drop=True)


@dataclass(frozen=True)
class Contest:
    """The option taken in the group of that number, against all others that were open."""

    held: FrozenWeek
    group: int

    @property
    def chosen(self) -> int:
        """Number of the option taken."""
        return int(self.held.chosen[self.group])

    def best_other(self, scores: Array) -> int:
        """Number of the open option with the highest score among the others; −1 if none is."""
        group = self.held.seat.options.groups[self.group]
        others = scores[group].copy()
        others[self.chosen - group.start] = -np.inf
        return int(group.start + np.argmax(others)) if np.any(others > -np.inf) else NO_OPTION

    def margin(self, scores: Array) -> float:
        """Score of the option taken less that of the best other; ∞ if no other is open."""
        rival = self.best_other(scores)
        return math.inf if rival == NO_OPTION else float(scores[self.chosen] - scores[rival])

    def row(self, span: Span) -> Row:
        """The row of one parameter."""

        def score(value: float) -> Array:
            return self.held.scores({span.address: value} if value != span.here else {})

        def margin(value: float) -> float:
            return self.margin(score(value))

        ends = {
            "margin": margin(span.here),
            "at_low": margin(span.low),
            "at_high": margin(span.high),
        }
        root = nearest_root(margin, span.here, span.low, span.high) if _moves(ends) else np.nan
        flips = bool(np.isfinite(root))
        rival = self.best_other(score(root if flips else span.here))
        return {
            "address": span.address,
            "default": span.here,
            "low": span.low,
            "high": span.high,
            **ends,
            "flips_at": root,
            "distance": root - span.here,
            "share_of_range": abs(root - span.here) / (span.high - span.low),
            "chosen": self.held.action(self.chosen),
            "instead": "" if rival == NO_OPTION else self.held.action(rival),
            "verdict": f"at {root:.3g}" if flips else NEVER,
            "source": span.parameter.source,
            "why": span.parameter.meaning,
        }
