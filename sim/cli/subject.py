"""What `explain`, `flips` and `ablate` are asked about: a run or a scenario, and an action."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import click
import pandas as pd

from realpolitik.sim.cli.exits import InputError, note
from realpolitik.sim.cli.files import folder_meant
from realpolitik.sim.cli.options import checked
from realpolitik.sim.documents.reasons import Inquiry
from realpolitik.sim.engine.actions import DIRECT, HOLD, MAJOR, NAMED
from realpolitik.sim.experiments.origin import changed_origin, origin_of, other_versions, versions
from realpolitik.sim.experiments.run_folder import MANIFEST, SCENARIO, read_run
from realpolitik.sim.files.folder import Folder
from realpolitik.sim.files.json_text import indented
from realpolitik.sim.formatting.numbers import set_words
from realpolitik.sim.record.starting import load_scenario
from realpolitik.sim.scenario.errors import Fault, Place, ScenarioError, unknown
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.serialise import unpack_yaml

FREQUENT = 0.5  # times a world
STRIKES = {"direct_strike": DIRECT[0], "major_strike": MAJOR[0]}
OPTIONS = {name: f"--{name}" for name in ("actor", "action", "target", "track", "outcome")}
OPTIONS["parameters"] = "--parameter"


@dataclass(frozen=True)
class RunOrScenario:
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


class UnrepeatableRunError(InputError):
    """A run whose worlds cannot be run again: other numbers or other code made them.

    Or each had numbers of its own.
    """


def subject_of(
    called: str, seed: int | None, settings: Mapping[str, float] = MappingProxyType({})
) -> RunOrScenario:
    """What is spoken of: the run in a folder of that name, else a scenario with these settings.

    Raises:
        ScenarioError: there is no such scenario, or something is wrong in it or in the settings.
        InputError: the folder holds no run, or one that was made by other numbers or other code.
        UsageError: a run is to have another seed, or other parameters.
    """
    folder = folder_meant(called, MANIFEST)
    if not folder:
        with checked(settings) as scenarios:
            scenario = load_scenario(called)
            scenarios.append(scenario)
        return RunOrScenario(
            called, scenario.with_parameters(settings), seed or 0, settings=settings
        )
    if settings:
        told = f"{called} is a run, which has its own parameters; name a scenario"
        raise click.UsageError(f"--set {set_words(settings)[0]}: {told}")
    return _run_in(folder, seed)


def _run_in(folder: Path, seed: int | None) -> RunOrScenario:
    run = read_run(folder)
    if seed is not None and seed != run.manifest["seed"]:
        raise click.UsageError(f"--seed {seed}: the run has seed {run.manifest['seed']}")
    if (run.manifest.get("uncertain") or {}).get("drawn"):
        told = "each world has numbers of its own, of which reasons cannot be given"
        raise UnrepeatableRunError(
            f"{folder}: {told}; name its scenario, or a run without --uncertain"
        )
    scenario = _scenario_in(folder, run.manifest)
    _compare_origins(folder, run.manifest, scenario)
    return RunOrScenario(
        str(folder), scenario, run.manifest["seed"], run.manifest["worlds"], run.acts
    )


def _scenario_in(folder: Path, manifest: Mapping[str, Any]) -> Scenario:
    """The scenario of a run, as it was.

    Raises:
        UnrepeatableRunError: it cannot be read by what is installed now.
    """
    path = folder / SCENARIO
    try:
        scenario = unpack_yaml(Folder(folder).read_text(SCENARIO))
    except (OSError, ValueError) as error:
        reason = str(error).partition("\n")[0]
        told = f"cannot be read by what is installed now ({reason})"
        raise UnrepeatableRunError(f"{path}: {told}") from None
    return scenario.model_copy(update={"name": manifest["scenario"]["name"]})


def _compare_origins(folder: Path, manifest: Mapping[str, Any], scenario: Scenario) -> None:
    """Makes sure that the worlds of a run would come out again, and says what may keep them.

    Raises:
        UnrepeatableRunError: they would not.
    """
    there = manifest.get("origin")
    if there is None:
        note(
            "note: the run does not say which numbers and which code made it; its worlds may differ"
        )
    elif changed := changed_origin(there, origin_of(scenario)):
        told = "made by other numbers or other code, so that its worlds cannot be run again"
        raise UnrepeatableRunError(f"{folder}: {told}; run it anew", *indented(changed))
    of_run = manifest["versions"] | {"realpolitik": manifest["tool"]["version"]}
    if others := other_versions(of_run, versions()):
        note(f"note: the run is of other versions: {others}")


def _repeated(verb: str, subject: RunOrScenario, **options: object) -> str:
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


# ── The most telling action, if nobody names one ─────────────────────────────────────


@dataclass(frozen=True)
class Headline:
    """An action, toward whom (None: anyone), and why it was picked; empty if it was asked for."""

    action: str
    target: str | None
    why: str = ""


def headline_actor(scenario: Scenario) -> str:
    """The actor of the first outcome that is about somebody's action; else the first actor."""
    for measure in scenario.outcomes.values():
        action = STRIKES.get(measure.measure, getattr(measure, "action", ""))
        by = getattr(measure, "by", None)
        if action in NAMED and by:
            return str(by)
    return scenario.actors[0]


def headline_of(
    subject: RunOrScenario, actor: str, worlds: int, target: str | None = None
) -> Headline:
    """What an outcome of the scenario asks of the actor, else its gravest frequent action.

    Without a run what is frequent is seen in so many worlds.

    Raises:
        InputError: the actor does nothing.
    """
    return _asked_for(subject, actor, target) or _gravest(subject, actor, worlds, target)


def _asked_for(subject: RunOrScenario, actor: str, target: str | None) -> Headline | None:
    """The first action of the actor that an outcome is about."""
    for name, measure in subject.scenario.outcomes.items():
        on = getattr(measure, "target", None)
        action = STRIKES.get(measure.measure, getattr(measure, "action", ""))
        fits = getattr(measure, "by", None) == actor and (target is None or target == on)
        if fits and action in NAMED:
            return Headline(action, target or on, f"the scenario asks for it: outcome {name}")
    return None


def _gravest(subject: RunOrScenario, actor: str, worlds: int, target: str | None) -> Headline:
    acts = _acts(subject, worlds)
    own = acts[(acts["actor"] == actor) & (acts["action"] != HOLD) & (acts["per_world"] > 0)]
    own = own[own["on"] == target] if target else own
    if own.empty:
        toward = f" toward {target}" if target else ""
        raise InputError(f"{actor} does nothing{toward}: name an action with --action")
    frequent = own[own["per_world"] >= FREQUENT]
    if frequent.empty:
        most = own.sort_values("per_world", kind="stable").iloc[-1]
        return Headline(str(most["action"]), str(most["on"]), "its most frequent action")
    gravity = [_gravity(str(action)) for action in frequent["action"]]
    place = max(range(len(gravity)), key=lambda k: (gravity[k], frequent["per_world"].iloc[k]))
    one = frequent.iloc[place]
    why = f"the gravest it does in at least every second world ({one['per_world']:.1f} a world)"
    return Headline(str(one["action"]), str(one["on"]), why)


def _gravity(action: str) -> tuple[float, float, float]:
    """Rung, severity and cost."""
    return NAMED[action].rung, NAMED[action].severity, NAMED[action].cost


def _acts(subject: RunOrScenario, worlds: int) -> pd.DataFrame:
    """What everyone does: in the run or, without one, in so many worlds."""
    if subject.acts is not None:
        return subject.acts
    from realpolitik.sim.experiments.ensemble import simulate

    return simulate(subject.scenario, worlds, subject.seed).acts
