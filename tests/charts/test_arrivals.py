import numpy as np
import pandas as pd
import pytest

from realpolitik.sim.charts import (
    Sides,
    arrival_curves,
    arrivals,
)
from realpolitik.sim.charts.arrivals import MOST
from realpolitik.sim.charts.style import words_of

SIDES = Sides({"a": "As it was", "b": "With words"}, "1,000 worlds each, seed 0")

WEEK = np.arange(1, 11)


def weeks(**events: list[float]) -> pd.DataFrame:
    tables = [
        pd.DataFrame({"week": range(1, len(shares) + 1), "event": event, "share": shares})
        for event, shares in events.items()
    ]
    return pd.concat(tables, ignore_index=True)


def test_title_says_when_half_and_nine_tenths_of_the_commonest_have_come() -> None:
    table = weeks(War=[0.0, 0.0, 0.1, 0.1], Strike=[0.1, 0.3, 0.5, 0.6])
    assert words_of(arrivals(table, 1000)).title == (
        "Strike: where it happens, it does so by week 2 in half and by week 4 in nine tenths "
        "of the worlds"
    )


def test_lines_are_in_percent() -> None:
    line = next(t for t in arrivals(weeks(Strike=[0.1, 0.3]), 100).data if t.name == "Strike")
    assert list(line.y) == pytest.approx([10, 30])


def test_what_never_happens_is_named_and_not_drawn() -> None:
    figure = arrivals(weeks(Strike=[0.1, 0.3], Clash=[0.0, 0.0]), 100)
    assert "In no world: Clash." in words_of(figure).caption
    assert "Clash" not in {trace.name for trace in figure.data}


def test_rarest_beyond_what_can_be_told_apart_are_named_and_not_drawn() -> None:
    table = weeks(**{f"E{n}": [0.1, 0.9 - n / 10] for n in range(8)})
    figure = arrivals(table, 1000)
    assert sum(bool(trace.name) for trace in figure.data) == MOST
    assert "Not drawn, as rarer: E6 and E7." in words_of(figure).caption


def test_nothing_that_happens_is_said() -> None:
    assert words_of(arrivals(weeks(Clash=[0.0]), 10)).title == (
        "None of the events happens in any world"
    )


def test_every_line_has_its_number_at_its_end_within_the_plot() -> None:
    table = weeks(A=[0.0, 0.75], B=[0.0, 0.04], C=[0.0, 0.04], D=[0.0, 0.02], E=[0.0, 0.003])
    figure = arrivals(table, 1000)
    low, high = figure.layout.yaxis.range
    ends = {note.text: note.y for note in figure.layout.annotations}
    assert ends.keys() == {"75", "4", "2", "0.3"}
    assert all(low <= place <= high for place in ends.values())


def times(final: dict[str, float]) -> pd.DataFrame:
    tables = []
    for key, share in final.items():
        by_then = np.where(WEEK < 3, 0.0, np.where(WEEK < 6, share / 2, share))
        band = {"low": by_then * 0.9, "high": by_then * 1.05}
        known = {"scenario": key, "week": WEEK, "share_by_then": by_then, **band, "at_risk": 1000}
        tables.append(pd.DataFrame(known))
    return pd.concat(tables)


def test_curves_of_arrival_end_at_the_share_that_saw_it() -> None:
    figure = arrival_curves(times({"a": 0.6, "b": 0.8}), "Until war", SIDES)
    lines = [trace for trace in figure.data if trace.name]
    assert [trace.y[-1] for trace in lines] == pytest.approx([60, 80])
    assert {trace.line.shape for trace in figure.data} == {"hv"}
    assert words_of(figure).title == (
        "Until war: it comes in 80 of 100 worlds (half of them by week 3) in “With words”, "
        "in 60 of 100 worlds (half of them by week 3) in “As it was”"
    )
    assert "are censored there" in words_of(figure).caption


def test_what_never_comes_is_said_to_never_come() -> None:
    figure = arrival_curves(times({"a": 0.0, "b": 0.0}), "Until war", SIDES)
    assert words_of(figure).title == "Until war: it never comes in any scenario"


def test_curves_of_unlike_length_are_set_side_by_side_over_the_weeks_that_both_have() -> None:
    table = times({"a": 0.6, "b": 0.8})
    longer = times({"b": 0.8}).assign(share_by_then=0.99, week=lambda rows: rows["week"] + 10)
    words = words_of(arrival_curves(pd.concat([table, longer]), "War", SIDES))
    assert words.title.startswith("War, up to week 10: it comes in 80 of 100 worlds")
    assert "by the last week of a scenario" in words.caption
