"""What a calibration is to do, and the files that say so: equal plans have equal results."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated

from pydantic import Field

from realpolitik.sim.calibrate.patterns import (
    CalibrationCase,
    Gauge,
    KeyFinding,
    Pattern,
    load_findings,
    load_patterns,
)
from realpolitik.sim.calibrate.statistic import CUTOFF
from realpolitik.sim.experiments.plan import Vary, clean
from realpolitik.sim.experiments.scenario_cache import ScenarioCache
from realpolitik.sim.experiments.vary_request import (
    VARY,
    VaryRequest,
    free,
    own_values,
    ranged,
    ranges_of,
    requests_in,
)
from realpolitik.sim.scenario.errors import ScenarioError
from realpolitik.sim.scenario.finding import (
    SUFFIXES,
    SourceFile,
    content_of,
    not_found,
    refuse_other_kinds,
    shipped_in,
    source_at,
)
from realpolitik.sim.scenario.forms import (
    Counted,
    FileForm,
    Form,
    Name,
    Positive,
    Said,
    Several,
    Text,
    Whole,
    each_once,
    one_name_of,
    read_file_form,
    refuse,
    wanted,
)
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.vocabulary import SCENARIOS


@dataclass(frozen=True)
class CalibrationPlan:
    """Which parameters are varied how far, and what they must show.

    Attributes:
        name: The stem of its file.
        title: What it is called.
        question: The question it answers.
        scenario: The scenario whose values are those at the start.
        vary: What is varied, and its ranges.
        patterns: What a point must show.
        points: Points of each wave, the first of the first wave being the start.
        worlds: Worlds of each setting at each point.
        waves: How many waves.
        seed: Seed of the worlds, the same at every point, and of the points.
        cutoff: Implausibility above which a point is rejected.
        finalists: How many of the points that remain are measured once more.
        final_worlds: Worlds of each setting at each of them.
        findings: The headline findings that are looked at.
        finding_sets: Over how many of the points that remain the findings are looked at; 0: none.
        finding_worlds: Worlds of each setting at each of those.
    """

    name: str
    title: str
    question: str
    scenario: Scenario
    vary: tuple[Vary, ...]
    patterns: tuple[Pattern, ...]
    points: int
    worlds: int
    waves: int
    seed: int
    cutoff: float
    finalists: int
    final_worlds: int
    findings: tuple[KeyFinding, ...]
    finding_sets: int
    finding_worlds: int

    @property
    def addresses(self) -> list[str]:
        """What is varied."""
        return [one.address for one in self.vary]

    @property
    def start(self) -> Mapping[str, float]:
        """Address → the value that it has before anything is calibrated."""
        own = own_values(self.scenario)
        return {address: clean(own[address]) for address in self.addresses}


# ── What is measured in each setting ─────────────────────────────────────────────────


Cases = Mapping[str, tuple[CalibrationCase, tuple[str, ...]]]


def by_case(gauges: Iterable[Gauge]) -> Cases:
    """Name of each setting → the setting, and the outcomes that are measured in it."""
    found: dict[str, tuple[CalibrationCase, tuple[str, ...]]] = {}
    for gauge in gauges:
        case, outcomes = found.get(gauge.case.name, (gauge.case, ()))
        found[gauge.case.name] = case, tuple(dict.fromkeys((*outcomes, *gauge.outcomes)))
    return found


def narrowed(case: CalibrationCase, outcomes: Collection[str]) -> Scenario:
    """The scenario of a setting with these outcomes only, so that no others are measured."""
    kept = {name: case.scenario.outcomes[name] for name in outcomes}
    return case.scenario.model_copy(update={"outcomes": kept, "expects": ()})


# ── Reading calibration files ────────────────────────────────────────────────────────


FOLDER = "sweeps/calibrations"  # of those that are shipped, among the shipped scenarios
PatternName = Annotated[
    Name, one_name_of("pattern", lambda: [pattern.id for pattern in load_patterns()])
]


class FindingsPart(Form):
    """Over how many sets, and in how many worlds, the findings are looked at."""

    sets: Whole = 20
    worlds: Annotated[int, Field(ge=40), wanted("a whole number from 40 on")] = 500


class CalibrationForm(FileForm):
    """A calibration file."""

    needed = ("title", "question", "scenario", "vary")

    title: Text = ""
    question: Text = ""
    scenario: Text = ""
    vary: VARY = Field(default={})
    patterns: Said[
        Annotated[
            tuple[PatternName, ...],
            Field(min_length=1, strict=False),
            wanted("a list of names"),
            each_once("pattern"),
        ]
    ] = None
    cutoff: Positive = CUTOFF
    findings: FindingsPart = FindingsPart(sets=0)
    points: Several = 200
    worlds: Several = 256
    waves: Counted = 3
    seed: Whole = 0
    finalists: Counted = 8
    final_worlds: Several = 2000


@dataclass(frozen=True)
class ReadCalibration:
    """A plan, and what is unusual in it, a line each: ranges beyond what is declared."""

    plan: CalibrationPlan
    warnings: tuple[str, ...] = ()


def shipped_calibrations() -> dict[str, Traversable]:
    """Name → file of every calibration that comes with the package, sorted by name."""
    return shipped_in(FOLDER)


def load_calibration(path_or_name: str | Path) -> ReadCalibration:
    """The calibration in a file, or the shipped one of that name (`base`).

    Raises:
        ScenarioError: there is none, or something in it is wrong; it holds all faults.
    """
    source = _find(path_or_name)
    refuse_other_kinds(source, "calibration")
    return read_calibration(content_of(source), source)


def read_calibration(text: str | bytes, where: str | SourceFile) -> ReadCalibration:
    """The calibration in a text; `where` is the path of its file, used in faults and for its name.

    Raises:
        ScenarioError: something is wrong; it holds all faults.
    """
    source = where if isinstance(where, SourceFile) else SourceFile(where)
    form = read_file_form(text, source.where, CalibrationForm, "a calibration")
    asked, cache = requests_in(form), ScenarioCache(source, form.faults)
    loaded = cache.take(form.scenario, form.place("scenario"))
    found = [_read(form, asked, source.stem, one) for one, _ in filter(None, [loaded])]
    refuse(form.faults)
    return found[0]


def _find(path_or_name: str | Path) -> SourceFile:
    name = str(path_or_name)
    if isinstance(path_or_name, Path) or name.endswith(SUFFIXES):
        return source_at(name)
    shipped = shipped_calibrations()
    short = name.removeprefix(f"{FOLDER}/").removeprefix("calibrations/")
    if short in shipped:
        return SourceFile(
            str(shipped[short]), shipped[short], files(SCENARIOS), tuple(FOLDER.split("/"))
        )
    raise ScenarioError([not_found(short, "calibration", shipped)])


def _read(
    form: CalibrationForm, asked: list[VaryRequest], name: str, scenario: Scenario
) -> ReadCalibration:
    shipped = {pattern.id: pattern for pattern in load_patterns()}
    patterns = tuple(shipped[one] for one in form.patterns or shipped)
    found = ranged(asked, scenario, "latin_hypercube", ranges_of(scenario))
    form.faults.extend(found.faults)
    _refuse_idle(form, found.vary, patterns)
    plan = CalibrationPlan(
        name=name,
        title=form.title,
        question=form.question,
        scenario=scenario,
        vary=tuple(found.vary),
        patterns=patterns,
        points=form.points,
        worlds=form.worlds,
        waves=form.waves,
        seed=form.seed,
        cutoff=form.cutoff,
        finalists=form.finalists,
        final_worlds=form.final_worlds,
        findings=load_findings() if form.findings.sets else (),
        finding_sets=form.findings.sets,
        finding_worlds=form.findings.worlds,
    )
    _refuse_start(form, plan, scenario)
    return ReadCalibration(plan, tuple(found.warnings))


def _refuse_idle(form: Form, vary: list[Vary], patterns: tuple[Pattern, ...]) -> None:
    """An address that no setting leaves free moves nothing."""
    for one in vary:
        if not any(free([one.address], pattern.gauge.case.scenario) for pattern in patterns):
            problem = f"{one.address} moves nothing: every setting of the patterns sets it itself"
            form.blame(problem, "another address", at=("vary",))


def _refuse_start(form: Form, plan: CalibrationPlan, scenario: Scenario) -> None:
    """A start outside its range would be no point of the space."""
    for one in plan.vary:
        if not one.low <= plan.start[one.address] <= one.high:
            problem = f"{one.address} is {plan.start[one.address]:g} in {scenario.name}"
            form.blame(problem, "a range that holds it", at=("vary",))
