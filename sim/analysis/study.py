"""A study from its plan to its page: the one function that a user calls."""

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pandas as pd

from realpolitik.sim.analysis.boxes import boxes, why_no_boxes
from realpolitik.sim.analysis.crossings import tipping
from realpolitik.sim.analysis.curves import curves, effects
from realpolitik.sim.analysis.levels import spread, summary
from realpolitik.sim.experiments.given import Points, given_points
from realpolitik.sim.experiments.located import FORMAT
from realpolitik.sim.experiments.origin import changed_origin, origin_of
from realpolitik.sim.experiments.plan import Plan, Read
from realpolitik.sim.experiments.plan_file import is_study, load_study
from realpolitik.sim.experiments.plan_options import plan_of_points
from realpolitik.sim.experiments.runner import Standing, Tell, carry_out
from realpolitik.sim.experiments.samplers import SAMPLERS
from realpolitik.sim.experiments.study_folder import (
    BY_COMMAND,
    FAILED,
    PAGE,
    PARTS,
    POINTS,
    SCENARIO,
    SETTINGS,
    StudyFolder,
    StudyFolderError,
)
from realpolitik.sim.experiments.study_settings import ORIGIN, open_folder, plan_of, version_notes
from realpolitik.sim.experiments.tallies import Findings, read_findings
from realpolitik.sim.experiments.workers import Workers, local
from realpolitik.sim.files.drafts import alone_in
from realpolitik.sim.files.json_text import indented
from realpolitik.sim.formatting.missing import attempt_each
from realpolitik.sim.record.starting import load_scenario
from realpolitik.sim.scenario.arguments import function_given, reference_given, whole_number
from realpolitik.sim.scenario.errors import ScenarioError
from realpolitik.sim.scenario.kinds import other_kind
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.serialise import unpack_yaml
from realpolitik.sim.scenario.values import check_parameters, refuse_beyond

# ── All tables of a study ────────────────────────────────────────────────────────────


Tables = dict[str, pd.DataFrame]
Makers = dict[str, Callable[[Findings], pd.DataFrame]]


def analyse(findings: Findings) -> tuple[Tables, tuple[str, ...]]:
    """Name → table, of all tables that apply to the study, and why any of them is missing.

    `summary` and `spread` always; `curves` and `effects` where points lie in lines (a grid, one
    address at a time), and `tipping` there if the study names thresholds; `sobol` and `morris` for
    their designs; `boxes` and `peeling` unless `why_no_boxes` has a reason.
    """
    makers = {"summary": summary, "spread": spread, **_of_design(findings)}
    tables, missing = attempt_each(
        "table", {name: partial(make, findings) for name, make in makers.items()}
    )
    found, without = attempt_each("table", {"boxes": partial(_boxes, findings)})
    return tables | found.get("boxes", {}), (*missing, *without)


def _boxes(findings: Findings) -> Tables:
    return {} if why_no_boxes(findings) else boxes(findings)


def _of_design(findings: Findings) -> Makers:
    """The tables that a design is made for."""
    sampler = findings.study["sampler"]
    if SAMPLERS[sampler].has_levels:
        tips: Makers = {"tipping": tipping} if findings.study["thresholds"] else {}
        return {"curves": curves, "effects": effects, **tips}
    return {name: make for name, make in BY_SALIB.items() if name == sampler}


# SALib is imported only where it is needed.
def _sobol(findings: Findings) -> pd.DataFrame:
    from realpolitik.sim.analysis.sobol import sobol

    return sobol(findings)


def _morris(findings: Findings) -> pd.DataFrame:
    from realpolitik.sim.analysis.morris import morris

    return morris(findings)


BY_SALIB = {"sobol": _sobol, "morris": _morris}


# ── A study, from its plan to its page ───────────────────────────────────────────────


@dataclass(frozen=True)
class Study:
    """A study that was carried out.

    Attributes:
        folder: Where it lies.
        findings: Points, and sums of the outcomes at each.
        tables: What follows from them: `summary`, `spread`, `curves`, `tipping`, `sobol` …
        missing: Why any of these could not be made, in sentences.
        failures: `point`, `first_world`, `worlds` and `error` of the chunks that failed.
        remarks: What was damaged in the folder, and made again.
    """

    folder: Path
    findings: Findings
    tables: Mapping[str, pd.DataFrame]
    missing: tuple[str, ...]
    failures: pd.DataFrame
    remarks: tuple[str, ...] = ()


Render = Callable[[Study], str]
Planned = Plan | Read | Study | Scenario | str | Path


