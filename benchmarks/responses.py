"""How much of weekly choices in the record is momentum, and how much reaction.

    python benchmarks/responses.py FOLDER

FOLDER holds a record of events (`sim/calibrate/record.py`), of which the project ships no row. The
log odds of an act in a week are those of the pair's own rate, and

    precision · (momentum · recent + reaction · `reaction` of the act · affront)

with memories as in `docs/odd.md` 7.2, 7.9 and 7.10, fed with the acts of the record instead of
drawn ones: recent is how much of that act the pair did of late beyond the usual. Usual is what the
pair does in all weeks, or in those of the period: years differ, and what a pair does more of in one
of them looks like momentum if it is held against all of them.
Printed are both weights, with 95 % intervals clustered by blocks of four weeks, and the log score
of weeks left out, 13 at a time, with rates and weights from the others.
"""

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import permutations
from math import ceil
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from realpolitik.sim.calibrate.record import LEARNT, Pair, Record, read_record
from realpolitik.sim.engine.actions import NAMED
from realpolitik.sim.engine.parameters import Constants, constants
from realpolitik.sim.engine.roles import acts_toward
from realpolitik.sim.scenario.vocabulary import vocabulary

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

ACTS = (
    *("support", "denounce", "threaten", "propose_talks", "mediate"),
    *("sanction", "defensive_aid", "de_escalate", "show_of_force", "limited_strike"),
)
STRIKE = len(ACTS) - 1  # affronts, but is not foreseen: too rare
SCORES = np.array([-NAMED[act].goldstein / 10 for act in ACTS])
REACTIONS = np.array([NAMED[act].reaction for act in ACTS])

LEAD = 4  # weeks that only fill the memories
BLOCK = 4  # weeks that may hang together
LEFT_OUT = 13  # weeks left out at a time
SHRINKAGE = 4  # weeks of the rate of all pairs
LEAST = 0.001  # probabilities are kept between this and 1 − this

ACTORS = vocabulary().actors
PAIRS = [*permutations(sorted(ACTORS), 2)]
RULES = Constants({one.address: one.default for one in constants()})


@dataclass(frozen=True)
class Period:
    """Weeks in a row: what each pair did, (weeks, pairs, acts), and which pairs are known."""

    did: Array
    known: Mask


@dataclass(frozen=True)
class Cases:
    """Acts that could have been done in a week, N of them.

    `loads` (N, 2) are what momentum and reaction weigh; `week` runs through all periods.
    """

    odds: Array
    loads: Array
    happened: Array
    week: NDArray[np.int64]

    def those(self, which: Mask) -> "Cases":
        """Some of the cases."""
        return Cases(self.odds[which], self.loads[which], self.happened[which], self.week[which])


def main() -> None:
    """Prints weights and scores."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    periods = [period(read_record(folder, names, PAIRS)) for names in LEARNT.values()]
    for usual, habits in (("all weeks", habits_of_all), ("weeks of the period", habits_of_each)):
        cases = cases_of(periods, habits(periods))
        print(f"Usual is what is usual in {usual}; {len(cases.week):,} cases")
        for name, weight, error in zip(("momentum", "reaction"), *fitted(cases), strict=True):
            ends = (weight - 1.96 * error, weight + 1.96 * error)
            print(f"  {name} {weight:.3f} ({ends[0]:.3f} to {ends[1]:.3f})")
        for name, score in left_out(periods, habits).items():
            print(f"  log score {name} {score:.4f}")


# ── The record ───────────────────────────────────────────────────────────────────────


def period(record: Record) -> Period:
    """What pairs did of that which they have an option of."""
    did = np.stack([record.did([act]) for act in ACTS], axis=-1) & OPTIONS
    return Period(did.astype(np.float64), record.known())


def options(pair: Pair) -> list[bool]:
    """Which acts the first of a pair has toward the second."""
    roles = {code: actor.roles for code, actor in ACTORS.items()}
    names = {act.action for act in acts_toward(*pair, roles, ACTORS[pair[0]].actions)}
    return [act in names for act in ACTS]


OPTIONS = np.array([options(pair) for pair in PAIRS])
BACK = np.array([PAIRS.index((other, one)) for one, other in PAIRS])


def felt() -> Array:
    """How much of each pair's affront each pair feels, (pairs, pairs): its own, and of partners."""
    share = np.eye(len(PAIRS))
    for number, (one, other) in enumerate(PAIRS):
        for partner in ACTORS[one].roles.partners:
            if partner != other:
                share[number, PAIRS.index((partner, other))] = RULES.partner_share
    return share


# ── What is usual, and what departs from it ──────────────────────────────────────────


def habit(periods: Sequence[Period]) -> Array:
    """Rates of acts, (pairs, acts): shares of weeks, shrunk toward all pairs with the option."""
    seen = sum(one.did.sum(axis=0) for one in periods)
    weeks = sum(len(one.did) * one.known[:, None] for one in periods)
    pooled = (seen * OPTIONS).sum(axis=0) / (weeks * OPTIONS).sum(axis=0)
    rates: Array = (seen + SHRINKAGE * pooled) / (weeks + SHRINKAGE) * OPTIONS
    return rates


