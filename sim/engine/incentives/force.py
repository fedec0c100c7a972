"""What speaks for a strike and against it."""

from dataclasses import dataclass
from functools import partial

import numpy as np

from realpolitik.sim.engine.incentives.base import Incentive, Seat, Stakes, reading
from realpolitik.sim.engine.parameters import Value
from realpolitik.sim.engine.world import Array, World


@dataclass(frozen=True, kw_only=True)
class DomesticPressure(Incentive):
    """Hitting back relieves the street."""

    name: str = "domestic_pressure"
    formula = "w·pressure(i→j)·relief"

    def terms(self, seat: Seat) -> tuple[Stakes, Array]:
        """Pressure to hit each target."""
        relief = seat.options.column("relief")
        targets = seat.toward(relief)
        return (
            reading("pressure", [(seat.actor, target) for target in targets]),
            seat.by_target(targets, relief),
        )


@dataclass(frozen=True, kw_only=True)
class AudienceCost(Incentive):
    """An unkept public threat costs (Fearon 1994)."""

    name: str = "audience_cost"
    formula = "−w·backing_down·commitment(i→j)"

    def terms(self, seat: Seat) -> tuple[Stakes, Array]:
        """The threat against each target that is still outstanding."""
        shame = -seat.options.column("backing_down")
        targets = seat.toward(shame)
        at_stake = reading("commitment", [(seat.actor, target) for target in targets])
        return at_stake, seat.by_target(targets, shame)


@dataclass(frozen=True, kw_only=True)
class Retaliation(Incentive):
    """One look ahead: what the answer to a strike would cost (Zagare & Kilgour 2000)."""

    name: str = "fear_of_retaliation"
    formula = "−w·exposure·(1−r·air_defence)(1−r·capability)·severity·P(answer)·(strength+g·guard)"

    def terms(self, seat: Seat) -> tuple[Stakes, Array]:
        """The expected answer of each target."""
        severity = -seat.options.column("severity")
        targets = seat.toward(severity)
        return (
            partial(expected_answer, actor=seat.actor, targets=list(targets)),
            seat.by_target(targets, severity),
        )


def expected_answer(world: World, actor: int, targets: list[int]) -> Array:
    """Expected harm of the answers of `targets` to a strike of severity 1, (W, targets)."""
    rules = world.constants
    shield = (1 - rules.shield_relief * world.air_defence[:, actor]) * (
        1 - rules.shield_relief * world.capability[:, actor]
    )
    chance = answer_probability(
        world.resolve[:, actor, targets].T, rules.retaliation_if_resolved, rules.retaliation_if_not
    )
    power = world.strength[:, targets].T + rules.guard_weight * world.guard[:, targets].T
    answer: Array = world.exposure[:, actor] * shield * chance * power
    return answer.T


def answer_probability(resolve: Array, if_resolved: Value, if_not: Value) -> Array:
    """Chance of an answer from an opponent who is resolved with probability `resolve`."""
    return if_not + (if_resolved - if_not) * resolve


@dataclass(frozen=True, kw_only=True)
class EscalationAversion(Incentive):
    """No world war: a sigmoid in the rung that a strike would reach."""

    name: str = "escalation_aversion"
    formula = "−w·σ(slope·(max(rung, d·rung of the dyad) − midpoint)), if severity > 0"

    def terms(self, seat: Seat) -> tuple[Stakes, Array]:
        """The dread of each pair of target and rung that a strike can have."""
        options = seat.options
        strikes = np.flatnonzero(options.column("severity") > 0)
        rungs = options.column("rung")
        cases = sorted({(int(options.target[k]), float(rungs[k])) for k in strikes})
        loadings = np.zeros((len(cases), len(options)))
        for k in strikes:
            loadings[cases.index((int(options.target[k]), float(rungs[k]))), k] = -1.0
        targets = [target for target, _ in cases]
        reached = np.array([rung for _, rung in cases])
        return partial(_dread, seat.actor, targets, reached), loadings


def _dread(actor: int, targets: list[int], reached: Array, world: World) -> Array:
    """How far a strike on each target is dreaded that takes the dyad to a rung, (W, targets)."""
    rules = world.constants
    rung = np.maximum(rules.dyad_rung_weight * world.rung[:, actor, targets].T, reached[:, None])
    return sigmoid(rules.escalation_slope * (rung - rules.escalation_midpoint)).T


def sigmoid(x: Array) -> Array:
    """1 / (1 + exp(−x))."""
    return 1 / (1 + np.exp(-x))


@dataclass(frozen=True, kw_only=True)
class HeededAdvice(Incentive):
    """Restraint advised in private bears on what goes beyond a limited strike."""

    name: str = "heeded_advice"
    formula = "−w·advice(i)·4·max(severity − ½, 0)"

    def terms(self, seat: Seat) -> tuple[Stakes, Array]:
        """The advice still heard."""
        excess = -4 * np.maximum(seat.options.column("severity") - 0.5, 0)
        return reading("advice", [(seat.actor,)]), excess[None, :]
