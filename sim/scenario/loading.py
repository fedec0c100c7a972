"""Loads a scenario: from a file, from a text, or by the name of one that is shipped."""

import json
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePath

from pydantic import ValidationError

from realpolitik.sim.scenario.checks import check
from realpolitik.sim.scenario.errors import Fault, Place, ScenarioError, quoted
from realpolitik.sim.scenario.nodes import Node, plain
from realpolitik.sim.scenario.reader import MOST_BYTES, read_tree
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.vocabulary import SCENARIOS, vocabulary
from realpolitik.sim.scenario.wording import faults_of

SUFFIXES = (".yaml", ".yml")


def load_scenario(path_or_name: str | Path) -> Scenario:
    """The scenario in a file, or the shipped one of that name (`haniyeh_2024`).

    Raises:
        ScenarioError: there is none, or something in it is wrong; it holds all faults.
    """
    where, found = _find(path_or_name)
    return read_scenario(_bytes_of(found, where), where)


def read_scenario(text: str | bytes, where: str) -> Scenario:
    """The scenario in a text; `where` is the name of its file, used in faults and for its name.

    Raises:
        ScenarioError: something is wrong; it holds all faults.
    """
    tree, faults = read_tree(text, where)
    scenario, more = _checked(tree)
    told = {fault.place for fault in faults}
    faults += [fault for fault in more if fault.place not in told or _is_missing(fault)]
    if scenario is None or faults:
        raise ScenarioError(faults)
    return scenario.model_copy(update={"name": PurePath(where).stem.lstrip(".") or "scenario"})


def shipped_scenarios() -> dict[str, Traversable]:
    """Name → file of every scenario that comes with the package, sorted by name."""
    return dict(sorted(_below(files(SCENARIOS), "")))


def _below(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for child in folder.iterdir():
        if child.is_dir():
            yield from _below(child, f"{prefix}{child.name}/")
        elif child.name.endswith(SUFFIXES):
            yield prefix + PurePath(child.name).stem, child


def _find(path_or_name: str | Path) -> tuple[str, Traversable]:
    """What to call the file, and the file."""
    name = str(path_or_name)
    if isinstance(path_or_name, Path) or name.endswith(SUFFIXES):
        return name, Path(path_or_name)
    shipped = shipped_scenarios()
    if name in shipped:
        return str(shipped[name]), shipped[name]
    if Path(name).exists():
        return name, Path(name)
    problem = "there is no such file, and no shipped scenario of this name"
    expected = f"a file, or one of {', '.join(shipped)}"
    raise ScenarioError([Fault(Place(quoted(name)[1:-1]), problem, expected, name, shipped)])


def _bytes_of(file: Traversable, where: str) -> bytes:
    """The beginning of the file: one byte more than is allowed, at most."""
    try:
        with file.open("rb") as stream:
            return stream.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "this is no path"
        raise ScenarioError([Fault(Place(where), f"cannot be read: {reason}")]) from None


def _checked(tree: Node) -> tuple[Scenario | None, list[Fault]]:
    """The scenario, if the types are right; and all faults of types, names and ranges."""
    words = vocabulary()
    scenario, faults = None, []
    try:
        scenario = words.scenario_type.model_validate_json(json.dumps(plain(tree)), strict=True)
    except ValidationError as error:
        faults = list(faults_of(error, tree, words))
    told = {fault.place for fault in faults if not _is_missing(fault)}
    return scenario, faults + [fault for fault in check(tree, words) if fault.place not in told]


def _is_missing(fault: Fault) -> bool:
    """Whether it stands at the mapping that lacks something, not at the thing that is wrong."""
    return fault.problem.startswith("missing")
