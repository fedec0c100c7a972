"""How often what is done in the ordinary weeks of a pair (`docs/odd.md`, section 7.1)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from realpolitik.sim.engine.actions import Action
from realpolitik.sim.engine.tables import read_table

if TYPE_CHECKING:
    from tests.reference.actor import PlainActor

OF_PAIRS = {
    (row["of"], row["toward"], row["action"]): row
    for row in read_table("realpolitik.agents", "rates.csv")
}
OF_RELATIONS = {
    (row["relation"], row["action"]): row.number("rate")
    for row in read_table("realpolitik.sim.engine", "relation_rates.csv")
}


def rate(i: "PlainActor", j: "PlainActor", action: Action) -> float:
    """Weekly probability of an act of i toward j; a setting of the base rate moves it."""
    settings = i.model.spec.settings
    address = f"rate.{i.code}-{j.code}.{action.action}"
    if address in settings:
        return settings[address]
    return min(usual_rate(i, j, action) * factor(settings, action), 1.0)


def usual_rate(i: "PlainActor", j: "PlainActor", action: Action) -> float:
    """The rate of the pair, without one that of pairs like it, without one that of the action."""
    if row := OF_PAIRS.get((i.code, j.code, action.action)):
        return row.number("rate")
    return OF_RELATIONS.get((relation(i, j), action.action), action.base_rate)


def is_estimated(i: "PlainActor", j: "PlainActor", action: Action) -> bool:
    """Whether the rate of the pair, or of pairs like it, is known."""
    of_pair, of_relation = (i.code, j.code, action.action), (relation(i, j), action.action)
    return of_pair in OF_PAIRS or of_relation in OF_RELATIONS


def factor(settings: Mapping[str, float], action: Action) -> float:
    """How many times its default the base rate of an action is set to."""
    base_rate = settings.get(f"action.{action.action}.base_rate", action.base_rate)
    return base_rate / action.base_rate


def relation(i: "PlainActor", j: "PlainActor") -> str:
    """What j is to i: the first that is true."""
    if j.code in i.clients:
        return "client"
    if i.code in j.clients:
        return "patron"
    if j.code in i.partners:
        return "partner"
    return "rival" if j.code in i.rivals else "neither"


def offset(i: str, j: str, action: Action) -> float:
    """What is at stake for i in an ordinary week anyway, taken off the utility of the act."""
    row = OF_PAIRS.get((i, j, action.action))
    return row.number("offset") if row else 0.0
