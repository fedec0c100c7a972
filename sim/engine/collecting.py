"""What a model of one world collects for Mesa, numbered as everywhere else: by weeks from 1."""

from collections.abc import Iterable
from functools import partial
from typing import Protocol

import mesa
import pandas as pd

from realpolitik.sim.engine.world import Array


class Measured(Protocol):
    """A model whose weeks are counted and whose outcomes can be asked for."""

    @property
    def week(self) -> int:
        """Weeks done so far."""

    def outcome(self, name: str) -> Array:
        """An outcome as it stands now, (W,)."""


class WeekCollector(mesa.DataCollector):
    """Every outcome after every week, as it stands, and `week`, the number of the week.

    Mesa numbers the rows of model reporters from 0 and those of agent reporters from 1, and
    `batch_run` counts steps from 0: the tables here are all numbered from 1, and rows of
    `batch_run` hold their week.
    """

    def __init__(self, outcomes: Iterable[str]) -> None:
        """Collects these outcomes of the only world."""
        reporters = {"week": _week} | {name: partial(_outcome, name) for name in outcomes}
        super().__init__(reporters)  # type: ignore[no-untyped-call]

    def get_model_vars_dataframe(self) -> pd.DataFrame:
        """One row a week, under its number from 1 on; `week`, then a column for each outcome."""
        table: pd.DataFrame = super().get_model_vars_dataframe()  # type: ignore[no-untyped-call]
        return table.set_axis(range(1, len(table) + 1))


def _week(model: Measured) -> int:
    return model.week


def _outcome(name: str, model: Measured) -> float:
    return float(model.outcome(name)[0])
