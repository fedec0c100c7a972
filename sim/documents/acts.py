"""What the documents about weekly acts share: what forecasts and classes of act are called."""

from realpolitik.sim.record.backtest import ALL, DYAD_RATE, MODEL
from realpolitik.sim.record.rivals import CLASSES

CLASS_NAMES = {name: name.replace("_", " ") for name in CLASSES}
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
