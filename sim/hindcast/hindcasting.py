"""A hindcast: dated choices, what each rival would have forecast, and how well."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from realpolitik.sim.engine.world import Array
from realpolitik.sim.formatting.names import labels
from realpolitik.sim.formatting.numbers import NONE, factor_span, format_factor, listing, number
from realpolitik.sim.hindcast.base_rates import EarlierAnswers, has_record, uniform_forecast
from realpolitik.sim.hindcast.cases import HindcastCase, load_cases, shipped_cases
from realpolitik.sim.hindcast.forecasts import (
    BASE_RATE,
    DOUBT,
    LOGISTIC,
    NUMBERED,
    OTHER_DOUBTS,
    PLAIN,
    UNIFORM,
    Progress,
    Regressors,
    Rival,
    fit,
    load_rivals,
    log_score,
    logistic_forecast,
    ranked_probability_score,
    simulated_forecasts,
    tempered,
)
from realpolitik.sim.hindcast.scores import (
    FEWEST,
    against_table,
    calibration_table,
    question_table,
    summary_table,
)

# ── The verdict ──────────────────────────────────────────────────────────────────────


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
    against: pd.DataFrame, titles: Mapping[str, str], other_coding: pd.DataFrame | None = None
) -> tuple[str, ...]:
    """Whether the base reading is supported, on which cases, and what it fails to beat.

    Args:
        against: The base reading against every other, as `against_table` gives it, with the Bayes
            factors `bayes_less_doubt` and `bayes_more_doubt`.
        titles: Name of a rival → what it is called, the base reading first.
        other_coding: The same as the other coding has it; None if no case is doubted.
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
        *([] if other_coding is None else [_by_other_coding(other_coding)]),
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
        f"{format_factor(row['bayes_factor'])} ({row['cases']}{_factor_span(row)})"
        for _, row in rows.iterrows()
    ]
    last = rows.iloc[-1]
    less, more = (format_factor(last[f"bayes_{key}_doubt"]) for key in ("less", "more"))
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


def _by_other_coding(table: pd.DataFrame) -> str:
    row = table[(table["cases"] == "all") & (table["rival"] == BASE_RATE)].iloc[0]
    return f"With the other coding of what is doubted, set against H0: {_difference(row)}."


# ── The hindcast ─────────────────────────────────────────────────────────────────────


Forecasts = Mapping[tuple[str, str], Array]


@dataclass(frozen=True)
class Hindcast:
    """What was forecast, how it was scored, and what it comes to.

    Attributes:
        cases: The episodes, in their order.
        titles: Name of a rival → what it is called in a sentence, the base reading first.
        labels: Name of a rival → what it is called in a table, such as `H1 realpolitik`.
        base: Name of the reading that the others are set against.
        worlds: Worlds behind each simulated forecast.
        without_record: Names of the single choices of which the record says nothing, so that
            their base rate is even.
        references: Name of a case → the class that its base rate is of.
        notes: What whoever wrote the readings should know.
        forecasts: episode, hypothesis, category, probability.
        scores: episode, hypothesis, rps, log_score, observed, in_article, certainty, crisis.
        summary: A row a rival and set of cases, see `summary_table`.
        against: The base reading over each rival, see `against_table`; and the Bayes factors at
            other doubts, bayes_less_doubt and bayes_more_doubt.
        questions: How the base reading did on each question to triggers, see `question_table`.
        other_coding: As `against`, with the other coding of the cases that are doubted; None if
            none is.
        calibration: hypothesis, bin, low, high, forecast, observed, n.
        verdict: Plain sentences.
    """

    cases: tuple[HindcastCase, ...]
    titles: Mapping[str, str]
    labels: Mapping[str, str]
    base: str
    worlds: int
    seed: int
    without_record: tuple[str, ...]
    references: Mapping[str, str]
    notes: tuple[str, ...]
    forecasts: pd.DataFrame
    scores: pd.DataFrame
    summary: pd.DataFrame
    against: pd.DataFrame
    questions: pd.DataFrame
    other_coding: pd.DataFrame | None
    calibration: pd.DataFrame
    verdict: tuple[str, ...]


def hindcast(
    paths: Sequence[str | Path] = (),
    worlds: int = 1000,
    seed: int = 0,
    hypotheses: str | Path | None = None,
    progress: Progress | None = None,
    executor: Executor | None = None,
) -> Hindcast:
    """Scores rival readings, and the simplest forecasts, against dated choices.

    Args:
        paths: Files of episodes, or folders of them; none for those that are shipped.
        worlds: Worlds behind each simulated forecast, at least 1.
        seed: Seed of all draws, at least 0, the same for all rivals.
        hypotheses: Folder of parameter files; None for the three that are shipped.
        progress: Called with the simulated forecasts done and in all.
        executor: Runs the simulations; None runs them here. The result is the same.

    Raises:
        ScenarioError: an episode or a hypothesis is wrong; it holds all faults.
        ValueError: a number of worlds below 1, or a negative seed.
    """
    cases, rivals = load_cases(paths), load_rivals(hypotheses)
    simulated = simulated_forecasts(cases, rivals, worlds, seed, progress, executor)
    return scored(cases, rivals, simulated, worlds, seed)


