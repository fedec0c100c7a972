"""Reads study files. All faults of a file are told of at once, each with its line and column."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import get_args

from realpolitik.sim.scenario.errors import Fault, Place, ScenarioError
from realpolitik.sim.scenario.finding import Source, content_of
from realpolitik.sim.scenario.nodes import MapNode, describe, locate
from realpolitik.sim.scenario.reader import read_tree
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.study.plans.aims import favoured_in, until_in
from realpolitik.sim.study.plans.asked import asked_in
from realpolitik.sim.study.plans.checking import (
    FEWEST_POINTS,
    USUAL_POINTS,
    USUAL_WORLDS,
    faults_of_plan,
)
from realpolitik.sim.study.plans.fields import Fields
from realpolitik.sim.study.plans.finding import find_study
from realpolitik.sim.study.plans.plan import Plan, Sampler
from realpolitik.sim.study.plans.ranges import ranged, ranges_of
from realpolitik.sim.study.plans.subject import parameters_of, subject_of

KEYS = (
    "schema_version",
    "title",
    "question",
    "scenario",
    "parameters",
    "vary",
    "sampler",
    "points",
    "worlds",
    "seed",
    "outcomes",
    "until",
    "thresholds",
    "favoured",
)
SAMPLERS: tuple[Sampler, ...] = get_args(Sampler)


@dataclass(frozen=True)
class Read:
    """A plan, and what is unusual in it, a line each: ranges beyond what is declared."""

    plan: Plan
    warnings: tuple[str, ...] = ()


def load_study(path_or_name: str | Path) -> Read:
    """The study in a file, or the shipped one of that name (`israel_ties`).

    Raises:
        ScenarioError: there is none, or something in it or in its scenario is wrong; it holds
            all faults.
    """
    source = find_study(path_or_name)
    read = _read(content_of(source), source)
    return replace(read, plan=replace(read.plan, file=str(path_or_name)))


def read_study(text: str | bytes, where: str) -> Read:
    """The study in a text; `where` is the path of its file, used in faults and for its name.

    Raises:
        ScenarioError: something is wrong; it holds all faults.
    """
    read = _read(text, Source(where))
    return replace(read, plan=replace(read.plan, file=where))


def _read(text: str | bytes, source: Source) -> Read:
    tree, faults = read_tree(text, source.where)
    if not isinstance(tree, MapNode):
        problem = f"the file holds {describe(tree)}"
        raise ScenarioError([*faults, Fault(tree.place, problem, "a study: keys with values")])
    fields = Fields(tree, KEYS, faults, "the file")
    subject = subject_of(fields, source)
    if subject is None:
        _look_at_the_rest(fields)
        raise ScenarioError(_once(faults))
    read = _plan(fields, source.stem, *subject)
    if not faults:  # numbers that could not be read have been told of, and hide the rest
        faults += faults_of_plan(read.plan, lambda key: locate(tree, (key,)))
    if faults:
        raise ScenarioError(_once(faults))
    return read


def _once(faults: list[Fault]) -> list[Fault]:
    """One fault a place, the first; a mapping may lack several keys."""
    kept: dict[tuple[Place, str], Fault] = {}
    for fault in faults:
        is_missing = fault.problem.startswith("missing")
        kept.setdefault((fault.place, fault.problem if is_missing else ""), fault)
    return list(kept.values())


def _look_at_the_rest(fields: Fields) -> None:
    """Finds what is wrong in a study whose scenario is not known."""
    _words(fields)
    asked_in(fields)
    parameters_of(fields)
    sampler = _sampler(fields)
    _numbers(fields, sampler)


def _plan(fields: Fields, name: str, scenario: Scenario, called: str) -> Read:
    title, question = _words(fields)
    sampler = _sampler(fields)
    points, worlds, seed = _numbers(fields, sampler)
    changed = scenario.with_parameters(parameters_of(fields))
    found = ranged(asked_in(fields), changed, sampler, ranges_of(scenario))
    fields.faults += found.faults
    known = list(scenario.outcomes)
    plan = Plan(
        name=name,
        title=title,
        question=question,
        scenario=changed,
        called=called,
        vary=tuple(found.vary),
        sampler=sampler,
        points=points,
        worlds=worlds,
        seed=seed,
        outcomes=fields.names("outcomes", known, "outcome"),
        until=until_in(fields, known, worlds),
        thresholds=fields.by_name("thresholds", known, "outcome"),
        favoured=favoured_in(fields, known),
    )
    return Read(plan, tuple(found.warnings))


def _words(fields: Fields) -> tuple[str, str]:
    """Title and question; and a look at the version of the language."""
    if fields.whole("schema_version", 1, 1) != 1:
        fields.blame(fields.place("schema_version"), "an unknown version of the language", "1")
    return fields.text("title"), fields.text("question")


def _sampler(fields: Fields) -> Sampler:
    name = fields.choice("sampler", SAMPLERS, "sampler", "grid")
    return next(sampler for sampler in SAMPLERS if sampler == name)


def _numbers(fields: Fields, sampler: Sampler) -> tuple[int, int, int]:
    """Points, worlds and seed."""
    points = fields.whole("points", USUAL_POINTS[sampler], FEWEST_POINTS)
    return points, fields.whole("worlds", USUAL_WORLDS, 1), fields.whole("seed", 0, 0)
