"""A study as its page takes it: what was varied and measured, and the tables of its analysis."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from realpolitik.sim.charts.study.parallel import Case
from realpolitik.sim.report.run.records import Json, text, value
from realpolitik.sim.words.scales import Measure, Varied, capped

COLUMNS = {
    "summary": ("outcome", "point", "mean", "low", "high", "n", "worlds", "came"),
    "spread": ("outcome", "mean"),
    "tipping": ("outcome", "address", "threshold", "value", "low", "high", "direction", "n"),
}
"""Columns of tables that are looked into even where they are absent."""

SAME = 1e-9
"""Settings that are closer than this are the same."""

IMPORTANCE = {"effects": "difference", "sobol": "total", "morris": "mu_star"}
"""Table → the column that says how much an address matters."""


@dataclass(frozen=True)
class Study:
    """All that the page is made of. Addresses and outcomes stand in the order of the study."""

    about: Json
    varied: Mapping[str, Varied]
    measures: Mapping[str, Measure]
    points: pd.DataFrame
    tables: Mapping[str, pd.DataFrame]
    failures: pd.DataFrame

    @property
    def sampler(self) -> str:
        """How points were chosen."""
        return text(self.about["sampler"])

    @property
    def seen(self) -> dict[str, Measure]:
        """The outcomes that have a value at some point; all, where no table tells which."""
        tables = [self.table(name) for name in ("summary", "spread") if name in self.tables]
        if not tables:
            return dict(self.measures)
        known = set(tables[0].loc[tables[0]["mean"].notna(), "outcome"])
        return {name: measure for name, measure in self.measures.items() if name in known}

    @property
    def chose_outcomes(self) -> bool:
        """Whether outcomes were asked for, or simply all of the scenario are reported."""
        return list(self.measures) != list(self.about.get("measures", {}))

    def table(self, name: str) -> pd.DataFrame:
        """A table of the analysis; without rows where it is absent."""
        empty = pd.DataFrame(columns=list(COLUMNS.get(name, ("outcome", "address"))))
        found = self.tables.get(name)
        return empty if found is None or found.empty else found

    def needed(self, name: str) -> pd.DataFrame:
        """A table that every study has.

        Raises:
            LookupError: it could not be made.
        """
        if name not in self.tables:
            raise LookupError(f"there is no table {name}")
        return self.table(name)

    def about_outcome(self, name: str, outcome: str) -> pd.DataFrame:
        """The rows of a table that are about one outcome."""
        table = self.table(name)
        return table[table["outcome"] == outcome]

    def has_numbers(self, name: str, outcome: str) -> bool:
        """Whether a table of IMPORTANCE says for any address how much it matters to an outcome."""
        rows = self.about_outcome(name, outcome)
        return IMPORTANCE[name] in rows and bool(rows[IMPORTANCE[name]].notna().any())

    def at_points(self, outcome: str) -> pd.DataFrame:
        """A row a point: the settings, and mean, low, high, n and came of an outcome there."""
        names = ["point", "mean", "low", "high", "n", "came"]
        numbers = self.about_outcome("summary", outcome)[names]
        return self.points.merge(numbers.astype({"point": self.points["point"].dtype}), on="point")

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

    def case(self) -> tuple[str, Case] | None:
        """The case of interest: as the study names it, else the upper quarter of the points."""
        favoured = self.about.get("favoured")
        if favoured and favoured["outcome"] in self.seen:
            name, level = text(favoured["outcome"]), value(favoured["level"])
            measure = self.measures[name]
            return name, Case(measure, measure.beyond(level, favoured["side"] == "above"))
        for name, measure in self.seen.items():
            means = self.at_points(name)["mean"]
            if means.nunique() > 1:
                least = measure.often(float(means.quantile(0.75)))
                return name, Case(measure, f"{least} or more (the upper quarter)")
        return None

    def inside(self, outcome: str) -> pd.Series:
        """Whether each row of `at_points` is in the case of interest."""
        means, favoured = self.at_points(outcome)["mean"], self.about.get("favoured")
        if favoured and favoured["outcome"] == outcome:
            level = value(favoured["level"])
            return means > level if favoured["side"] == "above" else means < level
        return means >= means.quantile(0.75)

    def own_mean(self, outcome: str) -> float:
        """An outcome at the point that is the scenario itself; NaN where there is none."""
        rows = self.at_points(outcome)
        for address, varied in self.varied.items():
            rows = rows[(rows[address] - varied.default).abs() < SAME]
        return float(rows["mean"].iloc[0]) if len(rows) else math.nan


def line_nearest(study: Study, varied: Varied) -> pd.DataFrame:
    """The points along an address whose others stay closest to the scenario, as `curves` has them.

    Closeness is counted in the spread of each address, summed over the others.
    """
    others = [address for address in study.varied if address != varied.address]
    settings = study.points[others]
    wide = (settings.max() - settings.min()).replace(0.0, 1.0)
    own = pd.Series({address: study.varied[address].default for address in others})
    apart = settings.sub(own, axis=1).div(wide, axis=1).abs().sum(axis=1)
    nearest = settings.iloc[int(apart.argmin())]
    line = study.points[(settings == nearest).all(axis=1)]
    rows = study.table("summary").merge(line[["point", varied.address]], on="point")
    named = rows.rename(columns={varied.address: "value"})
    return named.assign(address=varied.address, points=1)


def read_study(
    about: Json, points: pd.DataFrame, tables: Mapping[str, pd.DataFrame], failures: pd.DataFrame
) -> Study:
    """The content of a study folder as records."""
    weeks = int(about["scenario"]["weeks"])
    return Study(
        about=about,
        varied={text(each["address"]): _varied(each) for each in about["vary"]},
        measures={text(each["name"]): _measure(each, weeks) for each in about["outcomes"]},
        points=points,
        tables=tables,
        failures=failures,
    )


def _measure(found: Json, weeks: int) -> Measure:
    """An outcome; of weeks its label says what one that never came counts."""
    scale = text(found["scale"])
    return Measure(capped(text(found.get("label")) or text(found["name"]), scale, weeks), scale)


def _varied(found: Json) -> Varied:
    return Varied(
        address=text(found["address"]),
        low=value(found["low"]),
        high=value(found["high"]),
        default=value(found.get("default")),
        unit=text(found.get("unit")),
    )


def _rank_correlation(one: pd.Series, other: pd.Series) -> float:
    """Size of Spearman's rank correlation; 0 where one of the two does not vary."""
    if one.nunique() < 2 or other.nunique() < 2:
        return 0.0
    found = abs(float(one.rank().corr(other.rank())))
    return found if math.isfinite(found) else 0.0
