"""The page of a hindcast: one self-contained HTML file."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from realpolitik.sim.charts.validation.calibration import calibration
from realpolitik.sim.charts.validation.scores import difference_rows
from realpolitik.sim.report.exhibits import Exhibit
from realpolitik.sim.report.missing import attempt_exhibits, attempt_page, attempt_table
from realpolitik.sim.report.page import render_page
from realpolitik.sim.report.panels import panel
from realpolitik.sim.report.run.records import Json
from realpolitik.sim.report.run.tables import Table
from realpolitik.sim.words.factors import factor_said, factor_span
from realpolitik.sim.words.numbers import NONE, capital, number, percent

Tables = Mapping[str, pd.DataFrame]


def render_hindcast(about: Json, tables: Tables) -> str:
    """One HTML file that needs no network. The same input gives the same text.

    Args:
        about: What the hindcast says of itself: version, worlds, seed, verdict (sentences), titles
            (name of a rival → what it is called, the base reading first), reference (name of the
            base rate), notes (sentences), episodes (name, title, date, observed, certainty,
            in_article, crisis, base_rate_of, source, note), without_record (titles of the episodes
            whose base rate is even).
        tables: `forecasts`, `summary` and `calibration`, as `hindcast` gives them.
    """
    return attempt_page("Hindcast", lambda: _rendered(about, tables))


def _rendered(about: Json, tables: Tables) -> str:
    forecasts = tables["forecasts"]
    context: dict[str, Any] = {
        "about": about,
        "cases": len(about["episodes"]),
        "exhibits": [panel(one) for one in hindcast_exhibits(about, tables)],
        "episodes": attempt_table("the episodes", lambda: episode_table(about, forecasts)),
        "sources": attempt_table("the sources", lambda: source_table(about)),
    }
    return render_page("hindcast.html.j2", context)


def hindcast_exhibits(about: Json, tables: Tables) -> list[Exhibit]:
    """The charts of the page, each with its table."""
    titles = {str(name): str(title) for name, title in about["titles"].items()}
    reference = str(about["reference"])
    return [
        *attempt_exhibits(
            "the chart of scores", lambda: [_scores(tables["summary"], titles, reference)]
        ),
        *attempt_exhibits(
            "the chart of calibration",
            lambda: [_calibration(tables["calibration"], titles, reference)],
        ),
    ]


def _scores(summary: pd.DataFrame, titles: Mapping[str, str], reference: str) -> Exhibit:
    figure = difference_rows(summary, titles, reference)
    return Exhibit("differences", figure, score_table(summary, titles))


def _calibration(table: pd.DataFrame, titles: Mapping[str, str], reference: str) -> Exhibit:
    figure = calibration(table, _drawn(titles, reference))
    return Exhibit("calibration", figure, calibration_table(table, titles))


def _drawn(titles: Mapping[str, str], reference: str) -> dict[str, str]:
    """The rivals whose calibration is drawn: the first reading, the base rate and the last model.

    More than three would hide each other; the table beneath has all.
    """
    first, *_, last = titles
    return {name: titles[name] for name in (first, reference, last) if name in titles}


def score_table(summary: pd.DataFrame, titles: Mapping[str, str]) -> Table:
    """Every rival on each set of cases."""
    base = next(iter(titles.values()))
    header = (
        *("Rival", "Cases", "Number", "Crises", "Ranked probability score", "Log score"),
        *("Score less that of the base rate", "95\u00a0% interval", "Skill over the base rate"),
        *(f"Bayes factor of {base}", "95\u00a0% interval of the factor"),
    )
    return Table(header, [_score_row(row, titles) for _, row in summary.iterrows()])


def _score_row(row: pd.Series, titles: Mapping[str, str]) -> tuple[str, ...]:
    return (
        capital(titles[row["hypothesis"]]),
        str(row["cases"]),
        str(row["n"]),
        str(row["crises"]),
        number(row["rps"], 3),
        number(row["log_score"], 3),
        number(row["rps_difference"], 3),
        _span(row),
        number(row["skill"]),
        NONE if pd.isna(row["bayes_factor"]) else factor_said(row["bayes_factor"]),
        factor_span(row["bayes_low"], row["bayes_high"]),
    )


def _span(row: pd.Series) -> str:
    if pd.isna(row["rps_difference_low"]):
        return NONE
    return f"{number(row['rps_difference_low'], 3)} to {number(row['rps_difference_high'], 3)}"


def calibration_table(table: pd.DataFrame, titles: Mapping[str, str]) -> Table:
    """Every bin of every rival."""
    rows = [
        (
            capital(titles[row["hypothesis"]]),
            f"{percent(row['low'])} to {percent(row['high'])}",
            percent(row["forecast"]),
            percent(row["observed"]),
            str(row["n"]),
        )
        for _, row in table.iterrows()
    ]
    return Table(("Rival", "Bin", "Mean forecast", "Came about", "Events"), rows)


def episode_table(about: Json, forecasts: pd.DataFrame) -> Table:
    """What was observed in each episode, and what chance each rival had given it."""
    chances = forecasts.set_index(["episode", "hypothesis", "category"])["probability"]
    rows = [
        (
            str(one["title"]),
            "yes" if one["in_article"] else "no",
            str(one["observed"]),
            number(float(one["certainty"])),
            str(one["base_rate_of"]),
            *(percent(chances[one["name"], name, one["observed"]]) for name in about["titles"]),
        )
        for one in about["episodes"]
    ]
    rivals = (capital(str(title)) for title in about["titles"].values())
    header = ("Episode", "In the article", "Observed", "Certainty", "The base rate is of", *rivals)
    return Table(header, rows)


def source_table(about: Json) -> Table:
    """What each observation rests on."""
    rows = [
        (
            str(one["title"]),
            str(one["date"]),
            str(one["crisis"]),
            str(one["note"]) or NONE,
            str(one["source"]),
        )
        for one in about["episodes"]
    ]
    return Table(("Episode", "Day", "Crisis", "How it was coded", "Source"), rows)
