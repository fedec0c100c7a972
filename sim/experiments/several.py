"""Several scenarios as one factor of a study: a plan each, alike in all but the scenario.

Each scenario is run at the same points and in the same worlds, so that differences between two of
them are those of pairs, as they are between two points.
"""

import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from realpolitik.sim.experiments.plan import Plan, Vary
from realpolitik.sim.experiments.plan_options import command_of
from realpolitik.sim.scenario.errors import Fault, Place, ScenarioError, number
from realpolitik.sim.scenario.serialise import essence

LONGEST_KEY = 60
SHARED = ("sampler", "points", "worlds", "seed", "until", "rows")
"""What the plans of one study have in common beside what is varied."""


@dataclass(frozen=True)
class Several:
    """The plans of a study of several scenarios by short name, that of the baseline first."""

    plans: Mapping[str, Plan]

    @classmethod
    def of(cls, plans: Sequence[Plan]) -> "Several":
        """The plans under the names of their scenarios, which are made unique.

        Raises:
            ScenarioError: they differ in more than the scenario; it holds all faults.
        """
        if faults := list(faults_between(plans)):
            raise ScenarioError(faults)
        named: dict[str, Plan] = {}
        for plan in plans:
            named[_free(_plain(plan.scenario.name), named)] = plan
        return cls(named)

    @property
    def baseline(self) -> Plan:
        """The plan of the first scenario."""
        return next(iter(self.plans.values()))

    @property
    def shared(self) -> list[str]:
        """The outcomes that all scenarios report, in the order of the first."""
        first, *others = (plan.outcomes for plan in self.plans.values())
        return [name for name in first if all(name in other for other in others)]

    @property
    def titles(self) -> dict[str, str]:
        """Key → title of the scenario; where titles repeat, the key stands beside."""
        titles = [plan.scenario.title for plan in self.plans.values()]
        return {
            key: title if titles.count(title) == 1 else f"{title} ({key})"
            for key, title in zip(self.plans, titles, strict=True)
        }

    @property
    def command(self) -> str:
        """The command that does all of it again."""
        program, verb, first, *words = shlex.split(command_of(self.baseline))
        others = [] if self.baseline.file else [plan.called for plan in self.plans.values()][1:]
        return shlex.join([program, verb, first, *others, *words])


def name_of_several(plans: Sequence[Plan]) -> str:
    """Name of the study: of its file, or the first scenario, how many others, what is varied."""
    first = plans[0]
    if first.file:
        return first.name
    rest = first.name.removeprefix(first.scenario.name)
    return f"{first.scenario.name}_and_{len(plans) - 1}{rest}"


def faults_between(plans: Sequence[Plan]) -> Iterator[Fault]:
    """Why scenarios cannot be run beside each other."""
    first = plans[0]
    seen: list[str] = []
    for plan in plans:
        if plan.called in seen:
            yield Fault(Place(plan.called), "the scenario stands here a second time")
        seen.append(plan.called)
    for plan in plans[1:]:
        yield from _unlike(first, plan)


def _unlike(first: Plan, plan: Plan) -> Iterator[Fault]:
    place, weeks = Place(plan.called), first.scenario.weeks
    if plan.scenario.weeks != weeks:
        problem = f"the scenario lasts {plan.scenario.weeks} weeks, and {first.called} {weeks}"
        yield Fault(place, problem, f"as many, such as by a variant with `weeks: {weeks}`")
    if plan.vary != first.vary:
        yield Fault(place, *_otherwise(first, plan))
    elif any(getattr(plan, name) != getattr(first, name) for name in SHARED):
        problem = f"more than the scenario differs from the plan of {first.called}"
        yield Fault(place, problem, "the same points, worlds and seed")
    shared = [name for name in plan.outcomes if name in first.outcomes]
    if not shared:
        yield Fault(place, f"it measures nothing that {first.called} does", "a shared outcome")
    for name in shared:
        if _measured(plan, name) != _measured(first, name):
            problem = f"the outcome {name} is measured in another way than in {first.called}"
            yield Fault(place, problem, "the same measure, or another name")


def _otherwise(first: Plan, plan: Plan) -> tuple[str, str]:
    """What is varied otherwise, and what was expected."""
    there = {vary.address: vary for vary in first.vary}
    for vary in plan.vary:
        if vary != there.get(vary.address, vary):
            found, wanted = _span(vary), _span(there[vary.address])
            problem = f"{vary.address} runs {found} here, and {wanted} in {first.called}"
            return problem, "a range that is written out"
    alone = {*there} ^ {vary.address for vary in plan.vary}
    which = min(alone, default="what is varied")
    problem = f"{which} is varied in one scenario and not in {first.called}, or the reverse"
    return problem, "addresses that bear on all scenarios, in one order"


def _span(vary: Vary) -> str:
    return f"from {number(vary.low)} to {number(vary.high)}"


def _measured(plan: Plan, name: str) -> object:
    return essence(plan.scenario.outcomes[name].model_dump(mode="json"))


def _plain(name: str) -> str:
    """A name that is fit for a folder."""
    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", PurePath(name).name)
    return plain[:LONGEST_KEY].strip("-") or "scenario"


def _free(name: str, taken: Mapping[str, Plan]) -> str:
    """The name, with a number behind it if it is taken."""
    count, free = 1, name
    while free in taken:
        count += 1
        free = f"{name}-{count}"
    return free
