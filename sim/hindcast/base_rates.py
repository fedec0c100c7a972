"""Base rates of a choice: how often the like came about before, in the record and in the cases."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

import numpy as np

from realpolitik.sim.engine.tables import read_table
from realpolitik.sim.engine.world import Array
from realpolitik.sim.hindcast.cases import GRADES, HindcastCase
from realpolitik.sim.scenario.vocabulary import vocabulary

# ── The record of crises ─────────────────────────────────────────────────────────────


GRADES_OF_HELP = "help_in_israeli_crises"
"""What the reference class of a grade of help is called: the crises of `record.csv`."""


def base_rate_forecast(case: HindcastCase) -> Array:
    """What the record of crises says of a window as long as the case's, (categories,).

    The record is one of whole crises; a window shorter than the median crisis has its part of the
    rate, as if the hazard were constant. Where the record has nothing, all is equally likely.
    """
    whole = whole_crisis_forecast(case)
    return shortened(whole, case.weeks / crisis_weeks()) if has_record(case) else whole


def whole_crisis_forecast(case: HindcastCase) -> Array:
    """What the record says of a whole crisis, however short the window is, (categories,).

    Of a yes or no it is the base rate that the outcome names, of a grade of help the record of who
    helps. Where the record has nothing, all categories are equally likely.
    """
    if case.measure.scale == "grade":
        found = grades_of_record(_helper(case))
        return uniform_forecast(case) if found is None else found
    if case.measure.base_rate is None:
        return uniform_forecast(case)
    rate = vocabulary().base_rates[case.measure.base_rate].value
    return np.array([1 - rate, rate])


def shortened(forecast: Array, part: float) -> Array:
    """The forecast for that part of the time, (categories,); the same from the whole time on.

    What is reached in the whole with chance p is reached in a part t of it with 1 − (1 − p)^t.
    """
    if part >= 1:
        return forecast
    below = np.clip(np.cumsum(forecast), 0, 1) ** part
    return np.asarray(np.diff(below, prepend=0.0))


def crisis_weeks() -> float:
    """Length of the crisis that a base rate is of [weeks]: the median of the Middle East."""
    return vocabulary().base_rates["crisis_weeks"].value


def reference_class(case: HindcastCase) -> str:
    """What the base rate is the rate of: its name, and in how far it is not of such a choice."""
    if not has_record(case):
        return "none: even"
    name = case.measure.base_rate if case.measure.scale != "grade" else GRADES_OF_HELP
    weeks, whole = case.weeks, crisis_weeks()
    part = f", {weeks} of {whole:g} weeks" if weeks < whole else ""
    return f"{name}{part}{', borrowed' if case.episode.base_rate_borrowed else ''}"


def has_record(case: HindcastCase) -> bool:
    """Whether the record says anything of such a choice."""
    if case.measure.scale == "grade":
        return grades_of_record(_helper(case)) is not None
    return case.measure.base_rate is not None


def _helper(case: HindcastCase) -> str:
    return str(getattr(case.measure, "by", ""))


def uniform_forecast(case: HindcastCase) -> Array:
    """All categories equally likely, (categories,)."""
    return np.full(len(case.categories), 1 / len(case.categories))


@cache
def grades_of_record(actor: str) -> Array | None:
    """Share of crises in which an actor helped to each grade, (7,); None if it is not in the table.

    The classes of the record are wider than grades: a class is spread evenly over its grades. Half
    a crisis is added to each class (Jeffreys), as none was seen in one of them.
    """
    rows = [row for row in read_table(__package__, "record.csv") if row["by"] == actor]
    if not rows:
        return None
    crises = np.array([float(row["crises"]) + 0.5 for row in rows])
    shares = np.zeros(len(GRADES))
    for row, share in zip(rows, crises / crises.sum(), strict=True):
        grades = range(int(row["least"]), int(row["most"]) + 1)
        shares[list(grades)] += share / len(grades)
    return shares


# ── Answers to earlier triggers ──────────────────────────────────────────────────────


RECORD_WEIGHT = 2.0
"""Answers to earlier triggers that the record of crises weighs as much as (assumed)."""


class EarlierAnswers:
    """Answers by question and window, of which a case knows those that lie before its start."""

    def __init__(self, cases: Iterable[HindcastCase]) -> None:
        """Of cases of one name the last counts; single choices have no like."""
        self._asked: dict[tuple[str, int], list[HindcastCase]] = defaultdict(list)
        for case in {case.name: case for case in cases if case.trigger is not None}.values():
            self._asked[case.episode.outcome, case.weeks].append(case)

    def known(self, case: HindcastCase) -> list[HindcastCase]:
        """The same question of as long a window, where that had ended before the case began."""
        like = self._asked.get((case.episode.outcome, case.weeks), [])
        return [one for one in like if one.end <= case.scenario.start]

    def forecast(self, case: HindcastCase) -> Array:
        """The share of yes among them, shrunk toward the record of crises: (categories,)."""
        record = base_rate_forecast(case)
        if case.trigger is None:
            return record
        counts = RECORD_WEIGHT * record
        for one in self.known(case):
            counts[one.observed] += one.certainty
        return np.asarray(counts / counts.sum())

    def reference_class(self, case: HindcastCase) -> str:
        """What the base rate is the rate of."""
        if case.trigger is None:
            return reference_class(case)
        known = self.known(case)
        return f"{sum(one.observed for one in known)} yes of {len(known)} earlier"
