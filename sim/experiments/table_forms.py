"""What the tables in folders must hold so that they are used; of records `schemas` says it.

A digest shows that a table is what was written, but anybody can write one. So columns are looked at
before they are counted on: whether they are there, of their kind, and within what can be.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from realpolitik.sim.stats.intervals import Scale


@dataclass(frozen=True)
class ColumnForm:
    """What a column holds.

    Attributes:
        kinds: Kinds of NumPy that it may be of.
        least: Least number in it.
        most: Greatest number in it.
        gaps: Whether there may be NaN in it.
        among: Texts of which it may hold no others; any, if there are none.
    """

    kinds: str
    least: float = -np.inf
    most: float = np.inf
    gaps: bool = False
    among: frozenset[str] = frozenset()

    def misfit(self, values: pd.Series) -> str:
        """What is wrong with the values; empty if nothing is."""
        if not len(values):
            return ""
        if values.dtype.kind not in self.kinds:
            return f"found {values.dtype}; expected {'text' if 'O' in self.kinds else 'numbers'}"
        if "O" in self.kinds:
            found = values[~values.isin(self.among)] if self.among else values[values.isna()]
            return f"found {str(found.iloc[0])!r}" if len(found) else ""
        numbers = values.to_numpy(dtype=np.float64)
        odd = ~(np.isfinite(numbers) & (numbers >= self.least) & (numbers <= self.most))
        if self.gaps:
            odd &= ~np.isnan(numbers)
        return f"found {numbers[odd][0]:g}{self._bounds()}" if odd.any() else ""

    def _bounds(self) -> str:
        if np.isfinite(self.most):
            return f"; expected {self.least:g} to {self.most:g}"
        return f"; expected {self.least:g} or more" if np.isfinite(self.least) else ""


WHOLE, NUMBER, GAPPY, TEXT = (
    ColumnForm("iu"),
    ColumnForm("iuf"),
    ColumnForm("iuf", gaps=True),
    ColumnForm("OUT"),
)

Form = Mapping[str, ColumnForm]


def of_outcome(scale: Scale) -> ColumnForm:
    """The column of an outcome; only a week may be missing, or lie beyond the horizon."""
    is_week = scale.name == "weeks"
    return ColumnForm("iufb", scale.least, np.inf if is_week else scale.most, gaps=is_week)


def forms_of_run(
    scales: Mapping[str, Scale], worlds: int, weeks: int, codes: Iterable[str]
) -> dict[str, Form]:
    """The forms of the tables of a run: of so many worlds and weeks, with these actors.

    Args:
        scales: Scale of each outcome.
        worlds: Number of worlds.
        weeks: Horizon [weeks].
        codes: The actors.
    """
    world, week = ColumnForm("iu", 0, worlds - 1), ColumnForm("iu", 1, weeks)
    deed = dict.fromkeys(("actor", "on"), ColumnForm("OUT", among=frozenset(codes)))
    deed |= dict.fromkeys(("track", "action", "label"), TEXT)
    quantiles = dict.fromkeys(("mean", "q05", "q25", "q50", "q75", "q95"), GAPPY)
    return {
        "runs": {"world": world, **{name: of_outcome(one) for name, one in scales.items()}},
        "weeks": {"week": week, "measure": TEXT, "n": ColumnForm("iu", 0, worlds), **quantiles},
        "events": {"world": world, "week": week, "date": TEXT, **deed},
        "acts": {**deed, "per_world": ColumnForm("iuf", 0), "background": ColumnForm("b")},
    }


def misfits(table: pd.DataFrame, form: Form) -> Iterator[str]:
    """What is wrong with a table, column by column; it may have further columns."""
    for name, column in form.items():
        match list(table.columns).count(name):
            case 0:
                yield f"{name}: missing"
            case 1:
                if told := column.misfit(table[name]):
                    yield f"{name}: {told}"
            case _:
                yield f"{name}: two columns of this name"
