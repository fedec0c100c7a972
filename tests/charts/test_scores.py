import numpy as np
import pandas as pd
import pytest

from realpolitik.sim.charts.scores import difference_rows
from realpolitik.sim.charts.style import words_of

TITLES = {"reading": "the reading", "ally": "an ally", "base_rate": "the base rate"}
ENDS = ("rps_difference", "rps_difference_low", "rps_difference_high")


def summary(value: float = -0.1, high: float = -0.02, n: int = 9) -> pd.DataFrame:
    rows = []
    for name in TITLES:
        for cases in ("article", "omitted", "all"):
            own = (value, value - 0.2, high) if name == "reading" else (0.3, np.nan, np.nan)
            rows.append((name, cases, n, 0.3, *own))
    return pd.DataFrame(rows, columns=["hypothesis", "cases", "n", "skill", *ENDS])


@pytest.mark.parametrize(
    ("value", "high", "told"),
    [
        (-0.1, -0.02, "The reading beats the base rate: score 0.100 lower"),
        (-0.1, 0.1, "The reading is ahead of the base rate, but perhaps by chance"),
        (0.1, 0.6, "The reading does not beat the base rate: score 0.100 higher"),
        (-0.1, np.nan, "Cases of too few crises to say who forecasts better: skill 0.30"),
    ],
)
def test_title_says_whether_the_base_rate_is_beaten(value: float, high: float, told: str) -> None:
    title = words_of(difference_rows(summary(value, high), TITLES, "base_rate")).title
    assert told in title


def test_a_single_case_is_one() -> None:
    caption = words_of(difference_rows(summary(n=1), TITLES, "base_rate")).caption
    assert caption.startswith("One case,")


def test_the_base_rate_is_a_line_and_no_row() -> None:
    figure = difference_rows(summary(), TITLES, "base_rate")
    assert {len(trace.x) for trace in figure.data} == {2}
    assert figure.layout.shapes[0].x0 == 0


def test_each_set_of_cases_has_a_colour_and_a_marker_of_its_own() -> None:
    traces = difference_rows(summary(), TITLES, "base_rate").data
    assert len({(one.marker.color, one.marker.symbol) for one in traces}) == 3
