"""The scenarios that a file names, each loaded once, and parameters beside them."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from realpolitik.sim.record.starting import load_scenario
from realpolitik.sim.scenario.errors import Fault, Place, ScenarioError, quoted, unknown
from realpolitik.sim.scenario.finding import SUFFIXES, SourceFile, shipped_scenarios, split_variant
from realpolitik.sim.scenario.forms import Form
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.values import parameters_in_range
from realpolitik.sim.scenario.vocabulary import vocabulary, vocabulary_of

Loaded = tuple[Scenario, str]
"""A scenario, and how it is called: by its name, or the path of its file."""


@dataclass
class ScenarioCache:
    """The scenarios that a file names.

    Attributes:
        source: The file, to which paths of scenarios are relative.
        faults: Where faults are put.
    """

    source: SourceFile
    faults: list[Fault]
    _found: dict[str, Loaded] = field(default_factory=dict)

    def take(self, reference: str | None, place: Place) -> Loaded | None:
        """The scenario that is called so at that place; None if nothing is, or, with faults, wrong.

        A path is relative to the file, or begins with `~`; anything else is the name of a shipped
        scenario. Both may end in `#VARIANT`.
        """
        if reference and reference not in self._found:
            try:
                called = _called(reference, self.source, place)
                self._found[reference] = load_scenario(called), called
            except ScenarioError as error:
                self.faults += (_placed(fault, place) for fault in error.faults)
        return self._found.get(reference or "")


def _placed(fault: Fault, place: Place) -> Fault:
    """A variant that is not there is the fault of who names it, not the scenario's."""
    is_ours = fault.problem.startswith("unknown variant")
    return replace(fault, place=place) if is_ours else fault


def _called(reference: str, source: SourceFile, place: Place) -> str:
    """What to load."""
    name, variant = split_variant(reference)
    if not name.endswith(SUFFIXES):
        shipped = shipped_scenarios()
        if name in shipped:
            return reference
        raise ScenarioError([unknown(place, "scenario", name, shipped)])
    path = os.path.normpath(Path(source.where).parent / os.path.expanduser(name))  # noqa: PTH111
    if not _is_file(path):
        problem = f"there is no file {quoted(name)}"
        raise ScenarioError([Fault(place, problem, "a path relative to this file")])
    return f"{path}#{variant}" if variant else path


def _is_file(path: str) -> bool:
    try:
        return Path(path).is_file()
    except (OSError, ValueError):
        return False


def in_range(
    form: Form, parameters: Mapping[str, float], scenario: Scenario | None
) -> dict[str, float]:
    """The parameters of a form that the scenario has; each must be in its declared range.

    Without a scenario, as it could not be loaded, those that all have.
    """
    words = vocabulary_of(scenario) if scenario else vocabulary()
    form.faults.extend(parameters_in_range(form.written, words))
    return {name: value for name, value in parameters.items() if name in words.parameters}
