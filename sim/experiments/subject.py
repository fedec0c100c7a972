"""The scenario that a study file is about, and what it changes in it."""

import os
from dataclasses import replace
from pathlib import Path

from realpolitik.sim.experiments.fields import Fields
from realpolitik.sim.scenario.errors import Fault, Place, ScenarioError, quoted, unknown
from realpolitik.sim.scenario.finding import (
    SUFFIXES,
    Source,
    shipped_scenarios,
    split_variant,
)
from realpolitik.sim.scenario.loading import load_scenario
from realpolitik.sim.scenario.nodes import Node, describe, entries_of, items_of, text_of
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.values import parameters_in_range
from realpolitik.sim.scenario.vocabulary import vocabulary

Subject = tuple[Scenario, str]
"""A scenario, and how it is called."""


def subject_of(fields: Fields, source: Source) -> Subject | None:
    """The scenario as it is loaded, and how it is called; None, and faults, if it cannot be.

    A path is relative to the study file, or begins with `~`; anything else is the name of a shipped
    scenario. Both may end in `#VARIANT`.
    """
    reference = fields.text("scenario")
    return _loaded(reference, source, fields.place("scenario"), fields) if reference else None


def subjects_of(fields: Fields, source: Source) -> list[Subject]:
    """The scenarios of a study, one or several; none, and faults, if one cannot be loaded."""
    if not fields.has("scenarios"):
        return [subject] if (subject := subject_of(fields, source)) else []
    if fields.has("scenario"):
        problem = "scenario stands beside scenarios"
        fields.blame(fields.place("scenario"), problem, "the one or the other")
    node = entries_of(fields.node)["scenarios"].node
    items = items_of(node)
    if len(items) < 2:
        problem = "scenarios has one" if items else f"scenarios is {describe(node)}"
        wanted = "a list of two or more; `scenario` is for one"
        fields.blame(fields.place("scenarios"), problem, wanted)
    found = [_item(item, source, fields) for item in items]
    return [one for one in found if one] if all(found) else []


def _item(node: Node, source: Source, fields: Fields) -> Subject | None:
    reference = text_of(node)
    if not reference:
        fields.blame(node.place, f"a scenario is {describe(node)}", "a name or a path")
        return None
    return _loaded(reference, source, node.place, fields)


def _loaded(reference: str, source: Source, place: Place, fields: Fields) -> Subject | None:
    called = _called(reference, source, place)
    if isinstance(called, Fault):
        fields.faults.append(called)
        return None
    try:
        return load_scenario(called), called
    except ScenarioError as error:
        fields.faults += (_placed(fault, place) for fault in error.faults)
        return None


def _placed(fault: Fault, place: Place) -> Fault:
    """A variant that is not there is the study's fault, not the scenario's."""
    is_ours = fault.problem.startswith("unknown variant")
    return replace(fault, place=place) if is_ours else fault


def _called(reference: str, source: Source, place: Place) -> str | Fault:
    """What to load."""
    name, variant = split_variant(reference)
    mark = f"#{variant}" if variant else ""
    if not name.endswith(SUFFIXES):
        shipped = shipped_scenarios()
        if name in shipped:
            return reference
        return unknown(place, "scenario", name, shipped)
    path = os.path.normpath(Path(source.where).parent / os.path.expanduser(name))  # noqa: PTH111
    if not _is_file(path):
        return Fault(place, f"there is no file {quoted(name)}", "a path relative to the study")
    return path + mark


def _is_file(path: str) -> bool:
    try:
        return Path(path).is_file()
    except (OSError, ValueError):
        return False


def parameters_of(fields: Fields) -> dict[str, float]:
    """Address → value, on top of the scenario's own; each must be in its declared range."""
    words = vocabulary()
    fields.flatten("parameters", words.parameters)
    fields.faults += parameters_in_range(fields.node, words)
    return {
        name: value
        for name, value in fields.table("parameters").items()
        if name in words.parameters
    }
