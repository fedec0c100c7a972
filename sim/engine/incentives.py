"""Why an actor would, or would not: one class a formula.

An incentive is bilinear: what is at stake in each world, (W, f), times what each option does to it,
(f, options), times a weight. The second never changes, so the utility of all options of an actor
is a single matrix product, and the contribution of an incentive is the part of that product that
belongs to it. `docs/odd.md` 7.2 prints the formulas with their literature.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from realpolitik.sim.engine.deals import Deal
from realpolitik.sim.engine.options import Options
from realpolitik.sim.engine.parameters import Parameter, Weight
from realpolitik.sim.engine.scales import Constant, Scale
from realpolitik.sim.engine.world import Array, World

Stakes = Callable[[World], Array]

ALWAYS = Constant()


@dataclass(frozen=True)
class Part:
    """A share of an incentive with a reason of its own."""

    name: str
    weight: Weight
    why: str
    scaled_by: Scale = ALWAYS


@dataclass(frozen=True)
class Seat:
    """The place from which an actor looks at the world: what an incentive needs to bind itself."""

    actor: int
    codes: tuple[str, ...]
    options: Options
    kinds: tuple[str | None, ...]
    rivals: Mapping[str, tuple[str, ...]]
    deals: tuple[Deal, ...]
    values: Mapping[str, float]

    @property
    def code(self) -> str:
        """Code of the actor."""
        return self.codes[self.actor]

    def number(self, code: str) -> int | None:
        """Number of an actor; None if the scenario leaves it out."""
        return self.codes.index(code) if code in self.codes else None

    def toward(self, mask: Array | None = None) -> tuple[int, ...]:
        """The different targets of all options, or of those for which `mask` is not 0."""
        targets = self.options.target if mask is None else self.options.target[mask != 0]
        return tuple(sorted({int(target) for target in targets if target >= 0}))

    def by_target(self, targets: tuple[int, ...], effect: Array) -> Array:
        """Rows (targets, options): `effect` of the options that aim at each target, else 0."""
        aims = self.options.target[None, :] == np.array(targets, dtype=int)[:, None]
        return np.where(aims, effect[None, :], 0.0)


@dataclass(frozen=True)
class BoundIncentive:
    """An incentive at its seat: `stakes(world)` is (W, f), `loadings` is (f, options)."""

    name: str
    stakes: Stakes
    loadings: Array

    @property
    def features(self) -> int:
        """Number of things at stake."""
        return len(self.loadings)


@dataclass(frozen=True, kw_only=True)
class Incentive(ABC):
    """A named reason with a weight, or with parts whose weights add up.

    `why` says in one sentence why the actor has it; the source stands with the weight.
    """

    name: str
    weight: Weight | None = None
    parts: tuple[Part, ...] = ()
    why: str = ""

    formula: ClassVar[str]

    def __post_init__(self) -> None:
        """Refuses an incentive that has both a weight and parts, or neither."""
        if (self.weight is None) == (not self.parts):
            raise TypeError(f"incentive {self.name!r} needs either a weight or parts")

    def reasons(self) -> tuple[Part, ...]:
        """Its parts; one without a name if it has a weight of its own."""
        return self.parts or (Part("", self.weight, self.why),)  # type: ignore[arg-type]

    def parameters(self, code: str) -> tuple[Parameter, ...]:
        """Its weights under their addresses, as declared by the actor `code`."""
        whole = f"{code}.{self.name}"
        if self.weight is not None:
            own = self.weight
            return (Parameter(whole, own.default, own.low, own.high, own.source, self.why),)
        declared = tuple(
            Parameter(
                f"{whole}.{part.name}",
                part.weight.default,
                part.weight.low,
                part.weight.high,
                part.weight.source,
                part.why,
            )
            for part in self.parts
        )
        return (_sum_of(whole, declared, self.why), *declared)

    def bind(self, seat: Seat) -> BoundIncentive:
        """The incentive as the actor at `seat` has it."""
        stakes, loadings = self.terms(seat)
        pairs = [
            (seat.values[".".join(filter(None, (seat.code, self.name, part.name)))], part.scaled_by)
            for part in self.reasons()
        ]
        fixed = sum(value for value, scale in pairs if scale is ALWAYS)
        moving = [(value, scale) for value, scale in pairs if scale is not ALWAYS]
        if not moving:
            return BoundIncentive(self.name, stakes, fixed * loadings)

        def weighted(world: World) -> Array:
            weight = fixed + sum(value * scale(world, seat.actor) for value, scale in moving)
            weighed: Array = stakes(world) * np.reshape(weight, (-1, 1))
            return weighed

        return BoundIncentive(self.name, weighted, loadings)

    @abstractmethod
    def terms(self, seat: Seat) -> tuple[Stakes, Array]:
        """What is at stake, and what each option does to it, for a weight of 1."""


def _sum_of(address: str, parts: tuple[Parameter, ...], meaning: str) -> Parameter:
    """The whole of which `parts` are parts."""
    return Parameter(
        address,
        sum(part.default for part in parts),
        sum(part.low for part in parts),
        sum(part.high for part in parts),
        "sum of its parts",
        meaning,
        parts=tuple(part.address for part in parts),
    )


def _ones(world: World) -> Array:
    return np.ones((world.worlds, 1))


@dataclass(frozen=True, kw_only=True)
class Stake(Incentive):
    """I gain when my partner gains, and lose when what I give another can be used against it.

    A negative weight makes the partner a rival. What costs is to be seen to enable: the loss goes
    with the root of visibility, and only deeds (material, force) cause it.
    """

    partner: str

    formula = "tie·benefit·[j=p] − tie·m·benefit·√visibility·hostility(j→p)"

    def terms(self, seat: Seat) -> tuple[Stakes, Array]:
        """Own gain, then the loss through each other target's hostility toward the partner."""
        options, partner = seat.options, seat.number(self.partner)
        if partner is None:
            return _ones, np.zeros((1, len(options)))
        benefit = options.column("benefit")
        harm = -options.deeds * benefit * np.sqrt(options.column("visibility"))
        others = [target for target in seat.toward(harm) if target != partner]
        gain = np.where(options.target == partner, benefit, 0.0)
        loadings = np.vstack([gain, seat.by_target(tuple(others), harm)])

        def stakes(world: World) -> Array:
            at_stake = np.empty((world.worlds, 1 + len(others)), order="F")
            at_stake[:, 0] = 1.0
            at_stake[:, 1:] = world.hostility[:, others, partner]
            return at_stake

        return stakes, loadings


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
            lambda world: world.pressure[:, seat.actor, list(targets)],
            seat.by_target(targets, relief),
        )


