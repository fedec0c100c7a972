"""A run by its outcomes, shocks and actors: what its manifest and its tables say of each."""

import datetime
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from realpolitik.sim.documents.document import Row
from realpolitik.sim.engine.actions import ACTIONS, HOLD
from realpolitik.sim.experiments.run_folder import Run
from realpolitik.sim.formatting.names import Names, heading_of

NUMBERS = ("mean", "low", "high", "median", "q05", "q95")


USUAL = 0.2
"""What is done so many times a week in all worlds is no news: it is counted."""

STEPS_BACK = {one.action for one in ACTIONS if one.reconciles}


@dataclass(frozen=True)
class RunView:
    """A run, looked into. Outcomes and actors stand in the order of the scenario."""

    run: Run

    @property
    def about(self) -> Mapping[str, Any]:
        """What the manifest says of the scenario."""
        about: Mapping[str, Any] = self.run.manifest["scenario"]
        return about

    @property
    def worlds(self) -> int:
        """Number of worlds."""
        return int(self.run.manifest["worlds"])

    @property
    def weeks(self) -> int:
        """The horizon [weeks]."""
        return int(self.about["weeks"])

    @cached_property
    def names(self) -> Names:
        """What the actors are called."""
        return Names.of(self.about["actors"])

    @cached_property
    def outcomes(self) -> list[Row]:
        """A row an outcome as the manifest has it, NaN for null, with `by` and `on` (or "")."""
        return [_outcome(found, self.weeks) for found in self.run.manifest["outcomes"]]

    @property
    def assumed(self) -> Row | None:
        """The settings of the numbers that were looked at; None if none were."""
        return self._uncertain.get("assumed")

    @property
    def drawn(self) -> Row | None:
        """What the numbers of each world were drawn from; None if they are as they stand."""
        return self._uncertain.get("drawn")

    @property
    def standing(self) -> list[str]:
        """How the model stood against the record when the run was made; older runs do not say."""
        return [*self.run.manifest.get("standing", ())]

    @property
    def _uncertain(self) -> Row:
        return self.run.manifest.get("uncertain") or {}

    @property
    def seen(self) -> list[Row]:
        """The outcomes that have a value in some world."""
        return [row for row in self.outcomes if is_seen(row)]

    @property
    def shares(self) -> list[Row]:
        """Those of them that are shares of worlds."""
        return [row for row in self.seen if row["scale"] == "share"]

    def having(self, *measures: str) -> list[Row]:
        """The outcomes of these measures."""
        return [row for row in self.outcomes if row["measure"] in measures]

    def alignment_pairs(self) -> list[tuple[Row, Row]]:
        """Outcomes of public and of material alignment that are about the same two actors."""
        material = {pair_of(row): row for row in self.having("material_alignment")}
        return [
            (public, material[pair_of(public)])
            for public in self.having("public_alignment")
            if pair_of(public) in material and is_seen(public)
        ]

    def words_ahead(self, public: Row, material: Row) -> float:
        """Share of worlds in which the words exceed the deeds."""
        words, deeds = (self.run.runs[one["name"]] for one in (public, material))
        return float((words.to_numpy() > deeds.to_numpy()).mean())

    def categories(self, outcome: Row, labels: Mapping[str, str]) -> pd.DataFrame:
        """Each category of an outcome: `category`, `label`, `share`, `low`, `high`."""
        rows = pd.DataFrame.from_dict(outcome["shares"], orient="index", dtype=float)
        return rows.assign(
            category=rows.index, label=[labels.get(name, name) for name in rows.index]
        )

    @cached_property
    def grades(self) -> dict[str, str]:
        """Grade of help → what it is called."""
        return {str(one["grade"]): one["label"] for one in self.run.manifest["help_grades"]}

    def weekly(self, measure: str) -> pd.DataFrame:
        """The rows of one measure by week, without weeks that have no value."""
        rows = self.run.weeks[self.run.weeks["measure"] == measure]
        return rows.dropna(subset=["mean"]).sort_values("week")

    @cached_property
    def shocks(self) -> list[Row]:
        """A row a shock, with a `label` in the scenario's own spelling."""
        found = self.about["shocks"]
        spelling = [*(shock["note"] for shock in found), self.about["question"]]
        return [{**shock, "label": heading_of(shock["id"], spelling)} for shock in found]

    @cached_property
    def typical_world(self) -> int | None:
        """Number of the world that is told; None where its deeds were not kept."""
        world = int(self.run.manifest["typical_world"]["world"])
        return world if (self.run.events["world"] == world).any() else None

    @cached_property
    def deeds(self) -> pd.DataFrame:
        """What was done in that world, week by week, without holding.

        `often` says how many times a week it is done in all worlds of the run, `unusual` whether
        it is out of the ordinary: rarer, and no step back where there was no force between the two.
        """
        events = self.run.events
        kept = (events["world"] == self.typical_world) & (events["action"] != HOLD)
        deeds = events[kept].sort_values("week", kind="stable")
        acts = self.run.acts.assign(often=self.run.acts["per_world"] / self.weeks)
        deed = ["actor", "on", "action"]
        deeds = deeds.merge(acts[[*deed, "often"]], on=deed, how="left").fillna({"often": 0.0})
        return deeds.assign(unusual=(deeds["often"] < USUAL) & ~_idle_steps_back(deeds))

    def date_of(self, week: int) -> str:
        """First day of a week, such as "19 August 2024"."""
        start = datetime.date.fromisoformat(self.about["start"])
        day = start + datetime.timedelta(weeks=week - 1)
        return f"{day.day} {day:%B %Y}"


def _outcome(found: Row, weeks: int) -> Row:
    numbers = {key: math.nan if found[key] is None else found[key] for key in NUMBERS}
    toward = (found.get(key) for key in ("target", "on", "to", "toward"))
    assumed = found.get("assumed") or {"mean": None, "low": None, "high": None}
    row = {
        **found,
        **numbers,
        **{f"assumed_{key}": math.nan if one is None else one for key, one in assumed.items()},
        "by": found.get("by") or "",
        "on": next(filter(None, toward), ""),
        "action": found.get("action") or "",
    }
    is_earlier = row["scale"] == "weeks" and "came" not in row
    return {**row, **(_capped(row, weeks) if is_earlier else {})}


def _capped(row: Row, weeks: int) -> Row:
    """The mean of weeks of a run of an earlier version, which left out those that never came."""
    came = row["n"] / row["worlds"]
    mean = (came * row["mean"] if row["n"] else 0.0) + (1 - came) * weeks
    return {"came": came, "mean": mean, "low": math.nan, "high": math.nan}


def is_seen(outcome: Row) -> bool:
    """Whether any world has a value."""
    return bool(outcome["n"] > 0 and math.isfinite(outcome["mean"]))


def pair_of(outcome: Row) -> tuple[str, str]:
    """Who, and toward whom."""
    return outcome["by"], outcome["on"]


def _idle_steps_back(deeds: pd.DataFrame) -> "pd.Series[bool]":
    """Which deeds are steps back where there was no force between the two by that week."""
    steps = deeds["action"].isin(STEPS_BACK)
    pairs = pd.Series([frozenset(pair) for pair in zip(deeds["actor"], deeds["on"], strict=True)])
    force = (deeds["track"] == "force") & ~steps
    began = deeds["week"][force].groupby(pairs[force]).min()
    return steps & ~(pairs.map(began) <= deeds["week"])
