"""How wide the code is: lines, files, modules with one importer, lengths of functions, mirrors.

    python benchmarks/structure.py

Counted are the files of `sim/` with templates and tables, without caches. A module has a mirror if
`tests/` holds a test of its name. A class name has two meanings if two modules define it.
"""

import ast
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
SIM = ROOT / "sim"


def main() -> None:
    """Prints a line a measure."""
    files = [path for path in sorted(SIM.rglob("*")) if path.is_file() and _is_ours(path)]
    modules = {_name(path): path for path in files if path.suffix == ".py"}
    trees = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in modules.items()}
    importers = _importers(trees)
    alone = [name for name, path in modules.items() if path.name != "__init__.py"]
    lengths = sorted(length for tree in trees.values() for length in _lengths(tree))
    classes = Counter(node.name for tree in trees.values() for node in _classes(tree))
    mirrors = {path.stem.removeprefix("test_") for path in (ROOT / "tests").rglob("test_*.py")}
    once = sum(len(importers[name]) == 1 for name in alone)
    mirrored = sum(modules[name].stem in mirrors for name in alone)
    print(f"lines of sim/ with templates: {sum(map(_lines, files)):,}")
    print(f"files of sim/: {len(files)}")
    print(f"modules with one importer: {once} of {len(alone)}")
    print(
        f"functions median / p90 / longest: {statistics.median(lengths):.0f} / "
        f"{lengths[int(0.9 * len(lengths))]} / {lengths[-1]}"
    )
    print(f"class names with two meanings: {sum(count > 1 for count in classes.values())}")
    print(f"modules with a mirror test: {mirrored / len(alone):.0%}")


def _is_ours(path: Path) -> bool:
    return "__pycache__" not in path.parts


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(("realpolitik", *(part for part in parts if part != "__init__")))


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def _importers(trees: dict[str, ast.Module]) -> dict[str, set[str]]:
    """Module → the modules of `sim/` that import it, or something of it."""
    found = defaultdict[str, set[str]](set)
    for name, tree in trees.items():
        for source in _imported(tree):
            if source in trees and source != name:
                found[source].add(name)
    return found


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _classes(tree: ast.Module) -> Iterator[ast.ClassDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef))


def _lengths(tree: ast.Module) -> Iterator[int]:
    """Lines of each function, its decorators and docstring left out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
            yield (node.end_lineno or 0) - body[0].lineno + 2


if __name__ == "__main__":
    main()
