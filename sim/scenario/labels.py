"""Labels of columns in tables of other tools, and the addresses that they mean."""

import functools
import re

from realpolitik.sim.scenario.vocabulary import vocabulary

WORLDWIDE = frozenset({"action", "initial", "world"})  # first parts of addresses beside actors


@functools.cache
def meant_by(label: str) -> str:
    """The address that a label of a column means, however it is punctuated; empty if it is none."""
    return label if label in vocabulary().parameters else _squeezed().get(_squeeze(label), "")


def is_like_one(label: str) -> bool:
    """Whether a label begins as addresses do."""
    first, dot, _ = label.partition(".")
    return bool(dot) and first in {*vocabulary().actors, *WORLDWIDE}


@functools.cache
def _squeezed() -> dict[str, str]:
    """Address by what tools make of it that know letters and digits only; none of two alike."""
    names: dict[str, str] = {}
    for address in vocabulary().parameters:
        key = _squeeze(address)
        names[key] = "" if key in names else address
    return names


def _squeeze(name: str) -> str:
    return re.sub(r"[\W_]+", "_", name.casefold()).strip("_")
