"""Which weeks a record covers, and from which of its datasets each is taken.

A week is left out that has less than a quarter of the events of the median week of its dataset, or
not all of its days where the median week has seven. A table of weeks, where there is one, says
instead which are whole. GDELT dates what a paper recalls a month, a year or ten after it to that
day, so it has many weeks of little: its median week is the one in which its median event lies.
"""

import datetime
from collections.abc import Sequence

import numpy as np
import pandas as pd

from realpolitik.sim.record.formats import GDELT
from realpolitik.sim.record.gathering import Gathering

THIN = 0.25
"""Share of the events of the median week below which a week is left out."""

WEEK = 7  # days
NO_EVENT, NOT_WHOLE = "without any event", "thin, or not whole"


def weeks_of(found: Gathering) -> pd.DataFrame:
    """A row a dataset and week: `dataset`, `week` (Monday), `events` in all, `days`, `whole`."""
    rows = [(dataset, day, events) for (dataset, day), events in found.totals.items() if events]
    days = pd.DataFrame(rows, columns=["dataset", "day", "events"])
    grouped = days.assign(week=monday(days["day"])).groupby(["dataset", "week"], as_index=False)
    weeks = grouped.agg(events=("events", "sum"), days=("day", "nunique"))
    whole = np.zeros(len(weeks), dtype=np.bool_)
    for name, of_set in weeks.groupby("dataset"):
        enough = _marked if found.whole else _dated if name in found.dated else _enough
        whole[of_set.index] = enough(found, of_set)
    return weeks.assign(whole=whole)


def _enough(_found: Gathering, weeks: pd.DataFrame) -> "pd.Series[bool]":
    """Which weeks of a dataset have about as many events as its others."""
    recalls = weeks["dataset"].iloc[0].startswith(GDELT)
    usual = _of_median_event(weeks["events"]) if recalls else weeks["events"].median()
    return weeks["events"] >= THIN * usual


def _of_median_event(events: "pd.Series[int]") -> float:
    """Events of the week in which the median event lies, the weeks ordered by their events."""
    ordered = events.sort_values()
    return float(ordered[ordered.cumsum() >= ordered.sum() / 2].iloc[0])


def _dated(found: Gathering, weeks: pd.DataFrame) -> "pd.Series[bool]":
    """The same of a dataset that has days: all seven, where that is usual."""
    usual = weeks["days"].median() == WEEK
    return _enough(found, weeks) & ((weeks["days"] == WEEK) | (not usual))


def _marked(found: Gathering, weeks: pd.DataFrame) -> list[bool]:
    """Which weeks a table says to be whole."""
    rows = zip(weeks["dataset"], weeks["week"], strict=True)
    marks = found.whole
    return [marks.get((name, week), marks.get(("", week), False)) for name, week in rows]


def choose(
    weeks: pd.DataFrame,
    datasets: Sequence[str],
    since: datetime.date | None,
    until: datetime.date | None,
) -> pd.DataFrame:
    """The whole weeks of a period, each from one dataset, in their order.

    Of several that have a week it is the first in `datasets`, and without these the one with the
    most events in it.
    """
    first = since.toordinal() if since else 0
    last = until.toordinal() if until else np.iinfo(np.int64).max
    kept = weeks[weeks["whole"].astype(bool) & weeks["week"].between(first, last)]
    order = {name: n for n, name in enumerate(datasets)}
    rank = kept["dataset"].map(order) if datasets else -kept["events"]
    kept = kept.assign(rank=rank).dropna(subset="rank")
    kept = kept.sort_values(["week", "rank", "dataset"], kind="stable").drop_duplicates("week")
    return kept.drop(columns="rank").reset_index(drop=True)


def holes(weeks: Sequence[int], before: pd.DataFrame) -> pd.DataFrame:
    """Runs of weeks that are left out between the first and the last.

    Columns: `first`, `last` (Mondays), `weeks` (how many), `why`.
    """
    lacking = sorted({*range(min(weeks), max(weeks), WEEK)} - {*weeks})
    why = np.where(np.isin(lacking, before["week"]), NOT_WHOLE, NO_EVENT)
    left_out = pd.DataFrame({"week": lacking, "why": why})
    starts = (left_out["week"].diff() != WEEK) | (left_out["why"] != left_out["why"].shift())
    runs = left_out.groupby(starts.cumsum())
    return runs.agg(
        first=("week", "min"), last=("week", "max"), weeks=("week", "size"), why=("why", "first")
    ).reset_index(drop=True)


def monday(days: "pd.Series[int]") -> "pd.Series[int]":
    """The Mondays of the weeks of days, all as ordinals."""
    return days - (days - 1) % WEEK