@dataclass(frozen=True, kw_only=True)
class AudienceCost(Incentive):
    """An unkept public threat costs (Fearon 1994)."""

    name: str = "audience_cost"
    formula = "−w·backing_down·commitment(i→j); for hold the largest commitment"

    def terms(self, seat: Seat) -> tuple[Stakes, Array]:
        """The largest outstanding threat (hold), then the one against each target."""
        shame = -seat.options.column("backing_down")
        targets = seat.toward(shame)
        idle = np.where(seat.options.target < 0, shame, 0.0)

        def stakes(world: World) -> Array:
            own = world.commitment[:, seat.actor]
            return np.column_stack([own.max(axis=1), own[:, list(targets)]])

        return stakes, np.vstack([idle, seat.by_target(targets, shame)])


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
            lambda world: expected_answer(world, seat.actor, list(targets)),
            seat.by_target(targets, severity),
        )


def expected_answer(world: World, actor: int, targets: list[int]) -> Array:
    """Expected harm of the answers of `targets` to a strike of severity 1, (W, targets)."""
    rules = world.constants
    shield = (1 - rules.shield_relief * world.air_defence[:, actor]) * (
        1 - rules.shield_relief * world.capability[:, actor]
    )
    chance = answer_probability(
        world.resolve[:, actor, targets], rules.retaliation_if_resolved, rules.retaliation_if_not
    )
    power = world.strength[:, targets] + rules.guard_weight * world.guard[:, targets]
    return (world.exposure[:, actor] * shield)[:, None] * chance * power


def answer_probability(resolve: Array, if_resolved: float, if_not: float) -> Array:
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

        def stakes(world: World) -> Array:
            rules = world.constants
            rung = np.maximum(rules.dyad_rung_weight * world.rung[:, seat.actor, targets], reached)
            return sigmoid(rules.escalation_slope * (rung - rules.escalation_midpoint))

        return stakes, loadings


def sigmoid(x: Array) -> Array:
    """1 / (1 + exp(−x))."""
    return 1 / (1 + np.exp(-x))


@dataclass(frozen=True, kw_only=True)
class Entrapment(Incentive):
    """Not to be dragged into the crisis of a partner (Snyder 1984)."""

    name: str = "entrapment"
    formula = "−w·max(benefit, 0)·crisis(j)"

    def terms(self, seat: Seat) -> tuple[Stakes, Array]:
        """The crisis of each partner or client."""
        cost = -np.maximum(seat.options.column("benefit"), 0) * seat.options.helps
        targets = seat.toward(cost)
        return lambda world: world.crisis[:, list(targets)], seat.by_target(targets, cost)


