"""What moves each outcome, by one rule and in one sentence: the answer's and the charts'."""

from dataclasses import dataclass

import pandas as pd

from realpolitik.sim.charts.study import effect_words, screening
from realpolitik.sim.charts.study.indices import indices_said
from realpolitik.sim.report.study.records import Study
from realpolitik.sim.words.scales import Measure


@dataclass(frozen=True)
class Finding:
    """What moves an outcome.

    Attributes:
        outcome: Its name.
        measure: What it is called, and its scale.
        said: The sentence, without the outcome.
        short: What moves it and how much, for a list.
            Empty where chance may explain it all.
        weight: How far it stands out from what chance does.
    """

    outcome: str
    measure: Measure
    said: str
    short: str
    weight: float

    @property
    def sure(self) -> bool:
        """Whether something moves the outcome beyond chance."""
        return bool(self.short)


def findings(study: Study) -> list[Finding]:
    """A finding an outcome, in the order of interest; none of a design that shows no effects.

    The order is that in which outcomes were asked for; if none was, that in which they stand out.
    """
    made = [_finding(study, outcome, measure) for outcome, measure in study.seen.items()]
    found = [one for one in made if one]
    return found if study.chose_outcomes else standing_out(found)


def standing_out(found: list[Finding]) -> list[Finding]:
    """Shares of worlds that are surely moved first, then by how surely; equals as they were.

    Everybody reads a share; what an index or a grade of .05 more means is known to few.
    """
    return sorted(
        found,
        key=lambda one: (one.sure and one.measure.scale == "share", one.sure, one.weight),
        reverse=True,
    )


def by_interest(study: Study) -> dict[str, Measure]:
    """The outcomes that have a value, in the order of interest."""
    return {one.outcome: one.measure for one in findings(study)} | study.seen


def _finding(study: Study, outcome: str, measure: Measure) -> Finding | None:
    """What the table that the design is made for says of an outcome."""
    if len(effects := study.about_outcome("effects", outcome)):
        return _by_effects(study, effects, outcome, measure)
    if len(table := study.about_outcome("sobol", outcome)):
        return _by_indices(study, table, outcome, measure)
    if len(screened := study.about_outcome("morris", outcome)):
        return _by_screening(study, screened, outcome, measure)
    return None


def _by_effects(study: Study, rows: pd.DataFrame, outcome: str, measure: Measure) -> Finding:
    alone = len(study.varied) == 1
    said = effect_words.way_said(rows.iloc[0], measure)
    if not alone:
        said = effect_words.effects_said(rows, measure)
    moving, short = effect_words.surely_moving(rows), ""
    if len(moving):
        change = measure.change(float(moving["difference"].iloc[0]))
        short = change if alone else f"{moving['address'].iloc[0]} {change}"
    weight = max((effect_words.prominence(row) for _, row in moving.iterrows()), default=0.0)
    return Finding(outcome, measure, said, short, weight)


def _by_indices(study: Study, rows: pd.DataFrame, outcome: str, measure: Measure) -> Finding:
    """Indices are shares of a variance: how large that is stands in `spread`."""
    known, short = rows.dropna(subset=["first", "total"]), ""
    if len(known):
        short = str(known.sort_values("first", ascending=False)["address"].iloc[0])
    return Finding(outcome, measure, indices_said(rows), short, _contrast(study, outcome))


def _by_screening(study: Study, rows: pd.DataFrame, outcome: str, measure: Measure) -> Finding:
    moving, short = screening.surely_moving(rows), ""
    if len(moving):
        first = moving.iloc[0]
        short = f"{first['address']} {measure.size(float(first['mu_star']))}"
    said = screening.screening_said(rows, measure)
    return Finding(outcome, measure, said, short, _contrast(study, outcome))


def _contrast(study: Study, outcome: str) -> float:
    """What parameters do between points, in units of what chance does at one; 0 if not known."""
    for _, row in study.about_outcome("spread", outcome).iterrows():
        if row["noise_sd"] > 0 and row["parameter_sd"] > 0:
            return float(row["parameter_sd"] / row["noise_sd"])
    return 0.0
