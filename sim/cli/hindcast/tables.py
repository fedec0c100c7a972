"""What is said of a hindcast: tables and sentences for people, an object for programs."""

import json
import math
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

import pandas as pd

from realpolitik.sim.cli.console import show, table
from realpolitik.sim.study.hindcast.cases import Case
from realpolitik.sim.study.hindcast.hindcasting import Hindcast
from realpolitik.sim.study.hindcast.record import crisis_weeks
from realpolitik.sim.study.hindcast.rivals import BASE_RATE, NUMBERED
from realpolitik.sim.study.hindcast.summing import CASES, FEWEST
from realpolitik.sim.words.factors import factor_said, factor_span
from realpolitik.sim.words.labels import labels
from realpolitik.sim.words.numbers import NONE, number

Row = dict[str, Any]

SCORE_HEADINGS = ("Rival", "Cases", "n", "Crises", "RPS", "Log score", "RPS − H0", "95 % interval")


def legend(found: Hindcast) -> str:
    """What the columns of the scores mean."""
    base = found.labels[found.base].split()[0]
    return (
        "RPS: ranked probability score, 0 best, 1 worst. Log score: 0 best. H0: the base rate. "
        "RPS − H0: mean RPS less that of H0, below 0 better than H0. Skill: 1 − RPS / that of H0. "
        f"BF: Bayes factor of {base} over the rival, the ratio of the likelihoods that the two "
        "give to what was observed, each case to the power of its certainty; neither has free "
        "parameters. Intervals: jack-knife over crises, none for fewer than "
        f"{FEWEST}. Article: the cases that the article tells of; omitted: the others."
    )


def base_rates_legend(found: Hindcast) -> str:
    """What the base rate of each episode is of, and which have none."""
    told = (
        f"H0 is the rate named, of whole crises (median {crisis_weeks():g} weeks); a shorter "
        "window has its part of it. Borrowed: it is of crises of another kind than this."
    )
    if not found.without_record:
        return told
    return f"{told} No base rate in the record (taken as even): {', '.join(found.without_record)}."


def print_scores(found: Hindcast) -> None:
    """Scores of each rival on each set of cases, then each episode, then the verdict."""
    n = len(found.cases)
    many = f"{n} episode" if n == 1 else f"{n} episodes"
    show(f"Hindcast of {many} ({found.worlds:,} worlds each, seed {found.seed})", "")
    headings = (*SCORE_HEADINGS, "Skill", "BF", "95 % of BF")
    rows = [_score_row(row, found) for row in _rows(found.summary)]
    show(table(headings, rows, numbers=(*headings[2:7], "Skill", "BF")), "")
    show(legend(found), "")
    show("Chance that each rival had given to what was observed:", "")
    columns = ("Episode", "Article", "Observed", "Certainty", *found.labels.values(), "H0 is of")
    show(table(columns, _episode_rows(found)), "")
    show(base_rates_legend(found), "")
    show(*found.notes, *found.verdict)


def _score_row(row: Row, found: Hindcast) -> tuple[str, ...]:
    is_base = row["hypothesis"] == found.base
    return (
        found.labels[row["hypothesis"]] if row["cases"] == CASES[0] else "",
        row["cases"],
        str(row["n"]),
        str(row["crises"]),
        number(row["rps"], 3),
        number(row["log_score"], 3),
        number(row["rps_difference"], 3),
        span_said(row),
        number(row["skill"]),
        NONE if is_base else factor_said(row["bayes_factor"]),
        NONE if is_base else factor_span(row["bayes_low"], row["bayes_high"]),
    )


def span_said(row: Row) -> str:
    """The interval of the difference from the base rate; a dash where there is none."""
    if row["hypothesis"] == BASE_RATE or math.isnan(row["rps_difference_low"]):
        return NONE
    return f"{number(row['rps_difference_low'], 3)} to {number(row['rps_difference_high'], 3)}"


def _episode_rows(found: Hindcast) -> Iterator[tuple[str, ...]]:
    chances = found.forecasts.set_index(["episode", "hypothesis", "category"])["probability"]
    for case in found.cases:
        observed = case.categories[case.observed]
        yield (
            case.name,
            "yes" if case.episode.in_article else "no",
            observed,
            number(case.certainty),
            *(number(chances[case.name, name, observed], 3) for name in found.titles),
            found.references[case.name],
        )


def json_of(found: Hindcast) -> Row:
    """What `--json` prints; a number that does not exist is null."""
    return {
        "worlds": found.worlds,
        "seed": found.seed,
        "hypotheses": {name: _hypothesis(found, name) for name in found.titles},
        "episodes": {case.name: _forecast(found, case) for case in found.cases},
        "against": _records(found.against),
        "against_whole_crisis": _records(found.whole_crisis),
        "calibration": _records(found.calibration),
        "without_record": list(found.without_record),
        "notes": list(found.notes),
        "verdict": list(found.verdict),
    }


SCORES = (
    *("n", "crises", "rps", "log_score", "skill"),
    *("rps_difference", "rps_difference_low", "rps_difference_high"),
    *("bayes_factor", "bayes_low", "bayes_high"),
)


def _hypothesis(found: Hindcast, name: str) -> Row:
    """Its scores on all cases, and under `cases` those on each set."""
    own = _records(found.summary[found.summary["hypothesis"] == name])
    sets = {one["cases"]: {key: one[key] for key in SCORES} for one in own}
    label = NUMBERED[name] if found.labels[name] != name else ""
    return {"label": label, "title": found.titles[name], **sets["all"], "cases": sets}


def _forecast(found: Hindcast, case: Case) -> Row:
    own = found.forecasts[found.forecasts["episode"] == case.name]
    forecast = {
        str(name): dict(zip(rows["category"], rows["probability"], strict=True))
        for name, rows in own.groupby("hypothesis", sort=False)
    }
    return {"title": case.scenario.title, **_episode(case, found), "forecast": forecast}


def _rows(frame: pd.DataFrame) -> list[Row]:
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


def _records(frame: pd.DataFrame) -> list[Row]:
    found: list[Row] = json.loads(frame.to_json(orient="records", double_precision=12))
    return found


def about(found: Hindcast) -> Row:
    """What the page says of the hindcast."""
    every = {case.name: case.scenario.title for case in found.cases}
    titles = labels(every, {name: name for name in every})
    return {
        "version": version("realpolitik"),
        "worlds": found.worlds,
        "seed": found.seed,
        "verdict": found.verdict,
        "reference": BASE_RATE,
        "titles": dict(found.titles),
        "notes": found.notes,
        "without_record": [
            titles[case.name] for case in found.cases if case.name in found.without_record
        ],
        "episodes": [
            {"name": case.name, "title": titles[case.name], **_episode(case, found)}
            for case in found.cases
        ],
    }


def _episode(case: Case, found: Hindcast) -> Row:
    episode = case.episode
    return {
        "date": episode.date.isoformat(),
        "observed": case.categories[case.observed],
        "certainty": case.certainty,
        "in_article": episode.in_article,
        "crisis": case.crisis,
        "base_rate_of": found.references[case.name],
        "note": episode.note,
        "source": episode.source,
    }
