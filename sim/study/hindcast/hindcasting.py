"""A hindcast: dated choices, what each rival would have forecast, and how well."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from realpolitik.sim.engine.world import Array
from realpolitik.sim.study.hindcast.calibrating import calibration_table
from realpolitik.sim.study.hindcast.cases import Case, load_cases, shipped_cases
from realpolitik.sim.study.hindcast.forecasting import Progress, simulated_forecasts
from realpolitik.sim.study.hindcast.ordinal import logistic_forecast
from realpolitik.sim.study.hindcast.record import base_rate_forecast, has_record, uniform_forecast
from realpolitik.sim.study.hindcast.rivals import (
    BASE_RATE,
    LOGISTIC,
    PLAIN,
    UNIFORM,
    Rival,
    load_rivals,
)
from realpolitik.sim.study.hindcast.scoring import log_score, ranked_probability_score, tempered
from realpolitik.sim.study.hindcast.summing import against_table, summary_table
from realpolitik.sim.study.hindcast.verdict import verdict

Forecasts = Mapping[tuple[str, str], Array]


@dataclass(frozen=True)
class Hindcast:
    """What was forecast, how it was scored, and what it comes to.

    Attributes:
        cases: The episodes, in their order.
        titles: Name of a rival → what it is called, the article's reading first.
        article: Name of the reading that the others are set against.
        worlds: Worlds behind each simulated forecast.
        without_record: Names of the cases of whose choice the record says nothing, so that their
            base rate is even.
        forecasts: episode, hypothesis, category, probability.
        scores: episode, hypothesis, rps, log_score, observed, in_article, certainty.
        summary: hypothesis, cases (article, omitted, all), n, rps, log_score, skill, skill_low,
            skill_high, bayes_factor (of the article's reading against it).
        against: rival, cases, n, skill, skill_low, skill_high, bayes_factor, all of the article's
            reading over the rival.
        calibration: hypothesis, bin, low, high, forecast, observed, n.
        verdict: Plain sentences.
    """

    cases: tuple[Case, ...]
    titles: Mapping[str, str]
    article: str
    worlds: int
    seed: int
    without_record: tuple[str, ...]
    forecasts: pd.DataFrame
    scores: pd.DataFrame
    summary: pd.DataFrame
    against: pd.DataFrame
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


def _plain_forecasts(cases: Sequence[Case]) -> dict[tuple[str, str], Array]:
    """Those that need no simulation; the logistic model is fitted to the shipped cases."""
    known = shipped_cases()
    found = {}
    for case in cases:
        found[case.name, BASE_RATE] = base_rate_forecast(case)
        found[case.name, UNIFORM] = uniform_forecast(case)
        found[case.name, LOGISTIC] = logistic_forecast(case, known)
    return found


def scored(
    cases: tuple[Case, ...], rivals: Sequence[Rival], simulated: Forecasts, worlds: int, seed: int
) -> Hindcast:
    """What simulated forecasts come to, (case, rival) → share of the worlds in each category."""
    names = (*(rival.name for rival in rivals), BASE_RATE, UNIFORM, LOGISTIC)
    found = {**simulated, **_plain_forecasts(cases)}
    forecasts = {
        (case.name, name): tempered(found[case.name, name]) for case in cases for name in names
    }
    titles = {**{rival.name: rival.title for rival in rivals}, **PLAIN}
    article = rivals[0].name
    scores = score_table(cases, forecasts)
    against = against_table(scores, article)
    return Hindcast(
        cases=cases,
        titles=titles,
        article=article,
        worlds=worlds,
        seed=seed,
        without_record=tuple(case.name for case in cases if not has_record(case)),
        forecasts=forecast_table(cases, forecasts),
        scores=scores,
        summary=summary_table(scores, article),
        against=against,
        calibration=calibration_table(cases, forecasts, list(titles)),
        verdict=verdict(against, titles),
    )


def forecast_table(cases: Sequence[Case], forecasts: Forecasts) -> pd.DataFrame:
    """One row a category: episode, hypothesis, category, probability."""
    by_name = {case.name: case for case in cases}
    rows = [
        (episode, name, category, float(chance))
        for (episode, name), forecast in forecasts.items()
        for category, chance in zip(by_name[episode].categories, forecast, strict=True)
    ]
    return pd.DataFrame(rows, columns=["episode", "hypothesis", "category", "probability"])


def score_table(cases: Sequence[Case], forecasts: Forecasts) -> pd.DataFrame:
    """One row a forecast: its scores, and what was observed (the category)."""
    by_name = {case.name: case for case in cases}
    rows = [
        {
            "episode": episode,
            "hypothesis": name,
            "rps": ranked_probability_score(forecast, by_name[episode].observed),
            "log_score": log_score(forecast, by_name[episode].observed),
            "observed": by_name[episode].categories[by_name[episode].observed],
            "in_article": by_name[episode].episode.in_article,
            "certainty": by_name[episode].certainty,
        }
        for (episode, name), forecast in forecasts.items()
    ]
    return pd.DataFrame(rows)
