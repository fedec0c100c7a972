"""What a process runs worlds with, so that those of a cluster can be told apart."""

import pickle
import platform
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import Any

from realpolitik.sim.experiments.source_files import digest, digests_below

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
