import math
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.kept_ranges import kept_ranges
from realpolitik.sim.charts.style import words_of
from realpolitik.sim.formatting.scales import Varied


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
