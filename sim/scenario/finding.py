"""Finds scenario files: shipped ones by name, others by path, and those that a file refers to."""

import os
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import islice
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

from realpolitik.sim.files.reading import read_file
from realpolitik.sim.scenario.characters import as_name
from realpolitik.sim.scenario.errors import FEW, Fault, Place, ScenarioError, one_of, quoted
from realpolitik.sim.scenario.kinds import kind_of, other_kind, told_of
from realpolitik.sim.scenario.reader import MOST_BYTES
from realpolitik.sim.scenario.vocabulary import SCENARIOS

SUFFIXES = (".yaml", ".yml")
STUDIES = "sweeps"  # the folder of the shipped studies, among the shipped scenarios
EPISODES = "episodes"  # that of the shipped episodes, which are scenarios with what came of them
MOST_NEIGHBOURS = 1000


@dataclass(frozen=True)
class SourceFile:
    """A file, what faults call it, and the folder that what it refers to may not leave.

    `inside` are the folders from `root` down to the file. A text that is in no file has neither
    file nor root, and refers to shipped scenarios only.
    """

    where: str
    file: Traversable | None = None
    root: Traversable | None = None
    inside: tuple[str, ...] = ()

    @property
    def identity(self) -> str:
        """One text for one file, however it was reached."""
        if isinstance(self.file, Path):
            return os.path.realpath(self.file)
        return str(self.file or self.where)

    @property
    def stem(self) -> str:
        """What a scenario is called that is in it."""
        return as_name(PurePath(self.where).stem.lstrip(".")) or "scenario"


def shipped_scenarios() -> dict[str, Traversable]:
    """Name → file of every scenario that comes with the package, sorted by name.

    Studies and episodes, in folders of their own, are left out.
    """
    named = dict(sorted(_below(files(SCENARIOS), "")))
    apart = (f"{STUDIES}/", f"{EPISODES}/")
    return {name: file for name, file in named.items() if not name.startswith(apart)}


def shipped_in(folder: str) -> dict[str, Traversable]:
    """Name → YAML file that comes with the package in a folder of its own, sorted by name."""
    home = files(SCENARIOS).joinpath(folder)
    inside = home.iterdir() if home.is_dir() else ()
    found = sorted((one for one in inside if one.name.endswith(SUFFIXES)), key=lambda one: one.name)
    return {PurePath(one.name).stem: one for one in found}


