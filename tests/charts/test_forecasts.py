import numpy as np
import pandas as pd
import pytest

from realpolitik.sim.charts.forecasts import calibration, difference_rows
from realpolitik.sim.charts.style import words_of
from realpolitik.sim.stats.intervals import wilson

TITLES = {"reading": "the reading", "ally": "an ally", "base_rate": "the base rate"}
ENDS = ("rps_difference", "rps_difference_low", "rps_difference_high")
NAMES = {"reading": "the <b>reading</b>", "base_rate": "the base rate"}


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


def table(observed: float = 0.5) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "hypothesis": ["reading", "reading", "base_rate"],
            "forecast": [0.1, 0.9, 0.5],
            "observed": [observed, 1.0, 0.25],
            "n": [10, 10, 4],
        }
    )


@pytest.mark.parametrize(
    ("observed", "told"), [(0.5, "more often"), (0.0, "about as often"), (0.05, "about as often")]
)
def test_title_says_whether_things_come_about_as_often_as_forecast(
    observed: float, told: str
) -> None:
    title = words_of(calibration(table(observed), NAMES)).title
    assert told in title
    assert "20 cases" in title


def test_dots_lie_at_what_was_seen_with_wilson_intervals() -> None:
    trace = calibration(table(), NAMES).data[1]
    assert list(trace.y) == pytest.approx([50, 100])
    low, high = wilson(0.5, 10)
    assert trace.error_y.array[0] == pytest.approx(100 * (high - 0.5))
    assert trace.error_y.arrayminus[0] == pytest.approx(100 * (0.5 - low))
    assert all(abs(x - 100 * at) < 3 for x, at in zip(trace.x, [0.1, 0.9], strict=True))


def test_each_rival_has_colour_dash_and_marker_of_its_own_and_no_markup() -> None:
    traces = calibration(table(), NAMES).data[1:]
    looks = {(one.line.color, one.line.dash, one.marker.symbol) for one in traces}
    assert len(looks) == len(NAMES)
    assert traces[0].name == "The &lt;b&gt;reading&lt;/b&gt;"


def test_a_few_events_are_called_few() -> None:
    few = table().assign(n=3)
    assert "Too few cases" in words_of(calibration(few, NAMES)).title


def test_nothing_to_compare_is_said() -> None:
    assert "nothing to compare" in words_of(calibration(table().head(0), NAMES)).title
