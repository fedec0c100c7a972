"""How well weekly choices of the record are foreseen: plain rivals, and the model as it stands.

    python benchmarks/backtest.py FOLDER [--scenario no_shock] [--worlds 1000] [--seed 1]

A case is an ordered pair of actors, a week and a class of act: whether the first did such an act
toward the second that week. FOLDER holds a record of events (`sim/record/icews.py`), of
which the project ships no row. Learnt is on 2014 to March 2019, scored on the whole weeks of 2021
but its first four.
Printed is the mean log score (lower is better) by class, with a 95 % interval of its ratio to each
pair's own rate from resampled weeks.

The model runs free: its probability is the share of world-weeks with such an act.
"""

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import minimize

from realpolitik.sim import simulate
from realpolitik.sim.record.icews import SCORED, learnt, read_icews
from realpolitik.sim.record.weekly import Mask, Record
from realpolitik.sim.scenario.vocabulary import vocabulary

Array = NDArray[np.float64]
Acts = Mapping[str, Mask]
"""Class of act → whether each pair did such an act in each week, (weeks, pairs)."""

LEAD = 4  # weeks whose acts are looked back on
SHRINKAGE = 4  # weeks of the rate of the class that a pair's own rate is shrunk by
LEAST = 0.001  # probabilities are kept between this and 1 − this

CLASSES: Mapping[str, tuple[str, ...]] = {
    "denounce": ("denounce",),
    "threaten": ("threaten",),
    "support": ("support", "diplomatic_cover"),
    "offer": ("offer_deal", "propose_talks"),
    "sanction": ("sanction",),
    "arms": ("defensive_aid", "offensive_arms"),
    "show of force": ("show_of_force",),
    "step back": ("de_escalate",),
    "strike": ("limited_strike", "major_strike"),
}
"""Class of act → our actions in it.

A week with two of one class counts twice for the model: there is hardly one, as of a class only the
public words can come together, and diplomatic cover is rare.
"""


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scenario", default="no_shock")
    parser.add_argument("--worlds", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    record = read_icews(given.folder, vocabulary().actors)
    pairs = [*record.pairs]
    before = [*map(classes_of, learnt(record).values())]
    scored = classes_of(record.between(*SCORED))
    model = of_the_model(given.scenario, given.worlds, given.seed, pairs)
    scores = {
        kind: scores_of(before, scored, kind) | {"model": of_case(model[kind], scored[kind][LEAD:])}
        for kind in CLASSES
    }
    print(f"{weeks_of(scored) - LEAD} weeks, {len(pairs)} pairs; learnt on", end=" ")
    print(f"{sum(map(weeks_of, before))} weeks")
    print(table(scores).to_string(float_format=lambda value: f"{value:.4f}"))


# ── The record ───────────────────────────────────────────────────────────────────────


def classes_of(record: Record) -> Acts:
    """What each pair did in the weeks of a record, by class."""
    return {kind: record.did(names) for kind, names in CLASSES.items()}


def weeks_of(acts: Acts) -> int:
    """Number of weeks."""
    return len(next(iter(acts.values())))


# ── Forecasts ────────────────────────────────────────────────────────────────────────


def scores_of(learnt: list[Acts], scored: Acts, kind: str) -> dict[str, Array]:
    """Forecast → log score of each case of a class, (weeks, pairs)."""
    before = np.concatenate([one[kind] for one in learnt])
    rate = before.mean()
    own = (before.sum(axis=0) + SHRINKAGE * rate) / (len(before) + SHRINKAGE)
    happened = scored[kind][LEAD:]
    last = scored[kind][LEAD - 1 : -1]
    weights = fitted([one[kind] for one in learnt], own)
    forecasts = {
        "one rate": np.full(own.shape, rate),
        "own rate": own,
        "persistence": np.where(last, 1.0, 0.0),
        "last weeks": logistic(looked_back(scored[kind], own) @ weights),
    }
    return {name: of_case(chance, happened) for name, chance in forecasts.items()}


def looked_back(acts: Mask, own: Array) -> Array:
    """Of each case: 1, log odds of the own rate, last week, share of the last four."""
    past = np.stack([acts[lag : len(acts) - LEAD + lag] for lag in range(LEAD)]).astype(float)
    odds = np.broadcast_to(np.log(own / (1 - own)), past[0].shape)
    return np.stack([np.ones_like(odds), odds, past[-1], past.mean(axis=0)], axis=-1)


def fitted(acts: list[Mask], own: Array) -> Array:
    """Weights of `looked_back` by maximum likelihood."""
    rows = np.concatenate([looked_back(one, own).reshape(-1, 4) for one in acts])
    happened = np.concatenate([one[LEAD:].reshape(-1) for one in acts]).astype(float)

    def loss(weights: Array) -> tuple[float, Array]:
        odds = rows @ weights
        value = np.mean(np.logaddexp(0, odds) - happened * odds)
        return float(value), rows.T @ (logistic(odds) - happened) / len(rows)

    found: Array = minimize(loss, [0.0, 1.0, 0.0, 0.0], jac=True).x
    return found


def logistic(odds: Array) -> Array:
    """Probability of log odds."""
    return 1 / (1 + np.exp(-odds))


def of_the_model(
    scenario: str, worlds: int, seed: int, pairs: list[tuple[str, str]]
) -> dict[str, Array]:
    """Class → share of world-weeks in which each pair does such an act, (pairs,)."""
    result = simulate(scenario, worlds, seed)
    acts = result.acts.set_index(["actor", "on"])
    rates = {}
    for kind, names in CLASSES.items():
        done = acts[acts["action"].isin(names)]["per_world"].groupby(level=[0, 1]).sum()
        rates[kind] = done.reindex(pairs, fill_value=0.0).to_numpy() / result.scenario.weeks
    return rates


# ── Scores ───────────────────────────────────────────────────────────────────────────


def of_case(chance: Array, happened: Mask) -> Array:
    """Log score of each case: −log of the probability of what happened."""
    kept = np.clip(np.broadcast_to(chance, happened.shape), LEAST, 1 - LEAST)
    return -np.log(np.where(happened, kept, 1 - kept))


def table(scores: Mapping[str, Mapping[str, Array]]) -> pd.DataFrame:
    """A row a class and one of all, a column a forecast; ratios to the own rate with intervals."""
    names = [*next(iter(scores.values()))]
    means = pd.DataFrame({kind: {n: one[n].mean() for n in names} for kind, one in scores.items()})
    whole = {name: np.stack([one[name] for one in scores.values()]) for name in names}
    rows = means.T
    rows.loc["all"] = rows.mean()
    rows.loc["ratio"] = rows.loc["all"] / rows["own rate"]["all"]
    for name, row in zip(("low", "high"), zip(*ratios(whole), strict=True), strict=True):
        rows.loc[name] = row
    return rows


def ratios(scores: Mapping[str, Array]) -> Iterator[tuple[float, float]]:
    """A 95 % interval of each forecast's score over that of the own rate, from whole weeks."""
    random = np.random.default_rng(0)
    by_week = {name: values.mean(axis=(0, 2)) for name, values in scores.items()}
    weeks = len(by_week["own rate"])
    drawn = random.integers(weeks, size=(2000, weeks))
    base = by_week["own rate"][drawn].mean(axis=1)
    for values in by_week.values():
        low, high = np.quantile(values[drawn].mean(axis=1) / base, (0.025, 0.975))
        yield float(low), float(high)


if __name__ == "__main__":
    main()
