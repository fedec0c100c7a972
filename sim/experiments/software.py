"""What a process runs worlds with, so that those of a cluster can be told apart.

Files of code count as they are written, line ends apart, which is the same on every machine.
Nothing of the model is loaded for it.
"""

import pickle
import platform
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

# ── Digests of files ─────────────────────────────────────────────────────────────────


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


# ── Versions and code ────────────────────────────────────────────────────────────────


PACKAGE, CODE = "realpolitik", "code"
PARTS = ("agents", "sim")
"""What of the package has a part in worlds."""

TOLD = ("python", "numpy", "pandas")  # may differ; what they give agrees to the last bits

Software = Mapping[str, str]


class OtherSoftwareError(Exception):
    """A worker has another version or other code of the package, whose worlds are others."""


def software() -> Software:
    """Name → version, and `code` → digest of the files of the package.

    No model is imported for it: workers are asked when they have just begun.
    """
    packages = {name: version(name) for name in (PACKAGE, *TOLD[1:])}
    return {**packages, "python": platform.python_version(), CODE: _code()}


@cache
def _code() -> str:
    """Digest of all code and tables of the package, as they lie here."""
    found = [
        one
        for part in PARTS
        for one in digests_below(part, files(f"{PACKAGE}.{part}"), (".py", ".csv"))
    ]
    return digest(repr(sorted(found)).encode())


def wrapped(work: Callable[..., Any], *args: Any) -> bytes:
    """Work that nobody need understand on the way to who does it, such as a scheduler."""
    return pickle.dumps((work, args))


def only_with(ours: Software, work: bytes) -> Any:
    """What wrapped work gives, done by a worker that has this code of the package.

    Raises:
        OtherSoftwareError: it has another.
    """
    if reason := unlike(ours, software()):
        raise OtherSoftwareError(reason)
    do, args = pickle.loads(work)
    return do(*args)


def unlike(ours: Software, theirs: Software) -> str:
    """Why a worker cannot run our worlds; empty if it can."""
    here, there = ours[PACKAGE], theirs[PACKAGE]
    if here != there:
        return f"{PACKAGE} {there} there, {here} here"
    is_alike = ours[CODE] == theirs.get(CODE)
    return "" if is_alike else f"{PACKAGE} {there} there too, and its code is other than here"


def differing(ours: Software, theirs: Software) -> Iterator[str]:
    """What else differs, such as `Python 3.12.1 there, 3.11.7 here`."""
    for name in TOLD:
        if ours[name] != theirs[name]:
            yield f"{name} {theirs[name]} there, {ours[name]} here"
