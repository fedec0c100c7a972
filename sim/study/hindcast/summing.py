"""Scores over several cases: their means, skill with an interval, Bayes factors.

A case weighs as much as its observation is certain. Intervals are by the jack-knife over cases
(Tukey 1958, doi:10.1214/aoms/1177706647; Student's t on one degree less than there are cases).
Cases of one crisis are not independent, so the intervals are rather too narrow than too wide.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from realpolitik.sim.engine.world import Array
from realpolitik.sim.study.analysis.jackknife import error, reach
from realpolitik.sim.study.hindcast.rivals import BASE_RATE

CASES = ("article", "omitted", "all")


@dataclass(frozen=True)
class Skill:
    """1 − mean score / mean score of a reference, with a 95 % interval: 1 perfect, 0 no better."""

    value: float
    low: float
    high: float


def skill(scores: Array, reference: Array, weights: Array) -> Skill:
    """Skill of scores (cases,) over those of a reference on the same cases; NaN of none."""
    ours, theirs = weights * scores, weights * reference
    if not len(ours):
        return Skill(np.nan, np.nan, np.nan)
    value = 1 - float(ours.sum() / theirs.sum())
    if len(ours) == 1:
        return Skill(value, np.nan, np.nan)
    without = 1 - (ours.sum() - ours) / (theirs.sum() - theirs)
    half = float(reach(error(without), len(ours)))
    return Skill(value, value - half, min(value + half, 1.0))


def bayes_factor(ours: Array, theirs: Array, weights: Array) -> float:
    """How many times likelier the first made what came than the second (Kass and Raftery 1995).

    `ours` and `theirs` are log scores, (cases,). The log likelihood of a case weighs as much as its
    observation is certain (a power likelihood); cases are taken as independent.
    """
    return float(np.exp(np.sum(weights * (theirs - ours))))


def among(scores: pd.DataFrame, cases: str) -> pd.DataFrame:
    """The rows of cases that the article tells of, that it leaves out, or all."""
    if cases == "all":
        return scores
    return scores[scores["in_article"] == (cases == "article")]


def summary_table(scores: pd.DataFrame, article: str) -> pd.DataFrame:
    """Each rival on each set of cases; `bayes_factor` is that of the article's reading against it.

    hypothesis, cases, n, rps, log_score, skill (over the base rate), skill_low, skill_high,
    bayes_factor.
    """
    return pd.DataFrame(_summaries(scores, article))


def _summaries(scores: pd.DataFrame, article: str) -> Iterator[dict[str, object]]:
    for name in scores["hypothesis"].unique():
        for cases in CASES:
            duel = _Duel.of(among(scores, cases), str(name))
            over = duel.skill_over(BASE_RATE)
            yield {
                "hypothesis": name,
                "cases": cases,
                "n": len(duel.weights),
                "rps": duel.mean("rps"),
                "log_score": duel.mean("log_score"),
                "skill": over.value,
                "skill_low": over.low,
                "skill_high": over.high,
                "bayes_factor": duel.odds_of(article),
            }


def against_table(scores: pd.DataFrame, article: str) -> pd.DataFrame:
    """The article's reading against every other, on each set of cases.

    rival, cases, n, skill (of the article's reading over the rival), skill_low, skill_high,
    bayes_factor (for the article's reading).
    """
    rows = []
    for rival in (name for name in scores["hypothesis"].unique() if name != article):
        for cases in CASES:
            chosen = among(scores, cases)
            over = _Duel.of(chosen, article).skill_over(str(rival))
            odds = _Duel.of(chosen, str(rival)).odds_of(article)
            n = int((chosen["hypothesis"] == rival).sum())
            rows.append((rival, cases, n, over.value, over.low, over.high, odds))
    names = ("rival", "cases", "n", "skill", "skill_low", "skill_high", "bayes_factor")
    return pd.DataFrame(rows, columns=list(names))


@dataclass(frozen=True)
class _Duel:
    """The scores of one rival, beside those of all on the same cases."""

    name: str
    rps: pd.DataFrame
    log_score: pd.DataFrame
    weights: Array

    @classmethod
    def of(cls, scores: pd.DataFrame, name: str) -> "_Duel":
        tables = {
            column: scores.pivot_table(column, "episode", "hypothesis", sort=False)
            for column in ("rps", "log_score")
        }
        own = scores[scores["hypothesis"] == name]
        weights = own.set_index("episode")["certainty"].reindex(tables["rps"].index)
        return cls(name, **tables, weights=weights.to_numpy(dtype=np.float64))

    def column(self, score: str, name: str) -> Array:
        """The scores of a rival, (cases,)."""
        table: pd.DataFrame = getattr(self, score)
        if name not in table:
            return np.empty(0)
        return table[name].to_numpy(dtype=np.float64)

    def mean(self, score: str) -> float:
        """The weighted mean of its scores; NaN of none."""
        total = self.weights.sum()
        values = self.column(score, self.name)
        return float(np.sum(self.weights * values) / total) if total > 0 else float("nan")

    def skill_over(self, reference: str) -> Skill:
        return skill(self.column("rps", self.name), self.column("rps", reference), self.weights)

    def odds_of(self, other: str) -> float:
        """Bayes factor of another against this one; NaN of no cases."""
        if not len(self.weights):
            return float("nan")
        return bayes_factor(
            self.column("log_score", other), self.column("log_score", self.name), self.weights
        )
