"""Rates of pairs and of relations, from the weeks of a record.

The rate of a pair is its share of weeks with such an act, shrunk toward that of all pairs that have
the option by four weeks of it. On the record of the shipped rates, with blocks of 13 weeks left out
in turn, this scores as well as a beta prior fitted by marginal likelihood (.1565 against .1564 mean
log score over the actions), with years left out better (.1927 against .1945); priors by relation do
no better (.1565, .1947).

The interval is 95 % of a beta distribution about the rate. Weeks of a pair are alike and periods
differ, so that a week counts as a fraction of one (`design_effect`). The interval is never narrower
than the exact binomial one of the weeks seen, which for an act never seen is about 3 over the
weeks.

A pair that was never seen to step back had no standoff from which to. Where neither can reach the
other its rate of it is 0, so that it is no option; else there is no row, and the relation counts.

The rate of a relation is the share of all weeks of its pairs; its interval, 10 to 90 % of the beta
distribution that the pairs are likeliest drawn from, says how much pairs of one relation differ.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil, exp, floor
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.special import betaln
from scipy.stats import beta

from realpolitik.sim.engine.actions import NAMED
from realpolitik.sim.engine.actor import StateActor
from realpolitik.sim.engine.roles import RELATIONS, acts_toward, relation
from realpolitik.sim.record.weekly import Pair, Record
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.vocabulary import vocabulary

Array = NDArray[np.float64]
Number = TypeVar("Number", float, Array)

ESTIMATE = ("low", "rate", "high")
PAIR_COLUMNS = ("of", "toward", "action", *ESTIMATE, "seen", "weeks", "offset", "source")
RELATION_COLUMNS = ("relation", "action", *ESTIMATE, "pairs", "weeks", "source")

SHRINKAGE = 4  # weeks of the rate of all pairs
FEWEST_PAIRS = 3  # for a rate by relation

NOTES = {
    "denounce": "",
    "threaten": "",
    "support": "",
    "propose_talks": "any stated intent to meet or negotiate",
    "mediate": "",
    "sanction": "talk of sanctions in force too",
    "defensive_aid": "arms of any kind",
    "show_of_force": "",
    "de_escalate": "",
    "limited_strike": "strikes of any size by the strict rule",
}
"""Actions that a record can tell, each with what it cannot tell apart."""

RATED = tuple(action for action in NAMED if action in NOTES)
STEP_BACK = "de_escalate"


@dataclass(frozen=True)
class Counts:
    """In how many weeks each of the pairs that have an action did it, of how many: (P,)."""

    pairs: Sequence[Pair]
    seen: Array
    weeks: Array

    @property
    def pooled(self) -> float:
        """Rate of all pairs together; what none did counts as half a week."""
        return float(max(self.seen.sum(), 0.5) / max(self.weeks.sum(), 1.0))

    @property
    def rates(self) -> Array:
        """Rate of each pair, shrunk toward that of all."""
        return shrunk(self.seen, self.weeks, self.pooled)


@dataclass(frozen=True)
class Rate:
    """The rate of a pair's action and its interval [1/week], and the weeks it is from."""

    pair: Pair
    action: str
    low: float
    rate: float
    high: float
    seen: int
    weeks: int


def shrunk(seen: Number, weeks: Number, toward: float) -> Number:
    """A share of weeks, with `SHRINKAGE` weeks of another rate."""
    return (seen + SHRINKAGE * toward) / (weeks + SHRINKAGE)


# ── Counts ───────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Counted:
    """A record as the actors of a scenario see it.

    Attributes:
        record: Its weeks and acts.
        actors: Code → class, of those in the scenario.
        at_war: Pairs at war from the start. Only their strikes are read from the record: elsewhere
            the codes of force book talk and fighting on third soil too.
    """

    record: Record
    actors: Mapping[str, type[StateActor]]
    at_war: frozenset[Pair]

    @classmethod
    def of(cls, record: Record, scenario: Scenario) -> "Counted":
        """The record of the actors of a scenario."""
        words = vocabulary()
        values = words.values(scenario.settings)
        rungs = words.start(scenario, scenario.settings).get("rung", {})
        at_war = (pair for pair, rung in rungs.items() if rung >= values["world.war_rung"])
        actors = {code: words.actors[code] for code in sorted(scenario.actors)}
        return cls(record, actors, frozenset((a, b) for a, b in at_war))

    @cached_property
    def rated(self) -> dict[Pair, tuple[str, ...]]:
        """What a record can tell of what each pair can do, of pairs that are known in it."""
        there = np.any(self.record.known(), axis=0)
        known = (pair for pair, known in zip(self.record.pairs, there, strict=True) if known)
        return {pair: self._rated(pair) for pair in known if {*pair} <= self.actors.keys()}

    def _rated(self, pair: Pair) -> tuple[str, ...]:
        own = options(self.actors, pair)
        strikes = pair in self.at_war
        return tuple(a for a in RATED if a in own and (strikes or not NAMED[a].strike))

    def by_spell(self, action: str) -> tuple[list[Pair], Array, Array]:
        """The pairs that have an action, and their weeks with it and in all, (spells, pairs)."""
        pairs = [pair for pair, actions in self.rated.items() if action in actions]
        numbers = [self.record.pairs.index(pair) for pair in pairs]
        did, known = (weeks[:, numbers] for weeks in (self.record.did([action]), self._known))
        spells = self.record.spells()
        seen, weeks = ([of[spell].sum(axis=0) for spell in spells] for of in (did & known, known))
        return pairs, np.array(seen, dtype=np.float64), np.array(weeks, dtype=np.float64)

    @cached_property
    def _known(self) -> NDArray[np.bool_]:
        return self.record.known()

    def counts(self, action: str) -> Counts:
        """Weeks in which pairs did an action, over all spells that know both of them."""
        pairs, seen, weeks = self.by_spell(action)
        return Counts(pairs, seen.sum(axis=0), weeks.sum(axis=0))

    @cached_property
    def design_effect(self) -> float:
        """How many times more shares of spells differ than those of independent weeks would.

        Squared differences of a pair's shares of spells from its share of all weeks, over all
        actions and pairs, over what is to be expected of independent weeks; at least 1.
        """
        found = expected = 0.0
        for action in RATED:
            _, seen, weeks = self.by_spell(action)
            seen, weeks = (values[:, np.all(weeks, axis=0)] for values in (seen, weeks))
            share = seen.sum(axis=0) / weeks.sum(axis=0)
            found += float(np.sum(weeks * (seen / weeks - share) ** 2))
            expected += float(np.sum((len(seen) - 1) * share * (1 - share)))
        return max(found / expected, 1.0) if expected else 1.0

    def can_fight(self, pair: Pair) -> bool:
        """Whether one of the two has the other within reach."""
        one, other = pair
        reach = {code: actor.roles.reach for code, actor in self.actors.items()}
        return other in reach[one] or one in reach[other]


