"""The page of a study: one self-contained HTML file."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd

from realpolitik.sim.documents.exhibits import Exhibit
from realpolitik.sim.documents.missing import (
    attempt_exhibits,
    attempt_page,
    attempt_table,
    attempt_texts,
)
from realpolitik.sim.documents.page import render_page
from realpolitik.sim.documents.panels import Panel, panel
from realpolitik.sim.report.run.records import Json
from realpolitik.sim.report.study.answer import answer
from realpolitik.sim.report.study.curve_figures import curve_exhibits, undrawn_curves
from realpolitik.sim.report.study.figures import (
    case_exhibits,
    effect_exhibits,
    heat_exhibits,
    undrawn_effects,
    undrawn_maps,
)
from realpolitik.sim.report.study.overview import (
    failures_table,
    points_table,
    spread_table,
    varied_table,
)
from realpolitik.sim.report.study.records import Study, read_study
from realpolitik.sim.words.missing import attempt
from realpolitik.sim.words.scales import how_many, setting

SAMPLERS = {
    "grid": "every combination of the values (grid)",
    "one_at_a_time": "one address at a time, all else as in the scenario",
    "latin_hypercube": "scattered evenly over the ranges (Latin hypercube)",
    "sobol": "scattered evenly over the ranges, in sets for Sobol’ indices",
    "given": "given one by one, in the order of their file",
    "morris": "paths that change one address at a time (Morris screening)",
}


@dataclass(frozen=True)
class Section:
    """A part of the page: its anchor, name in the list of sections, heading, and charts."""

    anchor: str
    name: str
    heading: str
    intro: str
    panels: list[Panel]


def render_study(
    study: Json,
    points: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
    failures: pd.DataFrame,
    notes: Sequence[str] = (),
) -> str:
    """One HTML file that needs no network. The same input gives the same text.

    Args:
        study: What the study says of itself, as in `study.json`.
        points: `point`, then a column a varied address; a row a point.
        tables: Name → table of the analysis; those that do not apply are absent.
        failures: What could not be computed: point, block or first_world and worlds, error; may
            be without rows.
        notes: Sentences for the reader, shown below the answer.
    """
    return attempt_page(
        str(study["title"]),
        lambda: render_page(
            "study.html.j2", _context(read_study(study, points, tables, failures), notes)
        ),
    )


def _context(study: Study, notes: Sequence[str]) -> dict[str, Any]:
    """All that the template names."""
    return {
        "study": study.about,
        "answer": attempt_texts("the answer", lambda: answer(study)),
        "notes": [*notes, *attempt_texts("the note on worlds", lambda: _missed(study))],
        "again": study.about.get("command") or f"realpolitik sweep {study.about['name']}",
        "sections": [section for section in _sections(study) if section.panels],
        "varied": attempt_table("the table of what was varied", lambda: varied_table(study)),
        "sampler": SAMPLERS.get(study.sampler, study.sampler),
        "points": f"{len(study.points):,}",
        "worlds": _worlds(study),
        "until": _until(study),
        "spread": attempt_table("the table of the spread", lambda: spread_table(study)),
        "summary": attempt_table("the table of the points", lambda: points_table(study)),
        "failures": attempt_table("the table of failures", lambda: failures_table(study)),
        "failed": f"{len(study.failures):,}",
        "has": {name for name, table in study.tables.items() if not table.empty},
    }


def _sections(study: Study) -> list[Section]:
    """The charts by question; a question without charts is left out by the caller."""
    told: dict[str, tuple[str, str, Callable[[], str]]] = {
        "curves": (
            "Curves",
            "How it changes with each address",
            lambda: " ".join(filter(None, (CURVES, undrawn_curves(study)))),
        ),
        "maps": ("Maps", "Two addresses at once", lambda: undrawn_maps(study)),
        "effects": (
            "What matters",
            "What matters most",
            lambda: " ".join(filter(None, (_intro(study), undrawn_effects(study)))),
        ),
        "case": ("Conditions", "Under what conditions", lambda: CASE),
    }
    drawn = study_exhibits(study)
    return [
        Section(
            anchor,
            name,
            heading,
            attempt(f"the words on {anchor}", intro, str),
            [panel(exhibit) for exhibit in drawn[anchor]],
        )
        for anchor, (name, heading, intro) in told.items()
    ]


def study_exhibits(study: Study) -> dict[str, list[Exhibit]]:
    """The charts of each section; an empty list where there is nothing to draw."""
    makers = {
        "curves": curve_exhibits,
        "maps": heat_exhibits,
        "effects": effect_exhibits,
        "case": case_exhibits,
    }
    return {
        name: attempt_exhibits(f"the charts of {name}", partial(make, study))
        for name, make in makers.items()
    }


CURVES = (
    "The same worlds are run at every value, so neighbouring points share their luck: differences "
    "along a curve are surer than the shading suggests."
)
CASE = (
    "Each point is one setting of all addresses. The case of interest is drawn strongly: what its "
    "points have in common tells under what conditions it comes about."
)
INTROS = {
    "sobol": "An index says what share of the variance between points an address accounts for: "
    "alone (first index), or together with all that it does in interplay with others (total).",
    "morris": "Each address is moved by itself in many places. The mean size of what that does "
    "says whether it matters; how uneven it is says whether that depends on the others.",
    "effects": "Each address is set to the low and to the high end of its range. Both ends are "
    "run in the same worlds, so the difference is surer than either end.",
}


def _intro(study: Study) -> str:
    return next((text for name, text in INTROS.items() if not study.table(name).empty), "")


def _worlds(study: Study) -> str:
    """Worlds at a point: as they came, else as they were asked for."""
    summary = study.table("summary")
    if not summary.empty:
        return how_many(summary["worlds"].astype(float).tolist(), "").strip()
    return f"{int(study.about['worlds']):,}"


def _missed(study: Study) -> Iterator[str]:
    """How many points had not worlds enough when they might have no more, as a sentence."""
    until = study.about.get("until")
    if not until or until["outcome"] not in study.seen:
        return
    rows, measure = (
        study.about_outcome("summary", until["outcome"]),
        study.measures[until["outcome"]],
    )
    wide = rows["high"] - rows["low"]
    missed = int((wide > float(until["width"])).sum())
    if missed:
        yield (
            f"{missed:,} of {len(rows):,} points stopped at {int(until['most']):,} worlds before "
            f"the interval of “{measure.label}” was as narrow as was asked: it is up to "
            f"{measure.size(float(wide.max()))} wide."
        )


def _until(study: Study) -> str:
    """When a point had worlds enough, as a sentence; empty where that was not asked."""
    until = study.about.get("until")
    if not until:
        return ""
    name = until["outcome"]
    measure = study.measures.get(name)
    label = measure.label if measure else name
    width = measure.size(float(until["width"])) if measure else setting(float(until["width"]))
    return (
        f"Worlds were added at each point until the interval of “{label}” was at most {width} "
        f"wide, or {int(until['most']):,} worlds were reached."
    )
