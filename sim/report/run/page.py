"""The report of a run: one self-contained HTML file."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd

from realpolitik.sim.documents.exhibits import Exhibit, TextTable
from realpolitik.sim.documents.html_page import sections_of
from realpolitik.sim.documents.missing import (
    attempt_exhibits,
    attempt_page,
    attempt_table,
    attempt_texts,
)
from realpolitik.sim.documents.page import render_page
from realpolitik.sim.documents.panels import Panel, panel
from realpolitik.sim.formatting.missing import attempt
from realpolitik.sim.formatting.names import Names
from realpolitik.sim.formatting.numbers import how_many_worlds
from realpolitik.sim.report.run import figures
from realpolitik.sim.report.run.answer import answer
from realpolitik.sim.report.run.assumptions import (
    ActorsIncentives,
    actors_incentives,
    examples_table,
    settings,
)
from realpolitik.sim.report.run.further import Further
from realpolitik.sim.report.run.records import Json, Run, Shock, read_outcome, read_shocks
from realpolitik.sim.report.run.story import (
    Passage,
    date_of,
    deeds_of,
    story,
    typical_world,
)
from realpolitik.sim.report.run.tables import Comparison, comparisons, frame_table, outcomes_table


def render_report(
    manifest: Json,
    runs: pd.DataFrame,
    weeks: pd.DataFrame,
    events: pd.DataFrame,
    acts: pd.DataFrame,
    further: Further | None = None,
) -> str:
    """One HTML file that needs no network. The same input gives the same text.

    Args:
        manifest: What the run says of itself, as in `manifest.json`.
        runs: One row a world, a column an outcome.
        weeks: One row a week and measure: mean and quantiles over worlds.
        events: One row a deed, of some worlds.
        acts: One row an actor, target and action: how often a world.
        further: Reasons, flips and claims, if there are any.
    """
    tables = (manifest, runs, weeks, events, acts)
    return attempt_page(
        str(manifest["scenario"]["title"]),
        lambda: render_page(
            "report.html.j2", _context(read_run(*tables)) | _further(further or Further())
        ),
    )


def read_run(
    manifest: Json,
    runs: pd.DataFrame,
    weeks: pd.DataFrame,
    events: pd.DataFrame,
    acts: pd.DataFrame,
) -> Run:
    """The content of a run folder as records."""
    scenario = manifest["scenario"]
    return Run(
        manifest=manifest,
        names=Names.of(scenario["actors"]),
        outcomes=tuple(read_outcome(one, scenario["weeks"]) for one in manifest["outcomes"]),
        shocks=read_shocks(scenario),
        runs=runs,
        weeks=weeks,
        events=events,
        acts=acts,
    )


def _context(run: Run) -> dict[str, Any]:
    """All that the template names."""
    return {
        "run": run,
        "manifest": run.manifest,
        "scenario": run.scenario,
        "answer": attempt_texts("the answer", lambda: answer(run)),
        "comparisons": attempt("the comparison with the record", lambda: comparisons(run), _untold),
        "how_many_worlds": how_many_worlds(run.worlds),
        "first_day": date_of(run.start, 1),
        "charts": _panels(run),
        "outcomes": attempt_table("the table of outcomes", lambda: outcomes_table(run)),
        "shocks": attempt_table("the table of shocks", lambda: _shocks_table(run)),
        "passages": attempt("the story", lambda: story(run), lambda why: [Passage("", (), why)]),
        "typical_world": typical_world(run),
        "events": attempt_table("the table of acts", lambda: _events_table(run)),
        "incentives": attempt("the incentives", lambda: actors_incentives(run), _unlisted),
        "examples": attempt_table("the assumed numbers", lambda: examples_table(run)),
        "settings": attempt_table("the parameters set", lambda: settings(run)),
    }


def _untold(why: str) -> list[Comparison]:
    return [Comparison("Missing", "", "", "", why, "", "")]


def _unlisted(why: str) -> list[ActorsIncentives]:
    return [ActorsIncentives("Missing", 0, 0, TextTable(("Missing",), [(why,)]))]


def _further(further: Further) -> dict[str, Any]:
    return {"further": sections_of(further.sections)}


def run_exhibits(run: Run) -> dict[str, list[Exhibit]]:
    """The charts of each section; an empty list where there is nothing to draw."""
    makers: dict[str, Callable[[Run], list[Exhibit]]] = {
        "shares": figures.shares_exhibit,
        "classes": figures.classes_exhibits,
        "ladder": figures.ladder_exhibit,
        "arrivals": figures.arrivals_exhibit,
        "alignment": figures.alignment_exhibits,
        "help": figures.help_exhibits,
        "deeds": figures.deeds_exhibit,
    }
    return {
        name: attempt_exhibits(f"the charts of {name}", partial(make, run))
        for name, make in makers.items()
    }


def _panels(run: Run) -> dict[str, list[Panel]]:
    return {
        name: [panel(exhibit) for exhibit in exhibits]
        for name, exhibits in run_exhibits(run).items()
    }


def _time(shock: Shock) -> str:
    """The week of a shock, or the condition it hangs on."""
    if shock.when:
        return shock.when
    if shock.week == shock.felt_week:
        return str(shock.week)
    return f"{shock.week}, felt in {shock.felt_week}"


def _shocks_table(run: Run) -> TextTable:
    rows = [
        (
            shock.label,
            _time(shock),
            shock.kind,
            f"{shock.probability:.0%}",
            shock.note,
            shock.source,
        )
        for shock in run.shocks
    ]
    return TextTable(("Shock", "Week", "Kind", "Probability", "What happens", "Source"), rows)


def _events_table(run: Run) -> TextTable:
    """All deeds of the typical world."""
    events = deeds_of(run, typical_world(run))
    told = pd.DataFrame(
        {
            "week": events["week"],
            "actor": events["actor"].astype(str).map(run.names.title),
            "label": events["label"],
            "on": events["on"].astype(str).map(run.names.title),
            "track": events["track"],
        }
    )
    return frame_table(told, ("Week", "Actor", "Action", "Toward", "Track"), digits=0)
