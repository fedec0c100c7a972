"""Reads the tables of patterns and of findings. All faults of a file are told of at once."""

from dataclasses import replace
from importlib.resources import files

from realpolitik.sim.scenario.errors import Fault, Place, ScenarioError
from realpolitik.sim.scenario.finding import Source, content_of
from realpolitik.sim.scenario.nodes import Node
from realpolitik.sim.scenario.reader import read_tree
from realpolitik.sim.study.calibrate.measured import (
    SETTING,
    Cases,
    gauge_in,
    listed,
    refuse_twice,
)
from realpolitik.sim.study.calibrate.pattern import Finding, Ground, Pattern, Record
from realpolitik.sim.study.plans.fields import Fields

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
