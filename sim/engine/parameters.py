"""Numbers with an address, a range and a source, and how a value for one is taken over."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from realpolitik.sim.engine.actions import NAMED
from realpolitik.sim.engine.tables import read_table


@dataclass(frozen=True)
class Weight:
    """A number that a class declares: its default, the range it may take, and where it is from."""

    default: float
    low: float
    high: float
    source: str = "assumed"


@dataclass(frozen=True)
class Parameter:
    """A number that can be set from outside, under its address.

    `parts` are the addresses whose sum it is; a value for the whole keeps their proportions.
    """

    address: str
    default: float
    low: float
    high: float
    source: str
    meaning: str
    unit: str = "1"
    parts: tuple[str, ...] = ()


@cache
def constants() -> tuple[Parameter, ...]:
    """The constants of the world, from `constants.csv`; addresses `world.NAME`."""
    return tuple(
        Parameter(
            f"world.{row['name']}",
            float(row["default"]),
            float(row["low"]),
            float(row["high"]),
            row["source"],
            row["meaning"],
            row["unit"],
        )
        for row in read_table(__package__, "constants.csv")
    )


@cache
def base_rates() -> tuple[Parameter, ...]:
    """Weekly base rates of the actions; addresses `action.NAME.base_rate` [1/week]."""
    return tuple(
        Parameter(
            f"action.{action.action}.base_rate",
            action.base_rate,
            action.base_rate_low,
            action.base_rate_high,
            action.source,
            f"Weekly probability of: {action.meaning.lower()}",
            "1/week",
        )
        for action in NAMED.values()
    )


def resolve(parameters: Iterable[Parameter], overrides: Mapping[str, float]) -> Mapping[str, float]:
    """Value of every address: its default, or what `overrides` says of it.

    A value for a whole is spread over its parts in the proportions of their defaults (evenly if
    those add up to 0); a value for a part then stands, and the whole is the sum of its parts.
    """
    known = tuple(parameters)
    values = {parameter.address: parameter.default for parameter in known}
    wholes = [parameter for parameter in known if parameter.parts]
    for whole in wholes:
        if whole.address in overrides:
            values |= _spread(whole, overrides[whole.address], values)
    values |= {address: overrides[address] for address in overrides if address in values}
    for whole in wholes:
        values[whole.address] = sum(values[part] for part in whole.parts)
    return values


def _spread(whole: Parameter, total: float, defaults: Mapping[str, float]) -> dict[str, float]:
    """Shares of `total` for the parts of `whole`."""
    if whole.default == 0:
        return dict.fromkeys(whole.parts, total / len(whole.parts))
    return {part: defaults[part] * total / whole.default for part in whole.parts}


def merge(base: Mapping[str, float], overrides: Mapping[str, float]) -> dict[str, float]:
    """`base` with `overrides` on top; a value for a whole takes the place of those of its parts."""
    kept = {
        address: value
        for address, value in base.items()
        if not any(address.startswith(f"{whole}.") for whole in overrides)
    }
    return kept | dict(overrides)


class Constants:
    """The constants of the world as attributes: `constants.precision`."""

    def __init__(self, values: Mapping[str, float]) -> None:
        prefix = "world."
        for address, value in values.items():
            if address.startswith(prefix):
                setattr(self, address.removeprefix(prefix), value)

    def __getattr__(self, name: str) -> float:
        """Says that there is no constant `name`: those there are have been found before."""
        raise AttributeError(f"no constant of the world is called {name!r}")
