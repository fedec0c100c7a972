"""Numbers with an address, a range and a source, and how a value for one is taken over."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from math import inf, isfinite
from numbers import Real
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from realpolitik.sim.engine.actions import NAMED
from realpolitik.sim.engine.tables import Row, read_table

Value = float | NDArray[np.float64]
"""A number, or one a world: (W,)."""

Number = TypeVar("Number", float, Value)

GREATEST_WEIGHT = 10.0  # beyond it, the exponential of a utility may overflow
ROUNDING = 1e-9


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

    `parts` are the addresses whose sum it is; a value for the whole keeps their proportions. A
    probability that `follows` another is moved with it by the same factor, to 1 at most, unless it
    is set itself. One that is `integral`, such as a week, takes whole numbers only. If its range is
    the interval of an estimate, `level` is the share of the distribution that lies within, such as
    .95; else it is 0. An estimate may be set beyond its interval, within `declared`.
    """

    address: str
    default: float
    low: float
    high: float
    source: str
    meaning: str
    unit: str = "1"
    parts: tuple[str, ...] = ()
    follows: str = ""
    integral: bool = False
    level: float = 0.0
    declared: tuple[float, float] | None = None

    @property
    def takes(self) -> tuple[float, float]:
        """Least and greatest value that it may be set to."""
        return self.declared or (self.low, self.high)


def fault_of(parameter: Parameter, least: float, most: float) -> str:
    """What is wrong with its default and its range, which must lie within `least` to `most`.

    Empty if nothing is.
    """
    low, default, high = parameter.low, parameter.default, parameter.high
    if not all(_is_finite(value) for value in (low, default, high)):
        return f"{parameter.address} is {default} in {low} to {high}; expected finite numbers"
    if low > high:
        found = f"the range of {parameter.address} is {low:g} to {high:g}"
        return f"{found}; expected the lower number first"
    if not low - ROUNDING <= default <= high + ROUNDING:
        found = f"{parameter.address} is {default:g}"
        return f"{found}; expected a number in its range, {low:g} to {high:g}"
    if low < least - ROUNDING or high > most + ROUNDING:
        found = f"the range of {parameter.address} is {low:g} to {high:g}"
        return f"{found}; expected one within {least:g} to {most:g}"
    return ""


def _is_finite(value: Any) -> bool:
    return not isinstance(value, bool) and isinstance(value, Real) and isfinite(value)


def parameter_of(row: Row, address: str, meaning: str, least: float, most: float) -> Parameter:
    """The parameter in a row with the columns `low`, `default`, `high` and `source`.

    Raises:
        TableError: its numbers are none, or do not fit each other or `least` to `most`.
    """
    default, low, high = (row.number(name) for name in ("default", "low", "high"))
    parameter = Parameter(address, default, low, high, row["source"], meaning, row.get("unit", "1"))
    if problem := fault_of(parameter, least, most):
        raise row.wrong(problem)
    return parameter


@cache
def constants() -> tuple[Parameter, ...]:
    """The constants of the world, from `constants.csv`; addresses `world.NAME`.

    Raises:
        TableError: a number is none, or does not lie in its range.
    """
    return tuple(constant_of(row) for row in read_table(__package__, "constants.csv"))


def constant_of(row: Row) -> Parameter:
    """The constant in a row; a share or a probability is at most 1, and none is negative."""
    most = 1.0 if row["unit"] in {"1/week", "probability"} else inf
    return parameter_of(row, f"world.{row['name']}", row["meaning"], 0.0, most)


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


def resolve(
    parameters: Iterable[Parameter], overrides: Mapping[str, Number]
) -> Mapping[str, Number]:
    """Value of every address: its default, or what `overrides` says of it.

    A value for a whole is spread over its parts in the proportions of their defaults (evenly if
    those add up to 0); a value for a part then stands, and the whole is the sum of its parts.
    """
    known = tuple(parameters)
    values: dict[str, Number] = {parameter.address: parameter.default for parameter in known}
    wholes = [parameter for parameter in known if parameter.parts]
    for whole in wholes:
        if whole.address in overrides:
            values |= _spread(whole, overrides[whole.address], values)
    values |= {address: overrides[address] for address in overrides if address in values}
    values |= _followers(known, overrides)
    for whole in wholes:
        values[whole.address] = added_up(values[part] for part in whole.parts)
    return values


def added_up(values: Iterable[Value]) -> Any:
    """Numbers one after the other, as arrays are added: a number and an array end alike.

    From Python 3.12 on, `sum` makes good what is lost in rounding, but for numbers only.
    """
    total: Value = 0.0
    for value in values:
        total = total + value
    return total


