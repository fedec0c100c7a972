"""Writes the weekly rates `agents/rates.csv` and `sim/engine/relation_rates.csv` from a record.

    python docs/write_rates.py --record FOLDER

FOLDER holds a record of events (`sim/record/icews.py`), of which the project ships no row.
Learnt is on 2014 and January 2018 to March 2019; 2021 is kept back for `benchmarks/backtest.py`.

The rate of a pair is its share of weeks with such an act, shrunk toward that of all pairs that have
the option by four weeks of it. With blocks of 13 weeks left out in turn this scores as well as a
beta prior fitted by marginal likelihood (.1565 against .1564 mean log score over the actions), with
years left out better (.1927 against .1945); priors by relation do no better (.1565, .1947).

The interval is 95 % of a beta distribution about the rate. Weeks of a pair are alike and years
differ: the shares of the two periods differ 8.3 times as much as those of independent weeks would
(`design_effect`), so a week counts as that fraction of one. The interval is never narrower than the
exact binomial one of the weeks seen, which for an act never seen is about 3 over the weeks.

In the record several acts of a track may fall in one week, in the model one. Where the rates of a
pair's track leave less than 3 % to holding, they are the ones of the least expected log score among
those that fit, and say so (capped). That costs 3.8 % of the log score of these weeks (words 6.4 %);
scaling all alike would cost 3.9 % (6.6 %).

A pair that was never seen to step back had no standoff from which to. Where neither can reach the
other its rate of it is 0, so that it is no option; else there is no row, and the relation counts.

The rate of a relation is the share of all weeks of its pairs; its interval, 10 to 90 % of the beta
distribution that the pairs are likeliest drawn from, says how much pairs of one relation differ.
"""

import argparse
import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import ceil, exp, floor, sqrt
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq, minimize_scalar
from scipy.special import betaln
from scipy.stats import beta

from realpolitik.sim.engine.actions import NAMED
from realpolitik.sim.engine.actor import StateActor
from realpolitik.sim.engine.roles import RELATIONS, acts_toward, relation
from realpolitik.sim.files.folder import write_file
from realpolitik.sim.record.icews import learnt, read_icews
from realpolitik.sim.record.weekly import Pair, Record
from realpolitik.sim.scenario.vocabulary import vocabulary

ROOT = Path(__file__).parents[1]
PAIRS = ROOT / "agents" / "rates.csv"
BY_RELATION = ROOT / "sim" / "engine" / "relation_rates.csv"
ESTIMATE = ("low", "rate", "high")
PAIR_COLUMNS = ("of", "toward", "action", *ESTIMATE, "seen", "weeks", "offset", "source")
RELATION_COLUMNS = ("relation", "action", *ESTIMATE, "pairs", "weeks", "source")

Array = NDArray[np.float64]
Actors = Mapping[str, type[StateActor]]
Number = TypeVar("Number", float, Array)
Records = Mapping[str, Record]
"""Period, as it is written → its record; all of the same pairs."""

SHRINKAGE = 4  # weeks of the rate of all pairs
MOST = 0.97  # of a pair's track, what acts may take of the week
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
"""Actions that the record can tell, each with what it cannot tell apart."""

RATED = tuple(action for action in NAMED if action in NOTES)

STEP_BACK = "de_escalate"
AT_WAR = (("RUS", "UKR"), ("UKR", "RUS"))
"""Pairs whose strikes are read from the record; elsewhere it books talk and third soil as force."""


@dataclass(frozen=True)
class Counts:
    """In how many weeks each of the pairs that have an action did it, of how many: (P,)."""

    pairs: Sequence[Pair]
    seen: Array
    weeks: Array

    @property
    def pooled(self) -> float:
        """Rate of all pairs together; what none did counts as half a week."""
        return float(max(self.seen.sum(), 0.5) / self.weeks.sum())

    @property
    def rates(self) -> Array:
        """Rate of each pair, shrunk toward that of all."""
        return shrunk(self.seen, self.weeks, self.pooled)


@dataclass(frozen=True)
class Rate:
    """The rate of a pair's action and its interval [1/week], and the weeks it is from."""

    action: str
    low: float
    rate: float
    high: float
    seen: int
    weeks: int

    def at(self, price: float) -> "Rate":
        """The same with all three numbers as they are at a price."""
        low, rate, high = (priced(share, price) for share in (self.low, self.rate, self.high))
        return replace(self, low=low, rate=rate, high=high)


def shrunk(seen: Number, weeks: Number, toward: float) -> Number:
    """A share of weeks, with `SHRINKAGE` weeks of another rate."""
    return (seen + SHRINKAGE * toward) / (weeks + SHRINKAGE)


