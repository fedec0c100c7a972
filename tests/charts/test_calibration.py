import pandas as pd
import pytest

from realpolitik.sim.charts.calibration import calibration
from realpolitik.sim.charts.style import words_of
from realpolitik.sim.stats.intervals import wilson

TITLES = {"reading": "the <b>reading</b>", "base_rate": "the base rate"}


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
    title = words_of(calibration(table(observed), TITLES)).title
    assert told in title
    assert "20 events" in title


def test_dots_lie_at_what_was_seen_with_wilson_intervals() -> None:
    trace = calibration(table(), TITLES).data[1]
    assert list(trace.y) == pytest.approx([50, 100])
    low, high = wilson(0.5, 10)
    assert trace.error_y.array[0] == pytest.approx(100 * (high - 0.5))
    assert trace.error_y.arrayminus[0] == pytest.approx(100 * (0.5 - low))
    assert all(abs(x - 100 * at) < 3 for x, at in zip(trace.x, [0.1, 0.9], strict=True))


def test_each_rival_has_colour_dash_and_marker_of_its_own_and_no_markup() -> None:
    traces = calibration(table(), TITLES).data[1:]
    looks = {(one.line.color, one.line.dash, one.marker.symbol) for one in traces}
    assert len(looks) == len(TITLES)
    assert traces[0].name == "The &lt;b&gt;reading&lt;/b&gt;"


def test_a_few_events_are_called_few() -> None:
    few = table().assign(n=3)
    assert "Too few events" in words_of(calibration(few, TITLES)).title


def test_nothing_to_compare_is_said() -> None:
    assert "nothing to compare" in words_of(calibration(table().head(0), TITLES)).title
