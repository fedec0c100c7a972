import numpy as np
import pandas as pd
import pytest

from realpolitik.sim.charts.style import words_of
from realpolitik.sim.charts.validation.scores import LEAST, skill_rows

TITLES = {"reading": "the reading", "ally": "an ally", "base_rate": "the base rate"}


def summary(skill: float = 0.3, low: float = 0.1) -> pd.DataFrame:
    rows = []
    for name in TITLES:
        for cases in ("article", "omitted", "all"):
            own = (skill, low, 0.6) if name == "reading" else (-3.0, -9.0, np.nan)
            rows.append((name, cases, 5, *own))
    names = ["hypothesis", "cases", "n", "skill", "skill_low", "skill_high"]
    return pd.DataFrame(rows, columns=names)


@pytest.mark.parametrize(
    ("skill", "low", "told"),
    [
        (0.3, 0.1, "The reading beats the base rate: skill 0.30"),
        (0.3, -0.1, "The reading is ahead of the base rate, but perhaps by chance"),
        (-0.3, -0.6, "The reading does not beat the base rate: skill −0.30"),
        (0.3, np.nan, "but perhaps by chance"),
    ],
)
def test_title_says_whether_the_base_rate_is_beaten(skill: float, low: float, told: str) -> None:
    title = words_of(skill_rows(summary(skill, low), TITLES, "base_rate")).title
    assert told in title


def test_the_base_rate_is_a_line_and_no_row() -> None:
    figure = skill_rows(summary(), TITLES, "base_rate")
    assert {len(trace.x) for trace in figure.data} == {2}
    assert figure.layout.shapes[0].x0 == 0


def test_each_set_of_cases_has_a_colour_and_a_marker_of_its_own() -> None:
    traces = skill_rows(summary(), TITLES, "base_rate").data
    assert len({(one.marker.color, one.marker.symbol) for one in traces}) == 3


def test_what_is_far_below_is_cut_and_its_number_kept() -> None:
    trace = skill_rows(summary(), TITLES, "base_rate").data[0]
    assert trace.x[1] == LEAST
    assert trace.customdata[1][1] == "−3.00"
