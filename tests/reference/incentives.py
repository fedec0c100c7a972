"""Why an actor would, or would not: one function a formula (`docs/odd.md`, section 7.2)."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from realpolitik.sim.engine.actions import HOLD
from realpolitik.sim.engine.incentives import Incentive
from tests.reference.rates import is_estimated
from tests.reference.state import Option, clip, pair_of

if TYPE_CHECKING:
    from tests.reference.actor import PlainActor


@dataclass(frozen=True)
class Term:
    """An incentive of an actor: its formula, and its weight in parts, each with a scale."""

    incentive: Any  # an Incentive of the class that `formula` is for, with its own fields
    formula: "Callable[[PlainActor, Term, float, Option], float]"
    parts: tuple[tuple[float, Callable[[], float]], ...]
    total: float  # the unscaled weight

    @classmethod
    def of(cls, actor: "PlainActor", incentive: Incentive) -> "Term":
        """The incentive as `actor` feels it."""
        values, address = actor.model.values, f"{actor.code}.{incentive.name}"
        scaled = tuple(
            (values[f"{address}.{part.name}"], scale_of(actor, part.scaled_by))
            for part in incentive.parts
        )
        parts = scaled or ((values[address], lambda: 1.0),)
        return cls(incentive, FORMULAS[type(incentive).__name__], parts, sum(w for w, _ in parts))

    def weight(self) -> float:
        """The weight in the world as it stands."""
        return sum(weight * scale() for weight, scale in self.parts)


def concerned(incentive: Incentive) -> set[str]:
    """Codes of the actors that an incentive names; without them it is nothing."""
    names = (getattr(incentive, field, None) for field in ("partner", "on", "over"))
    return {name for name in names if name is not None}


def stake(actor: "PlainActor", term: Term, tie: float, option: Option) -> float:
    """I gain with my partner, and lose when what I give another can be used against it."""
    action, target, partner = option.action, option.target, term.incentive.partner
    if target == partner:
        return tie * action.benefit
    if action.track not in ("material", "force"):
        return 0.0
    hostility = actor.model.state.hostility[target, partner]
    return -tie * action.benefit * math.sqrt(action.visibility) * hostility


def domestic_pressure(actor: "PlainActor", term: Term, w: float, option: Option) -> float:
    """Hitting back relieves the street."""
    return w * actor.model.state.pressure[actor.code, option.target] * option.action.relief


def audience_cost(actor: "PlainActor", term: Term, w: float, option: Option) -> float:
    """A threat that is not kept costs."""
    commitment = actor.model.state.commitment[actor.code, option.target]
    return -w * option.action.backing_down * commitment


def retaliation(actor: "PlainActor", term: Term, w: float, option: Option) -> float:
    """The answer that is to be expected to a strike."""
    if not option.action.severity:
        return 0.0
    state, constants, i, j = actor.model.state, actor.model.constants, actor.code, option.target
    shield = (1 - constants.shield_relief * state.air_defence[i]) * (
        1 - constants.shield_relief * state.capability[i]
    )
    resolve = state.resolve[i, j]
    answer = (
        resolve * constants.retaliation_if_resolved + (1 - resolve) * constants.retaliation_if_not
    )
    power = state.strength[j] + constants.guard_weight * state.guard[j]
    return -w * state.exposure[i] * shield * option.action.severity * answer * power


def escalation_aversion(actor: "PlainActor", term: Term, w: float, option: Option) -> float:
    """No world war."""
    if not option.action.severity:
        return 0.0
    constants = actor.model.constants
    stands_at = constants.dyad_rung_weight * actor.model.state.rung[actor.code, option.target]
    height = max(option.action.rung, stands_at) - constants.escalation_midpoint
    return -w / (1 + math.exp(-constants.escalation_slope * height))


def entrapment(actor: "PlainActor", term: Term, w: float, option: Option) -> float:
    """Not to be dragged into someone else's war."""
    if option.target not in actor.partners + actor.clients or option.action.track == "force":
        return 0.0
    return -w * max(option.action.benefit, 0.0) * actor.model.crisis[option.target]


def dependence(actor: "PlainActor", term: Term, w: float, option: Option) -> float:
    """Who arms me must be kept on side."""
    if option.target != term.incentive.on:
        return 0.0
    return w * actor.model.state.flow[term.incentive.on, actor.code] * option.action.loyalty


def leverage(actor: "PlainActor", term: Term, w: float, option: Option) -> float:
    """Words for a partner, and restraint, are chips in the bargain with a rival."""
    rival, target = actor.model.actors[term.incentive.over], option.target
    bears = option.action.track == "force" or target == rival.code or target in rival.rivals
    if not (option.action.leverage and bears):
        return 0.0
    return w * option.action.leverage * actor.model.open_between(actor.code, rival.code)


def legal_bar(actor: "PlainActor", term: Term, w: float, option: Option) -> float:
    """No arms while an embargo holds."""
    if not option.action.arms:
        return 0.0
    return -w * actor.model.state.embargo[option.target]


def heeded_advice(actor: "PlainActor", term: Term, w: float, option: Option) -> float:
    """Advice weighs on what exceeds a limited strike."""
    return -w * actor.model.state.advice[actor.code] * 4 * max(option.action.severity - 0.5, 0.0)


def arming_aversion(actor: "PlainActor", term: Term, w: float, option: Option) -> float:
    """No arms to actors of a kind."""
    if not option.action.arms:
        return 0.0
    is_of_kind = actor.model.actors[option.target].kind == term.incentive.kind
    return -w if is_of_kind else 0.0


