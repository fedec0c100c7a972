"""The plans and the folder that come of what was typed for a sweep, and what it would take."""

import math
import shlex
import shutil
import tempfile
import timeit
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import click
import pandas as pd

from realpolitik.sim.cli.exits import note
from realpolitik.sim.cli.files import RESULTS, folder_meant
from realpolitik.sim.cli.output import pairs, show
from realpolitik.sim.cli.progress import duration
from realpolitik.sim.engine.streams import BLOCK
from realpolitik.sim.experiments.chunks import Chunk, missing, run_chunk
from realpolitik.sim.experiments.design import design
from realpolitik.sim.experiments.given import given_points
from realpolitik.sim.experiments.plan import Plan, Read, Until, Vary, levels
from realpolitik.sim.experiments.plan_file import is_study, load_study, usual_most
from realpolitik.sim.experiments.plan_options import changed, plan_of_points, plan_of_settings
from realpolitik.sim.experiments.runner import next_worlds
from realpolitik.sim.experiments.samplers import SAMPLERS
from realpolitik.sim.experiments.several import Several, name_of_several
from realpolitik.sim.experiments.study_folder import PARTS, StudyFolder
from realpolitik.sim.experiments.vary_request import VaryRequest
from realpolitik.sim.record.starting import load_scenario
from realpolitik.sim.scenario.errors import number
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.serialise import pack
from realpolitik.sim.scenario.vocabulary import vocabulary, vocabulary_of

HOME = RESULTS / "sweeps"

TRIAL = 1024  # worlds run to see how long they take
TRIES = 3  # of which the quickest counts: others were held up by something else

# As measured in studies of 2 to 800 points [bytes].
WORDS = 40_000  # of page, settings and scenario, beside what draws the charts
SECTION = 6_500  # of the page, an outcome
MAP = 15_000  # of the page, an outcome over a pair of addresses, beside its points
LINE = 160  # in the manifest, a part
ROW = 80  # in tables and page, an outcome at a point
LEVEL = 450  # in tables and page, an outcome at a level, where there are curves


@dataclass(frozen=True)
class Changes:
    """What was typed in place of what a study says itself; None, or nothing, is what was not.

    Attributes:
        points: How many, or a file that holds them.
        worlds: At each point.
        seed: Of worlds and design.
        outcomes: Those that are reported.
        until: Width of the interval of the first outcome at which a point has worlds enough.
        at_most: Worlds at which `until` leaves a point as it is.
        thresholds: Outcome → level whose crossing is looked for.
    """

    points: int | Path | None = None
    worlds: int | None = None
    seed: int | None = None
    outcomes: tuple[str, ...] = ()
    until: float | None = None
    at_most: int | None = None
    thresholds: Mapping[str, float] = field(default_factory=dict)

    def made_to(self, read: Read) -> Read:
        """The plans of a study with these changes."""
        first, *others = (self._made_to(plan) for plan in read.plans)
        told = (*read.warnings, *first.warnings)
        return Read(first.plan, told, tuple(other.plan for other in others))

    def _made_to(self, plan: Plan) -> Read:
        read = _with_points(plan, self.points)
        made = changed(
            read.plan,
            points=self.points if isinstance(self.points, int) else None,
            worlds=self.worlds,
            seed=self.seed,
            outcomes=self.outcomes,
            until=self._until(plan),
            thresholds=self.thresholds,
        )
        if isinstance(self.points, int) and all(vary.values for vary in made.vary):
            idle = "changes nothing: all levels are given one by one"
            note(f"note: --points {self.points} {idle}")
        return Read(made, read.warnings)

    def _until(self, plan: Plan) -> Until | None:
        """When a point has worlds enough: what was typed, on top of what the study says."""
        own = plan.until
        if self.until is not None:
            worlds = plan.worlds if self.worlds is None else self.worlds
            outcome = next(iter(self.outcomes or plan.outcomes), "")
            own = Until(outcome, self.until, usual_most(worlds))
        elif own is None and self.at_most is not None:
            raise click.UsageError("--at-most goes with --until")
        return replace(own, most=self.at_most) if own and self.at_most is not None else own


