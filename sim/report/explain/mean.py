"""Why an actor does something, as a mean over an ensemble: what speaks for it, week by week."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from realpolitik.sim.charts.explain.reasons_over_time import reasons_over_time
from realpolitik.sim.charts.explain.waterfall import odds_said, signed, waterfall
from realpolitik.sim.documents.exhibits import Exhibit, TextTable
from realpolitik.sim.documents.reasons import reason_name
from realpolitik.sim.report.explain.records import (
    ALL_WEEKS,
    BASE_RATE,
    TOTAL,
    Asked,
    MeanLaidOpen,
    named_terms,
)
from realpolitik.sim.report.explain.weighing import added_table, chance_said, reasons_said
from realpolitik.sim.words.numbers import capital, how_many_worlds, percent, sentence


def targets_of(mean: MeanLaidOpen) -> list[str]:
    """The targets that the action was open toward in some week, the likeliest first."""
    rows = mean.openness[(mean.openness["week"] == ALL_WEEKS) & (mean.openness["n"] > 0)]
    ordered = rows.sort_values("probability", ascending=False, kind="stable")
    return [str(target) for target in ordered["target"]]


def mean_terms(mean: MeanLaidOpen, target: str, week: int = ALL_WEEKS) -> pd.DataFrame:
    """The steps from the base rate to the mean log odds: term, log_odds."""
    added = _added(mean, target, week)
    row = _openness(mean, target, week)
    gains = mean.precision * added.groupby("incentive", sort=False)["mean"].sum()
    gains = gains.iloc[np.argsort(-gains.abs().to_numpy(), kind="stable")]
    prior = float(np.log(row["base_rate"] / row["hold_rate"]))
    return pd.DataFrame(
        {
            "term": [BASE_RATE, *gains.index, TOTAL],
            "log_odds": [prior, *gains, prior + float(gains.sum())],
        }
    )


def _added(mean: MeanLaidOpen, target: str, week: int) -> pd.DataFrame:
    rows = mean.contributions
    wanted = (rows["target"] == target) & (rows["week"] == week) & (rows["incentive"] != TOTAL)
    return rows[wanted]


def _openness(mean: MeanLaidOpen, target: str, week: int) -> "pd.Series[float]":
    rows = mean.openness
    return rows[(rows["target"] == target) & (rows["week"] == week)].iloc[0]


def mean_answer(
    asked: Asked, mean: MeanLaidOpen, targets: Sequence[str], week: int = ALL_WEEKS
) -> list[str]:
    """How often it was open and chosen, and what speaks for it; a paragraph a target."""
    return [_paragraph(asked, mean, target, week) for target in targets] or [
        "It was open in no week of any world: there is nothing to explain."
    ]


def _paragraph(asked: Asked, mean: MeanLaidOpen, target: str, week: int) -> str:
    row = _openness(mean, target, week)
    deed = asked.deed(mean.actor, mean.action, target)
    when = "in a week" if week == ALL_WEEKS else f"in week {week}"
    if not row["n"]:
        return sentence(f"{deed} {when}: it was open in no world")
    of = "of the weeks" if week == ALL_WEEKS else "of the worlds that ran"
    low, high = chance_said(row["probability_low"]), chance_said(row["probability_high"])
    odds = odds_said(row["log_odds"])
    said = (
        f"{when} in which it is open to it, {deed} with a mean probability of "
        f"{chance_said(row['probability'])} ({low} to {high})",
        f"it is open in {percent(row['open'])} {of}, and then {odds} doing nothing on that track",
    )
    terms = mean_terms(mean, target, week)
    return " ".join([*map(sentence, said), reasons_said(terms)])


def mean_exhibits(
    asked: Asked,
    mean: MeanLaidOpen,
    reasons: pd.DataFrame,
    targets: Sequence[str],
    week: int = ALL_WEEKS,
) -> list[Exhibit]:
    """For each target the waterfall of the means, and the reasons over the weeks.

    `reasons` has a row a weight: incentive, part, address, is_sum, weight, source, why.
    """
    found = list[Exhibit]()
    for place, target in enumerate(targets, start=1):
        found.append(_waterfall(asked, mean, reasons, target, week, place))
        if asked.weeks > 1:
            found.append(_over_time(asked, mean, target, place))
    return found


def _waterfall(
    asked: Asked,
    mean: MeanLaidOpen,
    reasons: pd.DataFrame,
    target: str,
    week: int,
    place: int,
) -> Exhibit:
    row = _openness(mean, target, week)
    when = f"all {asked.weeks} weeks" if week == ALL_WEEKS else f"week {week}"
    sample = f"Means over {how_many_worlds(int(row['n']))} in which it was open, {when}."
    deed = capital(asked.deed(mean.actor, mean.action, target))
    figure = waterfall(
        named_terms(mean_terms(mean, target, week)),
        deed,
        asked.phrase("hold", "", mean.track),
        sample,
    )
    return Exhibit(f"mean-{place}", figure, mean_reasons_table(mean, reasons, target, week))


def mean_reasons_table(
    mean: MeanLaidOpen,
    reasons: pd.DataFrame,
    target: str,
    week: int = ALL_WEEKS,
    least: float = 0.0,
) -> TextTable:
    """Every incentive and part with what it adds on average, its weight, source and sentence.

    Those that add less than `least` [log odds] are left out.
    """
    added = _added(mean, target, week).set_index("address")["mean"]
    return added_table(added, reasons, mean.precision, least, "Mean log odds")


def weekly_reasons(mean: MeanLaidOpen, target: str) -> pd.DataFrame:
    """What each incentive adds to the log odds by week: week, reason, mean, low, high, n.

    The parts of an incentive are put together. Their intervals are added up end by end, which is
    at least as wide as that of the sum.
    """
    rows = mean.contributions
    wanted = rows[(rows["target"] == target) & (rows["week"] > 0) & (rows["incentive"] != TOTAL)]
    sums = wanted.groupby(["week", "incentive"], as_index=False, sort=False).agg(
        mean=("mean", _sum), low=("low", _sum), high=("high", _sum), n=("n", "min")
    )
    for column in ("mean", "low", "high"):
        sums[column] *= mean.precision
    return sums.assign(reason=[reason_name(str(name)) for name in sums["incentive"]])


def _sum(values: "pd.Series[float]") -> float:
    return float(values.sum(skipna=False))


def _over_time(asked: Asked, mean: MeanLaidOpen, target: str, place: int) -> Exhibit:
    weekly = weekly_reasons(mean, target)
    sample = f"{how_many_worlds(mean.worlds)}; a week’s means are over those where it was open."
    deed = capital(asked.deed(mean.actor, mean.action, target))
    figure = reasons_over_time(weekly, deed, asked.phrase("hold", "", mean.track), sample)
    wide = weekly.pivot_table(index="week", columns="reason", values="mean", sort=False)
    counts = weekly.groupby("week")["n"].first()
    lines = [
        (str(week), f"{counts[week]:,}", *(signed(value) for value in values))
        for week, values in zip(wide.index, wide.to_numpy(), strict=True)
    ]
    return Exhibit(f"weeks-{place}", figure, TextTable(("Week", "Worlds", *wide.columns), lines))