def _below(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for one in folder.iterdir():
        if one.is_dir():
            yield from _below(one, f"{prefix}{one.name}/")
        elif one.name.endswith(SUFFIXES):
            yield prefix + PurePath(one.name).stem, one


def find(path_or_name: str | Path) -> tuple[SourceFile, str]:
    """The file that is meant, and the variant behind `#`, empty if there is none.

    Raises:
        ScenarioError: it is no path, and no shipped scenario has this name.
    """
    name, variant = split_variant(str(path_or_name))
    if isinstance(path_or_name, Path) or name.endswith(SUFFIXES):
        return source_at(name), variant
    shipped = shipped_scenarios()
    if name in shipped:
        return _shipped(name, shipped[name]), variant
    if Path(name).exists():
        return source_at(name), variant
    raise ScenarioError([not_found(name, "scenario", shipped)])


def not_found(name: str, what: str, shipped: Collection[str]) -> Fault:
    """The fault that there is no file and nothing shipped of that name; what there is instead.

    Args:
        name: As it was typed.
        what: What was wanted: a scenario, a study or a calibration.
        shipped: The names of those that are shipped.
    """
    place = Place(quoted(name)[1:-1])
    problem = f"there is no such file, and no shipped {what} of this name"
    for beside in (f"{name}{suffix}" for suffix in SUFFIXES):
        if _is_file(Path(beside)):
            return Fault(place, problem, f"{beside}, which lies here")
    every = _below(files(SCENARIOS), "")
    for file in (file for path, file in every if f"/{path}".endswith(f"/{name}")):
        kind = kind_of(file.read_bytes())
        return Fault(place, told_of(kind, name, what)) if kind else Fault(place, problem)
    few = one_of(shipped) if len(shipped) <= FEW else "a name that `realpolitik list` shows"
    return Fault(place, problem, f"a file, or {few}", name, shipped)


def refuse_other_kinds(source: SourceFile, *wanted: str) -> None:
    """Refuses a file or folder that is of another kind than those that are taken.

    Raises:
        ScenarioError: it is; the fault says what it is, and which verb takes it.
    """
    if isinstance(source.file, Path) and (told := other_kind(source.where, *wanted)):
        raise ScenarioError([Fault(Place(source.where), told)])


def split_variant(reference: str) -> tuple[str, str]:
    """What stands before and behind the last `#`; all of it and nothing if it is a file's name."""
    name, mark, variant = reference.rpartition("#")
    if not mark or reference.endswith(SUFFIXES) or os.path.lexists(reference.replace("\0", "")):
        return reference, ""
    return name, variant


def source_at(where: str) -> SourceFile:
    """The file of that path; one among the shipped ones may refer to all of those."""
    file = Path(where)
    root = files(SCENARIOS)
    inside = _way_down(root, file.parent)
    return (
        SourceFile(where, file, file.parent)
        if inside is None
        else SourceFile(where, file, root, inside)
    )


def source_of_text(where: str) -> SourceFile:
    """The file of that path if there is one; otherwise no file, but what to call it."""
    return source_at(where) if _is_file(Path(where)) else SourceFile(where)


def _shipped(name: str, file: Traversable) -> SourceFile:
    return SourceFile(str(file), file, files(SCENARIOS), tuple(name.split("/")[:-1]))


def content_of(source: SourceFile) -> bytes:
    """The beginning of the file: one byte more than is allowed, at most.

    Raises:
        ScenarioError: it cannot be read.
    """
    file = source.file or Path(source.where)
    try:
        if isinstance(file, Path):
            return read_file(file, MOST_BYTES + 1, cut=True)
        with file.open("rb") as stream:  # of a package that lies in an archive
            return stream.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "this is no path"
        raise ScenarioError([Fault(Place(source.where), f"cannot be read: {reason}")]) from None


def refer(source: SourceFile, reference: str, place: Place) -> SourceFile | Fault:
    """The file that a file refers to, or why there is none; `place` is where it does.

    A path ends in .yaml or .yml and is relative to the file; anything else is a shipped name.
    """
    if not reference.endswith(SUFFIXES):
        shipped = shipped_scenarios()
        if reference in shipped:
            return _shipped(reference, shipped[reference])
        wanted = "the name of a shipped scenario, or a path that ends in .yaml"
        return Fault(place, f"unknown scenario {quoted(reference)}", wanted, reference, shipped)
    if source.root is None:
        problem = f"{quoted(reference)} is relative to a file, but the text is in none"
        return Fault(place, problem, "the name of a shipped scenario")
    return refer_to_file(source, reference, place, shipped_scenarios)


def refer_to_file(
    source: SourceFile,
    reference: str,
    place: Place,
    others: Callable[[], Collection[str]] = tuple,
) -> SourceFile | Fault:
    """The file of any kind at a path relative to a file, or why there is none.

    Args:
        source: The file that refers to it, whose folder it may not leave.
        reference: The path.
        place: Where it stands.
        others: What else might be meant where there is no such file.
    """
    root = source.root
    if root is None:
        problem = f"{quoted(reference)} is relative to a file, but the text is in none"
        return Fault(place, problem, "a text that is read from its file")
    steps = _steps(source.inside, reference)
    file = root.joinpath(*steps) if steps else None
    if not steps or file is None or not _lies_in(file, root):
        problem = f"{quoted(reference)} leads out of the folder of the scenario"
        return Fault(place, problem, "a file in this folder or below, its path relative")
    if not _is_file(file):
        known = [*_neighbours(root.joinpath(*steps[:-1]), reference), *others()]
        problem = f"there is no file {quoted(reference)}"
        return Fault(place, problem, "a file that can be read", reference, known)
    where = os.path.normpath(PurePath(source.where).parent / reference)
    return SourceFile(where, file, root, steps[:-1])


def _steps(inside: tuple[str, ...], reference: str) -> tuple[str, ...] | None:
    """The way from the root to the file; None if it leaves the root, or is no relative path."""
    windows = PureWindowsPath(reference)
    is_elsewhere = "://" in reference or "\\" in reference or reference.startswith("~/")
    if is_elsewhere or windows.drive or windows.root:
        return None
    steps = list(inside)
    for part in PurePosixPath(reference).parts:
        if part != "..":
            steps.append(part)
        elif steps:
            steps.pop()
        else:
            return None
    return tuple(steps)


def _lies_in(file: Traversable, root: Traversable) -> bool:
    """Whether it is still inside once links are followed."""
    return not isinstance(root, Path) or _way_down(root, file) is not None


def _way_down(root: Traversable, file: Traversable) -> tuple[str, ...] | None:
    """The names from a folder down to a file, links followed; None if it is not inside."""
    if not (isinstance(file, Path) and isinstance(root, Path)):
        return None
    try:
        return Path(os.path.realpath(file)).relative_to(os.path.realpath(root)).parts
    except (OSError, ValueError):
        return None


def _is_file(file: Traversable) -> bool:
    try:
        return file.is_file()
    except (OSError, ValueError):
        return False


def _neighbours(folder: Traversable, reference: str) -> list[str]:
    """The files of the same kind in a folder, written as the reference is."""
    prefix = reference[: reference.rfind("/") + 1]
    ends = SUFFIXES if reference.endswith(SUFFIXES) else PurePosixPath(reference).suffix
    try:
        names = [one.name for one in islice(folder.iterdir(), MOST_NEIGHBOURS)]
    except (OSError, ValueError):
        return []
    found = [prefix + name for name in names if name.endswith(ends)]
    return [name for name in found if name != reference]  # which may be a folder
