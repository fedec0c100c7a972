"""What the scores come to, in plain sentences."""

from collections.abc import Mapping, Sequence

import pandas as pd

from realpolitik.sim.study.hindcast.rivals import BASE_RATE, PLAIN
from realpolitik.sim.study.hindcast.summing import FEWEST
from realpolitik.sim.words.factors import factor_said, factor_span
from realpolitik.sim.words.numbers import NONE, listing, number

POSITIVE = 3.0
"""Bayes factor from which on evidence is more than a bare mention (Kass and Raftery 1995,
doi:10.1080/01621459.1995.10476572)."""

CAUTION = (
    "The situations, and what counts as observed, are our coding. Intervals are by the jack-knife "
    "over crises, each left out whole."
)

SETS = {
    "article": "the {n} cases that the article tells of",
    "omitted": "the {n} that it leaves out",
    "all": "all {n}",
}


def verdict(
    against: pd.DataFrame, whole_crisis: pd.DataFrame, titles: Mapping[str, str]
) -> tuple[str, ...]:
    """Whether the base reading is supported, on which cases, and what it fails to beat.

    Args:
        against: The base reading against every other, as `against_table` gives it, with the Bayes
            factors `bayes_less_doubt` and `bayes_more_doubt`.
        whole_crisis: The same against the base rate of a whole crisis, on all cases.
        titles: Name of a rival → what it is called, the base reading first.
    """
    every = against[against["cases"] == "all"]
    n, crises = (int(every[key].iloc[0]) for key in ("n", "crises"))
    if crises < FEWEST:
        return (_too_few(n, crises), CAUTION)
    base, *names = titles
    readings = [name for name in names if name not in PLAIN]
    return (
        *([_among_readings(against, readings, titles[base])] if readings else []),
        *(f"Over {titles[name]} {_factors(against, name)}." for name in readings),
        _against_record(against),
        *(_against_plain(every, name) for name in names if name in PLAIN),
        _whole_crisis(whole_crisis),
        CAUTION,
    )


def _too_few(n: int, crises: int) -> str:
    cases = "One case is" if n == 1 else f"{n} cases, of {said_crises(crises)}, are"
    return f"{cases} too few to say who forecasts better: read the chances by episode."


def said_crises(crises: int) -> str:
    """Such as "1 crisis" or "8 crises"."""
    return f"{crises} crisis" if crises == 1 else f"{crises} crises"


def standing(duels: pd.DataFrame) -> str:
    """What Bayes factors against several rivals, a row each, come to.

    Supported: for the base reading over all, whichever crisis is left out. Contradicted: against it
    over one of them, whichever is left out. Columns: those of `Evidence`.
    """
    rows = duels.to_dict("records")
    least = min(rows, key=lambda one: float(one["bayes_least"]))
    most = min(rows, key=lambda one: float(one["bayes_most"]))
    if least["bayes_least"] >= POSITIVE:
        return "supported"
    if most["bayes_most"] <= 1 / POSITIVE:
        return "contradicted"
    worst = min(rows, key=lambda one: float(one["bayes_factor"]))
    if worst["bayes_factor"] >= POSITIVE:
        return f"ahead, but that hangs on one crisis ({least['least_without']})"
    if worst["bayes_factor"] <= 1 / POSITIVE:
        return f"behind, but that hangs on one crisis ({worst['most_without']})"
    return "undecided"


def _among_readings(against: pd.DataFrame, readings: Sequence[str], base: str) -> str:
    """On which cases the reading is supported against each of the other readings."""
    return (
        f"Set against the other readings of Russia, {base} is {_standings(against, readings)} "
        f"(supported: a Bayes factor of at least {POSITIVE:g} over each of them, whichever crisis "
        f"is left out; contradicted: 1/{POSITIVE:g} or less over one, likewise)."
    )


def _standings(against: pd.DataFrame, rivals: Sequence[str]) -> str:
    """Such as "supported on all 19": what factors come to, for each set of enough crises."""
    told, few = [], []
    for cases, words in SETS.items():
        chosen = against[(against["cases"] == cases) & against["rival"].isin(rivals)]
        said = words.format(n=chosen["n"].iloc[0])
        if chosen["crises"].iloc[0] >= FEWEST:
            told.append(f"{standing(chosen)} on {said}")
        elif chosen["n"].iloc[0]:
            few.append(f"{said} ({said_crises(chosen['crises'].iloc[0])})")
    return listing(told) + (f", while {listing(few)} are too few to say" if few else "")


def _factors(against: pd.DataFrame, name: str) -> str:
    """Such as "its Bayes factor is 33 (omitted) and 44 (all; 95 % interval 1.2 to 1,600)"."""
    rows = against[(against["rival"] == name) & (against["n"] > 0)]
    factors = [
        f"{factor_said(row['bayes_factor'])} ({row['cases']}{_factor_span(row)})"
        for _, row in rows.iterrows()
    ]
    last = rows.iloc[-1]
    less, more = (factor_said(last[f"bayes_{key}_doubt"]) for key in ("less", "more"))
    doubts = f"over all, a doubt of .001 instead of .01 makes it {less}, one of .05 {more}"
    return f"its Bayes factor is {listing(factors)}; {doubts}"


def _factor_span(row: pd.Series) -> str:
    said = factor_span(row["bayes_low"], row["bayes_high"])
    return "" if said == NONE else f"; 95 % interval {said}"


def _against_record(against: pd.DataFrame) -> str:
    """Bayes factors over the base rate, and what they come to."""
    told = _standings(against, [BASE_RATE])
    return f"Set against {PLAIN[BASE_RATE]} it is {told}: {_factors(against, BASE_RATE)}."


def _against_plain(every: pd.DataFrame, name: str) -> str:
    """Whether the simulator beats one of the simplest forecasts, on all cases."""
    row = every[every["rival"] == name].iloc[0]
    if row["rps_difference"] >= 0:
        return f"The simulator does not beat {PLAIN[name]} ({_difference(row)})."
    if not row["rps_difference_high"] < 0:
        said = f"is ahead of {PLAIN[name]}, but by no more than chance may explain"
        return f"The simulator {said} ({_difference(row)}): it has not been shown to beat it."
    return f"The simulator beats {PLAIN[name]} ({_difference(row)})."


def _difference(row: pd.Series) -> str:
    low, high = (number(row[f"rps_difference_{end}"], 3) for end in ("low", "high"))
    way = "higher" if row["rps_difference"] >= 0 else "lower"
    return (
        f"mean RPS {number(abs(row['rps_difference']), 3)} {way}, 95 % interval of the difference "
        f"{low} to {high}; skill {number(row['skill'])}"
    )


def _whole_crisis(table: pd.DataFrame) -> str:
    row = table[table["cases"] == "all"].iloc[0]
    return (
        f"Had {PLAIN[BASE_RATE]} been that of a whole crisis in shorter windows too: "
        f"{_difference(row)}; Bayes factor {factor_said(row['bayes_factor'])}."
    )