def main() -> None:
    """Writes both tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--record", type=Path, required=True)
    actors = vocabulary().actors
    records = learnt(read_icews(parser.parse_args().record, actors))
    write_file(PAIRS, table(PAIR_COLUMNS, pair_rows(records, actors, offsets())))
    write_file(BY_RELATION, table(RELATION_COLUMNS, relation_rows(records, actors)))


def table(columns: Sequence[str], rows: Iterator[Sequence[object]]) -> str:
    """The text of a CSV table."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([columns, *rows])
    return text.getvalue()


def offsets() -> dict[tuple[str, ...], str]:
    """Offsets of the rows that there are, by pair and action."""
    if not PAIRS.exists():
        return {}
    with PAIRS.open(encoding="utf-8", newline="") as file:
        return {(r["of"], r["toward"], r["action"]): r["offset"] for r in csv.DictReader(file)}


# ── Counts ───────────────────────────────────────────────────────────────────────────


def counted(records: Records, actors: Actors, action: str) -> Counts:
    """Weeks in which pairs did an action, over all records that know both of them."""
    pairs, seen, weeks = _by_record(records, actors, action)
    return Counts(pairs, seen.sum(axis=0), weeks.sum(axis=0))


def _by_record(records: Records, actors: Actors, action: str) -> tuple[list[Pair], Array, Array]:
    """The pairs that have an action, and their weeks with it and in all, (records, pairs)."""
    pairs = next(iter(records.values())).pairs
    known = np.array([record.known().sum(axis=0) for record in records.values()])
    there = np.any(known, axis=0)
    rated = [n for n, pair in enumerate(pairs) if there[n] and is_rated(actors, pair, action)]
    seen = [record.did([action]).sum(axis=0)[rated] for record in records.values()]
    return [pairs[n] for n in rated], np.array(seen, dtype=float), known[:, rated].astype(float)


def is_rated(actors: Actors, pair: Pair, action: str) -> bool:
    """Whether the record can tell an action, and the first of a pair has it toward the second."""
    told = action in RATED and (not NAMED[action].strike or pair in AT_WAR)
    return told and action in options(actors, pair)


def options(actors: Actors, pair: Pair) -> list[str]:
    """What the first of a pair can do toward the second."""
    roles = {code: actor.roles for code, actor in actors.items()}
    return [action.action for action in acts_toward(*pair, roles, actors[pair[0]].actions)]


def design_effect(records: Records, actors: Actors) -> float:
    """How many times more a pair's shares of periods differ than those of independent weeks would.

    Squared differences of the shares of periods from the share of all weeks, over all actions and
    pairs, over what is to be expected of independent weeks; at least 1.
    """
    found = expected = 0.0
    for action in RATED:
        _, seen, weeks = _by_record(records, actors, action)
        seen, weeks = (values[:, np.all(weeks, axis=0)] for values in (seen, weeks))
        share = seen.sum(axis=0) / weeks.sum(axis=0)
        found += float(np.sum(weeks * (seen / weeks - share) ** 2))
        expected += float(np.sum((len(records) - 1) * share * (1 - share)))
    return max(found / expected, 1.0)


# ── Rates of pairs ───────────────────────────────────────────────────────────────────


def pair_rows(
    records: Records, actors: Actors, kept: Mapping[tuple[str, ...], str]
) -> Iterator[tuple[object, ...]]:
    """Rows of `agents/rates.csv`, by pair and in the order of the table of actions.

    `kept` are the offsets of rows, by pair and action; others get 0.
    """
    known = {period: known_pairs(record) for period, record in records.items()}
    for pair, alone in estimates(records, actors).items():
        years = ", ".join(period for period, of in known.items() if pair in of)
        for before, one in zip(alone, together(alone, actors, pair), strict=True):
            never = one.action == STEP_BACK and one.seen == 0
            if never and can_fight(actors, pair):
                continue
            offset = kept.get((*pair, one.action), "0")
            how = f"; capped from {before.rate:.2f}" if one.rate < before.rate else ""
            source = f"{years}, {one.seen} of {one.weeks} weeks{note(one.action)}{how}"
            numbers = written(one.low, 0.0 if never else one.rate, one.high)
            yield (*pair, one.action, *numbers, one.seen, one.weeks, offset, f"ICEWS2015: {source}")


def known_pairs(record: Record) -> set[Pair]:
    """The pairs that the record knows both of."""
    return {pair for pair, known in zip(record.pairs, record.known().T, strict=True) if known.any()}


def can_fight(actors: Actors, pair: Pair) -> bool:
    """Whether one of the two has the other within reach."""
    one, other = pair
    return other in actors[one].roles.reach or one in actors[other].roles.reach


def estimates(records: Records, actors: Actors) -> dict[Pair, list[Rate]]:
    """Rates of each pair, each by itself, in the order of the table of actions."""
    effect = design_effect(records, actors)
    found: dict[Pair, list[Rate]] = {}
    for action in RATED:
        counts = counted(records, actors, action)
        rates, (low, high) = counts.rates, interval(counts, effect)
        for n, pair in enumerate(counts.pairs):
            of_pair = (float(low[n]), float(rates[n]), float(high[n]))
            weeks = (int(counts.seen[n]), int(counts.weeks[n]))
            found.setdefault(pair, []).append(Rate(action, *of_pair, *weeks))
    return dict(sorted(found.items()))


