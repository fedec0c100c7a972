"""Which of an actor's actions is worth explaining, if nobody says: the most telling one."""

from dataclasses import dataclass

import pandas as pd

from realpolitik.sim.cli.exits import InputError
from realpolitik.sim.cli.subject import Subject
from realpolitik.sim.engine.actions import HOLD, NAMED
from realpolitik.sim.scenario.schema import Scenario

FREQUENT = 0.5  # times a world
STRIKES = {"direct_strike": "limited_strike", "major_strike": "major_strike"}


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


def headline_of(subject: Subject, actor: str, worlds: int, target: str | None = None) -> Headline:
    """What an outcome of the scenario asks of the actor, else its gravest frequent action.

    Without a run what is frequent is seen in so many worlds.

    Raises:
        InputError: the actor does nothing.
    """
    return _asked_for(subject, actor, target) or _gravest(subject, actor, worlds, target)


def _asked_for(subject: Subject, actor: str, target: str | None) -> Headline | None:
    """The first action of the actor that an outcome is about."""
    for name, measure in subject.scenario.outcomes.items():
        on = getattr(measure, "target", None)
        action = STRIKES.get(measure.measure, getattr(measure, "action", ""))
        fits = getattr(measure, "by", None) == actor and (target is None or target == on)
        if fits and action in NAMED:
            return Headline(action, target or on, f"the scenario asks for it: outcome {name}")
    return None


def _gravest(subject: Subject, actor: str, worlds: int, target: str | None) -> Headline:
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


def _acts(subject: Subject, worlds: int) -> pd.DataFrame:
    """What everyone does: in the run or, without one, in so many worlds."""
    if subject.acts is not None:
        return subject.acts
    from realpolitik.sim.experiments.ensemble import simulate

    return simulate(subject.scenario, worlds, subject.seed).acts
