"""Reads a test of a claim: which worlds, what is changed, which outcome, and what is expected."""

import json
from typing import Annotated, Any, Self

from pydantic import Field, ValidationError, model_validator

from realpolitik.sim.claims.claim import ClaimCase, ClaimOutcome, ClaimTest, Expected, words_of
from realpolitik.sim.engine.measures import Measure
from realpolitik.sim.engine.parameters import merge
from realpolitik.sim.experiments.scenario_cache import ScenarioCache, in_range
from realpolitik.sim.experiments.vary_request import bearing_on
from realpolitik.sim.scenario.checks import check
from realpolitik.sim.scenario.errors import Fault, number, one_of, quoted, unknown
from realpolitik.sim.scenario.forms import (
    Form,
    MisfitError,
    Number,
    Parameters,
    Said,
    Text,
    choice,
    read_form,
)
from realpolitik.sim.scenario.messages import faults_of
from realpolitik.sim.scenario.nodes import (
    MapEntry,
    MapNode,
    Node,
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

# ── Its outcome ──────────────────────────────────────────────────────────────────────


HERE = "outcome"
NEEDED = {"title", "question", "start", "actors", "deals"}


def side_of(node: Node, case: ClaimCase, faults: list[Fault]) -> ClaimOutcome | None:
    """The outcome of that case; None, and faults, if there is none."""
    scenario = case.scenario
    if isinstance(node, MapNode):
        measure = _written(node, scenario, faults)
        return ClaimOutcome(case, measure, measure.label or _called(measure)) if measure else None
    name = text_of(node)
    if not name:
        wanted = "the name of an outcome, or a measure with its keys"
        faults.append(Fault(node.place, f"the outcome is {describe(node)}", wanted))
    elif name in scenario.outcomes:
        return ClaimOutcome(case, scenario.outcomes[name], name)
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
    outcomes = MapNode(node.place, {HERE: MapEntry(node.place, node)})
    written = MapNode(node.place, {**around.entries, "outcomes": MapEntry(node.place, outcomes)})
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


AGAINST_A_LEVEL = ("above", "below", "within")


class ChangeForm(Form):
    """What is changed: something, and not two scenarios."""

    scenario: Said[Text] = None
    variant: Said[Text] = None
    parameters: Parameters = Field(default={})
    outcome: Any = None

    @model_validator(mode="after")
    def _is_one_change(self) -> Self:
        if not self.model_fields_set:
            raise MisfitError("nothing is changed", one_of(ChangeForm.model_fields))
        if self.scenario and self.variant:
            problem = "a variant beside a scenario"
            raise MisfitError(problem, "the one or the other", at=("variant",))
        return self


class TestForm(Form):
    """A test."""

    __test__ = False  # for pytest, which takes it for one of ours
    needed = ("outcome", "expect")

    scenario: Said[Text] = None
    parameters: Parameters = Field(default={})
    change: Said[ChangeForm] = None
    outcome: Any = None
    given: Any = None
    expect: Said[Annotated[Expected, choice("expectation", Expected)]] = None
    by: Said[Number] = None
    level: Any = None


def trial_in(node: Node, cache: ScenarioCache, usual: str) -> ClaimTest | None:
    """A test as it is written; None, and faults, if something is wrong with it.

    `usual` is the scenario of tests that name none.
    """
    faults = cache.faults
    before = len(faults)
    form = read_form(node, TestForm, faults, "the test")
    _check_expected(form)
    level, case = _level(form), _base(form, cache, usual)
    outcome, given = form.node("outcome"), form.node("given")
    base = side_of(outcome, case, faults) if outcome and case else None
    changed = _changed(form, case, outcome, cache) if case and outcome else None
    condition = _given(form, given, case) if case and given else None
    if base and changed and (why := differ(base.measure, changed.measure)):
        form.blame(why, "outcomes of one scale", at=("change",))
    if len(faults) > before or base is None or form.expect is None:
        return None
    return ClaimTest(base, changed, form.expect, form.by or 0.0, level, condition)


def _check_expected(form: TestForm) -> None:
    """Which way the outcome should go where something is changed; else where it should lie."""
    expect, is_changed, by = form.expect, form.node("change") is not None, form.by or 0.0
    if expect in AGAINST_A_LEVEL and is_changed:
        wanted = "higher, lower or same where something is changed"
        form.blame(f"expect is {expect!r}", wanted, at=("expect",))
    elif expect and expect not in AGAINST_A_LEVEL and not is_changed:
        problem = f"expect is {expect!r}, but nothing is changed"
        form.blame(problem, "a change, or above, below or within a level", at=("expect",))
    if by < 0 or (expect == "same" and by == 0):
        wanted = "a number above 0" if expect == "same" else "a number of at least 0"
        form.blame(f"by is {number(by)}", wanted, at=("by",))


def _level(form: TestForm) -> tuple[float, float] | None:
    """What the outcome is held against: the two ends of a range, which may be one."""
    node, expect = form.node("level"), form.expect
    if expect not in AGAINST_A_LEVEL:
        if node and expect:
            form.blame(f"a level beside expect: {expect}", "by, or no level", at=("level",))
        return None
    ends = [number_of(one) for one in (items_of(node) or (node,))]
    found = [end for end in ends if end is not None]
    if len(found) != len(ends) or len(ends) != (2 if expect == "within" else 1):
        told = f"level is {describe(node)}" if node else "missing key 'level'"
        wanted = "two numbers, the lower first" if expect == "within" else "a number"
        form.blame(told, wanted, at=("level",))
        return None
    if found[0] > found[-1]:
        form.blame("the range is upside down", "the lower number first", at=("level",))
    return found[0], found[-1]


def _base(form: TestForm, cache: ScenarioCache, usual: str) -> ClaimCase | None:
    """The case without the change."""
    if not usual and form.node("scenario") is None:
        form.blame("missing key 'scenario'")
    name = form.scenario if form.node("scenario") else usual
    found = cache.take(name, form.place("scenario"))
    if found is None:
        return None
    _refuse_idle(form, found[0])
    return ClaimCase(found[1], found[0], in_range(form, form.parameters, found[0]))


def _changed(
    form: TestForm, base: ClaimCase, outcome: Node, cache: ScenarioCache
) -> ClaimOutcome | None:
    """The outcome with the change; None if nothing is changed."""
    change = form.change
    if change is None:
        return None
    name, key = change.scenario, "scenario"
    if change.variant:
        name, key = f"{base.called.partition('#')[0]}#{change.variant}", "variant"
    found = cache.take(name, change.place(key)) if name else (base.scenario, base.called)
    if found is None:
        return None
    parameters = merge(base.parameters, in_range(change, change.parameters, found[0]))
    _refuse_idle(change, found[0])
    case = ClaimCase(found[1], found[0], parameters)
    return side_of(change.node("outcome") or outcome, case, cache.faults)


def _given(form: TestForm, node: Node, case: ClaimCase) -> ClaimOutcome | None:
    """What must have come about in a world that is looked at."""
    if form.node("change"):
        form.blame("given beside a change", "given where nothing is changed", at=("given",))
    side = side_of(node, case, form.faults)
    if side and side.measure.scale != "share":
        problem = f"given is a {side.measure.scale}"
        form.blame(problem, "an outcome that is a share", at=("given",))
    return side


def _refuse_idle(form: TestForm | ChangeForm, scenario: Scenario) -> None:
    """Parameters of actors who take no part: such a test could not but fail."""
    bearing, known = bearing_on(scenario), vocabulary().parameters
    for address, entry in entries_of(form.node("parameters")).items():
        if address in known and address not in bearing:
            problem = f"{quoted(address)} does not bear on this scenario"
            wanted = "an address of an actor who takes part"
            form.faults.append(Fault(entry.key_place, problem, wanted))
