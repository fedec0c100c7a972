"""The record of events: in which weeks an actor did which act toward another.

A record is a folder with weekly counts of coded events by ordered pair (`weekly_dyads.csv`), which
weeks are whole (`weeks.csv`), and the CAMEO codes of our actions (`action_codes.csv`). The project
ships none of it: what it takes from a record are rates and scores.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from realpolitik.sim.engine.actions import DIRECT

Mask = NDArray[np.bool_]
Pair = tuple[str, str]

LEARNT = {"2014": ("icews14k",), "2018 to March 2019": ("icews18", "icews1819raw")}
"""Period that is learnt on → its datasets, which follow each other."""

SCORED = ("icews21z",)
"""What is kept back: January to August 2021."""

LIKE = {"propose_talks": "offer_deal"}
"""Actions that have the codes of another: talks are all that the record sees of an offer."""

FURTHER = {"mediate": ("045",)}
"""Codes of actions that the folder does not list."""

AIMED, ANY_FORCE = ("193", "194", "195", "1951", "1952"), "19"
AIMED_EVENTS, FORCE_EVENTS = 2, 6
"""A strike is two or more events of the first codes in a week, or six of any under 190 to 196."""


@dataclass(frozen=True)
class Record:
    """Whole weeks in a row (`weeks`, by their Mondays) of ordered pairs of actors.

    `events` has a row a week, pair and code, with the number `n` of events.
    """

    weeks: tuple[str, ...]
    pairs: tuple[Pair, ...]
    codes: Mapping[str, tuple[str, ...]]
    events: pd.DataFrame

    def did(self, actions: Iterable[str]) -> Mask:
        """Whether each pair did one of `actions` in each week, (weeks, pairs).

        Strikes go by a stricter rule than a single code, which may be talk.
        """
        codes = [code for action in actions for code in self.codes.get(action, ())]
        done = self._at_least(1, self.events["cameo"].isin(codes))
        return done | self._struck() if {*DIRECT} & {*actions} else done

    def sees(self, actor: str) -> bool:
        """Whether the record knows an actor at all."""
        return bool((self.events[["source", "target"]] == actor).to_numpy().any())

    def _struck(self) -> Mask:
        cameo = self.events["cameo"]
        aimed = self._at_least(AIMED_EVENTS, cameo.isin(AIMED))
        return aimed | self._at_least(FORCE_EVENTS, cameo.str.startswith(ANY_FORCE))

    def _at_least(self, least: int, which: "pd.Series[bool]") -> Mask:
        counts = self.events[which].groupby(["week_start", "source", "target"])["n"].sum()
        cells = [(week, *pair) for week in self.weeks for pair in self.pairs]
        found = counts.reindex(cells, fill_value=0).to_numpy() >= least
        return np.asarray(found.reshape(len(self.weeks), len(self.pairs)))


def read_record(folder: Path, datasets: Sequence[str], pairs: Iterable[Pair]) -> Record:
    """The whole weeks of datasets that follow each other; a week in two of them is of the first."""
    known = pd.read_csv(folder / "weeks.csv")
    whole = known[known["full"] & known["dataset"].isin(datasets)]
    order = whole["dataset"].map(datasets.index)
    whole = whole.assign(order=order).sort_values(["order", "week_start"])
    whole = whole.drop_duplicates("week_start")[["dataset", "week_start"]]
    events = pd.read_csv(folder / "weekly_dyads.csv", dtype={"cameo": str}).merge(whole)
    return Record(tuple(whole["week_start"]), tuple(pairs), _codes(folder), events)


def _codes(folder: Path) -> dict[str, tuple[str, ...]]:
    """Action → its CAMEO codes; strikes have none, but a rule."""
    table = pd.read_csv(folder / "action_codes.csv", dtype=str).fillna("").set_index("action")
    codes = {
        str(name).partition("_")[2]: tuple(row.split()) for name, row in table["narrow"].items()
    }
    codes |= {action: codes[other] for action, other in LIKE.items()} | FURTHER
    return {action: found for action, found in codes.items() if action not in DIRECT}
