"""The house keeps its order: packages, directions of import, lock file, what is committed."""

import ast
import graphlib
import re
import subprocess
import tomllib
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.offenders import each

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SETUPTOOLS = PYPROJECT["tool"]["setuptools"]
FOLDERS: dict[str, str] = {path: name for name, path in SETUPTOOLS["package-dir"].items()}
ACTORS: dict[str, str] = PYPROJECT["project"]["entry-points"]["realpolitik.actors"]

# Layer → the layers it may import, beside itself. The public face, `sim/__init__.py`, looks
# its names up when they are asked for: it may import anything but the command.
MAY_IMPORT: dict[str, set[str]] = {
    "scenarios": set(),
    "formatting": set(),
    "files": set(),
    "engine": set(),
    "agents": {"engine"},
    "scenario": {"engine", "files"},
    "model": {"scenario", "engine"},
    "stats": {"engine"},
    "record": {"model", "scenario", "engine", "stats", "formatting", "files"},
}
MAY_IMPORT["experiments"] = {
    *("model", "scenario", "record", "engine", "stats", "formatting", "files")
}
ROOMS = {"analysis", "comparison", "explain", "claims", "hindcast", "calibrate"}
"""A room a question that worlds answer."""

MAY_IMPORT |= {
    "analysis": MAY_IMPORT["experiments"] | {"experiments"},
    "comparison": MAY_IMPORT["experiments"] | {"experiments"},
    "explain": MAY_IMPORT["experiments"] | {"experiments", "comparison"},
    "claims": MAY_IMPORT["experiments"] | {"experiments", "comparison"},
    "hindcast": MAY_IMPORT["experiments"] | {"experiments"},
    "calibrate": MAY_IMPORT["experiments"] | {"experiments", "claims"},
    "charts": {"formatting", "stats"},
    "documents": {"charts", *ROOMS, *MAY_IMPORT["experiments"], "experiments"},
    "image_export": {"charts", "files"},
}
MAY_IMPORT["face"] = {*MAY_IMPORT["documents"], "documents", "agents", "scenarios"}
MAY_IMPORT["cli"] = {*MAY_IMPORT["face"], "face", "image_export"}
MAY_IMPORT["__main__"] = {"cli"}

TOP_FOLDERS = {".ci", "agents", "benchmarks", "docs", "results", "scenarios", "sim", "tests"}

# Put together from pieces, so that this file does not hold what it looks for.
MACHINE_PATH = re.compile(
    r"(?<![\w.~<*-])/(?:" + "|".join(("work", "root", "home", "Users")) + r")(?![\w-])"
)
REGISTRY = re.compile(
    "|".join((r"py" r"pi\.org", r"python" r"hosted\.org", r"(?<!emit-)index" r"-url"))
)


# ── What there is ────────────────────────────────────────────────────────────────────


def module_name(path: Path) -> str:
    """The dotted name under which a file of one of our folders is installed."""
    folder, *rest = path.relative_to(ROOT).with_suffix("").parts
    return ".".join((FOLDERS[folder], *(part for part in rest if part != "__init__")))


