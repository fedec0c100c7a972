import math

import pandas as pd

from realpolitik.sim.charts.implausibility import MOST, implausibility_dots
from realpolitik.sim.charts.style import words_of


def patterns(start: list[float], best: list[float]) -> pd.DataFrame:
    rows = [
        {
            "at": at,
            "pattern": f"p{number}",
            "says": f"Pattern {number} holds",
            "value": 0.5,
            "verdict": "missed" if size > 3 else "holds",
            "implausibility": size,
            "n": 4000,
        }
        for at, sizes in (("start", start), ("best", best))
        for number, size in enumerate(sizes)
    ]
    return pd.DataFrame(rows)


def test_title_counts_the_patterns_that_hold() -> None:
    title = words_of(implausibility_dots(patterns([0, 5, 4], [0, 1, 4]), 3)).title
    assert title == "At the defaults 1 of 3 patterns hold, at the best set 2"


def test_caption_names_what_is_missed() -> None:
    caption = words_of(implausibility_dots(patterns([0, 5], [0, 1]), 3)).caption
    assert "Missed: p1 (start)." in caption
    assert "Missed: none." in words_of(implausibility_dots(patterns([0], [1]), 3)).caption


def test_defaults_are_open_and_what_is_far_off_stands_at_the_end() -> None:
    start, best = implausibility_dots(patterns([0, 50], [0, 1]), 3).data
    assert (start.marker.color, best.marker.symbol) == ("#FFFFFF", "circle")
    assert list(start.x) == [0, MOST]
    assert "implausibility 50.00" in start.customdata[1][0]


def test_what_could_not_be_measured_is_drawn_nowhere() -> None:
    figure = implausibility_dots(patterns([math.nan], [0]), 3)
    assert math.isnan(figure.data[0].x[0])
