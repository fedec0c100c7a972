"""What is said of a study of several scenarios: a table for people, an object for programs."""

from collections.abc import Iterator

from rich.console import RenderableType

from realpolitik.sim.cli.console import attempt_blocks, show, table
from realpolitik.sim.cli.exits import note
from realpolitik.sim.cli.folders import going_on
from realpolitik.sim.cli.saying import say, say_json
from realpolitik.sim.cli.sweep.details import INTERVAL, rows_of
from realpolitik.sim.cli.sweep.tables import records, told_of
from realpolitik.sim.report.run.tables import said
from realpolitik.sim.study.sweep.scenarios import EACH, PAGE, ScenarioStudy
from realpolitik.sim.words.scales import Measure, how_many, with_came

HEADINGS = ("Outcome", "Scenario", "Mean", "Difference", INTERVAL)


def print_scenarios(found: ScenarioStudy) -> None:
    """How each outcome differs from the baseline, what failed, and where everything is."""
    first = next(iter(found.studies.values())).findings
    worlds = how_many([float(n) for n in first.worlds], "worlds")
    points = f"{len(first.points):,} points of {worlds}"
    title = f"{found.about['title']} ({points}, seed {first.study['seed']})"
    blocks = [*found.missing, *attempt_blocks("the table of differences", lambda: _table(found))]
    show(title, "", *(block for made in blocks for block in (made, "")))
    for key, study in found.studies.items():
        if len(study.failures):
            told = f"{key}: {len(study.failures):,} failed; try them again with"
            note(f"{told}: {going_on(found.folder)}")
    say(
        f"Folder  {found.folder}",
        f"Page    {found.folder / PAGE}",
        f"Each    {found.folder / EACH}",
    )


def _table(found: ScenarioStudy) -> Iterator[RenderableType]:
    if "differences" in found.tables:
        yield table(HEADINGS, _rows(found), numbers=("Mean",))


def _rows(found: ScenarioStudy) -> Iterator[tuple[str, ...]]:
    """The baseline of each outcome, and below it the others."""
    titles = {one["key"]: one["title"] for one in found.about["scenarios"]}
    baseline = next(iter(titles.values()))
    told = found.tables["differences"]
    for _, group in told.groupby("outcome", sort=False):
        rows = rows_of(group)
        measure = Measure(rows[0]["label"], rows[0]["scale"])
        level = with_came(said(rows[0]["baseline"], measure.scale), rows[0]["baseline_came"])
        yield measure.label, baseline, level, "", ""
        for one in rows:
            change = measure.change(one["difference"])
            reach = measure.change_span(one["low"], one["high"])
            level = with_came(said(one["other"], measure.scale), one["other_came"])
            yield "", titles[one["scenario"]], level, change, reach


def print_json(found: ScenarioStudy) -> None:
    """Everything that was found, as one JSON object; a number that does not exist is null."""
    say_json(
        {
            "study": found.about["name"],
            "folder": str(found.folder),
            "scenarios": {key: told_of(study) for key, study in found.studies.items()},
            "tables": {name: records(one) for name, one in found.tables.items()},
            "missing": [*found.missing],
        }
    )