def module_files() -> dict[str, Path]:
    """Installed name → file, for every module of the project."""
    files = (path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py")))
    return {module_name(path): path for path in files}


MODULES = module_files()


def layer(module: str) -> str:
    """The layer that a module belongs to: one of the keys of MAY_IMPORT, if all is well."""
    match module.split("."):
        case ["realpolitik", "sim"]:
            return "face"
        case ["realpolitik", "sim", name, *_]:
            return name
        case [_, name, *_]:
            return name
        case _:
            return module


def named_imports(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Each import wherever it stands, as (module, name taken from it or '')."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = "." * node.level + (node.module or "")
            yield from ((source, alias.name) for alias in node.names)


def own_imports(path: Path) -> set[str]:
    """The modules of this project that a file imports."""
    pairs = named_imports(parse(path))
    wanted = {
        f"{source}.{name}" if f"{source}.{name}" in MODULES else source for source, name in pairs
    }
    return {name for name in wanted if name.split(".")[0] == "realpolitik"}


def parse(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def committed_files() -> list[Path]:
    """Every file that is, or would be, committed."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "-co", "--exclude-standard"]
    try:
        listed = subprocess.run(
            command, cwd=ROOT, check=True, capture_output=True, text=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("needs git and a git checkout, to know what is committed")
    paths = (ROOT / name for name in listed.split("\0") if name)
    return [path for path in paths if path.is_file()]


def offences(pattern: re.Pattern[str]) -> list[str]:
    """Where a committed text file matches, as `file:line: match`."""
    found = []
    for path in committed_files():
        text = path.read_bytes().decode("utf-8", errors="replace")
        for number, line in enumerate(text.splitlines(), start=1):
            found += [f"{path.relative_to(ROOT)}:{number}: {hit}" for hit in pattern.findall(line)]
    return found


# ── Packages ─────────────────────────────────────────────────────────────────────────


def test_package_list_names_every_folder_with_an_init() -> None:
    on_disk = {name for name, path in MODULES.items() if path.name == "__init__.py"}
    assert set(SETUPTOOLS["packages"]) == on_disk


def test_every_module_lies_in_a_listed_package() -> None:
    strays = [
        str(path.relative_to(ROOT))
        for path in MODULES.values()
        if module_name(path.parent / "__init__.py") not in SETUPTOOLS["packages"]
    ]
    assert strays == []


def test_tests_are_no_package() -> None:
    assert list((ROOT / "tests").rglob("__init__.py")) == []


@pytest.mark.parametrize("code", ACTORS)
def test_entry_point_leads_to_the_actor_of_that_code(code: str) -> None:
    actor = EntryPoint(code, ACTORS[code], "realpolitik.actors").load()
    assert actor.code == code


# ── Imports ──────────────────────────────────────────────────────────────────────────


@each("module", MODULES)
def test_imports_run_one_way(module: str) -> None:
    place = layer(module)
    assert place in MAY_IMPORT, f"{module} has no place in architecture and MAY_IMPORT"
    reached = {name: layer(name) for name in own_imports(MODULES[module])}
    wrong = {name for name, to in reached.items() if to != place and to not in MAY_IMPORT[place]}
    assert not wrong, f"{module} is of the layer {place!r} and may not import these"


def test_the_map_for_contributors_runs_from_the_bottom_up() -> None:
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([\w/]+?)(?:/|\.py)` \|.*?\| `([\w/.]+)` \|$", page, re.MULTILINE)
    named = [folder.removeprefix("sim/") for folder, _ in rows]
    assert {*named, "face", "__main__"} == set(MAY_IMPORT)
    for index, name in enumerate(named):
        assert not MAY_IMPORT[name] & set(named[index:])
    for folder, file in rows:
        place = ROOT / folder / file
        assert place.exists() or (ROOT / f"{folder}.py").exists(), place


def test_modules_import_only_modules_that_exist() -> None:
    missing = {name: sorted(own_imports(path) - MODULES.keys()) for name, path in MODULES.items()}
    assert {name: gone for name, gone in missing.items() if gone} == {}


def test_no_circle_of_imports() -> None:
    graph = {name: own_imports(path) - {name} for name, path in MODULES.items()}
    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as error:
        pytest.fail("circle: " + " → ".join(error.args[1]))


def test_folders_are_imported_under_their_installed_names() -> None:
    bare = [
        f"{path.relative_to(ROOT)}: {source}"
        for path in committed_files()
        if path.suffix == ".py"
        for source, _ in named_imports(parse(path))
        if source.split(".")[0] in FOLDERS or source.startswith(".")
    ]
    assert bare == []


def test_processes_are_started_in_one_place_which_keeps_them_safe() -> None:
    starts = {"subprocess", "ProcessPoolExecutor", "get_context", "Process", "Pool", "Manager"}
    found = {
        name
        for name, path in MODULES.items()
        for node in ast.walk(parse(path))
        if not starts.isdisjoint(
            getattr(node, part, None) for part in ("id", "attr", "name", "module")
        )
    }
    assert found == {"realpolitik.sim.experiments.workers"}


# ── The engine knows no state ────────────────────────────────────────────────────────


def words_of_code(tree: ast.Module) -> Iterator[str]:
    """Names and strings that do something: no comments, no docstrings."""
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)) if id(node) not in prose:
                yield text
            case ast.Name(id=text) | ast.Attribute(attr=text) | ast.arg(arg=text):
                yield text
            case ast.FunctionDef(name=text) | ast.ClassDef(name=text):
                yield text


def test_engine_names_no_state() -> None:
    modules = {target.split(":")[0].rsplit(".", 1)[1] for target in ACTORS.values()}
    names = "|".join((*ACTORS, *(f"(?i:{name})" for name in sorted(modules))))
    state = re.compile(f"(?<![A-Za-z])(?:{names})(?![A-Za-z])")
    named = [
        f"{name}: {word}"
        for name, path in MODULES.items()
        if layer(name) == "engine"
        for word in words_of_code(parse(path))
        if state.search(word)
    ]
    assert named == []


# ── What is committed ────────────────────────────────────────────────────────────────


def test_top_level_folders_are_the_ones_agreed() -> None:
    parts = (path.relative_to(ROOT).parts for path in committed_files())
    assert {first for first, *rest in parts if rest} <= TOP_FOLDERS


def test_results_hold_nothing_but_their_note() -> None:
    inside = [path for path in committed_files() if ROOT / "results" in path.parents]
    assert inside == [ROOT / "results" / "README.md"]


def test_no_file_names_a_path_of_one_machine() -> None:
    assert offences(MACHINE_PATH) == []


def test_no_file_names_a_package_registry() -> None:
    assert offences(REGISTRY) == []


# ── The lock file ────────────────────────────────────────────────────────────────────


def locked() -> dict[str, list[str]]:
    """Requirement → its hashes, for every entry of requirements.lock."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    bare = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    entries = (line.split() for line in bare.replace("\\\n", " ").splitlines() if line.strip())
    split = ((" ".join(w for w in words if not w.startswith("--hash")), words) for words in entries)
    return {name: [w for w in words if w.startswith("--hash")] for name, words in split}


def test_every_locked_package_is_pinned_and_hashed() -> None:
    for requirement, hashes in locked().items():
        assert re.fullmatch(r"[\w.-]+==[\w.!+]+( ; .+)?", requirement)
        assert hashes
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", each) for each in hashes)


def test_lock_names_no_address() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert not re.search(r"\w+://|index|find-links", text)


def test_lock_satisfies_the_project() -> None:
    project = PYPROJECT["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    pins = [Requirement(line) for line in locked()]
    for requirement in map(Requirement, (*wanted, *PYPROJECT["build-system"]["requires"])):
        name = canonicalize_name(requirement.name)
        versions = [next(iter(pin.specifier)).version for pin in pins if pin.name == name]
        assert versions, f"{name} is not in requirements.lock: make lock"
        assert all(version in requirement.specifier for version in versions)
