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
from realpolitik.sim.study.hindcast.record import (
    base_rate_forecast,
    has_record,
    reference_class,
    uniform_forecast,
    whole_crisis_forecast,
)
from realpolitik.sim.study.hindcast.rivals import (
    BASE_RATE,
    LOGISTIC,
    NUMBERED,
    PLAIN,
    UNIFORM,
    Rival,
    load_rivals,
)
from realpolitik.sim.study.hindcast.scoring import (
    DOUBT,
    OTHER_DOUBTS,
    log_score,
    ranked_probability_score,
    tempered,
)
from realpolitik.sim.study.hindcast.summing import against_table, summary_table
from realpolitik.sim.study.hindcast.verdict import verdict
from realpolitik.sim.words.labels import labels

Forecasts = Mapping[tuple[str, str], Array]
WHOLE_CRISIS = "base_rate_of_a_whole_crisis"


@dataclass(frozen=True)
class Hindcast:
    """What was forecast, how it was scored, and what it comes to.

    Attributes:
        cases: The episodes, in their order.
        titles: Name of a rival → what it is called in a sentence, the base reading first.
        labels: Name of a rival → what it is called in a table, such as `H1 realpolitik`.
        base: Name of the reading that the others are set against.
        worlds: Worlds behind each simulated forecast.
        without_record: Names of the cases of whose choice the record says nothing, so that their
            base rate is even.
        references: Name of a case → the class that its base rate is of.
        notes: What whoever wrote the readings should know.
        forecasts: episode, hypothesis, category, probability.
        scores: episode, hypothesis, rps, log_score, observed, in_article, certainty, crisis.
        summary: A row a rival and set of cases, see `summary_table`.
        against: The base reading over each rival, see `against_table`; and the Bayes factors at
            other doubts, bayes_less_doubt and bayes_more_doubt.
        whole_crisis: As `against`, over the base rate that is not cut down to a short window.
        calibration: hypothesis, bin, low, high, forecast, observed, n.
        verdict: Plain sentences.
    """

    cases: tuple[Case, ...]
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
    whole_crisis: pd.DataFrame
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
    called = {**{rival.name: rival.called for rival in rivals}, **PLAIN}
    titles = labels(called, {name: name for name in called})
    plain = {name: f"{NUMBERED[name]} {name}" if name in NUMBERED else name for name in PLAIN}
    found = {**simulated, **_plain_forecasts(cases)}
    shares = {(case.name, name): found[case.name, name] for case in cases for name in titles}
    forecasts, base = _doubted(shares), rivals[0].name
    scores = score_table(cases, forecasts)
    against = _against(cases, shares, base)
    whole_crisis = _against(cases, _whole_crisis(cases, shares, base), base)
    return Hindcast(
        cases=cases,
        titles=titles,
        labels={**{rival.name: rival.short for rival in rivals}, **plain},
        base=base,
        worlds=worlds,
        seed=seed,
        without_record=tuple(case.name for case in cases if not has_record(case)),
        references={case.name: reference_class(case) for case in cases},
        notes=tuple(note for rival in rivals for note in rival.notes),
        forecasts=forecast_table(cases, forecasts),
        scores=scores,
        summary=summary_table(scores, base),
        against=against,
        whole_crisis=whole_crisis,
        calibration=calibration_table(cases, forecasts, list(titles)),
        verdict=verdict(against, whole_crisis, titles),
    )


def _doubted(shares: Forecasts, doubt: float = DOUBT) -> dict[tuple[str, str], Array]:
    return {key: tempered(forecast, doubt) for key, forecast in shares.items()}


def _whole_crisis(cases: Sequence[Case], shares: Forecasts, base: str) -> Forecasts:
    """The base reading, and the base rate that knows nothing of the window."""
    ours = {(case.name, base): shares[case.name, base] for case in cases}
    theirs = {(case.name, WHOLE_CRISIS): whole_crisis_forecast(case) for case in cases}
    return {**ours, **theirs}


def _against(cases: Sequence[Case], shares: Forecasts, base: str) -> pd.DataFrame:
    """The base reading against all others, and the Bayes factors at other doubts."""
    table, *others = (
        against_table(score_table(cases, _doubted(shares, doubt)), base)
        for doubt in (DOUBT, *OTHER_DOUBTS)
    )
    less, more = (other["bayes_factor"] for other in others)
    return table.assign(bayes_less_doubt=less, bayes_more_doubt=more)


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
            "crisis": by_name[episode].crisis,
        }
        for (episode, name), forecast in forecasts.items()
    ]
    return pd.DataFrame(rows)
