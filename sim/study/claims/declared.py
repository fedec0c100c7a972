"""What stands for the claims in the model: value, range, source and sentence of each name."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from math import nan

import pandas as pd

from realpolitik.sim.scenario.loading import load_scenario
from realpolitik.sim.scenario.vocabulary import vocabulary
from realpolitik.sim.study.claims.claim import Claim


@dataclass(frozen=True)
class Declared:
    """One thing that a claim is encoded in.

    Attributes:
        name: Its address or name, as under `encoded`.
        what: incentive, constant, starting value, base rate, action, scenario, or event.
        value, low, high: Value and range of a parameter; NaN of all else.
        source: Where it is from; empty of scenarios and actions without one.
        meaning: What it is, in a few words.
    """

    name: str
    what: str
    value: float
    low: float
    high: float
    source: str
    meaning: str


WHATS = ("incentive", "constant", "starting value", "base rate", "action", "scenario", "event")
BY_PREFIX = {"world": "constant", "initial": "starting value", "action": "base rate"}


def declared(claims: Iterable[Claim]) -> pd.DataFrame:
    """All that the claims are encoded in, each once, incentives first, then by name."""
    names = {name for claim in claims for name in claim.encoded}
    found = sorted(map(_of, names), key=lambda each: (WHATS.index(each.what), each.name))
    return pd.DataFrame(map(asdict, found), columns=list(Declared.__dataclass_fields__))


def _of(name: str) -> Declared:
    """What a name that the reader has found right stands for."""
    words = vocabulary()
    if parameter := words.parameters.get(name):
        what = BY_PREFIX.get(name.partition(".")[0], "incentive")
        numbers = (parameter.default, parameter.low, parameter.high)
        return Declared(name, what, *numbers, parameter.source, parameter.meaning)
    if action := words.actions.get(name):
        return Declared(name, "action", nan, nan, nan, action.source, action.label)
    reference, colon, inside = name.partition(":")
    scenario = load_scenario(reference)
    if not colon:
        return Declared(name, "scenario", nan, nan, nan, "", scenario.title)
    shock = next((shock for shock in scenario.shocks if shock.id == inside), None)
    source, told = (shock.source, shock.note) if shock else ("", f"a deal in {reference}")
    return Declared(name, "event", nan, nan, nan, source, told)
