"""Plans made by a command: out of settings alone, or by changing what a file says."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from realpolitik.sim.experiments.checking import USUAL_POINTS, USUAL_WORLDS, faults_of_plan
from realpolitik.sim.experiments.fixing import Fixed
from realpolitik.sim.experiments.given import Points, given_points
from realpolitik.sim.experiments.plan import Plan, Read, Sampler, Until
from realpolitik.sim.experiments.ranges import ranged, ranges_of
from realpolitik.sim.experiments.vary import Asked
from realpolitik.sim.scenario.errors import Place, ScenarioError, number, unknown
from realpolitik.sim.scenario.schema import Scenario

LONGEST_NAME = 80
NAMED = 3  # addresses that the name of a quick sweep tells


def plan_of_settings(
    called: str,
    scenario: Scenario,
    asked: Sequence[Asked],
    *,
    sampler: Sampler = "grid",
    points: int | None = None,
    worlds: int = USUAL_WORLDS,
    seed: int = 0,
    outcomes: Sequence[str] = (),
    until: Until | None = None,
    thresholds: Mapping[str, float] | None = None,
) -> Read:
    """The plan of a quick sweep.

    Args:
        called: How the scenario was asked for.
        scenario: As it is loaded.
        asked: What is varied, and what is set to one value, by `asked_by`.
        sampler: How points are chosen.
        points: Meant as in `Plan`; none: what is usual for the sampler.
        worlds: Worlds at each point.
        seed: Seed of worlds and design.
        outcomes: Outcomes that are reported; none: all of the scenario.
        until: When a point has worlds enough.
        thresholds: Outcome → level whose crossing is looked for.

    Raises:
        ScenarioError: something is wrong; it holds all faults, placed as they were typed.
    """
    varied = [one for one in asked if not one.is_fixed] or asked
    fixed = Fixed.of(asked if varied is not asked else (), scenario)
    found = ranged(varied, fixed.scenario, sampler, ranges_of(scenario))
    found.faults += fixed.clashes(found.vary)
    plan = Plan(
        name=name_of(scenario, varied),
        title=f"{scenario.title}: {_listed([one.address for one in varied])}",
        question=f"What follows from {_listed([one.address for one in varied])}?",
        scenario=fixed.scenario,
        called=called,
        vary=tuple(found.vary),
        sampler=sampler,
        points=USUAL_POINTS[sampler] if points is None else points,
        worlds=worlds,
        seed=seed,
        outcomes=tuple(dict.fromkeys(outcomes)) or tuple(scenario.outcomes),
        until=until,
        thresholds=dict(thresholds or {}),
        fixed=fixed.values,
    )
    if found.faults:
        raise ScenarioError(found.faults)
    return Read(_sound(plan), tuple(found.warnings))


def plan_of_points(
    called: str, scenario: Scenario, points: Points, asked: Sequence[Asked] = ()
) -> Read:
    """The plan of a sweep over points that are given, in the usual number of worlds.

    Args:
        called: How the scenario was asked for.
        scenario: As it is loaded.
        points: A file, or a table, with a column an address and a row a point.
        asked: What is set to one value at all of them, by `asked_by`.

    Raises:
        ScenarioError: something is wrong; it holds all faults, those of points with their line.
    """
    fixed = Fixed.of(asked, scenario)
    given = given_points(points, fixed.scenario)
    if faults := fixed.clashes(given.vary):
        raise ScenarioError(faults)
    stem = "points" if isinstance(points, pd.DataFrame) else Path(points).stem
    plan = Plan(
        name=fit_for_a_folder([scenario.name, stem]),
        title=f"{scenario.title}: the points of {stem}",
        question=f"What follows from {_listed([vary.address for vary in given.vary])}?",
        scenario=fixed.scenario,
        called=called,
        vary=(),
        sampler="given",
        points=0,
        worlds=USUAL_WORLDS,
        seed=0,
        outcomes=tuple(scenario.outcomes),
        fixed=fixed.values,
    )
    read = given.in_place_of_those(plan)
    return replace(read, plan=_sound(read.plan))


def changed(
    plan: Plan,
    *,
    points: int | None = None,
    worlds: int | None = None,
    seed: int | None = None,
    outcomes: Sequence[str] = (),
    until: Until | None = None,
    thresholds: Mapping[str, float] | None = None,
) -> Plan:
    """The plan with what is given in place of its own, checked.

    Fewer outcomes leave out the thresholds and boxes of the others. Thresholds are added to those
    that are there.

    Raises:
        ScenarioError: something is wrong; it holds all faults, placed as they were typed.
    """
    reported = tuple(dict.fromkeys(outcomes)) or plan.outcomes
    favoured = plan.favoured
    plan = replace(
        plan,
        points=plan.points if points is None else points,
        worlds=plan.worlds if worlds is None else worlds,
        seed=plan.seed if seed is None else seed,
        outcomes=reported,
        until=until or plan.until,
        thresholds={k: v for k, v in plan.thresholds.items() if k in reported}
        | dict(thresholds or {}),
        favoured=favoured if favoured and favoured.outcome in reported else None,
    )
    return _sound(plan)


def name_of(scenario: Scenario, asked: Sequence[Asked]) -> str:
    """The scenario's name and what is varied, fit for a folder: `haniyeh_2024-RUS.israel_ties`."""
    told = [one.address.replace("*", "all") for one in asked[:NAMED]]
    more = [f"and_{len(asked) - NAMED}_more"] if len(asked) > NAMED else []
    return fit_for_a_folder([scenario.name, *told, *more])


def fit_for_a_folder(parts: Iterable[str]) -> str:
    """Parts of a name, as the name of a folder."""
    plain = re.sub(r"[^A-Za-z0-9_.-]+", "-", "-".join(parts))
    return plain[:LONGEST_NAME].strip("-.") or "sweep"


def _listed(addresses: Sequence[str]) -> str:
    *others, last = addresses or ["nothing"]
    return f"{', '.join(others)} and {last}" if others else last


def _sound(plan: Plan) -> Plan:
    """The plan, if nothing is wrong with its numbers and outcomes."""
    known = plan.scenario.outcomes
    faults = [
        unknown(Place(f"--outcome {name}"), "outcome", name, known)
        for name in plan.outcomes
        if name not in known
    ]
    faults += faults_of_plan(plan, lambda key: Place(_as_typed(key, plan)))
    if faults:
        raise ScenarioError(faults)
    return plan


def _as_typed(key: str, plan: Plan) -> str:
    """The option that says it: `--points 3`."""
    match key:
        case "points" | "worlds" | "seed":
            return f"--{key} {getattr(plan, key)}"
        case "until" if plan.until:
            return f"--until {number(plan.until.width)}"
        case "vary":
            return "--set"
        case _:
            return f"--{key.removesuffix('s')}"
