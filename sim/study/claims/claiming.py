"""Reads one claim."""

import re

from realpolitik.sim.scenario.checks import NAME
from realpolitik.sim.scenario.errors import quoted
from realpolitik.sim.scenario.nodes import (
    ListNode,
    MapNode,
    Node,
    ScalarNode,
    child,
    describe,
    items_of,
)
from realpolitik.sim.scenario.vocabulary import vocabulary
from realpolitik.sim.study.claims.claim import KINDS, STATUSES, Claim, Trial
from realpolitik.sim.study.claims.encodings import encoded_in
from realpolitik.sim.study.claims.shelf import Shelf
from realpolitik.sim.study.claims.trials import trial_in
from realpolitik.sim.study.claims.yardstick import held_against
from realpolitik.sim.study.plans.fields import Fields

KEYS = (
    *("id", "paragraph", "actor", "kind", "status", "claim", "encoded"),
    *("test", "untestable", "note", "inferred", "by_construction"),
)
PARAGRAPHS = re.compile(r"P(\d+)(?:-P(\d+))?")


def claim_in(node: Node, shelf: Shelf, most: int) -> Claim | None:
    """A claim as it is written; None, and faults, if something is wrong with it."""
    before = len(shelf.faults)
    fields = Fields(node, KEYS, shelf.faults, "the claim")
    name = fields.text("id")
    if name and not NAME.fullmatch(name):
        fields.blame(fields.place("id"), f"the id {quoted(name)}", "letters, digits, '_' and '-'")
    actor = fields.choice("actor", vocabulary().actors, "actor")
    claim = Claim(
        id=name,
        paragraph=_paragraph(fields, most),
        actor=actor,
        kind=fields.choice("kind", KINDS, "kind of claim"),
        status=fields.choice("status", STATUSES, "status"),
        claim=fields.text("claim"),
        encoded=encoded_in(fields, shelf),
        trials=tuple(held_against(one, actor, shelf.yardstick) for one in _trials(fields, shelf)),
        untestable=fields.text("untestable") if fields.has("untestable") else "",
        note=fields.text("note") if fields.has("note") else "",
        inferred=_flag(fields, "inferred"),
        by_construction=_flag(fields, "by_construction"),
    )
    _refuse_halves(fields)
    return None if len(shelf.faults) > before else claim


def _paragraph(fields: Fields, most: int) -> str:
    text = fields.text("paragraph")
    numbers = paragraphs_of(text)
    if text and not (numbers and min(numbers) >= 1 and max(numbers) <= most):
        wanted = f"P1 to P{most}, such as P7, P7-P9, or P13, P15"
        fields.blame(fields.place("paragraph"), f"the paragraph {quoted(text)}", wanted)
    return text


def _flag(fields: Fields, key: str) -> bool:
    """Whether it is said to be so; what is not so is left out."""
    node = child(fields.node, key)
    if node and not (isinstance(node, ScalarNode) and node.value is True):
        fields.blame(node.place, f"{key} is {describe(node)}", "true, or to be left out")
    return node is not None


def _trials(fields: Fields, shelf: Shelf) -> tuple[Trial, ...]:
    """The test or tests; a single one needs no list."""
    node = child(fields.node, "test")
    if node is None:
        return ()
    if isinstance(node, ListNode) and not node.items:
        fields.blame(node.place, "test is an empty list", "a test, or why there is none")
    found = [trial_in(one, shelf) for one in (items_of(node) or (node,))]
    return tuple(trial for trial in found if trial)


def _refuse_halves(fields: Fields) -> None:
    """Claims with neither a test nor a reason for having none, with both, or encoded nowhere."""
    if not isinstance(fields.node, MapNode):
        return
    if fields.has("test") == fields.has("untestable"):
        both = "both a test and a reason for having none" if fields.has("test") else "no test"
        wanted = "either `test`, or `untestable` with the reason"
        fields.blame(fields.node.place, f"the claim has {both}", wanted)
    node = child(fields.node, "encoded")
    if node is None:
        fields.blame(fields.node.place, "missing key 'encoded'")
    elif not isinstance(node, ListNode):
        fields.blame(node.place, f"encoded is {describe(node)}", "a list of names")
    elif not node.items and fields.has("test"):
        wanted = "what stands for the claim in the model"
        fields.blame(node.place, "a claim that is tested is encoded nowhere", wanted)


def paragraphs_of(text: str) -> tuple[int, ...]:
    """The numbers that `P7`, `P7-P9` or `P13, P15` stands for; none if it is something else."""
    numbers: list[int] = []
    for one in text.split(", "):
        found = PARAGRAPHS.fullmatch(one)
        if not found:
            return ()
        first, last = int(found[1]), int(found[2] or found[1])
        if first > last:
            return ()
        numbers += range(first, last + 1)
    return tuple(numbers)
