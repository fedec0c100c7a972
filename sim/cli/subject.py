"""What `explain`, `flips` and `ablate` share: of what they speak, and who does the work."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import click
import pandas as pd

from realpolitik.sim.cli.exits import InputError, note
from realpolitik.sim.cli.folders import folder_meant
from realpolitik.sim.cli.settings import checked
from realpolitik.sim.documents.reasons import Inquiry
from realpolitik.sim.experiments.origin import changed_origin, origin_of, other_versions, versions
from realpolitik.sim.experiments.run_folder import MANIFEST, SCENARIO, read_run
from realpolitik.sim.files.folder import Folder
from realpolitik.sim.files.json_text import indented
from realpolitik.sim.formatting.settings import set_words
from realpolitik.sim.scenario.errors import Fault, Place, ScenarioError, unknown
from realpolitik.sim.scenario.loading import load_scenario
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.serialise import unpack_yaml

OPTIONS = {name: f"--{name}" for name in ("actor", "action", "target", "track", "outcome")}
OPTIONS["parameters"] = "--parameter"


@dataclass(frozen=True)
class Subject:
    """A scenario, or a run of one.

    Attributes:
        called: As it was typed.
        scenario: With the parameters of the run.
        seed: Of the run, or as typed, or 0.
        worlds: Of the run; None for a scenario that was not run.
        acts: Who did what how often a world in the run; None for a scenario.
        settings: What was typed in place of parameters of a scenario; None where a folder is
            named, which says by itself what was run.
    """

    called: str
    scenario: Scenario
    seed: int
    worlds: int | None = None
    acts: pd.DataFrame | None = None
    settings: Mapping[str, float] | None = None

    def inquiry(self, verb: str, **options: object) -> Inquiry:
        """What a document is told of it, with the command that asks the same again."""
        return Inquiry(self.scenario, self.seed, _repeated(verb, self, **options))

    def need_actor(self, code: str) -> None:
        """Makes sure that an actor takes part.

        Raises:
            ScenarioError: it does not.
        """
        if code not in self.scenario.actors:
            raise ScenarioError([unknown(Place("--actor"), "actor", code, self.scenario.actors)])

    def need_week(self, week: int | None) -> None:
        """Makes sure that a week lies within the horizon.

        Raises:
            InputError: it does not.
        """
        if week is not None and week > self.scenario.weeks:
            raise InputError(f"--week {week}: there are only {self.scenario.weeks} weeks")

    def need_world(self, world: int) -> None:
        """Makes sure that a world is one of the run.

        Raises:
            InputError: it is not.
        """
        if self.worlds is not None and world >= self.worlds:
            raise InputError(f"--world {world}: the run has worlds 0 to {self.worlds - 1}")


class OtherOriginError(InputError):
    """A run whose worlds cannot be run again: other numbers or other code made them."""


def subject_of(
    called: str, seed: int | None, settings: Mapping[str, float] = MappingProxyType({})
) -> Subject:
    """What is spoken of: the run in a folder of that name, else a scenario with these settings.

    Raises:
        ScenarioError: there is no such scenario, or something is wrong in it or in the settings.
        InputError: the folder holds no run, or one that was made by other numbers or other code.
        UsageError: a run is to have another seed, or other parameters.
    """
    folder = folder_meant(called, MANIFEST)
    if not folder:
        with checked(settings):
            scenario = load_scenario(called)
        return Subject(called, scenario.with_parameters(settings), seed or 0, settings=settings)
    if settings:
        told = f"{called} is a run, which has its own parameters; name a scenario"
        raise click.UsageError(f"--set {set_words(settings)[0]}: {told}")
    return _run_in(folder, seed)


def _run_in(folder: Path, seed: int | None) -> Subject:
    run = read_run(folder)
    if seed is not None and seed != run.manifest["seed"]:
        raise click.UsageError(f"--seed {seed}: the run has seed {run.manifest['seed']}")
    scenario = _scenario_in(folder, run.manifest)
    _compare_origins(folder, run.manifest, scenario)
    return Subject(str(folder), scenario, run.manifest["seed"], run.manifest["worlds"], run.acts)


def _scenario_in(folder: Path, manifest: Mapping[str, Any]) -> Scenario:
    """The scenario of a run, as it was.

    Raises:
        OtherOriginError: it cannot be read by what is installed now.
    """
    path = folder / SCENARIO
    try:
        scenario = unpack_yaml(Folder(folder).read_text(SCENARIO))
    except (OSError, ValueError) as error:
        reason = str(error).partition("\n")[0]
        told = f"cannot be read by what is installed now ({reason})"
        raise OtherOriginError(f"{path}: {told}") from None
    return scenario.model_copy(update={"name": manifest["scenario"]["name"]})


def _compare_origins(folder: Path, manifest: Mapping[str, Any], scenario: Scenario) -> None:
    """Makes sure that the worlds of a run would come out again, and says what may keep them.

    Raises:
        OtherOriginError: they would not.
    """
    there = manifest.get("origin")
    if there is None:
        note(
            "note: the run does not say which numbers and which code made it; its worlds may differ"
        )
    elif changed := changed_origin(there, origin_of(scenario)):
        told = "made by other numbers or other code, so that its worlds cannot be run again"
        raise OtherOriginError(f"{folder}: {told}; run it anew", *indented(changed))
    of_run = manifest["versions"] | {"realpolitik": manifest["tool"]["version"]}
    if others := other_versions(of_run, versions()):
        note(f"note: the run is of other versions: {others}")


def _repeated(verb: str, subject: Subject, **options: object) -> str:
    """The command that says the same again; an option of several values is repeated."""
    words = ["realpolitik", verb, shlex.quote(subject.called)]
    if subject.settings is not None:
        options |= {"seed": subject.seed, "set": set_words(subject.settings)}
    for name, value in options.items():
        for each in value if isinstance(value, tuple | list) else [value]:
            if each is True:
                words.append(f"--{name}")
            elif each is not None and each is not False:
                words.append(f"--{name} {shlex.quote(str(each))}")
    return " ".join(words)


def wrong_input(error: ValueError) -> ValueError:
    """The error, each fault at its option, if it says where it is; else a line for the user.

    Raises:
        InputError: always, unless it is returned.
    """
    if isinstance(error, ScenarioError):
        return ScenarioError(map(_as_typed, error.faults))
    raise InputError(str(error)) from None


def _as_typed(fault: Fault) -> Fault:
    """A fault in an argument of ours, placed at the option that gave it."""
    option = OPTIONS.get(fault.place.path)
    return replace(fault, place=Place(option)) if option else fault
