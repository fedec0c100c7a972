"""What the numbers of a scenario come from: values and code; and the versions beside them.

One record of it goes into the hash and the manifest of a run, and into what studies, calibrations
and comparisons write down, so that worlds of other numbers or other code are never taken for those
of now. Code is engine, model, and actors and kinds of shock; it counts as it is written, with
normalised line ends, which is the same under every Python.
"""

import ast
import importlib.util
import platform
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from importlib.machinery import ModuleSpec
from importlib.metadata import version
from importlib.resources import files
from typing import Any

from realpolitik.sim.engine.actor import StateActor
from realpolitik.sim.engine.shocks import Shock
from realpolitik.sim.engine.tables import read_table
from realpolitik.sim.experiments.sealing import means, rounded
from realpolitik.sim.experiments.software import digest, digests_below
from realpolitik.sim.experiments.vary_request import own_values
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.vocabulary import ENGINE, vocabulary

# ── Digests of code ──────────────────────────────────────────────────────────────────


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


# ── Values, code and versions ────────────────────────────────────────────────────────


Origin = Mapping[str, Any]

VALUES, CODE, VERSIONS = "values", "code", "versions"
NAMES = {"python": "Python", "numpy": "NumPy", "realpolitik": "realpolitik"}
Sides = tuple[str, str]
SINCE: Sides = ("there", "now")
BETWEEN: Sides = ("in the baseline", "here")
"""How the two sides of a comparison are called."""

MOST_TOLD = 4  # changed files that are named one by one


def origin_of(scenario: Scenario) -> dict[str, Any]:
    """What determines the worlds of a scenario beside the scenario itself and the seed.

    `values`: address → value, to twelve digits, of all parameters that bear on the scenario, as it
    sets them. `code`: file → digest, of the engine, its tables, the model, and the actors and kinds
    of shock that take part.
    """
    values = own_values(scenario)
    return {
        VALUES: {address: rounded(values[address]) for address in sorted(values)},
        CODE: _code_of(scenario),
    }


def _code_of(scenario: Scenario) -> dict[str, str]:
    words = vocabulary()
    kinds: list[type] = [
        *(words.actors[code] for code in scenario.actors),
        *(words.shocks[kind] for kind in {shock.kind for shock in scenario.shocks}),
    ]
    found = dict(engine_digests())
    for kind in kinds:
        found |= digests_of_class(kind)
    return dict(sorted(found.items()))


def versions() -> dict[str, str]:
    """Of Python, NumPy and this package: worlds should not depend on them."""
    return {
        "python": platform.python_version(),
        "numpy": version("numpy"),
        "realpolitik": version("realpolitik"),
    }


# ── What differs ─────────────────────────────────────────────────────────────────────


def changed_origin(
    there: Origin, now: Origin, aside: Collection[str] = (), sides: Sides = SINCE
) -> list[str]:
    """What differs between two origins, a line each: `RUS.israel_ties: 0.31 there, 0.6 now`.

    Addresses in `aside` are left out, as are sums of which they are parts, and their parts.
    """
    values = _changed_values(there[VALUES], now[VALUES], aside, sides)
    return [*values, *_changed_code(there[CODE], now[CODE])]


def _changed_values(
    there: Mapping[str, float], now: Mapping[str, float], aside: Collection[str], sides: Sides
) -> Iterator[str]:
    for address in sorted({*there, *now}):
        both = there.get(address), now.get(address)
        if means(both[0]) != means(both[1]) and not any(_is_part(address, each) for each in aside):
            yield f"{address}: {_of_both(map(_format_number, both), sides)}"


def _is_part(one: str, other: str) -> bool:
    """Whether two addresses are the same, or one is a sum and the other a part of it."""
    return one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")


def _format_number(value: float | None) -> str:
    return "nothing" if value is None else f"{value:.12g}"


def _of_both(values: Iterable[str], sides: Sides) -> str:
    return ", ".join(f"{value} {side}" for value, side in zip(values, sides, strict=True))


def _changed_code(there: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    names = [name for name in sorted({*there, *now}) if there.get(name) != now.get(name)]
    few = names if len(names) <= MOST_TOLD else names[: MOST_TOLD - 1]
    for name in few:
        if name not in now:
            yield f"code of {name} is gone"
        else:
            yield f"code of {name} {'has changed' if name in there else 'is new'}"
    if len(names) > len(few):
        yield f"code of {len(names) - len(few)} more files has changed"


def other_versions(there: Mapping[str, str], now: Mapping[str, str], sides: Sides = SINCE) -> str:
    """Such as `Python 3.11.9 there, 3.12.1 now`; empty if all are the same."""
    told = [
        f"{name} {_of_both((each.get(key, 'unknown') for each in (there, now)), sides)}"
        for key, name in NAMES.items()
        if there.get(key) != now.get(key)
    ]
    return "; ".join(told)
