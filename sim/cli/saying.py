"""What is printed on standard output beside tables: lines, texts of several lines, and JSON."""

import codecs
import json
import math
import sys
from collections.abc import Mapping
from typing import Any

from realpolitik.sim.cli.stand_ins import encodable
from realpolitik.sim.scenario.characters import on_one_line, visible


def say(*lines: str) -> None:
    """Prints lines; what would break one is shown."""
    sys.stdout.writelines(f"{on_one_line(line)}\n" for line in lines)


def say_text(text: str) -> None:
    """Prints a text of lines, such as a file or a table in Markdown."""
    sys.stdout.write(visible(text))


def say_json(value: Any, indent: int | None = None) -> None:
    """Prints JSON on one line, or indented; a number that does not exist is null.

    Its characters survive any terminal: what is not to be seen, or not in the encoding of standard
    output, is escaped as JSON has it.
    """
    ascii_only = codecs.lookup(_encoding()).name != "utf-8"
    text = json.dumps(_plain(value), ensure_ascii=ascii_only, allow_nan=False, indent=indent)
    sys.stdout.write(visible(text, lambda one: json.dumps(one)[1:-1]) + "\n")


def printable(text: str) -> str:
    """A text on one line as standard output shows it, to know how wide it is."""
    return encodable(on_one_line(text), _encoding())


def _encoding() -> str:
    return getattr(sys.stdout, "encoding", None) or "utf-8"


def _plain(value: Any) -> Any:
    match value:
        case Mapping():
            return {str(key): _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
        case float() if not math.isfinite(value):
            return None
        case None | str() | int() | float():
            return value
        case _ if hasattr(value, "to_json"):  # a frame of pandas's: its rows
            return json.loads(value.to_json(orient="records", double_precision=12))
        case _ if hasattr(value, "item"):  # a number of NumPy's
            return _plain(value.item())
        case _:
            return str(value)
