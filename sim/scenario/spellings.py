"""The key `target` of shocks and outcomes in its older spelling, `on`, which is still read.

YAML 1.1, which PyYAML speaks, takes the bare word `on` for true. A file is put into the present
spelling while it is read, so that both merge, compare and hash alike.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from realpolitik.sim.scenario.vocabulary import vocabulary

TARGET, BEFORE = "target", "on"
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


def in_present_words(definition: Mapping[str, Any]) -> dict[str, Any]:
    """What an older manifest says of an outcome, under its present keys."""
    return {TARGET if key == BEFORE else key: value for key, value in definition.items()}


def why_no_text(value: object) -> str:
    """Why true or false stands where text was meant, as an aside; empty of anything else."""
    if not isinstance(value, bool):
        return ""
    return f" (YAML 1.1 reads the bare words {TRUE_WORDS[value]} as {str(value).lower()})"