def options(actors: Mapping[str, type[StateActor]], pair: Pair) -> list[str]:
    """What the first of a pair can do toward the second."""
    roles = {code: actor.roles for code, actor in actors.items()}
    return [action.action for action in acts_toward(*pair, roles, actors[pair[0]].actions)]


# ── Rates of pairs ───────────────────────────────────────────────────────────────────


def pair_rates(counted: Counted) -> list[Rate]:
    """Rates of all pairs, by pair and in the order of the table of actions."""
    found = [rate for action in RATED for rate in _rates(counted, action)]
    return sorted(found, key=lambda one: one.pair)


def _rates(counted: Counted, action: str) -> Iterator[Rate]:
    counts = counted.counts(action)
    columns = (*interval(counts, counted.design_effect), counts.rates, counts.seen, counts.weeks)
    for pair, low, high, rate, seen, weeks in zip(counts.pairs, *columns, strict=True):
        never = action == STEP_BACK and not seen
        if not (never and counted.can_fight(pair)):
            value = 0.0 if never else float(rate)
            yield Rate(pair, action, float(low), value, float(high), int(seen), int(weeks))


def interval(counts: Counts, effect: float) -> tuple[Array, Array]:
    """95 % of a beta about each rate, of `effect` times fewer weeks; no narrower than binomial."""
    of, tails = counts.rates, np.array([[0.025], [0.975]])
    weeks = (counts.weeks + SHRINKAGE) / effect
    low, high = beta.ppf(tails, of * weeks, (1 - of) * weeks)
    seen, missed = counts.seen, counts.weeks - counts.seen
    least = np.where(seen > 0, beta.ppf(tails[0], np.maximum(seen, 1), missed + 1), 0)
    most = np.where(missed > 0, beta.ppf(tails[1], seen + 1, np.maximum(missed, 1)), 1)
    return np.minimum(low, least), np.maximum(high, most)


def pair_row(one: Rate, offset: float, cited: str) -> tuple[object, ...]:
    """A row of a `rates.csv`; `cited` says which record and weeks it is from."""
    source = f"{cited}, {one.seen} of {one.weeks} weeks{note(one.action)}"
    numbers = written(one.low, one.rate, one.high)
    return (*one.pair, one.action, *numbers, one.seen, one.weeks, f"{offset:.4f}", source)


def written(low: float, rate: float, high: float) -> tuple[str, str, str]:
    """Low, rate and high as they stand in a table, the ends rounded outward."""
    least, most = floor(min(low, rate) * 1000) / 1000, ceil(max(rate, high) * 1000) / 1000
    return f"{least:g}", f"{max(rate, 0.0001) if rate else 0:.4f}", f"{most:g}"


def note(action: str) -> str:
    """What the record cannot tell of an action, as it stands in a source."""
    return NOTES[action] and f"; {NOTES[action]}"


# ── Rates by relation ────────────────────────────────────────────────────────────────


def relation_rows(counted: Counted, cited: str) -> Iterator[tuple[object, ...]]:
    """Rows of `relation_rates.csv`: by relation and in the order of the table of actions."""
    told = {name: counted.counts(name) for name in RATED if not NAMED[name].strike}
    roles = {code: actor.roles for code, actor in counted.actors.items()}
    for kind in RELATIONS:
        for action, counts in told.items():
            chosen = [n for n, p in enumerate(counts.pairs) if relation(*p, roles) == kind]
            if len(chosen) >= FEWEST_PAIRS:
                seen, weeks = counts.seen[chosen], counts.weeks[chosen]
                rate = shrunk(seen.sum(), weeks.sum(), counts.pooled)
                low, high = between_pairs(seen, weeks, rate)
                share = f"{seen.sum():.0f} of {weeks.sum():.0f} weeks of pairs{note(action)}"
                numbers = written(low, rate, high)
                yield (kind, action, *numbers, len(chosen), int(weeks.sum()), f"{cited}, {share}")


def between_pairs(seen: Array, weeks: Array, mean: float) -> tuple[float, float]:
    """10 % and 90 % of the beta of that mean that pairs are likeliest drawn from."""

    def loss(log_size: float) -> float:
        one, other = mean * exp(log_size), (1 - mean) * exp(log_size)
        likelihood = betaln(one + seen, other + weeks - seen) - betaln(one, other)
        return -float(likelihood.sum())

    size = exp(minimize_scalar(loss, bounds=(-2, 7), method="bounded").x)
    low, high = beta.ppf([0.1, 0.9], mean * size, (1 - mean) * size)
    return float(low), float(high)
