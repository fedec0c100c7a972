"""What is measured, in which setting, and what a calibrated model must show of it."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from importlib.resources import files
from typing import Literal

from realpolitik.sim.claims.claim_tests import Shelf
from realpolitik.sim.experiments.fields import Fields
from realpolitik.sim.scenario.errors import Fault, Place, ScenarioError, quoted
from realpolitik.sim.scenario.finding import Source, content_of
from realpolitik.sim.scenario.nodes import Node, child, describe, items_of, text_of
from realpolitik.sim.scenario.reader import read_tree
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.values import parameters_in_range
from realpolitik.sim.scenario.vocabulary import vocabulary

Statistic = Literal["share", "mean", "quantile"]
Ground = Literal["judgement", "judgement around a record", "record"]


@dataclass(frozen=True)
class Case:
    """A scenario, with the parameters that are given beside it whatever else is varied.

    Attributes:
        called: How the scenario is asked for: its name or the path of its file.
        scenario: The scenario, with those parameters.
        given: Address → value of those parameters.
    """

    called: str
    scenario: Scenario
    given: dict[str, float] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What its folder is called: `no_shock`, `haniyeh_2024-RUS.israel_ties-0`."""
        told = [self.called, *(f"{key}={value:g}" for key, value in self.given.items())]
        return re.sub(r"[^A-Za-z0-9_.]+", "-", "-".join(told)).strip("-.")


@dataclass(frozen=True)
class Gauge:
    """A number that is read off the worlds of one case.

    Attributes:
        case: The setting.
        outcome: An outcome of its scenario.
        statistic: The share of worlds, the mean over worlds, or a quantile of the worlds that have
            a value.
        level: Of a quantile: which, between 0 and 1.
        above: Of a share: worlds in which the outcome is above this; none: in which it is 1.
        at_least: Of a share: worlds in which the outcome is at least this.
        given: Only worlds are looked at in which this outcome is 1; empty: all.
    """

    case: Case
    outcome: str
    statistic: Statistic
    level: float = 0.5
    above: float | None = None
    at_least: float | None = None
    given: str = ""

    @property
    def scale(self) -> str:
        """The scale of the outcome."""
        return self.case.scenario.outcomes[self.outcome].scale

    @property
    def outcomes(self) -> tuple[str, ...]:
        """What must be known of each world."""
        return (self.outcome, self.given) if self.given else (self.outcome,)


@dataclass(frozen=True)
class Record:
    """The cases that a target rests on.

    Attributes:
        cases: How many there are.
        hits: In how many of them it happened; none where it is no share.
        error: Standard error of what the record says, where it is no share.
    """

    cases: int
    hits: int | None = None
    error: float = 0.0


@dataclass(frozen=True)
class Pattern:
    """Something that a calibrated model must show.

    Attributes:
        id: Its name.
        says: What it says, in a sentence.
        gauge: The number that is measured.
        low: Least value at which the pattern holds.
        high: Greatest value at which it holds.
        ground: Whether the ends of the interval are a judgement, one with a record at hand, or
            what a record says.
        source: Where it is from.
        record_says: What the record says; empty of a judgement without one.
        record: The cases of the record; none of a judgement, or where their number is not known.
        discrepancy: How far the model may be off (standard deviation).
    """

    id: str
    says: str
    gauge: Gauge
    low: float
    high: float
    ground: Ground
    source: str
    record_says: str = ""
    record: Record | None = None
    discrepancy: float = 0.0


@dataclass(frozen=True)
class Finding:
    """A headline finding: on which side of a level a number lies, or the difference of two.

    Attributes:
        id: Its name.
        says: What it says, in a sentence.
        gauge: The number that is measured.
        than: The setting whose number is taken off it, world by world; none: nothing is.
        above: Whether it should lie above the level, or below.
        level: The level.
    """

    id: str
    says: str
    gauge: Gauge
    than: Gauge | None
    above: bool
    level: float


# ── Reading what is measured ─────────────────────────────────────────────────────────


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


# ── Reading files of patterns and findings ───────────────────────────────────────────


AGENTS = "realpolitik.agents"
PATTERN = (
    *("id", "says", "measured", "target", "discrepancy"),
    *("ground", "record_says", "record", "source"),
)
FINDING = ("id", "says", "measured", "than", "expect")
GROUNDS: tuple[Ground, ...] = ("judgement", "judgement around a record", "record")


def load_patterns() -> tuple[Pattern, ...]:
    """The patterns that are shipped."""
    source = _shipped("patterns.yaml")
    return read_patterns(content_of(source), source)


def load_findings() -> tuple[Finding, ...]:
    """The headline findings that are shipped."""
    source = _shipped("findings.yaml")
    return read_findings(content_of(source), source)


def read_patterns(text: str | bytes, where: str | Source) -> tuple[Pattern, ...]:
    """The patterns in a text; `where` is the path of its file, used in faults.

    Raises:
        ScenarioError: something is wrong; it holds all faults.
    """
    fields, cases = _begin(text, where, "patterns")
    nodes = listed(fields, "patterns")
    found = [_pattern(node, cases) for node in nodes]
    refuse_twice(nodes, "pattern", cases.faults)
    _end(cases.faults)
    return tuple(one for one in found if one)


