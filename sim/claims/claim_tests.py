"""Reads a test of a claim: which worlds, what is changed, which outcome, and what is expected."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pydantic import ValidationError

from realpolitik.sim.claims.claim import EXPECTED, Case, Expected, Side, Trial, words_of
from realpolitik.sim.engine.measures import Measure
from realpolitik.sim.engine.parameters import merge
from realpolitik.sim.experiments.addresses import bearing_on
from realpolitik.sim.experiments.fields import Fields
from realpolitik.sim.experiments.subject import parameters_of, subject_of
from realpolitik.sim.scenario.checks import check
from realpolitik.sim.scenario.errors import Fault, number, one_of, quoted, unknown
from realpolitik.sim.scenario.finding import Source
from realpolitik.sim.scenario.messages import faults_of
from realpolitik.sim.scenario.nodes import (
    Entry,
    MapNode,
    Node,
    ScalarNode,
    child,
    describe,
    entries_of,
    items_of,
    number_of,
    plain,
    text_of,
)
from realpolitik.sim.scenario.reader import read_tree
from realpolitik.sim.scenario.repairing import repaired
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.vocabulary import vocabulary

# ── Scenarios, read once ─────────────────────────────────────────────────────────────


@dataclass
class Shelf:
    """The scenarios that tests name, each loaded once.

    Attributes:
        source: The file of the claims, to which paths of scenarios are relative.
        usual: The scenario of tests that name none; empty if there is no such.
        faults: Where faults are put.
        yardstick: What takes its motives from an actor, address → value; empty if not declared.
    """

    source: Source
    usual: str
    faults: list[Fault]
    yardstick: Mapping[str, float] = field(default_factory=dict)
    _found: dict[str, tuple[Scenario, str] | None] = field(default_factory=dict)

    def take(self, node: Node, reference: str) -> tuple[Scenario, str] | None:
        """The scenario that is called so in `node`, and its name; None, and a fault, if not."""
        if reference not in self._found or self._found[reference] is None:
            called = MapNode(
                node.place, {"scenario": Entry(node.place, ScalarNode(node.place, reference))}
            )
            fields = Fields(called, ("scenario",), self.faults, "the test")
            self._found[reference] = subject_of(fields, self.source)
        return self._found[reference]


# ── Its outcome ──────────────────────────────────────────────────────────────────────


HERE = "outcome"
NEEDED = {"title", "question", "start", "actors", "deals"}


def side_of(node: Node, case: Case, faults: list[Fault]) -> Side | None:
    """The outcome of that case; None, and faults, if there is none."""
    scenario = case.scenario
    if isinstance(node, MapNode):
        measure = _written(node, scenario, faults)
        return Side(case, measure, measure.label or _called(measure)) if measure else None
    name = text_of(node)
    if not name:
        wanted = "the name of an outcome, or a measure with its keys"
        faults.append(Fault(node.place, f"the outcome is {describe(node)}", wanted))
    elif name in scenario.outcomes:
        return Side(case, scenario.outcomes[name], name)
    else:
        what = f"outcome of {quoted(case.called)}:"
        faults.append(unknown(node.place, what, name, scenario.outcomes))
    return None


def _called(measure: Measure) -> str:
    """What an outcome without a label is called: `offensive_arms RUS HOU`."""
    words = words_of(measure)
    return " ".join(words[1:] if measure.measure == "act" else words)


def _written(node: MapNode, scenario: Scenario, faults: list[Fault]) -> Measure | None:
    """The measure, read as if it stood in the scenario: same words, same checks."""
    words = vocabulary()
    around, _ = read_tree(json.dumps(scenario.model_dump(mode="json", include=NEEDED)), "")
    if not isinstance(around, MapNode):
        return None
    outcomes = MapNode(node.place, {HERE: Entry(node.place, node)})
    written = MapNode(node.place, {**around.entries, "outcomes": Entry(node.place, outcomes)})
    tree, found = repaired(written, words)
    measure = None
    try:
        whole = words.scenario_type.model_validate_json(json.dumps(plain(tree)), strict=True)
        measure = whole.outcomes[HERE]
    except ValidationError as error:
        found += faults_of(error, tree, words)
    told = {fault.place for fault in found}
    found += (fault for fault in check(tree, words) if fault.place not in told)
    faults += found
    return None if found else measure


def differ(measure: Measure, other: Measure) -> str:
    """Why two outcomes cannot be compared; empty if they can."""
    if measure.scale == other.scale:
        return ""
    return f"a {measure.scale} is compared with a {other.scale}"


# ── Reading a test ───────────────────────────────────────────────────────────────────


KEYS = ("scenario", "parameters", "change", "outcome", "given", "expect", "by", "level")
OF_CHANGE = ("scenario", "variant", "parameters", "outcome")
AGAINST_A_LEVEL = ("above", "below", "within")


def trial_in(node: Node, shelf: Shelf) -> Trial | None:
    """A test as it is written; None, and faults, if something is wrong with it."""
    faults = shelf.faults
    before = len(faults)
    fields = Fields(node, KEYS, faults, "the test")
    expect = _expected(fields)
    by, level = _smallest(fields, expect), _level(fields, expect)
    outcome = child(fields.node, "outcome")
    if outcome is None and isinstance(node, MapNode):
        fields.blame(node.place, "missing key 'outcome'")
    case = _base(fields, shelf)
    base = side_of(outcome, case, faults) if outcome and case else None
    changed = _changed(fields, case, outcome, shelf) if case and outcome else None
    given = _given(fields, case, faults) if case else None
    if base and changed and (why := differ(base.measure, changed.measure)):
        fields.blame(fields.place("change"), why, "outcomes of one scale")
    if len(faults) > before or base is None or expect is None:
        return None
    return Trial(base, changed, expect, by, level, given)


def _expected(fields: Fields) -> Expected | None:
    """Which way the outcome should go, or where it should lie; None if that is not said."""
    name = fields.choice("expect", EXPECTED, "expectation")
    expect = next((one for one in EXPECTED if one == name), None)
    if expect in AGAINST_A_LEVEL and fields.has("change"):
        wanted = "higher, lower or same where something is changed"
        fields.blame(fields.place("expect"), f"expect is {expect!r}", wanted)
    elif expect and expect not in AGAINST_A_LEVEL and not fields.has("change"):
        problem = f"expect is {expect!r}, but nothing is changed"
        fields.blame(fields.place("expect"), problem, "a change, or above, below or within a level")
    return expect


def _smallest(fields: Fields, expect: Expected | None) -> float:
    """The smallest effect that matters."""
    by = fields.number("by") if fields.has("by") else 0.0
    if by < 0 or (expect == "same" and by == 0):
        wanted = "a number above 0" if expect == "same" else "a number of at least 0"
        fields.blame(fields.place("by"), f"by is {number(by)}", wanted)
    return by


def _level(fields: Fields, expect: Expected | None) -> tuple[float, float] | None:
    """What the outcome is held against: the two ends of a range, which may be one."""
    node = child(fields.node, "level")
    if expect not in AGAINST_A_LEVEL:
        if node and expect:
            fields.blame(node.place, f"a level beside expect: {expect}", "by, or no level")
        return None
    ends = [number_of(one) for one in (items_of(node) or (node,))]
    found = [end for end in ends if end is not None]
    if len(found) != len(ends) or len(ends) != (2 if expect == "within" else 1):
        told = f"level is {describe(node)}" if node else "missing key 'level'"
        wanted = "two numbers, the lower first" if expect == "within" else "a number"
        fields.blame(fields.place("level"), told, wanted)
        return None
    if found[0] > found[-1]:
        fields.blame(fields.place("level"), "the range is upside down", "the lower number first")
    return found[0], found[-1]


def _base(fields: Fields, shelf: Shelf) -> Case | None:
    """The case without the change."""
    node = child(fields.node, "scenario")
    name = text_of(node) or ("" if node else shelf.usual)
    if not name:
        fields.text("scenario")
        return None
    found = shelf.take(node or fields.node, name)
    if found is None:
        return None
    scenario, called = found
    _refuse_idle(fields, scenario)
    return Case(called, scenario, parameters_of(fields))


def _changed(fields: Fields, base: Case, outcome: Node, shelf: Shelf) -> Side | None:
    """The outcome with the change; None if nothing is changed."""
    change = fields.inside("change", OF_CHANGE)
    if change is None:
        return None
    if not entries_of(change.node):
        change.blame(change.node.place, "nothing is changed", one_of(OF_CHANGE))
    case = _other(change, base, shelf)
    if case is None:
        return None
    case = replace(case, parameters=merge(base.parameters, parameters_of(change)))
    _refuse_idle(change, case.scenario)
    return side_of(child(change.node, "outcome") or outcome, case, shelf.faults)


def _given(fields: Fields, case: Case, faults: list[Fault]) -> Side | None:
    """What must have come about in a world that is looked at; None if nothing must."""
    node = child(fields.node, "given")
    if node is None:
        return None
    if fields.has("change"):
        fields.blame(node.place, "given beside a change", "given where nothing is changed")
    side = side_of(node, case, faults)
    if side and side.measure.scale != "share":
        fields.blame(node.place, f"given is a {side.measure.scale}", "an outcome that is a share")
    return side


def _other(change: Fields, base: Case, shelf: Shelf) -> Case | None:
    """The case of another scenario, or of a variant of this one, or the same."""
    if change.has("scenario") and change.has("variant"):
        change.blame(change.place("variant"), "a variant beside a scenario", "the one or the other")
    key = "variant" if change.has("variant") else "scenario"
    if not change.has(key):
        return base
    name = change.text(key)
    reference = f"{base.called.partition('#')[0]}#{name}" if key == "variant" else name
    found = shelf.take(child(change.node, key) or change.node, reference) if name else None
    return Case(found[1], found[0], {}) if found else None


def _refuse_idle(fields: Fields, scenario: Scenario) -> None:
    """Parameters of actors who take no part: such a test could not but fail."""
    bearing, known = bearing_on(scenario), vocabulary().parameters
    for address, entry in fields.entries("parameters").items():
        if address in known and address not in bearing:
            problem = f"{quoted(address)} does not bear on this scenario"
            fields.blame(entry.key_place, problem, "an address of an actor who takes part")
