"""Reads what is measured, in patterns and in findings: a mapping under `measured`."""

from collections.abc import Collection
from dataclasses import dataclass, field

from realpolitik.sim.scenario.errors import Fault, quoted
from realpolitik.sim.scenario.finding import Source
from realpolitik.sim.scenario.nodes import Node, child, describe, items_of, text_of
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.values import parameters_in_range
from realpolitik.sim.scenario.vocabulary import vocabulary
from realpolitik.sim.study.calibrate.pattern import Case, Gauge, Statistic
from realpolitik.sim.study.claims.shelf import Shelf
from realpolitik.sim.study.plans.fields import Fields

SETTING = ("scenario", "parameters")
MEASURED = (*SETTING, "statistic", "outcome", "level", "above", "at_least", "given")
STATISTICS: tuple[Statistic, ...] = ("share", "mean", "quantile")


@dataclass
class Cases:
    """The settings that a file names, each loaded once, and what is wrong with them."""

    source: Source
    faults: list[Fault] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begins with an empty shelf."""
        self._shelf = Shelf(self.source, "", self.faults)

    def take(self, fields: Fields) -> Case | None:
        """The setting that these fields name; None, and faults, if there is none."""
        reference = fields.text("scenario")
        given = parameters_in(fields)
        node = child(fields.node, "scenario")
        found = self._shelf.take(node, reference) if node and reference else None
        if found is None:
            return None
        scenario, called = found
        return Case(called, scenario.with_parameters(given), given)


def gauge_in(fields: Fields, cases: Cases) -> Gauge | None:
    """What stands under `measured`; None, and faults, if it cannot be measured."""
    inside = fields.inside("measured", MEASURED)
    if inside is None:
        fields.blame(fields.node.place, "missing key 'measured'")
        return None
    statistic = inside.choice("statistic", STATISTICS, "statistic")
    case = cases.take(inside)
    level = inside.number("level") if inside.has("level") else 0.5
    bounds = {key: inside.number(key) for key in ("above", "at_least") if inside.has(key)}
    _check(inside, statistic, level, bounds)
    if case is None or not statistic:
        return None
    outcome = inside.choice("outcome", case.scenario.outcomes, "outcome")
    given = (
        inside.choice("given", _shares(case.scenario), "outcome that is a share of worlds")
        if inside.has("given")
        else ""
    )
    if not outcome:
        return None
    if statistic == "share" and not bounds and outcome not in _shares(case.scenario):
        problem = f"{outcome} is no share of worlds"
        inside.blame(inside.place("outcome"), problem, "above or at_least beside it, or a mean")
    of = next(one for one in STATISTICS if one == statistic)
    return Gauge(case, outcome, of, level, bounds.get("above"), bounds.get("at_least"), given)


def parameters_in(fields: Fields) -> dict[str, float]:
    """Address → value; each must be in its declared range."""
    fields.flatten("parameters", vocabulary().parameters)
    fields.faults += parameters_in_range(fields.node, vocabulary())
    known = vocabulary().parameters
    return {name: value for name, value in fields.table("parameters").items() if name in known}


def refuse_twice(nodes: Collection[Node], what: str, faults: list[Fault]) -> None:
    """Puts down every id that stands a second time."""
    seen: set[str] = set()
    for node in nodes:
        at, name = child(node, "id"), text_of(child(node, "id"))
        if at and name and name in seen:
            faults.append(Fault(at.place, f"a second {what} {quoted(name)}"))
        seen.add(name or "")


def listed(fields: Fields, key: str) -> tuple[Node, ...]:
    """The items of a list that must be there and not be empty."""
    node = child(fields.node, key)
    if not items_of(node):
        told = f"{key} is {describe(node)}" if node else f"missing key {key!r}"
        fields.blame(fields.place(key), told, f"a list of {key}")
    return items_of(node)


def _shares(scenario: Scenario) -> list[str]:
    return [name for name, measure in scenario.outcomes.items() if measure.scale == "share"]


def _check(fields: Fields, statistic: str, level: float, bounds: dict[str, float]) -> None:
    """Faults of what only some statistics have."""
    if fields.has("level") and statistic != "quantile":
        fields.blame(fields.place("level"), f"a level of a {statistic}", "it with a quantile only")
    elif not 0 < level < 1:
        fields.blame(fields.place("level"), f"level is {level:g}", "a number between 0 and 1")
    if bounds and statistic != "share":
        key = next(iter(bounds))
        fields.blame(fields.place(key), f"{key} with a {statistic}", "it with a share only")
    if len(bounds) > 1:
        fields.blame(fields.place("above"), "above beside at_least", "the one or the other")
