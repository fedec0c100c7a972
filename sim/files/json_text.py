"""JSON that is written for people, and read from anyone."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

MOST_DEPTH = 50
"""Lists and objects inside each other that may be read; our own have a tenth of that."""

MOST_LETTERS = 100_000
"""Length of a text that may be read [characters]; those of scenarios have a tenth of that."""

DEEP = f"JSON with more than {MOST_DEPTH} lists or objects inside each other"


class RecordError(Exception):
    """A record that cannot be used as it is; says where, what and why, in a line or several."""

    def __init__(self, *lines: str) -> None:
        """What is wrong; text in a line that would break it is shown."""
        super().__init__("\n".join(lines))
        self.lines = lines


def indented(reasons: Iterable[str]) -> Iterable[str]:
    """Reasons as they stand below the line that they explain."""
    return (f"  {reason}" for reason in reasons)


def as_json(value: Mapping[str, Any]) -> str:
    """A mapping as JSON that a person can read."""
    return json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def parse_json(content: bytes) -> Any:
    """The value that JSON says.

    Raises:
        ValueError: it is no JSON, no UTF-8, has more inside each other than is allowed, or a text
            that is longer.
    """
    try:
        value = json.loads(content.decode("utf-8"))
    except RecursionError:
        raise ValueError(DEEP) from None
    level = [value]
    for _ in range(MOST_DEPTH):
        if any(isinstance(one, str) and len(one) > MOST_LETTERS for one in level):
            raise ValueError(f"JSON with a text of more than {MOST_LETTERS:,} characters")
        level = [child for one in level for child in _children(one)]
        if not level:
            return value
    raise ValueError(DEEP)


def _children(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return (*value, *value.values())
    return value if isinstance(value, list) else ()
