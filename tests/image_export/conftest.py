"""Two charts, and a browser to draw them with."""

import pandas as pd
import plotly.graph_objects as go
import pytest

from realpolitik.sim import charts
from realpolitik.sim.image_export import NoBrowserError, find_browser


@pytest.fixture
def figures() -> dict[str, go.Figure]:
    """A ladder and a bar."""
    weeks = pd.DataFrame({"week": range(1, 9), "q05": 0, "q25": 1, "q50": 2, "q75": 4, "q95": 7})
    shocks = pd.DataFrame([(2, "Shock <b>&amp;")], columns=["week", "label"])
    shares = pd.DataFrame({"category": ["0", "1"], "label": ["no", "yes"], "share": [0.4, 0.6]})
    return {
        "rungs": charts.ladder(weeks, shocks, 100),
        "help-1": charts.share_bar(shares, "Help", 100),
    }


@pytest.fixture
def browser() -> None:
    """The test is skipped where nothing can draw."""
    try:
        find_browser()
    except NoBrowserError as error:
        pytest.skip(str(error))
