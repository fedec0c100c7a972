"""Study files: which file is meant, and the plan it holds. All faults are told of at once."""

import os
from collections.abc import Collection, Iterator
from dataclasses import replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from realpolitik.sim.experiments.given import given_points
from realpolitik.sim.experiments.plan import (
    USUAL_WORLDS,
    Favoured,
    Plan,
    Read,
    Until,
    faults_of_plan,
)
from realpolitik.sim.experiments.samplers import SAMPLERS
from realpolitik.sim.experiments.scenario_cache import Loaded, ScenarioCache, in_range
from realpolitik.sim.experiments.several import faults_between
from realpolitik.sim.experiments.vary_request import (
    VARY,
    VaryRequest,
    ranged,
    ranges_of,
    requests_in,
)
from realpolitik.sim.scenario.arguments import reference_given
from realpolitik.sim.scenario.errors import Fault, ScenarioError, unknown
from realpolitik.sim.scenario.finding import (
    STUDIES,
    SUFFIXES,
    SourceFile,
    content_of,
    not_found,
    refuse_other_kinds,
    shipped_in,
    shipped_scenarios,
    source_at,
    split_variant,
)
from realpolitik.sim.scenario.forms import (
    Counted,
    FileForm,
    Form,
    MisfitError,
    Name,
    Names,
    Number,
    Parameters,
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
from realpolitik.sim.scenario.nodes import entries_of
from realpolitik.sim.scenario.reader import read_tree
from realpolitik.sim.scenario.vocabulary import SCENARIOS

# ── Which file is meant ──────────────────────────────────────────────────────────────


OF_STUDIES = frozenset({"scenario", "scenarios", "vary", "sampler"})  # keys that no scenario has


def shipped_studies() -> dict[str, Traversable]:
    """Name → file of every study that comes with the package, sorted by name."""
    return shipped_in(STUDIES)


def find_study(path_or_name: str | Path) -> SourceFile:
    """The file that is meant: `israel_ties`, `sweeps/israel_ties`, or a path.

    Raises:
        ScenarioError: it is no path, and no shipped study has this name.
    """
    name = str(path_or_name)
    if isinstance(path_or_name, Path) or name.endswith(SUFFIXES):
        return source_at(name)
    shipped = shipped_studies()
    short = name.removeprefix(f"{STUDIES}/")
    if short in shipped:
        return SourceFile(str(shipped[short]), shipped[short], files(SCENARIOS), (STUDIES,))
    if _is_there(name):
        return source_at(name)
    raise ScenarioError([not_found(short, "study", shipped)])


def is_study(path_or_name: str | Path) -> bool:
    """Whether it is a study rather than a scenario; a name that is shipped comes first.

    A file that cannot be read is taken for a scenario, whose loader says what is wrong.

    Raises:
        ScenarioError: there is neither a file nor anything shipped of that name.
    """
    name = str(path_or_name)
    bare, _ = split_variant(name)
    if isinstance(path_or_name, Path) or bare.endswith(SUFFIXES):
        return _holds_study(name)
    scenarios, studies = shipped_scenarios(), shipped_studies()
    if bare in scenarios:
        return False
    short = name.removeprefix(f"{STUDIES}/")
    if short in studies:
        return True
    if _is_there(bare):
        return _holds_study(name)
    raise ScenarioError([not_found(bare, "study", [*scenarios, *studies])])


def _is_there(path: str) -> bool:
    """Whether there is something at that path, be it a folder."""
    try:
        return Path(path).exists()
    except (OSError, ValueError):
        return False


def _holds_study(path: str) -> bool:
    """Whether a file has keys that only studies have."""
    try:
        tree, _ = read_tree(content_of(source_at(path)), path)
    except ScenarioError:
        return False
    return not OF_STUDIES.isdisjoint(entries_of(tree))


# ── What a file may say ──────────────────────────────────────────────────────────────


USUAL_MOST = 20_000


def usual_most(worlds: int) -> int:
    """Worlds at which a point is left as it is, unless it is said otherwise."""
    return max(USUAL_MOST, worlds)


class UntilForm(Form):
    """When worlds are enough."""

    outcome: Text
    width: Number
    most: Said[Counted] = None


class FavouredForm(Form):
    """What boxes are looked for: points where an outcome lies above or below a level."""

    outcome: Text
    above: Said[Number] = None
    below: Said[Number] = None

    @model_validator(mode="after")
    def _has_one_side(self) -> Self:
        if (self.above is None) == (self.below is None):
            problem = (
                "neither 'above' nor 'below'" if self.above is None else "both 'above' and 'below'"
            )
            raise MisfitError(problem, "one of them with a level")
        return self


Scenarios = Annotated[
    tuple[Name, ...],
    Field(min_length=2, strict=False),
    wanted("a list of two or more; `scenario` is for one"),
]


class StudyForm(FileForm):
    """A study file."""

    needed = ("title", "question")

    title: Text = ""
    question: Text = ""
    scenario: Said[Text] = None
    scenarios: Said[Scenarios] = None
    parameters: Parameters = Field(default={})
    vary: VARY = Field(default={})
    sampler: Annotated[str, one_name_of("sampler", lambda: SAMPLERS)] = "grid"
    points: Said[Several | str] = None
    worlds: Counted = USUAL_WORLDS
    seed: Whole = 0
    outcomes: Said[Annotated[Names, each_once("outcome")]] = None
    until: Said[UntilForm] = None
    thresholds: dict[str, Number] = Field(default={})
    favoured: Said[FavouredForm] = None


# ── Reading a file ───────────────────────────────────────────────────────────────────


def load_study(path_or_name: str | Path | Read) -> Read:
    """The study in a file, or the shipped one of that name (`israel_ties`).

    One that is loaded already is given back.

    Raises:
        ScenarioError: there is none, or something in it or in its scenario is wrong; it holds
            all faults.
        TypeError: it is neither a name nor a path.
    """
    if isinstance(path_or_name, Read):
        return path_or_name
    path_or_name = reference_given(path_or_name, "a study, by its name or its file")
    source = find_study(path_or_name)
    refuse_other_kinds(source, "study")
    return _named(_read(content_of(source), source), str(path_or_name))


def read_study(text: str | bytes, where: str) -> Read:
    """The study in a text; `where` is the path of its file, used in faults and for its name.

    Raises:
        ScenarioError: something is wrong; it holds all faults.
    """
    return _named(_read(text, SourceFile(where)), where)


def _named(read: Read, file: str) -> Read:
    """The plans, which know by which file they were asked for."""
    plan, *others = (replace(plan, file=file) for plan in read.plans)
    return Read(plan, read.warnings, tuple(others))


def _read(text: str | bytes, source: SourceFile) -> Read:
    form = read_file_form(text, source.where, StudyForm, "a study")
    requests, is_given = requests_in(form), isinstance(form.points, str)
    if form.node("vary") is None and not is_given:
        form.blame("missing key 'vary'")
    if form.sampler == "given" and not is_given:
        problem = "points are given, but not in which file"
        form.blame(problem, "a key `points` with the path of a table", at=("sampler",))
    scenarios = _scenarios(form, source)
    if not scenarios:
        in_range(form, form.parameters, None)
    reads = [_plan(form, source, loaded, requests) for loaded in scenarios]
    plans = [read.plan for read in reads]
    if not form.faults:  # numbers that could not be read have been told of, and hide the rest
        for plan in plans:
            form.faults.extend(faults_of_plan(plan, form.place))
        form.faults.extend(faults_between(plans))
    refuse(form.faults)
    told = dict.fromkeys(warning for read in reads for warning in read.warnings)
    return Read(plans[0], tuple(told), tuple(plans[1:]))


def _scenarios(form: StudyForm, source: SourceFile) -> list[Loaded]:
    """The scenarios of a study, one or several; none, and faults, if one cannot be loaded."""
    cache, is_one = ScenarioCache(source, form.faults), form.node("scenario") is not None
    if form.node("scenarios") is None:
        if not is_one:
            form.blame("missing key 'scenario'")
        found = [cache.take(form.scenario, form.place("scenario"))]
    else:
        if is_one:
            problem = "scenario stands beside scenarios"
            form.blame(problem, "the one or the other", at=("scenario",))
        names = enumerate(form.scenarios or ())
        found = [cache.take(name, form.place("scenarios", at)) for at, name in names]
    return [one for one in found if one] if all(found) else []


def _plan(form: StudyForm, source: SourceFile, loaded: Loaded, requests: list[VaryRequest]) -> Read:
    scenario, called = loaded
    form.faults.extend(_unknown_outcomes(form, scenario.outcomes))
    changed = scenario.with_parameters(in_range(form, form.parameters, scenario))
    plan = Plan(
        name=source.stem,
        title=form.title,
        question=form.question,
        scenario=changed,
        called=called,
        vary=(),
        sampler=form.sampler,
        points=SAMPLERS[form.sampler].usual,
        worlds=form.worlds,
        seed=form.seed,
        outcomes=form.outcomes or tuple(scenario.outcomes),
        until=_until(form),
        thresholds=form.thresholds,
        favoured=_favoured(form),
    )
    if isinstance(form.points, str):
        return _given(form, plan, form.points, source)
    found = ranged(requests, changed, form.sampler, ranges_of(scenario))
    form.faults.extend(found.faults)
    plan = replace(plan, vary=tuple(found.vary), points=form.points or plan.points)
    return Read(plan, tuple(found.warnings))


def _unknown_outcomes(form: StudyForm, known: Collection[str]) -> Iterator[Fault]:
    """Outcomes that the scenario does not have."""
    named = [(form.place("outcomes", at), name) for at, name in enumerate(form.outcomes or ())]
    named += [(form.place("thresholds", name, at_key=True), name) for name in form.thresholds]
    for key in ("until", "favoured"):
        if one := getattr(form, key):
            named.append((form.place(key, "outcome"), one.outcome))
    yield from (unknown(at, "outcome", name, known) for at, name in named if name not in known)


def _until(form: StudyForm) -> Until | None:
    if (until := form.until) is None:
        return None
    return Until(until.outcome, until.width, until.most or usual_most(form.worlds))


def _favoured(form: StudyForm) -> Favoured | None:
    favoured = form.favoured
    if favoured is None:
        return None
    if favoured.above is not None:
        return Favoured(favoured.outcome, "above", favoured.above)
    return Favoured(favoured.outcome, "below", favoured.below or 0.0)


def _given(form: StudyForm, plan: Plan, file: str, source: SourceFile) -> Read:
    """The plan over the points in a file, whose path is relative to the study."""
    if form.node("vary") is not None:
        form.blame("vary stands beside a file of points", "the one or the other", at=("vary",))
    if form.node("sampler") is not None and form.sampler != "given":
        problem = "a sampler stands beside a file of points"
        form.blame(problem, "given, or none", at=("sampler",))
    try:
        beside = Path(source.where).parent / os.path.expanduser(file)  # noqa: PTH111
        path = os.path.normpath(beside)
        return given_points(path, plan.scenario).in_place_of_those(plan)
    except ScenarioError as error:
        form.faults.extend(error.faults)
        return Read(plan)