def sweep(
    plan: Planned,
    folder: str | Path,
    workers: Workers | int | None = None,
    *,
    points: Points | None = None,
    resume: bool = False,
    extend: bool = False,
    render: Render | None = None,
    tell: Tell | None = None,
) -> Study:
    """Carries a study out in a folder, or says what a finished one found.

    Args:
        plan: What is to be done: a plan, a study as it is loaded, its file or name, or one that was
            carried out; or a scenario, run at `points` in the usual number of worlds.
        folder: Where its files go; made if it is missing.
        workers: Who runs the worlds, or so many processes of this machine; none: this process.
        points: Points in place of those of the plan: a table, or a file, with a column an address
            and a row a point.
        resume: Go on with what was broken off, try again what failed, make anew what is damaged.
        extend: Go on with a plan that asks for more worlds, points or outcomes.
        render: Makes the page out of the study; without it there is none.
        tell: Called with how it stands, after every chunk.

    Raises:
        ScenarioError: the plan leaves the declared range of a parameter, or points are wrong.
        StudyFolderError: the folder holds something else, or is in use.
        TypeError: something is given that is of another kind altogether.
        OSError: it cannot be written; what was written before is kept.
    """
    plan, folder = _planned(plan, points), Path(reference_given(folder, "the path of a folder"))
    function_given(render, "render", "a study")
    function_given(tell, "tell", "how it stands")
    hands = workers if isinstance(workers, Workers) else local(_jobs(workers))
    store = StudyFolder(folder)
    is_only_read = store.is_finished and not (resume or extend)
    if not is_only_read:
        _refuse_beyond(plan)
    folder.mkdir(parents=True, exist_ok=True)
    with alone_in(folder) as alone:
        if not alone:
            raise StudyFolderError(f"{folder}: another process is at work on this study")
        design = open_folder(store, plan, resume=resume, extend=extend)
        if is_only_read:
            return read_study(folder)
        standing = carry_out(plan, design, store, hands, tell or _say_nothing)
        study = read_study(folder, tuple(standing.remarks))
        conclude(study, render)
    return study


def _jobs(workers: int | None) -> int:
    """The number of processes that is given; one if there is none."""
    return 1 if workers is None else whole_number(workers, "workers", 1)


def _loaded(plan: Planned) -> Plan | Scenario:
    """The plan, or the scenario, that is given in one of these ways."""
    if isinstance(plan, Plan | Scenario):
        return plan
    if isinstance(plan, Study):
        return plan_in(plan.folder)
    if isinstance(plan, Read):
        return plan.plan
    reference = reference_given(plan, "a study, by its name or its file")
    return load_study(reference).plan if is_study(reference) else load_scenario(reference)


def _planned(given: Planned, points: Points | None) -> Plan:
    """The plan, with the points that are given; what is unusual in them is a warning."""
    plan = _loaded(given)
    if points is None:
        if not isinstance(plan, Plan):
            raise TypeError("a scenario is swept over points: give them as `points`, or a plan")
        return plan
    if isinstance(plan, Plan):
        read = given_points(points, plan.scenario).in_place_of_those(plan)
    else:
        read = plan_of_points(plan.name, plan, points)
    for one in read.warnings:
        warnings.warn(one, stacklevel=3)
    return read.plan


def _refuse_beyond(plan: Plan) -> None:
    """What a file may not say, a plan made in Python or found in a folder may not either.

    Raises:
        ScenarioError: a value lies outside the declared range of its parameter.
    """
    lows = {vary.address: vary.low for vary in plan.vary}
    highs = {vary.address: vary.high for vary in plan.vary}
    refuse_beyond(plan.scenario, "plan")
    if faults := [fault for ends in (lows, highs) for fault in check_parameters(ends, "plan")]:
        raise ScenarioError(faults)


def read_study(folder: Path, remarks: tuple[str, ...] = ()) -> Study:
    """A study as it lies in its folder, analysed anew; no model is needed.

    Raises:
        StudyFolderError: there is none, or it is damaged.
    """
    _refuse_other_kinds(folder)
    store = StudyFolder(folder)
    store.settings()  # a newer version is told before a file that it may have written
    store.refuse_changed(SETTINGS, POINTS, PARTS, FAILED)
    findings = read_findings(store)
    return Study(folder, findings, *analyse(findings), store.failures(), remarks)


def _refuse_other_kinds(folder: Path) -> None:
    if told := other_kind(folder, "sweep"):
        raise StudyFolderError(f"{folder}: {told}")


def conclude(study: Study, render: Render | None) -> None:
    """Writes the tables, the page, and at last the manifest."""
    publish(study, render)
    StudyFolder(study.folder).finish()


def publish(study: Study, render: Render | None) -> None:
    """Writes the tables and the page."""
    store = StudyFolder(study.folder)
    store.put_analysis(study.tables)
    if render:
        store.put_text(PAGE, render(study))


def plan_in(folder: Path) -> Plan:
    """The plan of the study that lies in a folder.

    Raises:
        StudyFolderError: there is none, or its scenario is damaged, or the points it was given.
    """
    _refuse_other_kinds(folder)
    store = StudyFolder(folder)
    settings, text = store.settings(), store.scenario_text()
    points = store.points() if "given" in settings else None
    try:
        return plan_of(settings, unpack_yaml(text), points)
    except ValueError as error:
        reason = str(error).partition("\n")[0]
        problem = f"damaged ({reason}){BY_COMMAND}"
        raise StudyFolderError(f"{folder / SCENARIO}: {problem}") from None


def origin_notes(folder: Path) -> list[str]:
    """What is to be said of a study that other numbers, code or versions made, in lines."""
    there = StudyFolder(folder).settings()
    if there["format"] != FORMAT:
        return ["note: the study does not say which numbers and which code made it"]
    try:
        changed = changed_origin(there[ORIGIN], origin_of(plan_in(folder).scenario))
    except StudyFolderError as error:
        changed = [*error.lines]
    told = ["note: made by other numbers or other code than those of now"] if changed else []
    return [*told, *indented(changed), *version_notes(there)]


def _say_nothing(_: Standing) -> None:
    pass
