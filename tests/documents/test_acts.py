"""What forecasts and classes of act are called."""

import pandas as pd

from realpolitik.sim.documents.acts import CLASS_NAMES, FORECAST_NAMES, NAMES_AND_ALL, bin_table
from realpolitik.sim.documents.document import PAGE
from realpolitik.sim.record.backtest import FORECASTS
from realpolitik.sim.record.classes import CLASSES


def test_every_class_and_forecast_has_a_name() -> None:
    assert list(CLASS_NAMES) == list(CLASSES)
    assert list(NAMES_AND_ALL) == [*CLASSES, "all"]
    assert tuple(FORECAST_NAMES) == FORECASTS


def test_a_bin_is_told_with_its_ends() -> None:
    row = {
        "hypothesis": "model",
        "low": 0.1,
        "high": 0.2,
        "forecast": 0.15,
        "observed": 0.1,
        "n": 7,
    }
    (cells,) = bin_table(pd.DataFrame([row])).cells(PAGE)
    assert cells == ["The model", "10.0\u00a0% to 20.0\u00a0%", "15.0\u00a0%", "10.0\u00a0%", "7"]
