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
from realpolitik.sim.study.hindcast.rivals import BASE_RATE, NUMBERED, called
from realpolitik.sim.study.hindcast.summing import CASES
from realpolitik.sim.study.hindcast.verdict import factor_said
from realpolitik.sim.words.numbers import NONE, number

Row = dict[str, Any]

LEGEND = (
    "RPS: ranked probability score, 0 best, 1 worst. Log score: 0 best. H0: the base rate. BF: "
    "Bayes factor of the article's reading over the rival."
)


def print_scores(found: Hindcast) -> None:
    """Scores of each rival on each set of cases, then each episode, then the verdict."""
    n = len(found.cases)
    many = f"{n} episode" if n == 1 else f"{n} episodes"
    show(f"Hindcast of {many} ({found.worlds:,} worlds each, seed {found.seed})", "")
    headings = ("Rival", "Cases", "n", "RPS", "Log score", "Skill over H0", "95 % interval", "BF")
    rows = [_score_row(row, found) for row in _rows(found.summary)]
    show(table(headings, rows, numbers=(*headings[2:6], "BF")), "")
    show(LEGEND, "")
    show("Chance that each rival had given to what was observed:", "")
    names = [short(name) for name in found.titles]
    show(table(("Episode", "Article", "Observed", "Certainty", *names), _episode_rows(found)), "")
    if found.without_record:
        show(f"No base rate in the record (taken as even): {', '.join(found.without_record)}.", "")
    show(*found.verdict)


def short(name: str) -> str:
    """What a rival is called in a table, such as `H1 realpolitik`."""
    return f"{NUMBERED[name]} {name}" if name in NUMBERED else name


def _score_row(row: Row, found: Hindcast) -> tuple[str, ...]:
    first = row["cases"] == CASES[0]
    return (
        short(row["hypothesis"]) if first else "",
        row["cases"],
        str(row["n"]),
        number(row["rps"], 3),
        number(row["log_score"], 3),
        number(row["skill"]),
        _span(row),
        factor_said(row["bayes_factor"]) if row["hypothesis"] != found.article else NONE,
    )


def _span(row: Row) -> str:
    if not math.isfinite(row["skill_low"]) or row["hypothesis"] == BASE_RATE:
        return NONE
    return f"{number(row['skill_low'])} to {number(row['skill_high'])}"


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
        )


def json_of(found: Hindcast) -> Row:
    """What `--json` prints; a number that does not exist is null."""
    return {
        "worlds": found.worlds,
        "seed": found.seed,
        "hypotheses": {name: _hypothesis(found, name) for name in found.titles},
        "episodes": {case.name: _forecast(found, case) for case in found.cases},
        "against": _records(found.against),
        "calibration": _records(found.calibration),
        "without_record": list(found.without_record),
        "verdict": list(found.verdict),
    }


SCORES = ("n", "rps", "log_score", "skill", "skill_low", "skill_high", "bayes_factor")


def _hypothesis(found: Hindcast, name: str) -> Row:
    """Its scores on all cases, and under `cases` those on each set."""
    own = _records(found.summary[found.summary["hypothesis"] == name])
    sets = {one["cases"]: {key: one[key] for key in SCORES} for one in own}
    title = called(name, found.titles[name])
    return {"label": NUMBERED.get(name, ""), "title": title, **sets["all"], "cases": sets}


def _forecast(found: Hindcast, case: Case) -> Row:
    own = found.forecasts[found.forecasts["episode"] == case.name]
    forecast = {
        str(name): dict(zip(rows["category"], rows["probability"], strict=True))
        for name, rows in own.groupby("hypothesis", sort=False)
    }
    return {"title": case.scenario.title, **_episode(case), "forecast": forecast}


def _rows(frame: pd.DataFrame) -> list[Row]:
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


def _records(frame: pd.DataFrame) -> list[Row]:
    found: list[Row] = json.loads(frame.to_json(orient="records", double_precision=12))
    return found


def about(found: Hindcast) -> Row:
    """What the page says of the hindcast."""
    return {
        "version": version("realpolitik"),
        "worlds": found.worlds,
        "seed": found.seed,
        "verdict": found.verdict,
        "reference": BASE_RATE,
        "titles": {name: called(name, title) for name, title in found.titles.items()},
        "episodes": [
            {"name": case.name, "title": case.scenario.title, **_episode(case)}
            for case in found.cases
        ],
    }


def _episode(case: Case) -> Row:
    episode = case.episode
    return {
        "date": episode.date.isoformat(),
        "observed": case.categories[case.observed],
        "certainty": case.certainty,
        "in_article": episode.in_article,
        "note": episode.note,
        "source": episode.source,
    }
