"""Digests of what a record means, and records that carry their own.

Two records mean the same if they hold the same keys and texts, and numbers that agree in twelve
significant digits: Python 3.12 adds up more exactly than 3.11, and prints a sum otherwise.
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

DIGEST = "digest"
"""The key under which a record holds the digest of all its other keys."""

DIGITS = 12


def rounded(value: float) -> float:
    """A number to twelve significant digits."""
    return float(f"{value:.{DIGITS}g}")


def means(tree: Any) -> Any:
    """A record with every number to twelve digits; 3 and 3.0 are one."""
    if isinstance(tree, Mapping):
        return {str(key): means(value) for key, value in tree.items()}
    if isinstance(tree, list | tuple):
        return [means(value) for value in tree]
    if isinstance(tree, float):
        return int(tree) if tree.is_integer() else rounded(tree)
    return tree


def digest_of(tree: Any) -> str:
    """SHA-256 of what a record means, whatever the order of its keys."""
    text = json.dumps(means(tree), sort_keys=True, ensure_ascii=False, allow_nan=False)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def sealed(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record with the digest of all its other keys."""
    bare = unsealed(record)
    return bare | {DIGEST: digest_of(bare)}


def unsealed(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record without its digest."""
    return {key: value for key, value in record.items() if key != DIGEST}


def is_intact(record: Mapping[str, Any]) -> bool:
    """Whether a record still means what it did when it was sealed."""
    return record.get(DIGEST) == digest_of(unsealed(record))
