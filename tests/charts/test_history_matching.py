import math
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.history_matching import MOST, implausibility_dots, kept_ranges
from realpolitik.sim.charts.style import words_of
from realpolitik.sim.formatting.scales import Varied


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


def ranges(**more: Any) -> pd.DataFrame:
    rows = [
        ("RUS.a", 0.0, 1.0, 0.6, 0.1, 0.4, 0.6, 0.9, 40),
        ("RUS.b", 0.0, 2.0, 0.2, 0.0, 0.1, 0.3, 1.5, 40),
    ]
    names = ["address", "low", "high", "best", "kept_low", "kept_q25", "kept_q75", "kept_high", "n"]
    return pd.DataFrame(rows, columns=names).assign(**more)


VARIED = {"RUS.a": Varied("RUS.a", 0.0, 1.0, 0.5), "RUS.b": Varied("RUS.b", 0.0, 2.0, 1.0)}


def test_bars_lie_in_their_declared_ranges() -> None:
    figure = kept_ranges(ranges(), VARIED)
    declared, outer, inner = figure.data[:3]
    assert list(declared.x)[:2] == [0, 1]
    assert list(outer.x)[3:5] == [0, 0.75]
    assert list(inner.x)[:2] == [0.4, 0.6]
    best = figure.data[-1]
    assert list(best.x) == [0.6, 0.1]


def test_title_names_what_the_patterns_narrow_most() -> None:
    title = words_of(kept_ranges(ranges(), VARIED)).title
    assert title == "The patterns say most about RUS.b and RUS.a"


def drawn(figure: go.Figure) -> set[str]:
    return {trace.name for trace in figure.data}


def test_alt_text_says_what_remains_of_each_address() -> None:
    alt = words_of(kept_ranges(ranges(), VARIED)).alt
    assert "RUS.a 0.4 to 0.6" in alt
    assert "RUS.b 0.1 to 0.3" in alt


def test_caption_says_how_many_points_remain() -> None:
    assert "40 points remain" in words_of(kept_ranges(ranges(), VARIED)).caption


def test_where_nothing_remains_it_says_so() -> None:
    empty = dict.fromkeys(("kept_low", "kept_q25", "kept_q75", "kept_high"), math.nan)
    figure = kept_ranges(ranges(n=0, **empty), VARIED)
    assert words_of(figure).title == "No set of parameters that was tried remains"
    assert {"not implausible", "middle half of that"}.isdisjoint(drawn(figure))
