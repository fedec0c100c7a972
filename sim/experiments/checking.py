"""Checks the numbers of a plan against each other."""

import math
from collections.abc import Callable, Iterator, Mapping

from realpolitik.sim.experiments.bounds import MOST_WORLDS, MOST_WORLDS_IN_ALL
from realpolitik.sim.experiments.design import size_of
from realpolitik.sim.experiments.levels import amount
from realpolitik.sim.experiments.plan import Plan, Sampler
from realpolitik.sim.experiments.ranges import MOST_POINTS
from realpolitik.sim.scenario.errors import Fault, Place, number
from realpolitik.sim.scenario.schema import Scenario, nothing_measured

# Sampler → points if nothing is said of them, and the fewest that make a design.
USUAL_POINTS: Mapping[Sampler, int] = {
    "grid": 11,
    "latin_hypercube": 200,
    "sobol": 64,
    "morris": 10,
    "one_at_a_time": 5,
    "given": 1,
}
FEWEST_POINTS = 2
USUAL_WORLDS = 400

Where = Callable[[str], Place]


def faults_of_plan(plan: Plan, where: Where) -> Iterator[Fault]:
    """What is wrong with a plan; `where` is the place of each of its settings, by name."""
    if not plan.scenario.outcomes:
        yield nothing_measured(plan.called)
        return
    yield from _points(plan, where)
    yield from _worlds(plan, where("worlds"))
    if plan.seed < 0:
        yield Fault(where("seed"), f"seed is {plan.seed}", "a whole number from 0 on")
    yield from _until(plan, where)
    named = {"thresholds": plan.thresholds}
    if plan.favoured:
        named["favoured"] = {plan.favoured.outcome: plan.favoured.level}
    for key, levels in named.items():
        for outcome, level in levels.items():
            yield from _level(plan, key, outcome, level, where)


def _points(plan: Plan, where: Where) -> Iterator[Fault]:
    place, sampler, points = where("points"), plan.sampler, plan.points
    if not plan.vary:
        yield Fault(where("vary"), "nothing is varied", "an address or a glob")
        return
    if points < FEWEST_POINTS and sampler != "given":
        yield Fault(place, f"points is {points}", f"a whole number from {FEWEST_POINTS} on")
    elif sampler == "sobol" and points & (points - 1):
        below = 2 ** (points.bit_length() - 1)
        wanted = f"a power of two, such as {below} or {2 * below}"
        yield Fault(place, f"a sobol design of {points} base points", wanted)
    elif (size := size_of(sampler, points, plan.vary)) > MOST_POINTS:
        problem = f"the {sampler} design has {amount(size)} points"
        yield Fault(where("vary"), problem, f"at most {MOST_POINTS:,}")


def _worlds(plan: Plan, place: Place) -> Iterator[Fault]:
    worlds = plan.worlds
    if not 1 <= worlds <= MOST_WORLDS:
        problem = f"worlds is {worlds:,}"
        yield Fault(place, problem, f"a whole number from 1 to {MOST_WORLDS:,}")
        return
    points = size_of(plan.sampler, plan.points, plan.vary)
    if points <= MOST_POINTS and points * worlds > MOST_WORLDS_IN_ALL:
        problem = f"{points:,} points of {worlds:,} worlds are {points * worlds:,} worlds"
        yield Fault(place, problem, f"at most {MOST_WORLDS_IN_ALL:,} in all")


def _until(plan: Plan, where: Where) -> Iterator[Fault]:
    until = plan.until
    if until is None:
        return
    place = where("until")
    if until.outcome not in plan.outcomes:
        yield _unreported(place, until.outcome, plan)
    if not (math.isfinite(until.width) and until.width > 0):
        yield Fault(place, f"the width is {number(until.width)}", "a number above 0")
    if not plan.worlds <= until.most <= MOST_WORLDS:
        problem = f"most is {until.most:,} worlds, and the first {plan.worlds:,} are run anyway"
        yield Fault(place, problem, f"a number from {plan.worlds:,} to {MOST_WORLDS:,}")


def _level(plan: Plan, key: str, outcome: str, level: float, where: Where) -> Iterator[Fault]:
    if outcome not in plan.outcomes:
        yield _unreported(where(key), outcome, plan)
    elif not math.isfinite(level):
        yield Fault(where(key), f"the level of {outcome} is {level}", "a finite number")
    elif _scale(plan.scenario, outcome) == "share" and not 0 < level < 1:
        problem = f"the level of {outcome} is {number(level)}"
        yield Fault(where(key), problem, "a number between 0 and 1, as it is a share of worlds")


def _scale(scenario: Scenario, outcome: str) -> str:
    measure = scenario.outcomes.get(outcome)
    return measure.scale if measure else ""


def _unreported(place: Place, outcome: str, plan: Plan) -> Fault:
    what = "reported by the study" if outcome in plan.scenario.outcomes else "in the scenario"
    problem = f"the outcome {outcome!r} is not {what}"
    return Fault(place, problem, "", outcome, plan.outcomes)
