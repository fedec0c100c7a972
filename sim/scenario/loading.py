"""Loads a scenario: from a file, from a text, or by the name of one that is shipped."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from pydantic import ValidationError

from realpolitik.sim.scenario.arguments import reference_given
from realpolitik.sim.scenario.checks import check, words_of
from realpolitik.sim.scenario.composing import (
    MOST_NODES,
    Whole,
    apply_variant,
    count,
    faults_of_variants,
    read_whole,
    variants_of,
    without_variants,
)
from realpolitik.sim.scenario.errors import MOST_FAULTS, Fault, Place, ScenarioError, unknown
from realpolitik.sim.scenario.finding import (
    SourceFile,
    content_of,
    find,
    refer,
    refuse_other_kinds,
    shipped_scenarios,
    source_of_text,
    split_variant,
)
from realpolitik.sim.scenario.messages import faults_of
from realpolitik.sim.scenario.nodes import MapNode, Node, child, items_of, plain, text_of
from realpolitik.sim.scenario.reader import read_tree
from realpolitik.sim.scenario.repairing import repaired
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.starting_record import part_record, record_named

# ── Files that compare ───────────────────────────────────────────────────────────────


def comparisons_exist(tree: Node, sources: Mapping[str, SourceFile]) -> Iterator[Fault]:
    """Scenarios and variants that `than` names and that are not there; none is loaded.

    `sources` says where each of the files lies that the tree is put together from. Each reference
    is looked for once, and after a hundred of them no more.
    """
    told: dict[tuple[str, str], Fault | None] = {}
    nodes = [child(one, "than") for one in items_of(child(tree, "expects"))]
    for node in nodes:
        reference = text_of(node)
        if node is None or not reference:
            continue
        source = sources.get(node.place.path, SourceFile(node.place.path))
        key = (source.where, reference)
        if key not in told:
            told[key] = _missing(source, reference, node.place)
        fault = told[key]
        if fault:
            yield replace(fault, place=node.place)
        if len(told) > MOST_FAULTS:
            return


def _missing(source: SourceFile, reference: str, place: Place) -> Fault | None:
    """Why there is no such scenario; None if there is."""
    name, variant = split_variant(reference)
    found = refer(source, name, place)
    if isinstance(found, Fault) or not variant:
        return found if isinstance(found, Fault) else None
    known = _variants_in(found)
    if variant in known:
        return None
    return unknown(place, f"variant of {name}:", variant, known)


def _variants_in(source: SourceFile) -> list[str]:
    """The names of the variants in a file; none if it cannot be read."""
    try:
        tree, _ = read_tree(content_of(source), source.where)
    except ScenarioError:
        return []
    return list(variants_of(tree))


# ── Loading ──────────────────────────────────────────────────────────────────────────


__all__ = ["load_scenario", "read_scenario", "shipped_scenarios"]


def load_scenario(path_or_name: str | Path | Scenario) -> Scenario:
    """The scenario in a file, or the shipped one of that name (`haniyeh_2024`).

    `haniyeh_2024#no_aid` and `FILE#no_aid` are the variant `no_aid` of it. A scenario that is
    loaded already is given back.

    Raises:
        ScenarioError: there is none, or something in it is wrong; it holds all faults.
        TypeError: it is neither a name nor a path.
    """
    if isinstance(path_or_name, Scenario):
        return path_or_name
    source, variant = find(reference_given(path_or_name))
    refuse_other_kinds(source, "scenario", "episode")
    whole = read_whole(content_of(source), source)
    return _variant(whole, source, variant) if variant else _plain(whole, source)


def read_scenario(text: str | bytes, where: str) -> Scenario:
    """The scenario in a text; `where` is the name of its file, used in faults and for its name.

    What it extends by a path is looked for only if there is a file `where`.

    Raises:
        ScenarioError: something is wrong; it holds all faults.
    """
    source = source_of_text(where)
    return _plain(read_whole(text, source), source)


def _plain(whole: Whole, source: SourceFile) -> Scenario:
    """The scenario itself; its variants are checked beside it."""
    tree, faults = without_variants(whole.tree), list(whole.faults)
    scenario, more = _checked(tree, whole)
    faults = _joined(faults, [*more, *faults_of_variants(whole.tree)])
    faults = _joined(faults, _faults_in_variants(tree, whole), same_place=False)
    if scenario is None or faults:
        raise ScenarioError(faults)
    return scenario.model_copy(
        update={"name": source.stem, "variants": tuple(variants_of(whole.tree))}
    )


def _faults_in_variants(tree: Node, whole: Whole) -> list[Fault]:
    """The faults of the scenario under each of its variants."""
    faults: list[Fault] = []
    nodes = 0
    for name, changes in variants_of(whole.tree).items():
        if not isinstance(tree, MapNode):
            break
        merged, more = apply_variant(tree, name, changes)
        nodes += count(merged)
        if nodes > MOST_NODES:
            problem = "too many values once variants are written out"
            return [*faults, Fault(changes.place, problem, f"at most {MOST_NODES:,}")]
        faults += [*more, *_checked(merged, whole)[1]]
    return faults


def _variant(whole: Whole, source: SourceFile, name: str) -> Scenario:
    """One of the variants."""
    known = variants_of(whole.tree)
    tree = without_variants(whole.tree)
    if name not in known or not isinstance(tree, MapNode):
        variants = child(whole.tree, "variants")
        place = variants.place if variants else Place(source.where)
        fault = unknown(place, "variant", name, list(known))
        expected = fault.expected or "no variant, as the file has none"
        raise ScenarioError([replace(fault, expected=expected)])
    merged, more = apply_variant(tree, name, known[name])
    scenario, others = _checked(merged, whole)
    refused = faults_of_variants(whole.tree)
    faults = _joined(list(whole.faults), [*more, *others, *refused])
    if scenario is None or faults:
        raise ScenarioError(faults)
    return scenario.model_copy(update={"name": f"{source.stem}-{name}"})


def _checked(tree: Node, whole: Whole) -> tuple[Scenario | None, list[Fault]]:
    """The scenario, if the types are right; and all faults of types, names and ranges."""
    tree, said = part_record(tree)
    record, faults = record_named(said, whole.sources)
    tree, more = repaired(tree, words_of(tree))
    faults += more
    words, scenario = words_of(tree), None
    try:
        scenario = words.scenario_type.model_validate_json(json.dumps(plain(tree)), strict=True)
    except ValidationError as error:
        faults += faults_of(error, tree, words)
    told = {fault.place for fault in faults if not _is_missing(fault)}
    beyond = [*check(tree, words), *comparisons_exist(tree, whole.sources)]
    if scenario is not None:
        scenario = scenario.model_copy(update={"starts_from": record})
    return None if faults else scenario, faults + [
        fault for fault in beyond if fault.place not in told
    ]


def _joined(faults: list[Fault], more: Iterable[Fault], *, same_place: bool = True) -> list[Fault]:
    """The faults, and of the others those that say something new.

    With `same_place`, a place that something is wrong with is told of once.
    """
    places = {fault.place for fault in faults} if same_place else set()
    said = {(fault.place, fault.problem) for fault in faults}
    joined = list(faults)
    for fault in more:
        if (fault.place, fault.problem) not in said and (
            fault.place not in places or _is_missing(fault)
        ):
            said.add((fault.place, fault.problem))
            joined.append(fault)
    return joined


def _is_missing(fault: Fault) -> bool:
    """Whether it stands at the mapping that lacks something, not at the thing that is wrong."""
    return fault.problem.startswith("missing")
