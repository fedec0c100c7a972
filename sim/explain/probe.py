"""Worlds re-simulated from their address, with one actor watched as it chooses."""

import copy
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from realpolitik.sim.engine.actions import ACTIONS, CHOICES, HOLD, TRACK_OF
from realpolitik.sim.engine.actor import StateActor
from realpolitik.sim.engine.incentives import Incentive, Seat
from realpolitik.sim.engine.incentives.reasons import bind_reasons
from realpolitik.sim.engine.options import Options
from realpolitik.sim.engine.parameters import Constants, Parameter, merge
from realpolitik.sim.engine.streams import BLOCK
from realpolitik.sim.engine.world import Array, Mask, World
from realpolitik.sim.experiments.ensemble import dissolve
from realpolitik.sim.model import EscalationModel, seats
from realpolitik.sim.scenario.errors import Fault, Place, ScenarioError, unknown
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.vocabulary import vocabulary

# ── The reasons of an actor ──────────────────────────────────────────────────────────


def reasons(actor: str, settings: Mapping[str, float] | None = None) -> pd.DataFrame:
    """Why an actor would, or would not: a row for each incentive and for each part of one.

    Columns: incentive, part (empty for the incentive as a whole), address, is_sum (whether it is
    the sum of the parts in the rows below), weight, default, low, high (declared range), source,
    why, formula.

    Args:
        actor: Its code.
        settings: Address → value where a weight is not the default.
    """
    words = vocabulary()
    values = words.values(settings or {})
    return pd.DataFrame(
        [
            _row(incentive, words.parameters[parameter.address], values[parameter.address])
            for incentive in words.actors[actor].all_incentives()
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


# ── Worlds, re-simulated ─────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Snapshot:
    """What an actor had before it when it chose, in each world.

    Attributes:
        week: The week, from 1.
        running: Worlds in which it chose at all: those that had not ended, (W,).
        weights: q · exp(λ(U − o)) of every option as it was drawn from, 0 where closed, (W, K).
        utility: Of the options looked at, (W, k).
        contributions: What each reason added to that utility, (reasons, W, k).
    """

    week: int
    running: Mask
    weights: Array
    utility: Array
    contributions: Array


class ActorProbe:
    """A model that stops between the shocks of a week and the choices."""

    def __init__(self, model: EscalationModel, code: str) -> None:
        """Watches the actor of that code."""
        self.model = model
        self.actor: StateActor = next(one for one in model.actors if one.code == code)
        self.options: Options = self.actor.options
        self.reasons = bind_reasons(self.actor.all_incentives(), self.actor.seat)

    def begin(self) -> None:
        """Begins the next week: from now until `finish` the snapshot of the week stands."""
        self.model.apply_shocks()

    def snapshot(self, options: slice | list[int] = slice(None)) -> Snapshot:
        """What the actor has before it; utility and its reasons for these options alone."""
        world = self.model.world
        return Snapshot(
            week=self.model.week,
            running=~world.ended,
            weights=self.actor.option_weights().copy(),
            utility=self.actor.utility()[:, options],
            contributions=np.stack([r.contributions(world, options) for r in self.reasons]),
        )

    def finish(self) -> None:
        """Everyone chooses, and everything happens."""
        self.model.agents.do("choose").do("act")
        self.model.settle()
        self.model.record()

    def chosen(self) -> NDArray[np.int64]:
        """The option that the actor took in each group in the week just finished, (W, groups)."""
        options, deeds = self.options, self.model.happened.deeds
        chosen = np.tile(options.holds, (self.model.world.worlds, 1))
        own = deeds.where(deeds.actor == self.actor.seat.actor)
        for world, option in zip(own.world, own.option - self.actor.seat.first, strict=True):
            chosen[world, group_of(options, option)] = option
        return chosen


@contextmanager
def watching(
    scenario: Scenario, seed: int, first: int, worlds: int, actor: str
) -> Iterator[ActorProbe]:
    """A probe of neighbouring worlds of one block, `first` being the number of the first.

    Its model is of no use afterwards: it is dissolved, so that its arrays are freed at once.

    Raises:
        ScenarioError: the actor takes no part.
        ValueError: a negative seed or world.
    """
    if actor not in scenario.actors:
        raise ScenarioError([unknown(Place("actor"), "actor", actor, scenario.actors)])
    if seed < 0 or first < 0:
        raise ValueError(f"seed and world must be at least 0, not {seed} and {first}")
    model = EscalationModel(scenario, worlds, rng=seed, block=first // BLOCK, first=first % BLOCK)
    try:
        yield ActorProbe(model, actor)
    finally:
        dissolve(model)


class Group(NamedTuple):
    """What an actor decides on toward one other (its code): one of `CHOICES`."""

    target: str
    choice: str

    @property
    def track(self) -> str:
        """The track that the choice is on."""
        return TRACK_OF[self.choice]


def groups_of(options: Options, codes: Sequence[str]) -> tuple[Group, ...]:
    """Toward whom, and of which choice, each group of options is."""
    pairs = zip(options.group_targets, options.group_choices, strict=True)
    return tuple(Group(codes[target], CHOICES[choice]) for target, choice in pairs)


def groups_in(rows: pd.DataFrame) -> list[Group]:
    """The group of each row of a table with the columns target and choice."""
    pairs = rows[["target", "choice"]].values
    return [Group(str(target), str(choice)) for target, choice in pairs]


def groups_toward(
    groups: Sequence[Group], target: str | None = None, track: str | None = None
) -> list[Group]:
    """The groups toward that target and on that track, where they are given.

    Raises:
        ScenarioError: there is none.
    """
    found = list(groups)
    for name, wanted in (("target", target), ("track", track)):
        known = dict.fromkeys(str(getattr(group, name)) for group in found)
        if wanted is not None and wanted not in known:
            raise ScenarioError([unknown(Place(name), name, wanted, known)])
        found = [group for group in found if wanted in (None, getattr(group, name))]
    return found


def group_of(options: Options, option: int) -> int:
    """Number of the group that an option belongs to."""
    return next(n for n, group in enumerate(options.groups) if group.start <= option < group.stop)


def options_of(probe: ActorProbe, action: str, target: str | None = None) -> list[int]:
    """The options of an actor that are that action, toward that target or toward any.

    Raises:
        ScenarioError: the actor has no such option.
    """
    options, codes = probe.options, probe.model.codes
    own = {ACTIONS[number].action for number in options.action} - {HOLD}
    if action not in own:
        raise ScenarioError([unknown(Place("action"), "action", action, own)])
    found = [k for k, number in enumerate(options.action) if ACTIONS[number].action == action]
    toward = dict.fromkeys(codes[options.target[k]] for k in found)
    if target not in (None, *toward):
        problem = f"{probe.actor.code} cannot aim {action} at {target!r}"
        raise ScenarioError([Fault(Place("target"), problem, f"one of {', '.join(toward)}")])
    return [k for k in found if target in (None, codes[options.target[k]])]


# ── A week held still ────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class FrozenWeek:
    """One actor in one week of one world, as it was about to choose.

    Attributes:
        scenario: With the values that its parameters had.
        actor: The class of the actor.
        seat: From where it looks at the world.
        world: The state, of one world.
        is_open: Options that were open, (K,).
        chosen: The option taken in each group, (groups,).
        groups: The groups of options, in their order.
    """

    scenario: Scenario
    actor: type[StateActor]
    seat: Seat
    world: World
    is_open: Mask
    chosen: NDArray[np.int64]
    groups: tuple[Group, ...]

    def scores(self, changes: Mapping[str, float]) -> Array:
        """λ·(U − o) + ln q of every option with these values on top of the scenario's own, (K,).

        All that has happened stays as it is, and so does what is open; −∞ is closed, or has a rate
        of 0.
        """
        values = vocabulary().values(merge(self.scenario.settings, changes))
        seat = self._seat(changes, values)
        world = copy.copy(self.world)  # its arrays are shared, and only read
        world.constants = constants = Constants(values)
        world.recent = self._recent(seat)
        bound = [incentive.bind(seat) for incentive in self.actor.all_incentives()]
        terms = [one.stakes(world) @ one.loadings for one in bound]
        at_stake = np.sum(terms, axis=0)[0] - seat.options.offset
        scores = constants.precision * at_stake + np.log(seat.options.base_rate)
        found = dict(zip(_keys(seat.options), scores, strict=True))
        own = [found.get(key, -np.inf) for key in _keys(self.seat.options)]
        return np.where(self.is_open, own, -np.inf)

    def action(self, option: int) -> str:
        """Name of the action that an option is."""
        return self.seat.options.actions()[option].action

    def _seat(self, changes: Mapping[str, float], values: Mapping[str, float]) -> Seat:
        """The seat with these values; options are listed anew only if a rate changes."""
        if not any(address.startswith(RATES) for address in changes):
            return replace(self.seat, values=values)
        classes = {code: vocabulary().actors[code] for code in self.world.codes}
        habits = vocabulary().habits(values)
        return seats(classes, self.scenario, values, habits)[self.seat.actor][1]

    def _recent(self, seat: Seat) -> Array:
        """What it did of late by the options of a seat; nothing unusual where it had none such."""
        own = self.world.recent[:, self.seat.first :][:, : len(self.seat.options)]
        known = dict(zip(_keys(self.seat.options), own.T, strict=True))
        recent = np.zeros((1, seat.first + len(seat.options)))
        for option, key in enumerate(_keys(seat.options)):
            recent[:, seat.first + option] = known.get(key, 0.0)
        return recent


def _keys(options: Options) -> list[tuple[int, ...]]:
    """What tells the options of an actor apart, whether or not all of them are there."""
    sizes = [group.stop - group.start for group in options.groups]
    choices = np.repeat(options.group_choices, sizes).tolist()
    return [*zip(choices, options.action, options.target, options.deal, strict=True)]


RATES = ("action.", "rate.", "world.least_hold")
"""How the addresses begin that the rates of options depend on."""


def freeze_week(scenario: Scenario, seed: int, world: int, actor: str, week: int) -> FrozenWeek:
    """Re-simulates one world up to the choices of a week, and holds it there.

    Raises:
        ScenarioError: the actor takes no part.
        ValueError: the week lies beyond the horizon, or the world had ended before it.
    """
    if not 1 <= week <= scenario.weeks:
        raise ValueError(f"there is no week {week} among {scenario.weeks}")
    with watching(scenario, seed, world, 1, actor) as probe:
        for _ in range(week - 1):
            probe.begin()
            probe.finish()
        probe.begin()
        if probe.model.world.ended[0]:
            raise ValueError(f"world {world} ended in a clash before week {week}")
        frozen = copy.deepcopy(probe.model.world)
        is_open = probe.snapshot().weights[0] > 0
        probe.finish()
        return FrozenWeek(
            scenario=scenario,
            actor=type(probe.actor),
            seat=probe.actor.seat,
            world=frozen,
            is_open=is_open,
            chosen=probe.chosen()[0],
            groups=groups_of(probe.options, probe.model.codes),
        )