def plans_and_folder(
    subjects: Sequence[str],
    varied: Sequence[VaryRequest],
    sampler: str | None,
    changes: Changes,
    out: Path | None,
) -> tuple[tuple[Plan, ...], Path]:
    """What is to be done, a plan for each scenario, and where.

    Raises:
        ScenarioError: the study or its scenario is wrong, or what was typed does not fit it.
        StudyFolderError: the folder holds no study, or a damaged one.
    """
    subject, *others = subjects
    folder = None if others else _folder(subject)
    if others:
        read = _beside_each_other(subjects, varied, sampler, changes)
    elif folder or is_study(subject):
        if varied or sampler:
            raise click.UsageError("--set and --sampler are for scenarios; a study has its own")
        read = changes.made_to(_in_folder(folder) if folder else load_study(subject))
    else:
        read = _quick(subject, varied, sampler, changes)
    for warning in read.warnings:
        note(f"note: {warning}")
    plans = read.plans
    name = name_of_several(plans) if read.others else read.plan.name
    return plans, out or folder or HOME / name


def _beside_each_other(
    subjects: Sequence[str],
    varied: Sequence[VaryRequest],
    sampler: str | None,
    changes: Changes,
) -> Read:
    """Several scenarios with what is varied in all of them."""
    for called in subjects:
        if _folder(called) or is_study(called):
            raise click.UsageError(f"{called} is a study: several subjects are to be scenarios")
    reads = [_quick(one, varied, sampler, changes) for one in subjects]
    told = dict.fromkeys(warning for read in reads for warning in read.warnings)
    plan, *others = Several.of([read.plan for read in reads]).plans.values()
    return Read(plan, tuple(told), tuple(others))


def _in_folder(folder: Path) -> Read:
    """The study that lies in a folder."""
    from realpolitik.sim.analysis.scenarios import holds_several, plans_in
    from realpolitik.sim.analysis.study import plan_in

    plans = plans_in(folder) if holds_several(folder) else [plan_in(folder)]
    return Read(plans[0], (), tuple(plans[1:]))


def _folder(called: str) -> Path | None:
    """The folder of that path, unless the name of something shipped is meant."""
    if not Path(called).is_dir():
        return None
    from realpolitik.sim.experiments.study_folder import SETTINGS

    return folder_meant(called, SETTINGS)


def _with_points(plan: Plan, points: int | Path | None) -> Read:
    """The plan with the points of a file, if one was typed."""
    is_given = plan.sampler == "given"
    if isinstance(points, int) and is_given:
        raise click.UsageError(f"--points {points}: the points of this study are those of a file")
    if not isinstance(points, Path):
        return Read(plan)
    if not is_given:
        problem = f"this study has a {plan.sampler} design; points in a file are for a scenario"
        raise click.UsageError(f"--points {points}: {problem}")
    return given_points(points, plan.scenario).in_place_of_those(plan)


def _quick(
    subject: str, varied: Sequence[VaryRequest], sampler: str | None, changes: Changes
) -> Read:
    """A scenario with what is varied."""
    points = changes.points
    if isinstance(points, Path):
        return _over_file(subject, points, varied, sampler, changes)
    scenario = load_scenario(subject)
    if not varied:
        example = shlex.join(["realpolitik", "sweep", subject, "--set", _example(scenario)])
        advice = f"with --set PATH=A:B:STEP or --points FILE, such as `{example}`"
        raise click.UsageError(f"{subject} is a scenario: say what is varied {advice}")
    read = plan_of_settings(subject, scenario, varied, sampler=sampler or "grid", points=points)
    return changes.made_to(read)


def _over_file(
    subject: str,
    points: Path,
    varied: Sequence[VaryRequest],
    sampler: str | None,
    changes: Changes,
) -> Read:
    """A scenario at the points of a file."""
    ranges = [f"--set {one.address}" for one in varied if not one.is_fixed]
    if further := [*ranges, *(["--sampler"] if sampler else [])]:
        raise click.UsageError(f"--points {points} says what is varied; leave {further[0]} out")
    read = plan_of_points(subject, load_scenario(subject), points, varied)
    return replace(changes, points=None).made_to(read)


def _example(scenario: Scenario) -> str:
    """A range that can be varied in it: that of a lever, or of a weight of its first actor."""
    addresses = [lever.parameter for lever in scenario.levers]
    weights = vocabulary().weights_of(scenario.actors[0])
    address = next(iter([*addresses, *(weight.address for weight in weights)]))
    declared = vocabulary_of(scenario).parameters[address]
    return f"{address}={number(declared.low)}:{number(declared.high)}"


# ── What it would take ───────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Timing:
    """What a block of worlds gave, and took: seconds for the first, and for each further one."""

    fixed: float
    each: float
    part: pd.DataFrame


