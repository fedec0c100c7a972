"""Digests of the code that worlds are run by: engine, model, and actors and kinds of shock.

Code counts as it is written, with normalised line ends, which is the same under every Python.
"""

import ast
import importlib.util
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.machinery import ModuleSpec
from importlib.resources import files

from realpolitik.sim.engine.actor import StateActor
from realpolitik.sim.engine.shocks import Shock
from realpolitik.sim.engine.tables import read_table
from realpolitik.sim.experiments.source_files import digest, digests_below
from realpolitik.sim.scenario.vocabulary import ENGINE

OURS, MODEL = "realpolitik", "realpolitik.sim.model"
TABLES = ("actions.csv", "quantities.csv")
"""Tables of the engine that hold more than parameters, which count by their values."""

NO_MATTER = {"source", "meaning", "base_rate_low", "base_rate", "base_rate_high"}
"""Columns of those tables that are prose, or parameters."""

ABOVE = frozenset({*StateActor.__mro__, *Shock.__mro__})


@cache
def engine_digests() -> dict[str, str]:
    """File → digest of the engine, its tables, and the model."""
    home = _file_of(ENGINE).removesuffix("/__init__.py")
    tables = {f"{home}/{name}": _digest_of_table(name) for name in TABLES}
    return dict(digests_below(home, files(ENGINE))) | tables | _digests([MODEL])


def digests_of_class(kind: type) -> dict[str, str]:
    """File → digest of what a class is written in: its module, its bases', and their imports.

    Imports are followed within a package. What lies in no file, as in a notebook, is left out.
    """
    modules = {base.__module__ for base in kind.__mro__ if base not in ABOVE}
    return _with_imports(frozenset(one for one in modules if not _within(one, ENGINE)))


@cache
def _with_imports(modules: frozenset[str]) -> dict[str, str]:
    """File → digest of modules, and of what they import of their own packages."""
    reached, waiting = set(modules), list(modules)
    while waiting:
        further = set(_imported(waiting.pop())) - reached
        reached |= further
        waiting += further
    return _digests(reached)


def _digest_of_table(name: str) -> str:
    """Of what a table of the engine says, without prose."""
    rows = [
        {key: cell for key, cell in row.items() if key not in NO_MATTER}
        for row in read_table(ENGINE, name)
    ]
    return digest(repr(rows).encode())


def _digests(modules: Iterable[str]) -> dict[str, str]:
    contents = ((module, _content(module)) for module in sorted(modules))
    return {_file_of(name): digest(content) for name, content in contents if content is not None}


# ── Modules ──────────────────────────────────────────────────────────────────────────


def _imported(module: str) -> Iterator[str]:
    """The modules of its own package that a module imports, and the packages that it lies in."""
    parts = module.split(".")
    home = ".".join(parts[: 2 if parts[0] == OURS else 1])
    outer = {".".join(parts[:end]) for end in range(1, len(parts))}
    for name in outer | set(_named_in(module)):
        if _within(name, home) and _content(name) is not None:
            yield name


def _within(module: str, home: str) -> bool:
    return module == home or module.startswith(f"{home}.")


def _named_in(module: str) -> Iterator[str]:
    """Everything among the imports of a module that may be a module itself."""
    content, spec = _content(module), _spec(module)
    try:
        tree = ast.parse(content or b"")
    except (SyntaxError, ValueError):  # it is no text, but a library
        return
    package = (spec.parent or "" if spec else "").split(".")
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*above, *([node.module] if node.module else [])])
            yield from (source, *(f"{source}.{alias.name}" for alias in node.names))


@cache
def _content(module: str) -> bytes | None:
    """What a module was loaded from; None if it is none, or lies in no file."""
    spec = _spec(module)
    read = getattr(spec.loader, "get_data", None) if spec and spec.has_location else None
    try:
        return bytes(read(spec.origin)) if spec and read else None
    except OSError:
        return None


def _file_of(module: str) -> str:
    """Such as `agents/russia.py`."""
    spec = _spec(module)
    is_package = spec is not None and spec.submodule_search_locations is not None
    name = module.removeprefix(f"{OURS}.").replace(".", "/")
    return f"{name}/__init__.py" if is_package else f"{name}.py"


def _spec(module: str) -> ModuleSpec | None:
    try:
        return importlib.util.find_spec(module)
    except (ImportError, ValueError, AttributeError):
        return None
