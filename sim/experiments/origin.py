"""What the numbers of a scenario come from: values and code; and the versions beside them.

One record of it goes into the hash and the manifest of a run, and into what studies, calibrations
and comparisons write down, so that worlds of other numbers or other code are never taken for those
of now.
"""

import platform
from collections.abc import Collection, Iterable, Iterator, Mapping
from importlib.metadata import version
from typing import Any

from realpolitik.sim.experiments.code_digests import digests_of_class, engine_digests
from realpolitik.sim.experiments.sealing import means, rounded
from realpolitik.sim.experiments.vary_request import own_values
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.vocabulary import vocabulary

Origin = Mapping[str, Any]

VALUES, CODE, VERSIONS = "values", "code", "versions"
NAMES = {"python": "Python", "numpy": "NumPy", "realpolitik": "realpolitik"}
Sides = tuple[str, str]
SINCE: Sides = ("there", "now")
BETWEEN: Sides = ("in the baseline", "here")
"""How the two sides of a comparison are called."""

MOST_TOLD = 4  # changed files that are named one by one


def origin_of(scenario: Scenario) -> dict[str, Any]:
    """What determines the worlds of a scenario beside the scenario itself and the seed.

    `values`: address → value, to twelve digits, of all parameters that bear on the scenario, as it
    sets them. `code`: file → digest, of the engine, its tables, the model, and the actors and kinds
    of shock that take part.
    """
    values = own_values(scenario)
    return {
        VALUES: {address: rounded(values[address]) for address in sorted(values)},
        CODE: _code_of(scenario),
    }


def _code_of(scenario: Scenario) -> dict[str, str]:
    words = vocabulary()
    kinds: list[type] = [
        *(words.actors[code] for code in scenario.actors),
        *(words.shocks[kind] for kind in {shock.kind for shock in scenario.shocks}),
    ]
    found = dict(engine_digests())
    for kind in kinds:
        found |= digests_of_class(kind)
    return dict(sorted(found.items()))


def versions() -> dict[str, str]:
    """Of Python, NumPy and this package: worlds should not depend on them."""
    return {
        "python": platform.python_version(),
        "numpy": version("numpy"),
        "realpolitik": version("realpolitik"),
    }


# ── What differs ─────────────────────────────────────────────────────────────────────


def changed_origin(
    there: Origin, now: Origin, aside: Collection[str] = (), sides: Sides = SINCE
) -> list[str]:
    """What differs between two origins, a line each: `RUS.israel_ties: 0.31 there, 0.6 now`.

    Addresses in `aside` are left out, as are sums of which they are parts, and their parts.
    """
    values = _changed_values(there[VALUES], now[VALUES], aside, sides)
    return [*values, *_changed_code(there[CODE], now[CODE])]


def _changed_values(
    there: Mapping[str, float], now: Mapping[str, float], aside: Collection[str], sides: Sides
) -> Iterator[str]:
    for address in sorted({*there, *now}):
        both = there.get(address), now.get(address)
        if means(both[0]) != means(both[1]) and not any(_is_part(address, each) for each in aside):
            yield f"{address}: {_of_both(map(_format_number, both), sides)}"


def _is_part(one: str, other: str) -> bool:
    """Whether two addresses are the same, or one is a sum and the other a part of it."""
    return one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")


def _format_number(value: float | None) -> str:
    return "nothing" if value is None else f"{value:.12g}"


def _of_both(values: Iterable[str], sides: Sides) -> str:
    return ", ".join(f"{value} {side}" for value, side in zip(values, sides, strict=True))


def _changed_code(there: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    names = [name for name in sorted({*there, *now}) if there.get(name) != now.get(name)]
    few = names if len(names) <= MOST_TOLD else names[: MOST_TOLD - 1]
    for name in few:
        if name not in now:
            yield f"code of {name} is gone"
        else:
            yield f"code of {name} {'has changed' if name in there else 'is new'}"
    if len(names) > len(few):
        yield f"code of {len(names) - len(few)} more files has changed"


def other_versions(there: Mapping[str, str], now: Mapping[str, str], sides: Sides = SINCE) -> str:
    """Such as `Python 3.11.9 there, 3.12.1 now`; empty if all are the same."""
    told = [
        f"{name} {_of_both((each.get(key, 'unknown') for each in (there, now)), sides)}"
        for key, name in NAMES.items()
        if there.get(key) != now.get(key)
    ]
    return "; ".join(told)
