"""Parameters from a file: a mapping of addresses in YAML or JSON, or a header and a row in CSV."""

from pathlib import PurePath

from realpolitik.sim.engine.names import address_of
from realpolitik.sim.files.reading import MOST_TEXT, read_file
from realpolitik.sim.scenario.errors import Fault, Place, ScenarioError
from realpolitik.sim.scenario.labels import is_like_one, meant_by
from realpolitik.sim.scenario.nodes import Entry, MapNode, ScalarNode, describe, number_of
from realpolitik.sim.scenario.reader import read_tree
from realpolitik.sim.scenario.sheets import decoded, number_in, read_sheet
from realpolitik.sim.scenario.values import faults_of_parameters
from realpolitik.sim.scenario.vocabulary import vocabulary

SHEETS = (".csv", ".tsv", ".tab", ".txt")
SHAPE = "addresses with numbers, a line each, such as `RUS.israel_ties: 0.3`"


def read_parameters(path: str) -> MapNode:
    """What a file says of addresses, each with its place.

    Raises:
        ScenarioError: it cannot be read, or is neither a mapping nor a table of one row.
    """
    try:
        content = read_file(path, MOST_TEXT)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "this is no path"
        raise ScenarioError([Fault(Place(path), f"cannot be read: {reason}", SHAPE)]) from None
    if PurePath(path).suffix.lower() in SHEETS:
        return _row(content, path)
    text = decoded(content, path)
    is_json = text.lstrip().startswith("{")
    tree, faults = read_tree(text.replace("\t", " ") if is_json else text, path)
    if not isinstance(tree, MapNode):
        faults.append(Fault(tree.place, f"the file holds {describe(tree)}", SHAPE))
    if faults or not isinstance(tree, MapNode):
        raise ScenarioError(faults)
    return tree


def read_settings(path: str) -> dict[str, float]:
    """Address → value of a file that gives values to parameters.

    Raises:
        ScenarioError: it cannot be read, or a line of it is wrong; it holds all faults.
    """
    faults: list[Fault] = []
    given: dict[str, tuple[float, Place, Place]] = {}
    for address, entry in read_parameters(path).entries.items():
        value = number_of(entry.node)
        if value is None:
            faults.append(Fault(entry.node.place, f"{address} is {describe(entry.node)}", SHAPE))
        else:
            given[address_of(address)] = (float(value), entry.key_place, entry.node.place)
    faults += faults_of_parameters(given, vocabulary())
    if faults:
        raise ScenarioError(faults)
    return {address: value for address, (value, *_) in given.items()}


def _row(content: bytes, path: str) -> MapNode:
    """The one row of a table; columns that are no addresses are left out."""
    sheet = read_sheet(content, path, lambda label: bool(meant_by(label)), is_like_one)
    rows = list(sheet.rows())
    if len(rows) != 1:
        place, found = sheet.place(sheet.head, 0), f"{len(rows):,} rows below the header"
        wanted = "one; `sweep --points` runs as many as there are"
        raise ScenarioError([Fault(place, found, wanted)])
    ((line, cells),) = rows
    entries: dict[str, Entry] = {}
    faults: list[Fault] = []
    for cell, label in enumerate(sheet.header):
        address = meant_by(label) or (label if is_like_one(label) else "")
        key_place, place = sheet.place(sheet.head, cell), sheet.place(line, cell)
        if address in entries:
            faults.append(Fault(key_place, f"a second column of {address}"))
        elif address:
            try:
                value = number_in(cells[cell] if cell < len(cells) else "")
            except ValueError as error:
                faults.append(Fault(place, f"{address} {error}", "a number"))
            else:
                entries[address] = Entry(key_place, ScalarNode(place, value))
    if faults:
        raise ScenarioError(faults)
    return MapNode(sheet.place(sheet.head, 0), entries)