def print_forecast(plan: Plan, folder: Path, jobs: int) -> None:
    """Points, worlds, time and disk; a block of worlds is run to know the last two."""
    points = design(plan)
    trial = try_out(plan, dict(points.drop(columns="point").iloc[0]))
    worlds = [len(points) * each for each in _worlds_a_point(plan)]
    models = math.ceil(len(points) / max(BLOCK // plan.worlds, 1))  # points share one, to a block
    seconds = [(models * trial.fixed + each * trial.each) / jobs for each in worlds]
    size = [disk(plan, len(points), each, trial.part) for each in _worlds_a_point(plan)]
    most = f", at most {worlds[-1]:,}" if plan.until else ""
    show(
        plan.title,
        "",
        pairs(
            [
                ("sampler", plan.sampler),
                ("varied", ", ".join(_range(vary) for vary in plan.vary)),
                ("points", f"{len(points):,}"),
                ("worlds", f"{worlds[0]:,} ({plan.worlds:,} a point{most})"),
                (
                    "time",
                    f"about {_to(map(duration, seconds))} with {jobs} process{'es' * (jobs > 1)}",
                ),
                ("disk", f"about {_to(map(_megabytes, size))}{_free(folder)}"),
                ("folder", str(folder)),
            ]
        ),
    )


def _worlds_a_point(plan: Plan) -> list[int]:
    """The fewest that it may have, and where worlds are added, the most."""
    return [plan.worlds, plan.until.most] if plan.until else [plan.worlds]


def _to(told: Iterable[str]) -> str:
    """Such as `40 s`, or `40 s to 12 min`."""
    return " to ".join(dict.fromkeys(told))


def _megabytes(size: float) -> str:
    return f"{size / 1e6:,.1f} MB"


def try_out(plan: Plan, settings: dict[str, float]) -> Timing:
    """Runs one world, and then some more, a few times at one point."""
    packed = pack(plan.scenario)
    one, chunk = Chunk(0, 0, 1), Chunk(0, 0, TRIAL)
    part = run_chunk(packed, plan.seed, settings, chunk)  # loads what is loaded once
    once = partial(run_chunk, packed, plan.seed, settings)
    fixed, whole = (
        min(timeit.repeat(partial(once, run), number=1, repeat=TRIES)) for run in (one, chunk)
    )
    return Timing(fixed, max(whole - fixed, 0.0) / TRIAL, part)


def _range(vary: Vary) -> str:
    return f"{vary.address} {vary.low:g} to {vary.high:g}"


def _free(folder: Path) -> str:
    there = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())
    return f" ({shutil.disk_usage(there).free / 1e9:,.0f} GB free)"


# ── Disk ─────────────────────────────────────────────────────────────────────────────


def disk(plan: Plan, points: int, worlds: int, part: pd.DataFrame) -> float:
    """Bytes of the folder of a study with so many points and worlds at each.

    Args:
        plan: What is asked.
        points: How many.
        worlds: At each point.
        part: A block of its worlds, for the size of the files.
    """
    chunks = chunks_of(plan, worlds)
    a_point = sum(times * (_size(part.head(n)) + LINE) for n, times in chunks.items())
    outcomes = len(plan.outcomes)
    from plotly.offline import get_plotlyjs

    page = len(get_plotlyjs().encode()) + WORDS
    told = SECTION + points * ROW + _levels(plan) * LEVEL + _maps(plan) * MAP
    return page + points * a_point + outcomes * told


def chunks_of(plan: Plan, worlds: int) -> Counter[int]:
    """Worlds of a chunk → how many such chunks a point has, once it has so many worlds."""
    chunks, there = list(missing(0, plan.worlds, ())), plan.worlds
    while there < worlds:
        there = next_worlds(there, worlds)
        chunks += missing(0, there, chunks)
    return Counter(chunk.worlds for chunk in chunks)


def _size(part: pd.DataFrame) -> int:
    """Bytes of the file that a study keeps a part in."""
    with tempfile.TemporaryDirectory() as name:
        folder = StudyFolder(Path(name))
        folder.begin({}, "", part)
        folder.put_part(Chunk(0, 0, len(part)), part)
        return sum(file.stat().st_size for file in (folder.path / PARTS).iterdir())


def _maps(plan: Plan) -> int:
    """Pairs of addresses, of a design that has all pairs of their levels."""
    return math.comb(len(plan.vary), 2) if plan.sampler == "grid" else 0


def _levels(plan: Plan) -> int:
    """Levels of all addresses together, of designs that have any."""
    if not SAMPLERS[plan.sampler].has_levels:
        return 0
    return sum(len(levels(vary, plan.points)) for vary in plan.vary)
