"""Reads files of claims. All faults of a file are told of at once, each with line and column."""

from fnmatch import fnmatchcase
from importlib.resources import files

from realpolitik.sim.scenario.errors import Fault, Place, ScenarioError, quoted, unknown
from realpolitik.sim.scenario.finding import Source, content_of
from realpolitik.sim.scenario.nodes import (
    MapNode,
    Node,
    child,
    describe,
    entries_of,
    items_of,
    text_of,
)
from realpolitik.sim.scenario.reader import read_tree
from realpolitik.sim.scenario.vocabulary import vocabulary
from realpolitik.sim.study.claims.claim import Claims
from realpolitik.sim.study.claims.claiming import claim_in
from realpolitik.sim.study.claims.shelf import Shelf
from realpolitik.sim.study.claims.yardstick import yardstick_in
from realpolitik.sim.study.plans.fields import Fields

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
