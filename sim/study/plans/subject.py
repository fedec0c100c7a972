"""The scenario that a study file is about, and what it changes in it."""

import os
from dataclasses import replace
from pathlib import Path

from realpolitik.sim.scenario.errors import Fault, Place, ScenarioError, quoted, unknown
from realpolitik.sim.scenario.finding import (
    SUFFIXES,
    Source,
    shipped_scenarios,
    split_variant,
)
from realpolitik.sim.scenario.loading import load_scenario
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.values import parameters_in_range
from realpolitik.sim.scenario.vocabulary import vocabulary
from realpolitik.sim.study.plans.fields import Fields


def subject_of(fields: Fields, source: Source) -> tuple[Scenario, str] | None:
    """The scenario as it is loaded, and how it is called; None, and faults, if it cannot be.

    A path is relative to the study file, or begins with `~`; anything else is the name of a shipped
    scenario. Both may end in `#VARIANT`.
    """
    reference = fields.text("scenario")
    if not reference:
        return None
    called = _called(reference, source, fields.place("scenario"))
    if isinstance(called, Fault):
        fields.faults.append(called)
        return None
    try:
        return load_scenario(called), called
    except ScenarioError as error:
        fields.faults += (_placed(fault, fields.place("scenario")) for fault in error.faults)
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
