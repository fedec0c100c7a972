"""Finds study files: shipped ones by name, others by path; and tells them from scenarios."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePath

from realpolitik.sim.scenario.errors import ScenarioError
from realpolitik.sim.scenario.finding import (
    STUDIES,
    SUFFIXES,
    Source,
    content_of,
    not_found,
    shipped_scenarios,
    source_at,
    split_variant,
)
from realpolitik.sim.scenario.nodes import entries_of
from realpolitik.sim.scenario.reader import read_tree
from realpolitik.sim.scenario.vocabulary import SCENARIOS

OF_STUDIES = frozenset({"scenario", "scenarios", "vary", "sampler"})  # keys that no scenario has


def shipped_studies() -> dict[str, Traversable]:
    """Name → file of every study that comes with the package, sorted by name."""
    folder = files(SCENARIOS).joinpath(STUDIES)
    inside = folder.iterdir() if folder.is_dir() else ()
    return {
        PurePath(file.name).stem: file
        for file in sorted(inside, key=lambda file: file.name)
        if file.name.endswith(SUFFIXES)
    }


def find_study(path_or_name: str | Path) -> Source:
    """The file that is meant: `israel_ties`, `sweeps/israel_ties`, or a path.

    Raises:
        ScenarioError: it is no path, and no shipped study has this name.
    """
    name = str(path_or_name)
    if isinstance(path_or_name, Path) or name.endswith(SUFFIXES):
        return source_at(name)
    shipped = shipped_studies()
    short = name.removeprefix(f"{STUDIES}/")
    if short in shipped:
        return Source(str(shipped[short]), shipped[short], files(SCENARIOS), (STUDIES,))
    if _is_there(name):
        return source_at(name)
    raise ScenarioError([not_found(short, "study", shipped)])


def is_study(path_or_name: str | Path) -> bool:
    """Whether it is a study rather than a scenario; a name that is shipped comes first.

    A file that cannot be read is taken for a scenario, whose loader says what is wrong.

    Raises:
        ScenarioError: there is neither a file nor anything shipped of that name.
    """
    name = str(path_or_name)
    bare, _ = split_variant(name)
    if isinstance(path_or_name, Path) or bare.endswith(SUFFIXES):
        return _holds_study(name)
    scenarios, studies = shipped_scenarios(), shipped_studies()
    if bare in scenarios:
        return False
    short = name.removeprefix(f"{STUDIES}/")
    if short in studies:
        return True
    if _is_there(bare):
        return _holds_study(name)
    raise ScenarioError([not_found(bare, "study", [*scenarios, *studies])])


def _is_there(path: str) -> bool:
    """Whether there is something at that path, be it a folder."""
    try:
        return Path(path).exists()
    except (OSError, ValueError):
        return False


def _holds_study(path: str) -> bool:
    """Whether a file has keys that only studies have."""
    try:
        tree, _ = read_tree(content_of(source_at(path)), path)
    except ScenarioError:
        return False
    return not OF_STUDIES.isdisjoint(entries_of(tree))