def habits_of_all(periods: Sequence[Period]) -> list[Array]:
    """What is usual in all periods together, for each."""
    return [habit(periods)] * len(periods)


def habits_of_each(periods: Sequence[Period]) -> list[Array]:
    """What is usual in each period."""
    return [habit([one]) for one in periods]


def memories(did: Array, usual: Array) -> Iterator[Array]:
    """For each week what momentum and reaction weigh in it, (pairs, acts, 2)."""
    recent, affront, share = np.zeros(usual.shape), np.zeros(len(PAIRS)), felt()
    for acts in did:
        answered = np.clip(share @ affront, -1, 1)[:, None] * REACTIONS
        yield np.stack([recent, answered], axis=-1)
        departure = acts - usual
        impulse = (departure @ SCORES)[BACK]
        affront = RULES.affront_persistence * affront + RULES.affront_step * impulse
        affront = np.clip(affront, -1, 1)
        recent = RULES.memory * recent + (1 - RULES.memory) * departure


def cases_of(periods: Sequence[Period], habits: Sequence[Array]) -> Cases:
    """All that could have been done, but for weeks that only fill the memories."""
    parts = []
    for one, usual, first in zip(periods, habits, first_weeks(periods), strict=True):
        could = np.repeat((OPTIONS & one.known[:, None])[None], len(one.did), axis=0)
        could[:LEAD], could[..., STRIKE] = False, False
        rates = np.clip(usual, 1e-6, 1 - 1e-6)
        odds = np.broadcast_to(np.log(rates / (1 - rates)), could.shape)
        week = np.broadcast_to(first + np.arange(len(could))[:, None, None], could.shape)
        loads = np.stack([*memories(one.did, usual)])
        parts.append((odds[could], loads[could], one.did[could], week[could]))
    return Cases(*(np.concatenate(part) for part in zip(*parts, strict=True)))


def first_weeks(periods: Sequence[Period]) -> list[int]:
    """Number of the first week of each period, so that each starts a block."""
    lengths = [BLOCK * ceil(len(one.did) / BLOCK) for one in periods]
    return [sum(lengths[:number]) for number in range(len(periods))]


# ── Estimates ────────────────────────────────────────────────────────────────────────


def fitted(cases: Cases) -> tuple[Array, Array]:
    """Weights by maximum likelihood, and their standard errors clustered by blocks of weeks."""
    loads = RULES.precision * cases.loads

    def loss(weights: Array) -> tuple[float, Array]:
        odds = cases.odds + loads @ weights
        value = np.logaddexp(0, odds) - cases.happened * odds
        return float(value.sum()), loads.T @ (expit(odds) - cases.happened)

    weights = minimize(loss, np.zeros(loads.shape[1]), jac=True).x
    chance = expit(cases.odds + loads @ weights)
    bread = np.linalg.inv((loads.T * (chance * (1 - chance))) @ loads)
    slopes = loads * (cases.happened - chance)[:, None]
    blocks, of_block = np.unique(cases.week // BLOCK, return_inverse=True)
    sums = np.zeros((len(blocks), loads.shape[1]))
    np.add.at(sums, of_block, slopes)
    spread = bread @ (sums.T @ sums) @ bread * len(blocks) / (len(blocks) - 1)
    return weights, np.sqrt(np.diag(spread))


def left_out(
    periods: Sequence[Period], habits: Callable[[Sequence[Period]], list[Array]]
) -> dict[str, float]:
    """Mean log score of weeks that neither habits nor weights were learnt on."""
    scores: dict[str, list[Array]] = {"of own rates": [], "with momentum": [], "with both": []}
    for rest, out in splits(periods):
        cases = cases_of(periods, habits(rest))
        scored = np.isin(cases.week, out)
        for of_weeks, used in zip(scores.values(), ([], [0], [0, 1]), strict=True):
            chosen = replace(cases, loads=cases.loads[:, used])
            weights = fitted(chosen.those(~scored))[0] if used else np.zeros(0)
            of_weeks.append(log_score(chosen.those(scored), weights))
    return {name: float(np.concatenate(of_weeks).mean()) for name, of_weeks in scores.items()}


def splits(periods: Sequence[Period]) -> Iterator[tuple[list[Period], NDArray[np.int64]]]:
    """The periods without some weeks in a row, and the numbers of these weeks, for all in turn."""
    for number, one in enumerate(periods):
        for start in range(0, len(one.did), LEFT_OUT):
            out = np.arange(start, min(start + LEFT_OUT, len(one.did)))
            rest = [*periods]
            rest[number] = replace(one, did=np.delete(one.did, out, axis=0))
            yield rest, first_weeks(periods)[number] + out


def log_score(cases: Cases, weights: Array) -> Array:
    """−log of the probability of what happened, (N,)."""
    chance = expit(cases.odds + RULES.precision * cases.loads @ weights)
    kept = np.clip(chance, LEAST, 1 - LEAST)
    score: Array = -np.log(np.where(cases.happened > 0, kept, 1 - kept))
    return score


if __name__ == "__main__":
    main()