def read_findings(text: str | bytes, where: str | Source) -> tuple[Finding, ...]:
    """The findings in a text; `where` is the path of its file, used in faults.

    Raises:
        ScenarioError: something is wrong; it holds all faults.
    """
    fields, cases = _begin(text, where, "findings")
    nodes = listed(fields, "findings")
    found = [_finding(node, cases) for node in nodes]
    refuse_twice(nodes, "finding", cases.faults)
    _end(cases.faults)
    return tuple(one for one in found if one)


def once(faults: list[Fault]) -> list[Fault]:
    """One fault a place, the first; a mapping may lack several keys."""
    kept: dict[tuple[Place, str], Fault] = {}
    for fault in faults:
        lacking = fault.problem if fault.problem.startswith("missing") else ""
        kept.setdefault((fault.place, lacking), fault)
    return list(kept.values())


def _shipped(name: str) -> Source:
    file = files(AGENTS).joinpath(name)
    return Source(str(file), file)


def _begin(text: str | bytes, where: str | Source, key: str) -> tuple[Fields, Cases]:
    source = where if isinstance(where, Source) else Source(where)
    tree, faults = read_tree(text, source.where)
    fields = Fields(tree, ("schema_version", "about", key), faults, "the file")
    if fields.whole("schema_version", 1, 1) != 1:
        fields.blame(fields.place("schema_version"), "an unknown version of the language", "1")
    return fields, Cases(source, faults)


def _end(faults: list[Fault]) -> None:
    if faults:
        raise ScenarioError(once(faults))


def _pattern(node: Node, cases: Cases) -> Pattern | None:
    fields = Fields(node, PATTERN, cases.faults, "a pattern")
    name, says, source = (fields.text(key) for key in ("id", "says", "source"))
    gauge = gauge_in(fields, cases)
    low, high = _target(fields)
    name_of_ground = fields.choice("ground", GROUNDS, "ground")
    ground = next((one for one in GROUNDS if one == name_of_ground), None)
    record_says, record = _what_record_says(fields, ground), _record(fields)
    if ground == "record" and record is None:
        fields.blame(fields.node.place, "missing key 'record'", "it where the ground is a record")
    off = fields.number("discrepancy") if fields.has("discrepancy") else 0.0
    if off < 0:
        fields.blame(fields.place("discrepancy"), f"discrepancy is {off:g}", "0 or more")
    if gauge is None or not ground:
        return None
    return Pattern(name, says, gauge, low, high, ground, source, record_says, record, off)


def _what_record_says(fields: Fields, ground: Ground | None) -> str:
    """What stands under `record_says`; only a judgement without a record has none."""
    if ground == "judgement" and fields.has("record_says"):
        problem = "a record beside the ground 'judgement'"
        fields.blame(fields.place("record_says"), problem, "'judgement around a record'")
    return fields.text("record_says") if ground != "judgement" else ""


def _target(fields: Fields) -> tuple[float, float]:
    inside = fields.inside("target", ("low", "high"))
    if inside is None:
        fields.blame(fields.node.place, "missing key 'target'")
        return 0.0, 0.0
    low, high = inside.number("low"), inside.number("high")
    if low > high:
        inside.blame(inside.place("low"), f"the target is {low:g} to {high:g}", "low, then high")
    return low, high


def _record(fields: Fields) -> Record | None:
    """What stands under `record`: hits of cases, or an error."""
    inside = fields.inside("record", ("hits", "cases", "error"))
    if inside is None:
        return None
    if not inside.has("cases"):
        inside.blame(inside.node.place, "missing key 'cases'")
    cases = inside.whole("cases", 1, 1)
    if inside.has("hits") == inside.has("error"):
        problem = "neither hits nor error" if not inside.has("hits") else "hits beside error"
        inside.blame(inside.node.place, problem, "the one or the other")
        return None
    if inside.has("error"):
        return Record(cases, None, inside.number("error"))
    hits = inside.whole("hits", 0, 0)
    if hits > cases:
        inside.blame(
            inside.place("hits"), f"{hits} hits of {cases} cases", "no more hits than cases"
        )
    return Record(cases, hits)


def _finding(node: Node, cases: Cases) -> Finding | None:
    fields = Fields(node, FINDING, cases.faults, "a finding")
    name, says = fields.text("id"), fields.text("says")
    gauge = gauge_in(fields, cases)
    inside = fields.inside("than", SETTING)
    case = cases.take(inside) if inside else None
    expect = fields.inside("expect", ("above", "below"))
    sides = [side for side in ("above", "below") if expect and expect.has(side)]
    if expect is None or len(sides) != 1:
        fields.blame(fields.place("expect"), "no single side is expected", "above or below a level")
        return None
    level = expect.number(sides[0])
    if gauge is None or (inside and case is None):
        return None
    than = replace(gauge, case=case) if case else None
    if case and (lacking := set(gauge.outcomes) - set(case.scenario.outcomes)):
        fields.blame(fields.place("than"), f"there is no outcome {min(lacking)!r} in {case.called}")
    return Finding(name, says, gauge, than, sides[0] == "above", level)