def interval(counts: Counts, effect: float) -> tuple[Array, Array]:
    """95 % of a beta about each rate, of `effect` times fewer weeks; no narrower than binomial."""
    of, tails = counts.rates, np.array([[0.025], [0.975]])
    weeks = (counts.weeks + SHRINKAGE) / effect
    low, high = beta.ppf(tails, of * weeks, (1 - of) * weeks)
    seen, missed = counts.seen, counts.weeks - counts.seen
    least = np.where(seen > 0, beta.ppf(tails[0], np.maximum(seen, 1), missed + 1), 0)
    most = np.where(missed > 0, beta.ppf(tails[1], seen + 1, np.maximum(missed, 1)), 1)
    return np.minimum(low, least), np.maximum(high, most)


def together(rates: Sequence[Rate], actors: Actors, pair: Pair) -> list[Rate]:
    """The rates of a pair as they fit on its tracks."""
    by_track = groupby(rates, key=lambda one: NAMED[one.action].track)
    return [
        one
        for track, of_track in by_track
        for one in fitting([*of_track], room(actors, pair, track))
    ]


def room(actors: Actors, pair: Pair, track: str) -> float:
    """What rates may add up to on a pair's track: `MOST` less the acts that no record tells."""
    others = [name for name in options(actors, pair) if not is_rated(actors, pair, name)]
    return MOST - sum(NAMED[name].base_rate for name in others if NAMED[name].track == track)


def fitting(rates: Sequence[Rate], most: float) -> list[Rate]:
    """The same rates, or if they add up to more than `most` those of the least expected log score.

    Each then is what minimises its own log score plus a price times itself, at the price at which
    all add up to `most`; the ends of the intervals go along.
    """

    def excess(price: float) -> float:
        return sum(priced(one.rate, price) for one in rates) - most

    if excess(0.0) <= 0:
        return [*rates]
    price = brentq(excess, 0.0, 1e6)
    return [one.at(price) for one in rates]


def priced(share: float, price: float) -> float:
    """The q of least −share·log q − (1 − share)·log(1 − q) + price·q.

    At no price that is the share.
    """
    if price == 0:
        return share
    half = (1 + price) / 2
    return (half - sqrt(half**2 - price * share)) / price


def written(low: float, rate: float, high: float) -> tuple[str, str, str]:
    """Low, rate and high as they stand in a table, the ends rounded outward."""
    least, most = floor(min(low, rate) * 1000) / 1000, ceil(max(rate, high) * 1000) / 1000
    return f"{least:g}", f"{max(rate, 0.0001) if rate else 0:.4f}", f"{most:g}"


def note(action: str) -> str:
    """What the record cannot tell of an action, as it stands in a source."""
    return NOTES[action] and f"; {NOTES[action]}"


# ── Rates by relation ────────────────────────────────────────────────────────────────


def relation_rows(records: Records, actors: Actors) -> Iterator[tuple[object, ...]]:
    """Rows of `relation_rates.csv`: by relation and in the order of the table of actions."""
    told = {name: counted(records, actors, name) for name in RATED if not NAMED[name].strike}
    roles = {code: actor.roles for code, actor in actors.items()}
    for kind in RELATIONS:
        for action, counts in told.items():
            chosen = [n for n, p in enumerate(counts.pairs) if relation(*p, roles) == kind]
            if len(chosen) >= FEWEST_PAIRS:
                seen, weeks = counts.seen[chosen], counts.weeks[chosen]
                rate = shrunk(seen.sum(), weeks.sum(), counts.pooled)
                low, high = between_pairs(seen, weeks, rate)
                share = f"{seen.sum():.0f} of {weeks.sum():.0f} weeks of pairs{note(action)}"
                source = f"ICEWS2015: {', '.join(records)}, {share}"
                numbers = written(low, rate, high)
                yield (kind, action, *numbers, len(chosen), int(weeks.sum()), source)


def between_pairs(seen: Array, weeks: Array, mean: float) -> tuple[float, float]:
    """10 % and 90 % of the beta of that mean that pairs are likeliest drawn from."""

    def loss(log_size: float) -> float:
        one, other = mean * exp(log_size), (1 - mean) * exp(log_size)
        likelihood = betaln(one + seen, other + weeks - seen) - betaln(one, other)
        return -float(likelihood.sum())

    size = exp(minimize_scalar(loss, bounds=(-2, 7), method="bounded").x)
    low, high = beta.ppf([0.1, 0.9], mean * size, (1 - mean) * size)
    return float(low), float(high)


if __name__ == "__main__":
    main()
