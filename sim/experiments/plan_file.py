"""Reads study files. All faults of a file are told of at once, each with its line and column."""

import os
from dataclasses import replace
from pathlib import Path
from typing import get_args

from realpolitik.sim.experiments.aims import favoured_in, until_in
from realpolitik.sim.experiments.checking import (
    FEWEST_POINTS,
    USUAL_POINTS,
    USUAL_WORLDS,
    faults_of_plan,
)
from realpolitik.sim.experiments.fields import Fields
from realpolitik.sim.experiments.finding import find_study
from realpolitik.sim.experiments.given import given_points
from realpolitik.sim.experiments.plan import Plan, Read, Sampler
from realpolitik.sim.experiments.ranges import ranged, ranges_of
from realpolitik.sim.experiments.several import faults_between
from realpolitik.sim.experiments.subject import parameters_of, subjects_of
from realpolitik.sim.experiments.vary import asked_in
from realpolitik.sim.scenario.arguments import reference_given
from realpolitik.sim.scenario.errors import Fault, Place, ScenarioError
from realpolitik.sim.scenario.finding import Source, content_of, refuse_other_kinds
from realpolitik.sim.scenario.nodes import MapNode, child, describe, locate, text_of
from realpolitik.sim.scenario.reader import read_tree
from realpolitik.sim.scenario.schema import Scenario

KEYS = (
    "schema_version",
    "title",
    "question",
    "scenario",
    "scenarios",
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
    return _named(_read(text, Source(where)), where)


def _named(read: Read, file: str) -> Read:
    """The plans, which know by which file they were asked for."""
    plan, *others = (replace(plan, file=file) for plan in read.plans)
    return Read(plan, read.warnings, tuple(others))


def _read(text: str | bytes, source: Source) -> Read:
    tree, faults = read_tree(text, source.where)
    if not isinstance(tree, MapNode):
        problem = f"the file holds {describe(tree)}"
        raise ScenarioError([*faults, Fault(tree.place, problem, "a study: keys with values")])
    fields = Fields(tree, KEYS, faults, "the file")
    subjects = subjects_of(fields, source)
    if not subjects:
        _look_at_the_rest(fields)
        raise ScenarioError(_once(faults))
    reads = [_plan(fields, source, *subject) for subject in subjects]
    plans = [read.plan for read in reads]
    if not faults:  # numbers that could not be read have been told of, and hide the rest
        for plan in plans:
            faults += faults_of_plan(plan, lambda key: locate(fields.node, (key,)))
        faults += faults_between(plans)
    if faults:
        raise ScenarioError(_once(faults))
    told = dict.fromkeys(warning for read in reads for warning in read.warnings)
    return Read(plans[0], tuple(told), tuple(plans[1:]))


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
    parameters_of(fields)
    if _points_file(fields):
        _whole_numbers(fields)
        return
    asked_in(fields)
    _points(fields, _sampler(fields))
    _whole_numbers(fields)


def _plan(fields: Fields, source: Source, scenario: Scenario, called: str) -> Read:
    title, question = _words(fields)
    worlds, seed = _whole_numbers(fields)
    changed = scenario.with_parameters(parameters_of(fields))
    known = list(scenario.outcomes)
    plan = Plan(
        name=source.stem,
        title=title,
        question=question,
        scenario=changed,
        called=called,
        vary=(),
        sampler="grid",
        points=0,
        worlds=worlds,
        seed=seed,
        outcomes=fields.names("outcomes", known, "outcome"),
        until=until_in(fields, known, worlds),
        thresholds=fields.by_name("thresholds", known, "outcome"),
        favoured=favoured_in(fields, known),
    )
    if file := _points_file(fields):
        return _given(fields, plan, file, source)
    sampler = _sampler(fields)
    found = ranged(asked_in(fields), changed, sampler, ranges_of(scenario))
    fields.faults += found.faults
    points = _points(fields, sampler)
    made = replace(plan, vary=tuple(found.vary), sampler=sampler, points=points)
    return Read(made, tuple(found.warnings))


def _points_file(fields: Fields) -> str:
    """The file that holds the points; empty if `points` is a number, or left out."""
    node = child(fields.node, "points")
    return text_of(node) or "" if node else ""


def _given(fields: Fields, plan: Plan, file: str, source: Source) -> Read:
    """The plan over the points in a file, whose path is relative to the study."""
    if fields.has("vary"):
        problem = "vary stands beside a file of points"
        fields.blame(fields.place("vary"), problem, "the one or the other")
    if fields.has("sampler") and _sampler(fields) != "given":
        problem = "a sampler stands beside a file of points"
        fields.blame(fields.place("sampler"), problem, "given, or none")
    try:
        beside = Path(source.where).parent / os.path.expanduser(file)  # noqa: PTH111
        path = os.path.normpath(beside)
        return given_points(path, plan.scenario).in_place_of_those(plan)
    except ScenarioError as error:
        fields.faults += error.faults
        return Read(plan)


def _words(fields: Fields) -> tuple[str, str]:
    """Title and question; and a look at the version of the language."""
    if fields.whole("schema_version", 1, 1) != 1:
        fields.blame(fields.place("schema_version"), "an unknown version of the language", "1")
    return fields.text("title"), fields.text("question")


def _sampler(fields: Fields) -> Sampler:
    name = fields.choice("sampler", SAMPLERS, "sampler", "grid")
    return next(sampler for sampler in SAMPLERS if sampler == name)


def _points(fields: Fields, sampler: Sampler) -> int:
    """How many points; of points that are given the file has been asked for before."""
    if sampler == "given":
        problem = "points are given, but not in which file"
        fields.blame(fields.place("sampler"), problem, "a key `points` with the path of a table")
    return fields.whole("points", USUAL_POINTS[sampler], FEWEST_POINTS)


def _whole_numbers(fields: Fields) -> tuple[int, int]:
    """Worlds and seed."""
    return fields.whole("worlds", USUAL_WORLDS, 1), fields.whole("seed", 0, 0)
