"""Changes of scenario files at random: in their bytes, and in what they mean.

The project is imported where it is used: what atheris is to watch must not be there before it.
"""

import json
from collections.abc import Iterator
from random import Random
from typing import Any

MOST_BYTES = 60_000

SIGNS = [*"[]{}'|>#%\\\"\t\n&*!", ": ", "- ", "? ", "---\n", "...\n", "&a ", "*a", "<<: *a", "\0"]
WORDS = [".nan", "1e999", "null", "RUS<>USA", "\u202e", "\ufeff", "9" * 500, "é" * 50, "!!int "]
TOKENS = [token.encode() for token in (*SIGNS, *WORDS)] + [b"\xff", b"\xed\xa0\x80"]
NUMBERS = [None, True, -1, 0, 0.5, 1e308, 2**63, 10**30]
TEXTS = ["", "RUS", "RUS-RUS", "RUS<>", "a/b", "x" * 5000, "2024-08-05", "2024-02-30", "set"]
NESTED: list[Any] = [[], {}, [[]], {"drop": True, "id": "haniyeh_killed"}, {"outcome": "x"}]
FILES = ["haniyeh_2024", "x.yaml", "../x.yaml", "/dev/zero", "no_shock", "hypotheses/realpolitik"]
ODD = [*NUMBERS, *TEXTS, *NESTED, *FILES]
KEYS = ["extends", "variants", "shocks", "when", "drop", "id", "parameters", "initial", "", "name"]


def changed(data: bytes, random: Random, files: list[bytes]) -> bytes:
    """The input with one to four changes."""
    for _ in range(random.randint(1, 4)):
        meant = otherwise_meant(data, random) if random.random() < 0.5 else None
        data = meant or otherwise_written(data, random, files)
    return data[:MOST_BYTES]


def otherwise_written(data: bytes, random: Random, files: list[bytes]) -> bytes:
    """The input with some bytes cut out, put in or taken over from another file."""
    start = random.randint(0, len(data))
    end = min(len(data), start + random.choice([0, 0, 1, 1, 5, 40, 400]))
    other = random.choice([data, random.choice(files)])
    at = random.randint(0, len(other))
    pieces = [b"", random.choice(TOKENS), random.randbytes(2), other[at : at + 80], data[start:end]]
    piece: bytes = random.choice(pieces) * random.choice([1, 1, 1, 2, 60])
    return data[:start] + piece + data[end:]


def otherwise_meant(data: bytes, random: Random) -> bytes | None:
    """The input with another value or key somewhere; None if it has no values."""
    from realpolitik.sim.scenario.errors import ScenarioError
    from realpolitik.sim.scenario.nodes import plain
    from realpolitik.sim.scenario.reader import read_tree

    try:
        values = plain(read_tree(data, "x.yaml")[0])
    except ScenarioError:
        return None
    spots = list(places_in(values))
    if spots:
        change(*random.choice(spots), random.choice(spots), random)
    return json.dumps(values, indent=random.choice([None, 1])).encode()


def places_in(node: Any) -> Iterator[tuple[Any, Any]]:
    """Every list or mapping with each of its keys."""
    if not isinstance(node, dict | list):
        return
    for key, child in list(node.items() if isinstance(node, dict) else enumerate(node)):
        yield node, key
        yield from places_in(child)


def change(whole: Any, key: Any, other: tuple[Any, Any], random: Random) -> None:
    """Changes one value in its list or mapping."""
    new = random.choice([random.choice(ODD), json.loads(json.dumps(other[0][other[1]]))])
    match random.randrange(5):
        case 0:
            del whole[key]
        case 1 if isinstance(whole, dict):
            whole[random.choice([*KEYS, str(other[1])])] = new
        case 1:
            whole.append(new)
        case 2 if isinstance(whole, dict):
            whole[random.choice([*KEYS, str(other[1])])] = whole.pop(key)
        case 3:
            whole[key] = random.choice([[new] * 30, {"id": new}, [[[[[[[[new]]]]]]]]])
        case _:
            whole[key] = new
