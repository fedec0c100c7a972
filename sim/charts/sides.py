"""Scenarios side by side: what each is called, how it is marked, and what all captions say."""

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass

from realpolitik.sim.charts.style import MARKS, Mark
from realpolitik.sim.formatting.numbers import listing

MOST = 4
"""Scenarios in one chart; more cannot be told apart."""

LONGEST = 46
"""Characters of a title that a narrow page has room for."""

PROVISO = "A model, not a forecast."


@dataclass(frozen=True)
class Sides:
    """The scenarios that are compared, by key, the baseline first; `source` says worlds and seed.

    >>> sides = Sides({"a": "As it was", "b": "With words"}, "100 worlds each, seed 0")
    >>> sides.caption("bars 95 % intervals.")
    '100 worlds each, seed 0; bars 95 % intervals. A model, not a forecast.'
    """

    titles: Mapping[str, str]
    source: str

    @property
    def baseline(self) -> str:
        """Key of the scenario that the others are compared with."""
        return next(iter(self.titles))

    @property
    def drawn(self) -> list[str]:
        """Keys of the scenarios that a chart has room for, the baseline first."""
        return list(self.titles)[:MOST]

    @property
    def others(self) -> list[str]:
        """As `drawn`, without the baseline."""
        return self.drawn[1:]

    def mark(self, key: str) -> Mark:
        """What a scenario looks like in every chart."""
        return MARKS[self.drawn.index(key)]

    def named(self, key: str) -> str:
        """Title of a scenario, the baseline being called so."""
        return f"{self.titles[key]} (baseline)" if key == self.baseline else self.titles[key]

    def short(self, key: str) -> str:
        """As `named`, cut where it would not fit a narrow page."""
        ending = " (baseline)" if key == self.baseline else ""
        return textwrap.shorten(self.titles[key], LONGEST - len(ending), placeholder=" …") + ending

    def caption(self, reading: str) -> str:
        """Worlds and seed, how to read the chart, what is not drawn, and what all of it is."""
        left = list(self.titles.values())[MOST:]
        without = f" Not drawn, as a chart holds {MOST} scenarios: {listing(left)}." if left else ""
        return f"{self.source}; {reading}{without} {PROVISO}"
