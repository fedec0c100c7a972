"""A study by its outcomes and addresses: what its tables say of each."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from realpolitik.sim.analysis.study import Study
from realpolitik.sim.experiments.samplers import SAMPLERS
from realpolitik.sim.formatting.scales import MeasuredOutcome, Varied, capped

COLUMNS = {
    "summary": ("outcome", "point", "mean", "low", "high", "n", "worlds", "came"),
    "spread": ("outcome", "mean"),
    "tipping": ("outcome", "address", "threshold", "value", "low", "high", "direction", "n"),
}
"""Columns of tables that are looked into even where they are absent."""

IMPORTANCE = {"effects": "difference", "sobol": "total", "morris": "mu_star"}
"""Table → the column that says how much an address matters."""

SAME = 1e-9
"""Settings that are closer than this are the same."""

UPPER = 0.75
"""Quantile of the points from which on they are the case of interest, where none is named."""


@dataclass(frozen=True)
class StudyView:
    """A study, looked into. Addresses and outcomes stand in the order in which it names them."""

    study: Study

    @property
    def about(self) -> Mapping[str, Any]:
        """What `study.json` holds."""
        return self.study.findings.study

    @property
    def points(self) -> pd.DataFrame:
        """`point`, then a column a varied address; a row a point."""
        return self.study.findings.points

    @property
    def sampler(self) -> str:
        """How points were chosen."""
        return str(self.about["sampler"])

    @property
    def is_one_by_one(self) -> bool:
        """Whether points are chosen by moving one address at a time."""
        return not SAMPLERS[self.sampler].fills_space

    @cached_property
    def varied(self) -> dict[str, Varied]:
        """Address → its range, and what the scenario has."""
        return {each["address"]: _varied(each) for each in self.about["vary"]}

    @cached_property
    def measures(self) -> dict[str, MeasuredOutcome]:
        """Outcome → what it is called, and of weeks what one that never came counts; its scale."""
        weeks = int(self.about["scenario"]["weeks"])
        return {
            each["name"]: MeasuredOutcome(
                capped(each["label"], each["scale"], weeks), each["scale"]
            )
            for each in self.about["outcomes"]
        }

    @cached_property
    def seen(self) -> dict[str, MeasuredOutcome]:
        """The outcomes that have a value at some point; all, where no table tells which."""
        tables = [self.table(name) for name in ("summary", "spread") if name in self.study.tables]
        if not tables:
            return dict(self.measures)
        known = set(tables[0].loc[tables[0]["mean"].notna(), "outcome"])
        return {name: measure for name, measure in self.measures.items() if name in known}

    @property
    def chose_outcomes(self) -> bool:
        """Whether outcomes were asked for, or simply all of the scenario are reported."""
        return list(self.measures) != list(self.about["measures"])

    def table(self, name: str) -> pd.DataFrame:
        """A table of the analysis; without rows where it is absent."""
        empty = pd.DataFrame(columns=list(COLUMNS.get(name, ("outcome", "address"))))
        found = self.study.tables.get(name)
        return empty if found is None or found.empty else found

    def about_outcome(self, name: str, outcome: str) -> pd.DataFrame:
        """The rows of a table that are about one outcome."""
        table = self.table(name)
        return table[table["outcome"] == outcome]

    def has_numbers(self, name: str, outcome: str) -> bool:
        """Whether a table of IMPORTANCE says for any address how much it matters to an outcome."""
        rows = self.about_outcome(name, outcome)
        return IMPORTANCE[name] in rows and bool(rows[IMPORTANCE[name]].notna().any())

    def at_points(self, outcome: str) -> pd.DataFrame:
        """A row a point: settings, and outcome, mean, low, high, n and came of an outcome there."""
        names = ["outcome", "point", "mean", "low", "high", "n", "came"]
        numbers = self.about_outcome("summary", outcome)[names]
        return self.points.merge(numbers.astype({"point": self.points["point"].dtype}), on="point")

    # ── What matters ─────────────────────────────────────────────────────────────────

    def ranking(self, outcome: str) -> list[Varied]:
        """The addresses, those that matter most for an outcome first."""
        size = self._importance(outcome)
        order = sorted(self.varied, key=lambda address: -size.get(address, 0.0))
        return [self.varied[address] for address in order]

    def _importance(self, outcome: str) -> dict[str, float]:
        """By address: an effect or index; where there is none, the size of a rank correlation."""
        for name, column in IMPORTANCE.items():
            rows = self.about_outcome(name, outcome).dropna(subset=["address"])
            if len(rows):
                sizes = rows[column].abs().fillna(0.0).astype(float)
                return dict(zip(rows["address"].astype(str), sizes, strict=True))
        rows = self.at_points(outcome).dropna(subset=["mean"])
        return {address: _rank_correlation(rows[address], rows["mean"]) for address in self.varied}

    # ── Lines of points ──────────────────────────────────────────────────────────────

    @cached_property
    def curves(self) -> pd.DataFrame:
        """The table `curves`; with one address, any design gives one."""
        table, summary = self.table("curves"), self.table("summary")
        if table.empty and len(self.varied) == 1 and not summary.empty:
            address = next(iter(self.varied))
            rows = summary.merge(self.points, on="point").rename(columns={address: "value"})
            return rows.assign(address=address, points=1)
        return table

    def line_nearest(self, varied: Varied) -> pd.DataFrame:
        """The points along an address whose others stay closest to the scenario, as `curves`.

        Closeness is counted in the spread of each address, summed over the others.
        """
        others = [address for address in self.varied if address != varied.address]
        settings = self.points[others]
        wide = (settings.max() - settings.min()).replace(0.0, 1.0)
        own = pd.Series({address: self.varied[address].default for address in others})
        apart = settings.sub(own, axis=1).div(wide, axis=1).abs().sum(axis=1)
        nearest = settings.iloc[int(apart.argmin())]
        line = self.points[(settings == nearest).all(axis=1)]
        rows = self.table("summary").merge(line[["point", varied.address]], on="point")
        named = rows.rename(columns={varied.address: "value"})
        return named.assign(address=varied.address, points=1)

    def own_mean(self, outcome: str) -> float:
        """An outcome at the point that is the scenario itself; NaN where there is none."""
        rows = self.at_points(outcome)
        for address, varied in self.varied.items():
            rows = rows[(rows[address] - varied.default).abs() < SAME]
        return float(rows["mean"].iloc[0]) if len(rows) else math.nan

    # ── The case of interest ─────────────────────────────────────────────────────────

    def case(self) -> tuple[str, str] | None:
        """An outcome, and in words what it is in the case of interest; None where none varies.

        The case is as the study names it, else the upper quarter of the points.
        """
        favoured = self.about["favoured"]
        if favoured and favoured["outcome"] in self.seen:
            measure = self.measures[favoured["outcome"]]
            said = measure.beyond(float(favoured["level"]), favoured["side"] == "above")
            return favoured["outcome"], said
        for name, measure in self.seen.items():
            means = self.at_points(name)["mean"]
            if means.nunique() > 1:
                least = measure.often(float(means.quantile(UPPER)))
                return name, f"{least} or more (the upper quarter)"
        return None

    def inside(self, outcome: str) -> pd.Series:
        """Whether each row of `at_points` is in the case of interest."""
        means, favoured = self.at_points(outcome)["mean"], self.about["favoured"]
        if favoured and favoured["outcome"] == outcome:
            level = float(favoured["level"])
            return means > level if favoured["side"] == "above" else means < level
        return means >= means.quantile(UPPER)


def _varied(found: Mapping[str, Any]) -> Varied:
    low, high, default = (float(found[name]) for name in ("low", "high", "default"))
    return Varied(found["address"], low, high, default, found["unit"])


def _rank_correlation(one: pd.Series, other: pd.Series) -> float:
    """Size of Spearman's rank correlation; 0 where one of the two does not vary."""
    if one.nunique() < 2 or other.nunique() < 2:
        return 0.0
    found = abs(float(one.rank().corr(other.rank())))
    return found if math.isfinite(found) else 0.0
