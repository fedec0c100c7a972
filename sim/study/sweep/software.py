"""What a process runs worlds with, so that those of a cluster can be told apart."""

import pickle
import platform
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import version
from typing import Any

PACKAGE = "realpolitik"
TOLD = ("python", "numpy", "pandas")  # may differ; what they give agrees to the last bits

Software = Mapping[str, str]


class OtherSoftwareError(Exception):
    """A worker has another version of the package, whose worlds are others."""


def software() -> Software:
    """Name → version. Nothing is imported for it: workers are asked when they have just begun."""
    packages = {name: version(name) for name in (PACKAGE, *TOLD[1:])}
    return {**packages, "python": platform.python_version()}


def wrapped(work: Callable[..., Any], *args: Any) -> bytes:
    """Work that nobody need understand on the way to who does it, such as a scheduler."""
    return pickle.dumps((work, args))


def only_with(ours: Software, work: bytes) -> Any:
    """What wrapped work gives, done by a worker that has this version of the package.

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
    return "" if here == there else f"{PACKAGE} {there} there, {here} here"


def differing(ours: Software, theirs: Software) -> Iterator[str]:
    """What else differs, such as `Python 3.12.1 there, 3.11.7 here`."""
    for name in TOLD:
        if ours[name] != theirs[name]:
            yield f"{name} {theirs[name]} there, {ours[name]} here"