@dataclass(frozen=True, kw_only=True)
class Dependence(Incentive):
    """Who arms me must be kept on side; words count a little."""

    on: str
    formula = "w·flow(p→i)·loyalty·[j=p]"

    def terms(self, seat: Seat) -> tuple[Stakes, Array]:
        """The flow of arms from the one depended on."""
        supplier = seat.number(self.on)
        loyalty = seat.options.column("loyalty")
        if supplier is None:
            return _ones, np.zeros((1, len(seat.options)))
        return (
            lambda world: world.flow[:, supplier, seat.actor, None],
            seat.by_target((supplier,), loyalty),
        )


@dataclass(frozen=True, kw_only=True)
class Leverage(Incentive):
    """Noise for a partner, and restraint, are chips in the bargain with a rival."""

    over: str
    formula = "w·leverage·openness of the deal with r"

    def terms(self, seat: Seat) -> tuple[Stakes, Array]:
        """Openness of the deal; what bears on it: force, the rival itself, the rival's rivals."""
        options = seat.options
        deals = [
            number for number, deal in enumerate(seat.deals) if deal.between(seat.code, self.over)
        ]
        if not deals:
            return _ones, np.zeros((1, len(options)))
        watched = [seat.number(code) for code in (self.over, *seat.rivals[self.over])]
        bears = options.on_track("force") | np.isin(
            options.target, [number for number in watched if number is not None]
        )
        chips = np.where(bears, options.column("leverage"), 0.0)
        return lambda world: world.openness[:, deals].max(axis=1, keepdims=True), chips[None, :]


@dataclass(frozen=True, kw_only=True)
class LegalBar(Incentive):
    """A UN embargo on arms to the target."""

    name: str = "legal_bar"
    formula = "−w·embargo(j), for arms"

    def terms(self, seat: Seat) -> tuple[Stakes, Array]:
        """The embargo on each client."""
        arms = -seat.options.column("arms")
        clients = seat.toward(arms)
        return lambda world: world.embargo[:, list(clients)], seat.by_target(clients, arms)


@dataclass(frozen=True, kw_only=True)
class HeededAdvice(Incentive):
    """Restraint advised in private bears on what goes beyond a limited strike."""

    name: str = "heeded_advice"
    formula = "−w·advice(i)·4·max(severity − ½, 0)"

    def terms(self, seat: Seat) -> tuple[Stakes, Array]:
        """The advice still heard."""
        excess = -4 * np.maximum(seat.options.column("severity") - 0.5, 0)
        return lambda world: world.advice[:, seat.actor, None], excess[None, :]


@dataclass(frozen=True, kw_only=True)
class ArmingAversion(Incentive):
    """Do not arm the kind of actor that is an enemy at home."""

    kind: str
    formula = "−w·[kind of j], for arms"

    def terms(self, seat: Seat) -> tuple[Stakes, Array]:
        """Nothing that moves: the kind of the target."""
        of_kind = [number for number, kind in enumerate(seat.kinds) if kind == self.kind]
        aversion = np.where(
            np.isin(seat.options.target, of_kind), -seat.options.column("arms"), 0.0
        )
        return _ones, aversion[None, :]


@dataclass(frozen=True, kw_only=True)
class PendingDelivery(Incentive):
    """A delivery about to leave forces the choice to send it or to call it back."""

    name: str = "pending_delivery"
    formula = "w·pending(i→j), for sending and for withholding"

    def terms(self, seat: Seat) -> tuple[Stakes, Array]:
        """Whether a delivery to each client is about to leave."""
        decides = seat.options.column("delivery")
        clients = seat.toward(decides)
        return (
            lambda world: world.pending[:, seat.actor, list(clients)],
            seat.by_target(clients, decides),
        )


@dataclass(frozen=True, kw_only=True)
class Cost(Incentive):
    """Acting costs, the more the less is left in stock."""

    name: str = "cost_of_acting"
    weight: Weight | None = Weight(1.0, 0.5, 2.0)
    why: str = "Every act spends money, arms or credit."
    formula = "−w·cost·(2 − stock(i))"

    def terms(self, seat: Seat) -> tuple[Stakes, Array]:
        """What is missing in the stock."""
        return (
            lambda world: 2 - world.stock[:, seat.actor, None],
            -seat.options.column("cost")[None, :],
        )
