"""The outcome of a trial: the name of one that the scenario has, or a measure written out."""

import json

from pydantic import ValidationError

from realpolitik.sim.engine.measures import Measure
from realpolitik.sim.scenario.checks import check
from realpolitik.sim.scenario.errors import Fault, quoted, unknown
from realpolitik.sim.scenario.messages import faults_of
from realpolitik.sim.scenario.nodes import Entry, MapNode, Node, describe, plain, text_of
from realpolitik.sim.scenario.reader import read_tree
from realpolitik.sim.scenario.repairing import repaired
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.vocabulary import vocabulary
from realpolitik.sim.study.claims.claim import Case, Side, words_of

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
