"""Digests of files of code as they are written, which are the same on every machine.

Line ends do not count. Nothing of the model is loaded for it.
"""

from collections.abc import Collection, Iterator
from hashlib import sha256
from importlib.resources.abc import Traversable

DIGITS = 16


def digest(content: bytes) -> str:
    """What stands for the content of a file."""
    lines = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return sha256(lines).hexdigest()[:DIGITS]


def digests_below(
    name: str, folder: Traversable, suffixes: Collection[str] = (".py",)
) -> Iterator[tuple[str, str]]:
    """Name and digest of every such file in a folder that is called `name`."""
    for one in folder.iterdir():
        if one.is_dir():
            yield from digests_below(f"{name}/{one.name}", one, suffixes)
        elif one.name.endswith(tuple(suffixes)):
            yield f"{name}/{one.name}", digest(one.read_bytes())
