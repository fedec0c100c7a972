"""Reads files of claims. All faults of a file are told of at once, each with line and column."""

import re
from collections.abc import Mapping
from dataclasses import replace
from fnmatch import fnmatchcase
from importlib.resources import files

from realpolitik.sim.claims.claim import KINDS, STATUSES, Claim, Claims, Trial
from realpolitik.sim.claims.claim_tests import Shelf, trial_in
from realpolitik.sim.engine.parameters import merge
from realpolitik.sim.experiments.fields import Fields
from realpolitik.sim.scenario.checks import NAME
from realpolitik.sim.scenario.errors import Fault, Place, ScenarioError, quoted, unknown
from realpolitik.sim.scenario.finding import Source, content_of, shipped_scenarios
from realpolitik.sim.scenario.nodes import (
    ListNode,
    MapNode,
    Node,
    ScalarNode,
    child,
    describe,
    entries_of,
    items_of,
    text_of,
)
from realpolitik.sim.scenario.reader import read_tree
from realpolitik.sim.scenario.vocabulary import vocabulary

# ── Control actor ────────────────────────────────────────────────────────────────────


def yardstick_in(tree: Node, shelf: Shelf) -> Mapping[str, float]:
    """What the scenario under `without_motives` sets; empty if there is none, with faults."""
    node = child(tree, "without_motives")
    found = shelf.take(node, text_of(node) or "") if node else None
    return found[0].settings if found else {}


def held_against(trial: Trial, actor: str, yardstick: Mapping[str, float]) -> Trial:
    """The trial with the same beside it for an actor without motives.

    As it is if it is not held against a level, or if the yardstick is of another actor.
    """
    bare = {address: at for address, at in yardstick.items() if address.startswith(f"{actor}.")}
    if trial.level is None or not bare:
        return trial
    case = replace(trial.base.case, parameters=merge(trial.base.case.parameters, bare))
    given = replace(trial.given, case=case) if trial.given else None
    return replace(trial, without=replace(trial, base=replace(trial.base, case=case), given=given))


# ── What stands for a claim in the model ─────────────────────────────────────────────


def encoded_in(fields: Fields, shelf: Shelf) -> tuple[str, ...]:
    """What stands for a claim in the model; each name must exist.

    An address, an action, a scenario (`us_conduct/wedge#pressure_alone`), or a shock or deal of
    one (`haniyeh_2024:us_posture`).
    """
    words = vocabulary()
    known = {*words.parameters, *words.actions}
    names = []
    for node in items_of(child(fields.node, "encoded")):
        name = text_of(node)
        if not name:
            fields.blame(node.place, f"an entry of encoded is {describe(node)}", "a name")
        elif name in known or _is_in_scenario(node, name, shelf, known):
            names.append(name)
    return tuple(names)


def _is_in_scenario(node: Node, name: str, shelf: Shelf, known: set[str]) -> bool:
    """Whether it is a scenario, or something that happens in one; faults if it is not."""
    reference, colon, inside = name.partition(":")
    shipped = shipped_scenarios()
    if not colon and "/" not in name and name.partition("#")[0] not in shipped:
        shelf.faults.append(unknown(node.place, "encoding", name, {*known, *shipped}))
        return False
    found = shelf.take(node, reference)
    if not found or not colon:
        return found is not None
    scenario, _ = found
    ids = [*(shock.id for shock in scenario.shocks), *(deal.id for deal in scenario.deals)]
    if inside not in ids:
        shelf.faults.append(unknown(node.place, f"shock or deal of {reference}:", inside, ids))
    return inside in ids


# ── One claim ────────────────────────────────────────────────────────────────────────


CLAIM_KEYS = (
    *("id", "paragraph", "actor", "kind", "status", "claim", "encoded"),
    *("test", "untestable", "note", "inferred", "by_construction"),
)
PARAGRAPHS = re.compile(r"P(\d+)(?:-P(\d+))?")


def claim_in(node: Node, shelf: Shelf, most: int) -> Claim | None:
    """A claim as it is written; None, and faults, if something is wrong with it."""
    before = len(shelf.faults)
    fields = Fields(node, CLAIM_KEYS, shelf.faults, "the claim")
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


# ── A file of claims ─────────────────────────────────────────────────────────────────


SHIPPED = ("realpolitik.agents", "claims.yaml")
KEYS = (
    *("schema_version", "about", "scenario", "without_motives", "paragraphs"),
    *("claims", "assumed"),
)


def load_claims() -> Claims:
    """The claims that are shipped.

    Raises:
        ScenarioError: something in their file is wrong; it holds all faults.
    """
    package, name = SHIPPED
    file = files(package).joinpath(name)
    source = Source(str(file), file)
    return read_claims(content_of(source), source)


def read_claims(text: str | bytes, source: Source) -> Claims:
    """The claims in the text of a file.

    Raises:
        ScenarioError: something is wrong; it holds all faults.
    """
    tree, faults = read_tree(text, source.where)
    fields = Fields(tree, KEYS, faults, "the file")
    if fields.whole("schema_version", 1, 1) != 1:
        fields.blame(fields.place("schema_version"), "an unknown version of the language", "1")
    shelf = Shelf(source, text_of(child(fields.node, "scenario")) or "", faults)
    shelf.yardstick = yardstick_in(fields.node, shelf)
    most = fields.whole("paragraphs", 99, 1)
    listed = child(fields.node, "claims")
    if not items_of(listed) and isinstance(tree, MapNode):
        told = f"claims is {describe(listed)}" if listed else "missing key 'claims'"
        fields.blame(fields.place("claims"), told, "a list of claims")
    claims = [claim_in(node, shelf, most) for node in items_of(listed)]
    _refuse_twice(items_of(listed), faults)
    assumed = _assumed(fields)
    if faults:
        raise ScenarioError(_once(faults))
    about = text_of(child(fields.node, "about")) or ""
    found = tuple(claim for claim in claims if claim)
    return Claims(about.strip(), found, assumed, shelf.usual)


def _once(faults: list[Fault]) -> list[Fault]:
    """One fault a place, the first; a mapping may lack several keys."""
    kept: dict[tuple[Place, str], Fault] = {}
    for fault in faults:
        lacking = fault.problem if fault.problem.startswith("missing") else ""
        kept.setdefault((fault.place, lacking), fault)
    return list(kept.values())


def _refuse_twice(nodes: tuple[Node, ...], faults: list[Fault]) -> None:
    seen: dict[str, Place] = {}
    for node in nodes:
        at = child(node, "id")
        name = text_of(at)
        if at and name and name in seen:
            problem = f"a second claim {quoted(name)} (first in line {seen[name].line})"
            faults.append(Fault(at.place, problem))
        elif at and name:
            seen[name] = at.place


def _assumed(fields: Fields) -> dict[str, str]:
    """Incentive, or glob over incentives → why it is there although the article is silent."""
    known = [p.address for cls in vocabulary().actors.values() for p in cls.parameters()]
    found = {}
    for glob, entry in entries_of(child(fields.node, "assumed")).items():
        if not any(fnmatchcase(address, glob) for address in known):
            fields.faults.append(unknown(entry.key_place, "incentive", glob, known))
        why = text_of(entry.node)
        if not why:
            wanted = "why it is assumed, in a sentence"
            fields.blame(entry.node.place, f"{glob} is {describe(entry.node)}", wanted)
        found[glob] = why or ""
    return found
