"""The page of a comparison: one self-contained HTML file."""

import shlex
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd

from realpolitik.sim.charts.compare.partings import parting_said
from realpolitik.sim.documents.exhibits import Exhibit, TextTable
from realpolitik.sim.documents.missing import (
    attempt_exhibits,
    attempt_page,
    attempt_table,
    attempt_texts,
)
from realpolitik.sim.documents.page import render_page
from realpolitik.sim.documents.panels import Panel, panel
from realpolitik.sim.report.compare import figures
from realpolitik.sim.report.compare.answer import answer, consequence
from realpolitik.sim.report.compare.records import Compared, read_comparison
from realpolitik.sim.report.compare.tables import OutcomesTable, first_acts_table, outcomes_tables
from realpolitik.sim.report.run.records import Json, text
from realpolitik.sim.report.study.page import Section
from realpolitik.sim.words.missing import attempt
from realpolitik.sim.words.numbers import capital, listing, nearest, sentence
from realpolitik.sim.words.settings import set_words

CHANCE = 0.05
"""Share of 95 % intervals that leave out what is true."""


@dataclass(frozen=True)
class World:
    """A pair of worlds that is told."""

    number: str
    told: str


@dataclass(frozen=True)
class Parting:
    """Where the histories of one scenario part from the baseline's."""

    title: str
    said: str
    first_acts: TextTable
    worlds: list[World]


def render_comparison(manifest: Json, tables: Mapping[str, pd.DataFrame]) -> str:
    """One HTML file that needs no network. The same input gives the same text.

    Args:
        manifest: What the comparison says of itself; the baseline is the first of `scenarios`.
        tables: Name → table, as `compare` gives them; those that do not apply may be absent.
            Grades of help are drawn where there is a table `classes`: scenario, outcome, category,
            label, share, low, high, worlds.
    """
    return attempt_page(
        "Comparison",
        lambda: render_page("compare.html.j2", _context(read_comparison(manifest, tables))),
    )


def _context(compared: Compared) -> dict[str, Any]:
    """All that the templates name."""
    drawn = comparison_exhibits(compared)
    titles = compared.sides.titles
    shown = len(compared.table("differences").dropna(subset=["difference"]))
    return {
        "about": compared.about,
        "title": f"{titles[compared.sides.baseline]}, compared",
        "against": listing([f"“{titles[key]}”" for key in compared.others]),
        "answer": attempt_texts("the answer", lambda: answer(compared)),
        "notes": list(_notes(compared)),
        "source": compared.sides.source,
        "scenarios": attempt_table("the scenarios", lambda: _scenarios_table(compared)),
        "horizon": listing([str(weeks) for weeks in compared.horizons]),
        "outcomes": attempt("the outcomes", lambda: outcomes_tables(compared), _no_outcomes),
        "partings": [
            attempt("where histories part", partial(_parting, compared, key), _no_parting)
            for key in compared.others
        ],
        "parting_charts": _panels(drawn["partings"]),
        "lanes": _panels(drawn["lanes"]),
        "sections": _sections(compared, drawn),
        "paired": _paired(compared),
        "unpaired": {
            titles[key]: f"{why}. {capital(consequence(compared, key))}"
            for key, why in compared.unpaired().items()
        },
        "intervals": f"{shown:,}",
        "by_chance": f"{max(1, nearest(CHANCE * shown)):,}",
        "command": _command(compared),
    }


def _no_outcomes(why: str) -> list[OutcomesTable]:
    return [OutcomesTable("", "", TextTable(("Missing",), [(why,)]), [])]


def _no_parting(why: str) -> Parting:
    return Parting("Missing", why, TextTable((), []), [])


def _panels(exhibits: list[Exhibit]) -> list[Panel]:
    return [panel(exhibit) for exhibit in exhibits]


