"""The engine and the plain model on the same draws, and what differs between them."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import getitem
from typing import Any

import numpy as np
from numpy.typing import NDArray

from realpolitik.sim.engine.actions import ACTIONS, CHOICES, HOLD
from realpolitik.sim.engine.streams import BLOCK
from realpolitik.sim.engine.world import QUANTITIES
from realpolitik.sim.model import EscalationModel
from realpolitik.sim.scenario.schema import Scenario
from tests.reference.draws import AddressedDraws
from tests.reference.plain_model import PlainModel
from tests.reference.state import Deed as PlainDeed

TOLERANCE = 1e-9
WORLDS = 8

# Name in the engine → in the plain model.
CLOCKS = {
    "weeks_major": "weeks_at_major",
    "weeks_exchange": "weeks_at_exchange",
    "weeks_direct": "weeks_at_direct",
}

Deed = tuple[int, str, str, str]  # week, actor, target, action


# ── Both models on the same draws ────────────────────────────────────────────────────


class WatchedModel(EscalationModel):
    """The engine, keeping what each option weighed when the choices of the week were made."""

    def apply_shocks(self) -> None:
        """Begins the week, and weighs all options once more than it needs."""
        super().apply_shocks()
        self.weights = {actor.code: actor.option_weights() for actor in self.actors}


@dataclass(frozen=True)
class EngineRun:
    """What the engine did: state after each week, weights of options, deeds, outcomes."""

    model: WatchedModel
    seed: int
    block: int
    weeks: list[dict[str, NDArray[Any]]]
    weights: list[dict[str, NDArray[np.float64]]]  # actor → (W, options), one a week
    deeds: list[list[Deed]]  # one list a world

    def outcomes(self, world: int) -> dict[str, float | None]:
        """Outcomes of one world; None for what never came."""
        values = {name: self.model.outcome(name)[world] for name in self.model.spec.outcomes}
        return {name: None if np.isnan(value) else float(value) for name, value in values.items()}


def run_engine(spec: Scenario, seed: int, block: int = 0) -> EngineRun:
    """The first worlds of a block, week by week."""
    model = WatchedModel(spec, worlds=WORLDS, rng=seed, block=block, bounded=False)
    run = EngineRun(model, seed, block, [], [], [[] for _ in range(WORLDS)])
    for _ in range(spec.weeks):
        model.step()
        names = (*QUANTITIES, "baseline", "recent", "openness", *CLOCKS)
        run.weeks.append({name: getattr(model.world, name).copy() for name in names})
        run.weights.append(model.weights)
        note_deeds(model, run.deeds)
    return run


def note_deeds(model: EscalationModel, deeds: list[list[Deed]]) -> None:
    """Adds the deeds of the week to those of each world."""
    week, codes = model.happened.deeds, model.world.codes
    for world, actor, target, action in zip(
        week.world, week.actor, week.target, week.action, strict=True
    ):
        deeds[world].append((model.week, codes[actor], codes[target], ACTIONS[action].action))


def run_plain(run: EngineRun, world: int) -> PlainModel:
    """The plain model on the draws of one world of the engine, which it finds for itself."""
    draw = AddressedDraws(run.seed, run.block * BLOCK + world)
    model = PlainModel(run.model.spec, draw=draw, keep_history=True)
    while model.running:
        model.step()
    return model


# ── Differences ──────────────────────────────────────────────────────────────────────


def differences(run: EngineRun, world: int, plain: PlainModel | None = None) -> list[str]:
    """What differs in one world: quantities in the first week that differs, deeds, outcomes.

    `plain` is the plain model of that world, if it has been run.
    """
    plain = plain or run_plain(run, world)
    weeks = (
        [found for compare in BY_WEEK for found in compare(run, plain, world, week)]
        for week in range(len(run.weeks))
    )
    found = next(filter(None, weeks), [])
    found += deed_differences(run.deeds[world], plain.deeds)
    return found + list(outcome_differences(run.outcomes(world), plain))


def agree(one: float | None, other: float | None) -> bool:
    """Whether two values are the same but for rounding; None stands for what never came."""
    if one is None or other is None:
        return one is other
    return bool(abs(one - other) <= TOLERANCE)


def week_differences(run: EngineRun, plain: PlainModel, world: int, week: int) -> Iterator[str]:
    """Quantities that differ after a week."""
    engine, other = run.weeks[week], plain.history[week]
    deals = [deal.id for deal in run.model.spec.deals]
    number = {name: n for names in (run.model.world.codes, deals) for n, name in enumerate(names)}
    for name in (*QUANTITIES, "baseline", "openness"):
        values = engine[name][world].tolist()
        for place, value in other[name].items():
            names = place if isinstance(place, tuple) else (place,)
            expected = reduce(getitem, (number[one] for one in names), values)
            if not agree(expected, value):
                where = ">".join(names)
                yield f"week {week + 1}: {name} {where}: engine {expected}, plain {value}"


def nearly(one: float, other: float) -> bool:
    """Whether two weights are the same but for rounding."""
    return math.isclose(one, other, rel_tol=TOLERANCE)


def weight_differences(run: EngineRun, plain: PlainModel, world: int, week: int) -> Iterator[str]:
    """Options that do not weigh the same when the choices of a week are made."""
    for actor in run.model.actors:
        weights, options = run.weights[week][actor.code][world], actor.options
        others = plain.history[week]["weights"].get(actor.code)
        if others is None:  # nobody acts in a world that has ended
            continue
        groups = zip(options.group_targets, options.group_choices, options.groups, strict=True)
        for target, choice, group in groups:
            toward = run.model.world.codes[target], CHOICES[choice]
            expected, values = weights[group].tolist(), others.get(toward, [])
            if len(values) != len(expected) or not all(map(nearly, values, expected)):
                where = " ".join((actor.code, *toward))
                yield f"week {week + 1}: weights of {where}: engine {expected}, plain {values}"


def memory_differences(run: EngineRun, plain: PlainModel, world: int, week: int) -> Iterator[str]:
    """Options that the two remember otherwise after a week."""
    recent, others = run.weeks[week]["recent"][world], plain.history[week]["recent"]
    for which, expected in zip(options_of(run.model), recent.tolist(), strict=True):
        if HOLD not in which and not agree(expected, value := others.get(which)):
            where = " ".join(which)
            yield f"week {week + 1}: recent {where}: engine {expected}, plain {value}"


def options_of(model: EscalationModel) -> list[tuple[str, ...]]:
    """What the plain model calls each option of the engine."""
    acts, codes, deals = model.acts, model.world.codes, [deal.id for deal in model.spec.deals]
    return [
        (codes[i], codes[j], ACTIONS[action].action, *([deals[deal]] if deal >= 0 else []))
        for i, j, action, deal in zip(acts.actor, acts.target, acts.action, acts.deal, strict=True)
    ]


def clock_differences(run: EngineRun, plain: PlainModel, world: int, week: int) -> Iterator[str]:
    """Counts of weeks that differ after a week; they are kept by dyad, whatever its direction."""
    index = run.model.world.index
    for name, plain_name in CLOCKS.items():
        for (one, other), value in plain.history[week][plain_name].items():
            expected = run.weeks[week][name][world, index[one], index[other]]
            if value != expected:
                yield f"week {week + 1}: {name} {one}, {other}: engine {expected}, plain {value}"


BY_WEEK = (weight_differences, week_differences, memory_differences, clock_differences)


def deed_differences(engine: list[Deed], plain: list[PlainDeed]) -> list[str]:
    """Deeds that only one of the two did."""
    others = {(deed.week, deed.actor, deed.target, deed.action.action) for deed in plain}
    only_engine, only_plain = set(engine) - others, others - set(engine)
    return [f"only the engine: {deed}" for deed in sorted(only_engine)] + [
        f"only the plain model: {deed}" for deed in sorted(only_plain)
    ]


def outcome_differences(engine: Mapping[str, float | None], plain: PlainModel) -> Iterator[str]:
    """Outcomes that differ."""
    for name, expected in engine.items():
        value = plain.outcome(name)
        if not agree(expected, value):
            yield f"{name}: engine {expected}, plain {value}"
