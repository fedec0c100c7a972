"""Scores over several cases: their means, skill, differences with intervals, Bayes factors.

A case weighs as much as its observation is certain. Cases of one crisis are not independent, so
their weighted scores are summed first, and intervals are by the jack-knife over crises (Tukey 1958,
doi:10.1214/aoms/1177706647; Student's t on one degree less than there are crises).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from realpolitik.sim.engine.world import Array
from realpolitik.sim.hindcast.cases import WINDOWS, YES_OR_NO, HindcastCase
from realpolitik.sim.hindcast.forecasts import BASE_RATE
from realpolitik.sim.scenario.battery import BATTERY
from realpolitik.sim.stats.jackknife import error, reach
from realpolitik.sim.stats.reliability import binned

CASES = ("article", "omitted", "all")

FEWEST = 8
"""Crises below which nothing is said but numbers: no interval, no verdict (assumed)."""

MOST_LOG = 700.0
"""Logarithm beyond which a Bayes factor is cut, as numbers end at e^709."""


@dataclass(frozen=True)
class ScoreDifference:
    """Mean of our score less theirs, with a 95 % interval: below 0 we are better."""

    rps_difference: float
    rps_difference_low: float
    rps_difference_high: float


@dataclass(frozen=True)
class Skill:
    """1 − our mean score / theirs, with a 95 % interval: above 0 we are better."""

    skill: float
    skill_low: float
    skill_high: float


@dataclass(frozen=True)
class Evidence:
    """A Bayes factor with a 95 % interval, and how far it hangs on a single crisis.

    Attributes:
        bayes_least: The factor without the crisis that speaks most for us, `least_without`.
        bayes_most: The factor without the one that speaks most against us, `most_without`.
    """

    bayes_factor: float
    bayes_low: float
    bayes_high: float
    bayes_least: float
    least_without: str
    bayes_most: float
    most_without: str


def by_crisis(values: Array, crises: Sequence[str]) -> Array:
    """Sum of the values of each crisis, (crises,), sorted by name."""
    names, place = np.unique(np.asarray(crises, dtype=str), return_inverse=True)
    return np.asarray(np.bincount(place, values, len(names)), dtype=np.float64)


def skill(scores: Array, reference: Array, weights: Array) -> float:
    """1 − mean score / mean score of a reference: 1 perfect, 0 no better; NaN of no cases."""
    theirs = float(np.sum(weights * reference))
    return 1 - float(np.sum(weights * scores)) / theirs if theirs > 0 else float("nan")


DRAWS = 2000
"""Times that the crises are drawn anew for the interval of a skill."""


def skill_interval(ours: Array, theirs: Array, weights: Array, crises: Sequence[str]) -> Skill:
    """Skill by the bootstrap over crises, drawn whole; no interval of few crises.

    Efron 1979, doi:10.1214/aos/1176344552. The draws are the same each time.
    """
    value = skill(ours, theirs, weights)
    mine, other = by_crisis(weights * ours, crises), by_crisis(weights * theirs, crises)
    if len(mine) < FEWEST:
        return Skill(value, np.nan, np.nan)
    n = len(mine)
    times = np.random.default_rng(0).multinomial(n, np.full(n, 1 / n), DRAWS)
    low, high = np.quantile(1 - times @ mine / (times @ other), [0.025, 0.975])
    return Skill(value, float(low), float(high))


def difference(
    ours: Array, theirs: Array, weights: Array, crises: Sequence[str]
) -> ScoreDifference:
    """Weighted mean of our scores less theirs, each (cases,); no interval of few crises."""
    if not len(weights):
        return ScoreDifference(np.nan, np.nan, np.nan)
    apart, weight = by_crisis(weights * (ours - theirs), crises), by_crisis(weights, crises)
    value = float(apart.sum() / weight.sum())
    if len(apart) < FEWEST:
        return ScoreDifference(value, np.nan, np.nan)
    half = _half((apart.sum() - apart) / (weight.sum() - weight))
    return ScoreDifference(value, value - half, value + half)


def evidence(ours: Array, theirs: Array, weights: Array, crises: Sequence[str]) -> Evidence:
    """How many times likelier the first made what came than the second (Kass and Raftery 1995).

    `ours` and `theirs` are log scores, (cases,). The Bayes factor is a likelihood ratio of two
    hypotheses without free parameters; the log likelihood of a case weighs as much as its
    observation is certain (a power likelihood). The jack-knife is over its logarithm.
    """
    if not len(weights):
        return Evidence(np.nan, np.nan, np.nan, np.nan, "", np.nan, "")
    logs, names = by_crisis(weights * (theirs - ours), crises), sorted(set(crises))
    total, n = float(logs.sum()), len(logs)
    half = _half((total - logs) * n / (n - 1)) if n >= FEWEST else float("nan")
    best, worst = int(logs.argmax()), int(logs.argmin())
    return Evidence(
        bayes_factor=_exp(total),
        bayes_low=_exp(total - half),
        bayes_high=_exp(total + half),
        bayes_least=_exp(total - logs[best]),
        least_without=names[best],
        bayes_most=_exp(total - logs[worst]),
        most_without=names[worst],
    )


def _half(without: Array) -> float:
    """Half the width of the interval of what was estimated without each crisis."""
    return float(reach(error(without), len(without)))


def _exp(logarithm: float) -> float:
    return float(np.exp(np.clip(logarithm, -MOST_LOG, MOST_LOG)))


def among(scores: pd.DataFrame, cases: str) -> pd.DataFrame:
    """The rows of cases that the article tells of, that it leaves out, or all."""
    if cases == "all":
        return scores
    return scores[scores["in_article"] == (cases == "article")]


def summary_table(scores: pd.DataFrame, base: str) -> pd.DataFrame:
    """Each rival on each set of cases; the Bayes factor is that of the base reading against it.

    hypothesis, cases, n, crises, rps, log_score, then skill and `Difference` over the base rate,
    and `Evidence`.
    """
    return pd.DataFrame(_summaries(scores, base))


def _summaries(scores: pd.DataFrame, base: str) -> Iterator[dict[str, object]]:
    tables = _tables(scores)
    for name in scores["hypothesis"].unique():
        for cases, table in tables.items():
            yield {
                "hypothesis": name,
                "cases": cases,
                "n": len(table.weights),
                "crises": len(set(table.crises)),
                "rps": table.mean("rps", name),
                "log_score": table.mean("log_score", name),
                **table.over(name, BASE_RATE),
                **asdict(table.evidence(base, name)),
            }


def against_table(scores: pd.DataFrame, base: str) -> pd.DataFrame:
    """The base reading against every other rival, on each set of cases.

    rival, cases, n, crises, then skill, `Difference` and `Evidence`, all of the base reading over
    the rival.
    """
    rows, tables = [], _tables(scores)
    for rival in (name for name in scores["hypothesis"].unique() if name != base):
        for cases, table in tables.items():
            size = {"n": len(table.weights), "crises": len(set(table.crises))}
            told = {**table.over(base, rival), **asdict(table.evidence(base, rival))}
            rows.append({"rival": rival, "cases": cases, **size, **told})
    return pd.DataFrame(rows)


def _tables(scores: pd.DataFrame) -> dict[str, "_Table"]:
    """Set of cases → its scores."""
    return {cases: _Table.of(among(scores, cases)) for cases in CASES}


@dataclass(frozen=True)
class _Table:
    """The scores of all rivals on the same cases."""

    scores: dict[str, pd.DataFrame]
    weights: Array
    crises: list[str]

    @classmethod
    def of(cls, scores: pd.DataFrame) -> "_Table":
        tables = {
            column: scores.pivot_table(column, "episode", "hypothesis", sort=False)
            for column in ("rps", "log_score")
        }
        cases = scores.drop_duplicates("episode").set_index("episode").reindex(tables["rps"].index)
        weights = cases["certainty"].to_numpy(dtype=np.float64)
        return cls(tables, weights, [str(one) for one in cases["crisis"]])

    def column(self, score: str, name: str) -> Array:
        """The scores of a rival, (cases,)."""
        table = self.scores[score]
        return table[name].to_numpy(dtype=np.float64) if name in table else np.empty(0)

    def mean(self, score: str, name: str) -> float:
        """The weighted mean of its scores; NaN of none."""
        total = self.weights.sum()
        values = self.column(score, name)
        return float(np.sum(self.weights * values) / total) if total > 0 else float("nan")

    def over(self, name: str, reference: str) -> dict[str, float]:
        """Skill over a reference, and the mean difference from it."""
        ours, theirs = self.column("rps", name), self.column("rps", reference)
        apart = difference(ours, theirs, self.weights, self.crises)
        span = skill_interval(ours, theirs, self.weights, self.crises)
        return {**asdict(span), **asdict(apart)}

    def evidence(self, name: str, other: str) -> Evidence:
        """For one rival against another."""
        ours, theirs = self.column("log_score", name), self.column("log_score", other)
        return evidence(ours, theirs, self.weights, self.crises)


QUESTIONS = ("question", "weeks", "n", "yes", "rps", "rps_base_rate", "rps_difference")


def question_table(cases: Sequence[HindcastCase], scores: pd.DataFrame, base: str) -> pd.DataFrame:
    """Each question to triggers and window: how often it came about, and how well it was foreseen.

    question, weeks, n, yes (how many), then the weighted mean RPS of the base reading (rps) and of
    the base rate (rps_base_rate), and the first less the second.
    """
    asked: dict[tuple[str, int], list[str]] = {
        (name, weeks): [] for name in BATTERY for weeks in WINDOWS
    }
    for case in cases:
        if case.trigger is not None:
            asked[case.episode.outcome, case.weeks].append(case.name)
    wide = scores.pivot(index="episode", columns="hypothesis", values="rps")
    plain = scores.drop_duplicates("episode").set_index("episode")
    rows = [
        (*key, *_of_question(wide.loc[names, [base, BASE_RATE]], plain.loc[names]))
        for key, names in asked.items()
        if names
    ]
    return pd.DataFrame(rows, columns=list(QUESTIONS))


def _of_question(scores: pd.DataFrame, plain: pd.DataFrame) -> tuple[float, ...]:
    ours, theirs = np.average(scores, axis=0, weights=plain["certainty"])
    yes = int((plain["observed"] == YES_OR_NO[1]).sum())
    return len(plain), yes, float(ours), float(theirs), float(ours - theirs)


# ── Calibration: whether what is forecast comes about as often ───────────────────────


BINS = 5
COLUMNS = ("hypothesis", "bin", "low", "high", "forecast", "observed", "n")


def calibration_table(
    cases: Sequence[HindcastCase], forecasts: Mapping[tuple[str, str], Array], names: Sequence[str]
) -> pd.DataFrame:
    """Forecast probability, in bins of a fifth, against observed frequency.

    hypothesis, bin, low, high (of the bin), forecast (mean), observed (frequency), n (events);
    bins without events are left out. An event is that a choice reaches at least a category: one
    event of a yes or no, six of a grade. The events of one case are not independent.
    """
    tables = []
    for name in names:
        events = np.array(
            [event for case in cases for event in _events(case, forecasts[case.name, name])]
        ).reshape(-1, 2)
        tables.append(binned(events[:, 0], events[:, 1], BINS).assign(hypothesis=name))
    return pd.concat(tables, ignore_index=True)[[*COLUMNS]]


def _events(case: HindcastCase, forecast: Array) -> list[tuple[float, float]]:
    """Probability of at least category 1, 2, …, and whether that came about."""
    reached = np.clip(np.cumsum(forecast[::-1])[::-1], 0, 1)
    return [
        (float(chance), float(case.observed >= level))
        for level, chance in enumerate(reached)
        if level > 0
    ]
