"""What the scores come to, in plain sentences."""

from collections.abc import Mapping, Sequence

import pandas as pd

from realpolitik.sim.study.hindcast.rivals import BASE_RATE, PLAIN, called

POSITIVE = 3.0
"""Bayes factor from which on evidence is more than a bare mention (Kass and Raftery 1995,
doi:10.1080/01621459.1995.10476572)."""

CAUTION = (
    "The situations, and what counts as observed, are our coding; episodes of one crisis are not "
    "independent, so that the intervals are rather too narrow than too wide."
)

SETS = {
    "article": "the {n} cases that the article tells of",
    "omitted": "the {n} that it leaves out",
    "all": "all {n}",
}


def verdict(against: pd.DataFrame, titles: Mapping[str, str]) -> tuple[str, ...]:
    """Whether the article's reading is supported, on which cases, and what it fails to beat.

    Args:
        against: The article's reading against every other, as `against_table` gives it.
        titles: Name of a rival → title of its file.
    """
    names = list(against["rival"].unique())
    readings = [name for name in names if name not in PLAIN]
    return (
        *([_among_readings(against, readings)] if readings else []),
        *(_against_reading(against, name, called(name, titles.get(name, ""))) for name in readings),
        _against_record(against),
        *(_against_plain(against, name) for name in names if name in PLAIN),
        CAUTION,
    )


def standing(factors: Sequence[float]) -> str:
    """What Bayes factors against several rivals come to: for all, against one, or neither."""
    if all(factor >= POSITIVE for factor in factors):
        return "supported"
    return "contradicted" if any(factor <= 1 / POSITIVE for factor in factors) else "undecided"


def _among_readings(against: pd.DataFrame, readings: Sequence[str]) -> str:
    """On which cases the reading is supported against each of the other readings."""
    told = _standings(against, readings)
    return (
        f"Set against the rival readings of Russia, the article's is {told} (supported: a Bayes "
        f"factor of at least {POSITIVE:g} over each of them; contradicted: 1/{POSITIVE:g} or less "
        "over one)."
    )


def _standings(against: pd.DataFrame, rivals: Sequence[str]) -> str:
    """Such as "supported on all 19": what factors come to, for each set of cases."""
    told = []
    for cases, words in SETS.items():
        chosen = against[(against["cases"] == cases) & against["rival"].isin(rivals)]
        if len(chosen) and chosen["n"].iloc[0]:
            came = standing(list(chosen["bayes_factor"]))
            told.append(f"{came} on {words.format(n=chosen['n'].iloc[0])}")
    return _listed(told)


def _against_reading(against: pd.DataFrame, name: str, title: str) -> str:
    """Bayes factors over one other reading."""
    return f"Over {title} its Bayes factor is {_factors(against, name)}."


def _factors(against: pd.DataFrame, name: str) -> str:
    """Such as "130 (article), 33 (omitted) and 4,400 (all)"."""
    rows = against[(against["rival"] == name) & (against["n"] > 0)]
    return _listed(
        [f"{factor_said(row['bayes_factor'])} ({row['cases']})" for _, row in rows.iterrows()]
    )


def _against_record(against: pd.DataFrame) -> str:
    """Bayes factors and skill over the base rate, on each set of cases."""
    rows = against[(against["rival"] == BASE_RATE) & (against["n"] > 0)]
    skills = [
        f"{_signed(row['skill'])} ({row['cases']}; {_span(row)})" for _, row in rows.iterrows()
    ]
    return (
        f"Set against {PLAIN[BASE_RATE]} it is {_standings(against, [BASE_RATE])}: Bayes factor "
        f"{_factors(against, BASE_RATE)}. Its skill over it is {_listed(skills)}."
    )


def _listed(parts: Sequence[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def _against_plain(against: pd.DataFrame, name: str) -> str:
    """Whether the simulator beats one of the simplest forecasts, on all cases."""
    row = against[(against["rival"] == name) & (against["cases"] == "all")].iloc[0]
    shown = f"skill {_signed(row['skill'])}, {_span(row)}"
    if row["skill"] <= 0:
        return f"The simulator does not beat {PLAIN[name]} ({shown})."
    if pd.isna(row["skill_low"]) or row["skill_low"] <= 0:
        said = "is ahead of {}, but by no more than chance may explain ({})"
        return f"The simulator {said.format(PLAIN[name], shown)}: it has not been shown to beat it."
    return f"The simulator beats {PLAIN[name]} ({shown})."


def factor_said(factor: float) -> str:
    """A Bayes factor to two figures: 240, 12, 3.4, 0.081."""
    if pd.isna(factor):
        return "unknown"
    return f"{float(f'{factor:.2g}'):,.6g}"


def _signed(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")


def _span(row: pd.Series) -> str:
    if pd.isna(row["skill_low"]):
        return "no interval from a single case"
    return f"95 % interval {_signed(row['skill_low'])} to {_signed(row['skill_high'])}"
