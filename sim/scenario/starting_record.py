"""The record that a scenario starts from: `initial: {from_events: FILE, until: DATE}`.

The two keys are taken out of `initial` before it is read; what they mean is found out by a replay.
"""

import datetime
from collections.abc import Mapping

from realpolitik.sim.scenario.checks import day_of, no_day
from realpolitik.sim.scenario.composing import without
from realpolitik.sim.scenario.errors import Fault
from realpolitik.sim.scenario.finding import SourceFile, refer_to_file
from realpolitik.sim.scenario.nodes import MapEntry, MapNode, Node, describe, entries_of, text_of
from realpolitik.sim.scenario.schema import StartingRecord
from realpolitik.sim.scenario.values import OF_A_RECORD

FILE, UNTIL = OF_A_RECORD

Said = Mapping[str, MapEntry]
"""What `initial` says under the two keys, as far as it does."""


def part_record(tree: Node) -> tuple[Node, Said]:
    """The scenario with nothing but numbers under `initial`, and what else stands there."""
    initial = entries_of(tree).get("initial")
    if not (isinstance(tree, MapNode) and initial and isinstance(initial.node, MapNode)):
        return tree, {}
    said = {key: one for key, one in initial.node.entries.items() if key in OF_A_RECORD}
    numbers = MapEntry(initial.key_place, without(initial.node, OF_A_RECORD))
    return MapNode(tree.place, {**tree.entries, "initial": numbers}), said


def record_named(
    said: Said, sources: Mapping[str, SourceFile]
) -> tuple[StartingRecord | None, list[Fault]]:
    """The record, if one is named and there, and what is wrong.

    Args:
        said: What `part_record` found.
        sources: Where each of the files lies that the scenario is put together from.
    """
    file, until = said.get(FILE), said.get(UNTIL)
    if file is None:
        wanted = f"`{FILE}:` beside it, with the file of a record"
        return None, [Fault(until.key_place, f"{UNTIL} without {FILE}", wanted)] if until else []
    found, day = _file(file.node, sources), _day(until.node) if until else None
    if isinstance(found, Fault) or isinstance(day, Fault):
        return None, [one for one in (found, day) if isinstance(one, Fault)]
    place = file.node.place
    until_place = until.node.place if until else place
    return StartingRecord(found.where, day, place, until_place), []


def _file(node: Node, sources: Mapping[str, SourceFile]) -> SourceFile | Fault:
    reference = text_of(node)
    if not reference:
        wanted = "the path of a file of acts, or of events, relative to this one"
        return Fault(node.place, f"{FILE} is {describe(node)}", wanted)
    source = sources.get(node.place.path, SourceFile(node.place.path))
    return refer_to_file(source, reference, node.place)


def _day(node: Node) -> datetime.date | Fault:
    text = text_of(node)
    if text is None:
        return Fault(node.place, f"{UNTIL} is {describe(node)}", "a date such as 2024-08-05")
    return day_of(text) or no_day(text, node.place)
