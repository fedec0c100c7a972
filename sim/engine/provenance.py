"""Whether a number is grounded in a published source, assumed, or fixed by definition.

The rule is one of form, so that nobody judges his own numbers: a source that *opens* with keys of
a `sources.csv`, joined by ' + ' and closed by a colon, grounds the number; what follows the colon
says how it was read or computed. A number that cannot be set otherwise (a range of no width) is
fixed. Every other number is assumed, whatever else its source tells: that a motive is named in an
article or that a paper treats the mechanism does not ground a weight.
"""

from collections.abc import Collection
from dataclasses import dataclass, fields

from realpolitik.sim.engine.parameters import Parameter
from realpolitik.sim.engine.tables import read_table

GROUNDED = "grounded"
ASSUMED = "assumed"
FIXED = "fixed"


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
    """*grounded*, *assumed* or *fixed*; `keys` are those of the sources that there are."""
    if parameter.low == parameter.high:
        return FIXED
    named = cited(parameter.source)
    return GROUNDED if named and all(key in keys for key in named) else ASSUMED