def comparison_exhibits(compared: Compared) -> dict[str, list[Exhibit]]:
    """The charts of each section; an empty list where there is nothing to draw."""
    makers: dict[str, list[Callable[[Compared], list[Exhibit]]]] = {
        "partings": [figures.parting_exhibit],
        "lanes": [figures.lanes_exhibits],
        "differences": [figures.difference_exhibits],
        "shares": [figures.shares_exhibit, figures.help_exhibits],
        "ladder": [figures.ladder_exhibit],
        "times": [figures.time_exhibits],
        "words": [figures.alignment_exhibits],
        "relations": [figures.relations_exhibit],
    }
    return {
        name: [
            exhibit
            for place, make in enumerate(several, start=1)
            for exhibit in attempt_exhibits(f"chart {place} of {name}", partial(make, compared))
        ]
        for name, several in makers.items()
    }


def _sections(compared: Compared, drawn: Mapping[str, list[Exhibit]]) -> list[Section]:
    """The charts by question; a question without charts is left out."""
    told = {
        "differences": (
            "Differences",
            "How far outcomes differ",
            PAIRED if _paired(compared) else "",
        ),
        "shares": ("Shares", "How often it happens", ""),
        "ladder": ("Ladder", "How far it goes", ""),
        "times": ("Time", "When it comes", ""),
        "words": ("Words and deeds", "Words against deeds", ""),
        "relations": ("Relations", "How relations move", ""),
    }
    return [
        Section(anchor, *words, _panels(drawn[anchor]))
        for anchor, words in told.items()
        if drawn[anchor]
    ]


PAIRED = (
    "Both scenarios are run in the same worlds, so that luck which they share drops out of the "
    "difference. The thin bars show what would be known had each been run by itself."
)


def _parting(compared: Compared, key: str) -> Parting:
    """Where one scenario parts: in words, first deeds, and told worlds."""
    rows, told = compared.of("partings", key), compared.of("examples", key)
    worlds = [
        World(str(world), " ".join(map(text, rows_of["sentence"])))
        for world, rows_of in told.groupby("world", sort=False)
    ]
    said = sentence(parting_said(rows)) if len(rows) else ""
    return Parting(
        compared.sides.titles[key],
        f"{said[:1].upper()}{said[1:]}",
        first_acts_table(compared, key),
        worlds,
    )


def _scenarios_table(compared: Compared) -> TextTable:
    """What is compared."""
    rows = [
        (
            compared.sides.named(key),
            text(each.get("called")),
            text(each.get("question")),
            f"{int(each['worlds']):,}",
            str(each["seed"]),
            _weeks(each),
            "baseline" if key == compared.sides.baseline else _pairs(each),
        )
        for key, each in compared.scenarios.items()
    ]
    return TextTable(("Scenario", "Called", "Question", "Worlds", "Seed", "Weeks", "Paired"), rows)


def _weeks(scenario: Json) -> str:
    """Such as "26", or "26 instead of its own 52"."""
    weeks, own = scenario["weeks"], scenario.get("own_weeks", scenario["weeks"])
    return str(weeks) if own == weeks else f"{weeks} instead of its own {own}"


def _pairs(scenario: Json) -> str:
    return "yes" if scenario.get("paired", True) else f"no: {text(scenario.get('why_not'))}"


def _paired(compared: Compared) -> bool:
    """Whether any scenario is compared pair by pair."""
    return bool(compared.table("differences")["paired"].astype(bool).any())


def _notes(compared: Compared) -> Iterator[str]:
    """Notes with titles for keys; that worlds are not paired is said in the answer."""
    for note in map(text, compared.about.get("notes") or []):
        key = next((key for key in compared.scenarios if note.startswith(f"{key}: ")), "")
        said = note.removeprefix(f"{key}: ")
        if not said.startswith("not paired: "):
            yield sentence(f"“{compared.sides.titles[key]}”: {said}" if key else said)


def _command(compared: Compared) -> str:
    """The command that repeats the comparison."""
    every = list(compared.scenarios.values())
    ran = [each for each in every if each.get("ran", True)]
    settings = [f"--worlds {ran[0]['worlds']}", f"--seed {ran[0]['seed']}"] if ran else []
    given = ran[0].get("set", {}) if ran else {}
    settings += [f"--set {shlex.quote(word)}" for word in set_words(given)]
    called = [shlex.quote(text(each["called"])) for each in every]
    return " ".join(["realpolitik compare", *called, *settings])