def sum_of_parts(parameter: Parameter, known: Mapping[str, Parameter]) -> Parameter:
    """A parameter with the default and the range that its parts give it; one without as it is."""
    if not parameter.parts:
        return parameter
    parts = [known[address] for address in parameter.parts]
    ends = {name: added_up(getattr(p, name) for p in parts) for name in ("default", "low", "high")}
    return replace(parameter, **ends)


def _spread(whole: Parameter, total: Number, defaults: Mapping[str, Number]) -> dict[str, Number]:
    """Shares of `total` for the parts of `whole`."""
    if whole.default == 0:
        return dict.fromkeys(whole.parts, total / len(whole.parts))
    return {part: defaults[part] * total / whole.default for part in whole.parts}


def _followers(known: Iterable[Parameter], overrides: Mapping[str, Number]) -> dict[str, Number]:
    """The values of what follows something that is set, and is not set itself."""
    factors = {
        p.address: overrides[p.address] / p.default
        for p in known
        if p.address in overrides and p.default
    }
    return {
        p.address: np.minimum(p.default * factors[p.follows], 1.0)
        for p in known
        if p.follows in factors and p.address not in overrides
    }


def merge(base: Mapping[str, Number], overrides: Mapping[str, Number]) -> dict[str, Number]:
    """`base` with `overrides` on top; a value for a whole takes the place of those of its parts."""
    kept = {
        address: value
        for address, value in base.items()
        if not any(address.startswith(f"{whole}.") for whole in overrides)
    }
    return kept | dict(overrides)


class Constants:
    """The constants of the world as attributes: `constants.precision`, a number or one a world.

    One a world, (W,), meets arrays that lead with worlds from behind: `(values.T * constant).T`.
    """

    def __init__(self, values: Mapping[str, Value]) -> None:
        prefix = "world."
        for address, value in values.items():
            if address.startswith(prefix):
                setattr(self, address.removeprefix(prefix), value)
        self._varied = [name for name, value in vars(self).items() if np.ndim(value)]

    def at(self, worlds: NDArray[np.int64]) -> "Constants":
        """The constants of these worlds, such as those of the deeds of a table."""
        if not self._varied:
            return self
        chosen = Constants({})
        vars(chosen).update(vars(self))
        for name in self._varied:
            setattr(chosen, name, getattr(self, name)[worlds])
        return chosen

    def __getattr__(self, name: str) -> Any:
        """Says that there is no constant `name`: those there are have been found before."""
        raise AttributeError(f"no constant of the world is called {name!r}")


# ── What a number rests on ───────────────────────────────────────────────────────────


ESTIMATED = "estimated"
GROUNDED = "grounded"
ASSUMED = "assumed"
FIXED = "fixed"
KINDS = (ESTIMATED, GROUNDED, ASSUMED, FIXED)
"""What a number may rest on: an estimate from a record, with its interval; another published
source; our judgement; or it has no freedom."""
ON_DATA = (ESTIMATED, GROUNDED)


@dataclass(frozen=True)
class Source:
    """A dataset or publication that numbers are taken from: a row of a `sources.csv`."""

    key: str
    citation: str
    doi: str
    covers: str
    note: str


def read_sources(package: str) -> tuple[Source, ...]:
    """The rows of `sources.csv` inside `package`.

    Raises:
        TableError: it has other columns, or is no such table.
    """
    names = [field.name for field in fields(Source)]
    rows = read_table(package, "sources.csv")
    return tuple(Source(*(row[name] for name in names)) for row in rows)


def cited(source: str) -> tuple[str, ...]:
    """Keys with which a source opens: `A + B: how` gives A and B; without a colon, none."""
    keys, colon, _ = source.partition(":")
    return tuple(keys.split(" + ")) if colon else ()


def provenance(parameter: Parameter, keys: Collection[str]) -> str:
    """Which of `KINDS` a number is; `keys` are those of the sources that there are."""
    if parameter.low == parameter.high:
        return FIXED
    named = cited(parameter.source)
    if not (named and all(key in keys for key in named)):
        return ASSUMED
    return ESTIMATED if parameter.level else GROUNDED


def provenance_of_sum(kinds: Collection[str]) -> str:
    """Which of `KINDS` a sum is whose parts are of these kinds: no surer than any of them."""
    return max(kinds, key=(FIXED, ESTIMATED, GROUNDED, ASSUMED).index)