def _plain_forecasts(cases: Sequence[HindcastCase]) -> dict[tuple[str, str], Array]:
    """Those that need no simulation; what they learn from lies before each case."""
    known = {case.name: case for case in (*shipped_cases(), *cases)}
    earlier = EarlierAnswers(known.values())
    base_rates = {name: earlier.forecast(case) for name, case in known.items()}
    told = {name: Regressors.of(case, base_rates[name]) for name, case in known.items()}
    fitted = {
        start: fit([one for one in told.values() if one.case.end <= start])
        for start in {case.scenario.start for case in cases}
    }
    found = {}
    for case in cases:
        found[case.name, BASE_RATE] = base_rates[case.name]
        found[case.name, UNIFORM] = uniform_forecast(case)
        coefficients = fitted[case.scenario.start]
        found[case.name, LOGISTIC] = logistic_forecast(told[case.name], coefficients)
    return found


def scored(
    cases: tuple[HindcastCase, ...],
    rivals: Sequence[Rival],
    simulated: Forecasts,
    worlds: int,
    seed: int,
) -> Hindcast:
    """What simulated forecasts come to, (case, rival) → share of the worlds in each category."""
    called = {**{rival.name: rival.called for rival in rivals}, **PLAIN}
    titles = labels(called, {name: name for name in called})
    plain = {name: f"{NUMBERED[name]} {name}" if name in NUMBERED else name for name in PLAIN}
    shares, base = _shares(cases, titles, simulated), rivals[0].name
    forecasts = _doubted(shares)
    scores = score_table(cases, forecasts)
    against = _against(cases, shares, base)
    other_coding = _other_coding(cases, titles, simulated, base)
    earlier = EarlierAnswers((*shipped_cases(), *cases))
    return Hindcast(
        cases=cases,
        titles=titles,
        labels={**{rival.name: rival.short for rival in rivals}, **plain},
        base=base,
        worlds=worlds,
        seed=seed,
        without_record=tuple(
            case.name for case in cases if case.trigger is None and not has_record(case)
        ),
        references={case.name: earlier.reference_class(case) for case in cases},
        notes=tuple(note for rival in rivals for note in rival.notes),
        forecasts=forecast_table(cases, forecasts),
        scores=scores,
        summary=summary_table(scores, base),
        against=against,
        questions=question_table(cases, scores, base),
        other_coding=other_coding,
        calibration=calibration_table(cases, forecasts, list(titles)),
        verdict=verdict(against, titles, other_coding),
    )


def _shares(cases: Sequence[HindcastCase], names: Iterable[str], simulated: Forecasts) -> Forecasts:
    """(case, rival) → forecast of each rival, the plain ones among them."""
    found = {**simulated, **_plain_forecasts(cases)}
    return {(case.name, name): found[case.name, name] for case in cases for name in names}


def _other_coding(
    cases: Sequence[HindcastCase], names: Collection[str], simulated: Forecasts, base: str
) -> pd.DataFrame | None:
    """The base reading against all others as the other coding has it."""
    if not any(case.doubted for case in cases):
        return None
    others = [case.other_coding() for case in cases]
    forecasts = _doubted(_shares(others, names, simulated))
    return against_table(score_table(others, forecasts), base)


def _doubted(shares: Forecasts, doubt: float = DOUBT) -> dict[tuple[str, str], Array]:
    return {key: tempered(forecast, doubt) for key, forecast in shares.items()}


def _against(cases: Sequence[HindcastCase], shares: Forecasts, base: str) -> pd.DataFrame:
    """The base reading against all others, and the Bayes factors at other doubts."""
    table, *others = (
        against_table(score_table(cases, _doubted(shares, doubt)), base)
        for doubt in (DOUBT, *OTHER_DOUBTS)
    )
    less, more = (other["bayes_factor"] for other in others)
    return table.assign(bayes_less_doubt=less, bayes_more_doubt=more)


def forecast_table(cases: Sequence[HindcastCase], forecasts: Forecasts) -> pd.DataFrame:
    """One row a category: episode, hypothesis, category, probability."""
    by_name = {case.name: case for case in cases}
    rows = [
        (episode, name, category, float(chance))
        for (episode, name), forecast in forecasts.items()
        for category, chance in zip(by_name[episode].categories, forecast, strict=True)
    ]
    return pd.DataFrame(rows, columns=["episode", "hypothesis", "category", "probability"])


def score_table(cases: Sequence[HindcastCase], forecasts: Forecasts) -> pd.DataFrame:
    """One row a forecast: its scores, and what was observed (the category)."""
    by_name, scores = {case.name: case for case in cases}, _scores(cases, forecasts)
    rows = [
        {
            "episode": episode,
            "hypothesis": name,
            "rps": scores[episode, name][0],
            "log_score": scores[episode, name][1],
            "observed": by_name[episode].categories[by_name[episode].observed],
            "in_article": by_name[episode].episode.in_article,
            "certainty": by_name[episode].certainty,
            "crisis": by_name[episode].crisis,
        }
        for episode, name in forecasts
    ]
    return pd.DataFrame(rows)


def _scores(
    cases: Sequence[HindcastCase], forecasts: Forecasts
) -> dict[tuple[str, str], tuple[float, float]]:
    """(case, rival) → ranked probability score and log score; as many categories at one go."""
    observed = {case.name: case.observed for case in cases}
    found: dict[tuple[str, str], tuple[float, float]] = {}
    for size in {len(forecast) for forecast in forecasts.values()}:
        keys = [key for key, forecast in forecasts.items() if len(forecast) == size]
        chances = np.array([forecasts[key] for key in keys])
        places = np.array([observed[episode] for episode, _ in keys])
        both = ranked_probability_score(chances, places), log_score(chances, places)
        found.update(zip(keys, zip(*both, strict=True), strict=True))
    return found
