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

AIMED, FORCE = ("193", "194", "195", "1951", "1952"), "19"
AIMED_EVENTS, FORCE_EVENTS = 2, 6
"""A strike is two or more events of the first codes in a week, or six of any under 190 to 196."""


@dataclass(frozen=True)
class Record:
    """Events between ordered pairs of actors in whole weeks, one after the other.

    Attributes:
        weeks: Their Mondays.
        pairs: The ordered pairs.
        codes: Action → CAMEO codes of it.
        events: A row a week, pair and code: the numbers `week` and `pair`, `cameo`, and how many
            events `n`.
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
        done: Mask = self._counts(self.events["cameo"].isin(codes)) > 0
        return done | self._struck() if {*DIRECT} & {*actions} else done

    def known(self) -> Mask:
        """Which pairs are of actors that both have some event, (pairs,)."""
        seen = {code for number in self.events["pair"].unique() for code in self.pairs[number]}
        return np.array([seen.issuperset(pair) for pair in self.pairs])

    def _struck(self) -> Mask:
        cameo = self.events["cameo"]
        aimed, force = self._counts(cameo.isin(AIMED)), self._counts(cameo.str.startswith(FORCE))
        struck: Mask = (aimed >= AIMED_EVENTS) | (force >= FORCE_EVENTS)
        return struck

    def _counts(self, which: "pd.Series[bool]") -> NDArray[np.int64]:
        """How many of some events there were, (weeks, pairs)."""
        counts = np.zeros((len(self.weeks), len(self.pairs)), dtype=np.int64)
        chosen = self.events[which]
        np.add.at(counts, (chosen["week"], chosen["pair"]), chosen["n"])
        return counts


def read_record(folder: Path, datasets: Sequence[str], pairs: Iterable[Pair]) -> Record:
    """The whole weeks of datasets that follow each other; a week of two of them is of the first."""
    whole = pd.read_csv(folder / "weeks.csv").query("full and dataset in @datasets")
    whole = whole.sort_values("dataset", key=lambda names: names.map(datasets.index), kind="stable")
    whole = whole.drop_duplicates("week_start")[["week_start", "dataset"]]
    weeks, listed = tuple(whole["week_start"]), tuple(pairs)
    events = pd.read_csv(folder / "weekly_dyads.csv", dtype={"cameo": str}).merge(whole)
    both = pd.MultiIndex.from_frame(events[["source", "target"]])
    events = events.assign(
        week=pd.Index(weeks).get_indexer(events["week_start"]),
        pair=pd.MultiIndex.from_tuples(listed).get_indexer(both),
    )
    kept = events.loc[events["pair"] >= 0, ["week", "pair", "cameo", "n"]]
    return Record(weeks, listed, _codes(folder), kept)


def _codes(folder: Path) -> dict[str, tuple[str, ...]]:
    """Action → its CAMEO codes; strikes have none, but a rule."""
    table = pd.read_csv(folder / "action_codes.csv", dtype=str).fillna("").set_index("action")
    codes = {
        str(name).partition("_")[2]: tuple(row.split()) for name, row in table["narrow"].items()
    }
    codes |= {action: codes[other] for action, other in LIKE.items()} | FURTHER
    return {action: found for action, found in codes.items() if action not in DIRECT}