def pending_delivery(actor: "PlainActor", term: Term, w: float, option: Option) -> float:
    """A shipment about to leave is sent or called back."""
    state, pair, action = actor.model.state, (actor.code, option.target), option.action
    waiting = state.pending[pair] if action.delivery else 0.0
    if action.delivery_defensive:
        waiting += state.pending_defensive[pair]
    return w * waiting


def cost(actor: "PlainActor", term: Term, w: float, option: Option) -> float:
    """Every act costs, the more the less stock is left."""
    return -w * option.action.cost * (2 - actor.model.state.stock[actor.code])


def momentum(actor: "PlainActor", term: Term, w: float, option: Option) -> float:
    """What was done of late more than usual is done again, where the usual is known."""
    other = actor.model.actors[option.target]
    if option.action.action == HOLD or not is_estimated(actor, other, option.action):
        return 0.0
    return w * actor.model.recent[option.by(actor.code)]


def reaction(actor: "PlainActor", term: Term, w: float, option: Option) -> float:
    """An affront to oneself or a partner is answered, and who suffers one is stood by."""
    answered = option.action.reaction * _felt(actor, option.target)
    return w * (answered + option.action.solidarity * _suffered(actor, option.target))


def _felt(actor: "PlainActor", j: str) -> float:
    """Affronts by j: to oneself, and in part to one's partners."""
    affront, share = actor.model.state.affront, actor.model.constants.partner_share
    to_partners = sum(affront[k, j] for k in actor.partners if k != j)
    return clip(affront[actor.code, j] + share * to_partners, -1.0, 1.0)


def _suffered(actor: "PlainActor", j: str) -> float:
    """The worst affront to a partner."""
    if j not in actor.partners:
        return 0.0
    return max(0.0, *(actor.model.state.affront[j, k] for k in actor.model.codes))


def weariness(actor: "PlainActor", term: Term, w: float, option: Option) -> float:
    """A war that lasts, kills and empties the stores is to end."""
    model, i, j = actor.model, actor.code, option.target
    if not option.action.reconciles or model.state.rung[i, j] < model.constants.direct_rung:
        return 0.0
    weeks = min(1.0, model.weeks_at_direct[pair_of(i, j)] / model.constants.weary_weeks)
    deaths = salience(model.state.casualties[i], model.constants.salience_deaths)
    return w * option.action.reconciles * (weeks + deaths + 1 - model.state.stock[i]) / 3


def overture(actor: "PlainActor", term: Term, w: float, option: Option) -> float:
    """A step back by the other side, or a mediator, makes one's own easier."""
    state, i, j = actor.model.state, actor.code, option.target
    if state.rung[i, j] < actor.model.constants.tense_rung:
        return 0.0
    heard = state.overture[j, i] + max(state.mediation[i], state.mediation[j])
    return w * option.action.reconciles * min(1.0, heard)


def salience(deaths: float, full: float) -> float:
    """How much deaths weigh, from 0 to 1 at `full`, by their order of magnitude."""
    return min(1.0, math.log10(1 + deaths) / math.log10(1 + full))


FORMULAS: "dict[str, Callable[[PlainActor, Term, float, Option], float]]" = {
    "Stake": stake,
    "DomesticPressure": domestic_pressure,
    "AudienceCost": audience_cost,
    "Retaliation": retaliation,
    "EscalationAversion": escalation_aversion,
    "Entrapment": entrapment,
    "Dependence": dependence,
    "Leverage": leverage,
    "LegalBar": legal_bar,
    "HeededAdvice": heeded_advice,
    "ArmingAversion": arming_aversion,
    "PendingDelivery": pending_delivery,
    "Momentum": momentum,
    "Reaction": reaction,
    "WarWeariness": weariness,
    "Overture": overture,
    "Cost": cost,
}


def scale_of(actor: "PlainActor", scale: Any) -> Callable[[], float]:
    """The scale of a part as `actor` feels it."""
    return partial(SCALES[type(scale).__name__], actor, scale)


def casualty_salience(actor: "PlainActor", scale: Any) -> float:
    """Émigrés in the partner, up to doubled by civilian deaths there."""
    state, full = actor.model.state, actor.model.constants.salience_deaths
    deaths = state.casualties.get(scale.partner, 0.0)
    diaspora = state.diaspora.get((actor.code, scale.partner), 0.0)
    return diaspora * (1 + salience(deaths, full))


def aid(actor: "PlainActor", scale: Any) -> float:
    """A rivalry grows with the arms that the rival sends to one's opponent."""
    flow = actor.model.state.flow.get((scale.giver, scale.receiver), 0.0)
    return 1 + actor.model.constants.aid_amplification * flow


def governed_by(actor: "PlainActor", scale: Any) -> float:
    """1 under the administration that is meant, else 0."""
    administration = actor.model.state.administration[actor.code]
    return administration if scale.challenger else 1 - administration


SCALES: "dict[str, Callable[[PlainActor, Any], float]]" = {
    "Constant": lambda actor, scale: 1.0,
    "Emigres": lambda actor, scale: actor.model.state.diaspora.get((scale.of, scale.within), 0.0),
    "CasualtySalience": casualty_salience,
    "Isolation": lambda actor, scale: 1 + actor.model.state.isolation[actor.code],
    "Rapport": lambda actor, scale: actor.model.state.rapport.get((actor.code, scale.partner), 0.0),
    "Channel": lambda actor, scale: actor.model.state.deconfliction.get(
        (actor.code, scale.partner), 0.0
    ),
    "Aid": aid,
    "GovernedBy": governed_by,
}
