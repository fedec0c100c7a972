"""Older spellings that are still read: `on` for `target` in shocks and outcomes, `A>B` for `A-B`.

YAML 1.1, which PyYAML speaks, takes the bare word `on` for true, and a shell takes what comes after
`>` for the name of a file. Files and records are put into the present spelling while they are read,
so that both merge, compare and hash alike.
"""

from functools import cache
from typing import Any

from realpolitik.sim.engine.actions import address_of
from realpolitik.sim.scenario.vocabulary import vocabulary

TARGET, BEFORE = "target", "on"
OF_DYADS = ("initial.", "rate.")  # the beginnings of addresses that may be of a dyad
TRUE_WORDS = {True: "`on`, `yes` and `true`", False: "`off`, `no` and `NO`"}


def is_target(key: object) -> bool:
    """Whether the key of a shock or an outcome is `on`, or what YAML 1.1 made of it."""
    return key is True or key == BEFORE


def has_target(kind: object) -> bool:
    """Whether a kind of shock, or a measure, calls nothing of its own `on`."""
    return kind not in _with_a_key_on()


@cache
def _with_a_key_on() -> frozenset[str]:
    """Kinds of third parties that do."""
    words = vocabulary()
    kinds = {**words.shocks, **words.measures}
    return frozenset(name for name, model in kinds.items() if BEFORE in model.model_fields)


def present(value: Any) -> Any:
    """A text that is the address of a dyad in its present spelling; all else as it is."""
    return address_of(value) if isinstance(value, str) and value.startswith(OF_DYADS) else value


def in_present_words(tree: Any) -> Any:
    """What an older record says, with addresses and keys in their present spelling."""
    if isinstance(tree, list):
        return [in_present_words(one) for one in tree]
    if not isinstance(tree, dict):
        return present(tree)
    measure = tree.get("measure")
    is_outcome = isinstance(measure, str) and TARGET not in tree and has_target(measure)
    return {
        TARGET if is_outcome and key == BEFORE else address_of(key): in_present_words(value)
        for key, value in tree.items()
    }


def why_no_text(value: object) -> str:
    """Why true or false stands where text was meant, as an aside; empty of anything else."""
    if not isinstance(value, bool):
        return ""
    return f" (YAML 1.1 reads the bare words {TRUE_WORDS[value]} as {str(value).lower()})"
