"""What the documents about weekly acts share: what forecasts and classes of act are called."""

import pandas as pd

from realpolitik.sim.documents.document import Column, Table, text
from realpolitik.sim.formatting.numbers import capital, percent
from realpolitik.sim.record.backtest import ALL, DYAD_RATE, MODEL

CLASS_NAMES = {
    "denounce": "denunciations",
    "threaten": "threats",
    "support": "public support",
    "offer": "offers to talk",
    "sanction": "sanctions",
    "arms": "arms deliveries",
    "show_of_force": "shows of force",
    "step_back": "steps back",
    "strike": "strikes",
}
"""Class of act → its name."""

NAMES_AND_ALL = {**CLASS_NAMES, ALL: "all acts"}

FORECAST_NAMES = {
    MODEL: "the model",
    "one_rate": "one rate a class",
    DYAD_RATE: "the pair’s own rate",
    "persistence": "as in the last week",
    "last_weeks": "own rate and last weeks",
}
"""Forecast → its name."""

RELIABILITY = (
    "Dots: cases in bins of a tenth of forecast probability; bars: 95 % Wilson intervals that take "
    "the cases as independent, which those of a week or of a pair are not."
)
"""How a chart of reliability is read."""


def bin_table(bins: pd.DataFrame) -> Table:
    """A row a forecast and bin of probability."""
    return Table(
        bins,
        [
            Column("Forecast", lambda row: capital(FORECAST_NAMES[row["hypothesis"]])),
            Column("Bin", lambda row: f"{percent(row['low'])} to {percent(row['high'])}"),
            Column("Mean forecast", lambda row: percent(row["forecast"]), right=True),
            Column("Came about", lambda row: percent(row["observed"]), right=True),
            Column("Cases", text("n"), right=True),
        ],
    )
