"""A comparison as its page takes it: the scenarios, what is measured, and the tables."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from realpolitik.sim.charts import Measure, Sides
from realpolitik.sim.report.run.records import Json, Shock, read_shocks, text
from realpolitik.sim.words.labels import labels
from realpolitik.sim.words.names import Names
from realpolitik.sim.words.numbers import how_many_worlds

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "levels": ("scenario", "outcome", "label", "scale", "mean", "low", "high", "n", "worlds"),
    "differences": (
        *("scenario", "outcome", "label", "scale", "difference", "low", "high", "paired"),
        *("pairs", "up", "down", "same", "width_paired", "width_unpaired", "gain", "note"),
    ),
    "classes": ("scenario", "outcome", "category", "label", "share", "low", "high", "worlds"),
    "partings": ("scenario", "week", "worlds", "share"),
    "first_acts": ("scenario", "actor", "track", "instead_of", "did", "worlds", "share"),
    "examples": ("scenario", "world", "week", "actor", "outcome", "sentence"),
    "weeks": ("scenario", "week", "measure", "mean", "q05", "q25", "q50", "q75", "q95", "n"),
    "times": ("scenario", "outcome", "week", "share_by_then", "low", "high", "at_risk", "came"),
    "relations": ("scenario", "week", "actor", "on", "mean"),
    "events": ("scenario", "world", "week", "actor", "on", "track", "action", "label"),
}
"""Columns of the tables that the page looks into, even where they are absent."""


@dataclass(frozen=True)
class Compared:
    """All that the page is made of; scenarios and outcomes stand in the order of the comparison.

    `sides` say in how many worlds outcomes are counted, `whole` how many there are.
    """

    about: Json
    names: Names
    sides: Sides
    whole: Sides
    scenarios: Mapping[str, Json]
    measures: Mapping[str, Measure]
    tables: Mapping[str, pd.DataFrame]

    def table(self, name: str) -> pd.DataFrame:
        """A table of the comparison; without rows where it is absent."""
        found = self.tables.get(name)
        return pd.DataFrame(columns=list(COLUMNS[name])) if found is None or found.empty else found

    def of(self, name: str, key: str) -> pd.DataFrame:
        """The rows of a table that are about one scenario."""
        table = self.table(name)
        return table[table["scenario"] == key]

    @property
    def others(self) -> list[str]:
        """Keys of all scenarios but the baseline."""
        return list(self.scenarios)[1:]

    @property
    def horizons(self) -> list[int]:
        """Weeks of the scenarios, each once, the shortest first; differences are of the first."""
        return sorted({int(each["weeks"]) for each in self.scenarios.values()})

    def other_length(self, key: str) -> str:
        """Such as "52 weeks instead of 26"; empty where a scenario is as long as the baseline."""
        weeks = [int(self.scenarios[each]["weeks"]) for each in (self.sides.baseline, key)]
        return f"{weeks[1]} weeks instead of {weeks[0]}" if weeks[0] != weeks[1] else ""

    def shocks(self, key: str) -> tuple[Shock, ...]:
        """The shocks of a scenario."""
        return read_shocks(self.scenarios[key])

    def definition(self, outcome: str) -> Json:
        """How an outcome is measured, in the first scenario that has it."""
        every = (each.get("outcomes", {}) for each in self.scenarios.values())
        return next((each[outcome] for each in every if outcome in each), {})

    def unpaired(self) -> dict[str, str]:
        """Key → why its worlds are not paired with those of the baseline."""
        return {
            key: text(each.get("why_not")) or "their worlds have nothing in common"
            for key, each in self.scenarios.items()
            if not each.get("paired", True)
        }


def read_comparison(manifest: Json, tables: Mapping[str, pd.DataFrame]) -> Compared:
    """The manifest and the tables of a comparison as records."""
    scenarios = {text(each["key"]): each for each in manifest["scenarios"]}
    actors = {text(a["code"]): a for each in scenarios.values() for a in each["actors"]}
    return Compared(
        about=manifest,
        names=Names.of(actors.values()),
        sides=Sides(_titles(scenarios), _source(scenarios, "counted")),
        whole=Sides(_titles(scenarios), _source(scenarios, "worlds")),
        scenarios=scenarios,
        measures=dict(_measures(tables)),
        tables=tables,
    )


def _titles(scenarios: Mapping[str, Json]) -> dict[str, str]:
    """Titles; those that are not one of a kind have a name behind them, or how it was called."""
    titles = {key: text(each.get("title")) or key for key, each in scenarios.items()}
    times = Counter(each.get("name") for each in scenarios.values())
    names = {
        key: _spelt(each["called"]) if times[each.get("name")] > 1 and each.get("ran") else key
        for key, each in scenarios.items()
    }
    return labels(titles, names)


def _spelt(called: object) -> str:
    """A path in characters that charts can hold: what is not UTF-8 is escaped."""
    return text(called).encode("utf-8", "backslashreplace").decode("utf-8")


def _source(scenarios: Mapping[str, Json], counted: str) -> str:
    """Such as "1,000 worlds each, seed 0"; where they differ, of each scenario in their order.

    `counted` is the field that says how many worlds there are.
    """
    every = list(scenarios.values())
    each = [
        f"{how_many_worlds(int(one.get(counted, one['worlds'])))}, seed {one['seed']}"
        for one in every
    ]
    weeks = [f"{one['weeks']} weeks" for one in every]
    if len(set(weeks)) > 1:
        each = [f"{one}, {length}" for one, length in zip(each, weeks, strict=True)]
    if len(set(each)) == 1:
        return each[0].replace(", seed", " each, seed")
    return f"in the order of the scenarios {'; '.join(each)}"


def _measures(tables: Mapping[str, pd.DataFrame]) -> Iterator[tuple[str, Measure]]:
    """The outcomes in the order in which they first come."""
    levels = tables.get("levels", pd.DataFrame(columns=list(COLUMNS["levels"])))
    for name, label, scale in zip(levels["outcome"], levels["label"], levels["scale"], strict=True):
        yield str(name), Measure(str(label), str(scale))
