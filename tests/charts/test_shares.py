import math
from collections import Counter

import pandas as pd
import pytest

from realpolitik.sim.charts import (
    Sides,
    outcome_bars,
    outcome_shares,
)
from realpolitik.sim.charts.style import words_of

SIDES = Sides({"a": "As it was", "b": "With words"}, "1,000 worlds each, seed 0")

COLUMNS = ["label", "share", "low", "high", "record", "record_low", "record_high"]


def shares(record: float = 0.57) -> pd.DataFrame:
    nothing = (math.nan,) * 3
    rows = [
        ("Iran strikes Israel", 0.63, 0.6, 0.66, record, record - 0.05, record + 0.05),
        ("War <b>comes</b>", 0.004, 0.002, 0.01, *nothing),
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (0.57, ", above the record of 57 of 100"),
        (0.62, "; the interval covers the record of 62 of 100"),
        (0.9, ", below the record of 90 of 100"),
    ],
)
def test_title_says_share_and_record(record: float, said: str) -> None:
    title = words_of(outcome_shares(shares(record), 1000)).title
    assert title == f"Iran strikes Israel: in 63 of 100 worlds{said}"


def test_title_is_silent_about_a_record_that_there_is_not() -> None:
    figure = outcome_shares(shares().iloc[1:], 1000)
    assert words_of(figure).title == "War <b>comes</b>: in 4 of 1,000 worlds"
    assert "record" not in words_of(figure).caption


def test_dots_stand_at_percent_with_their_intervals() -> None:
    model = next(trace for trace in outcome_shares(shares(), 1000).data if trace.name == "model")
    assert list(model.x) == pytest.approx([63, 0.4])
    assert list(model.error_x.array) == pytest.approx([3, 0.6])
    assert list(model.error_x.arrayminus) == pytest.approx([3, 0.2])


def test_what_is_assumed_is_drawn_thinly_about_the_model() -> None:
    frame = shares().assign(assumed_low=[0.3, 0.0], assumed_high=[0.8, 0.1])
    figure = outcome_shares(frame, 1000)
    thin, thick = (trace.error_x for trace in figure.data[:2])
    assert list(thin.arrayminus) == pytest.approx([33, 0.4])
    assert list(thin.array) == pytest.approx([17, 9.6])
    assert thin.thickness < thick.thickness
    caption = words_of(figure).caption
    assert "thick bars 95\u00a0% Wilson intervals, thin bars what is assumed" in caption
    assert caption.endswith("; of the record the interval is from its number of cases.")


def test_caption_says_n_and_kind_of_interval() -> None:
    assert words_of(outcome_shares(shares(), 1000)).caption.startswith(
        "1,000 worlds; bars 95\u00a0% Wilson intervals"
    )


def test_labels_are_shown_as_they_stand_with_their_number() -> None:
    texts = [note.text for note in outcome_shares(shares(), 1000).layout.annotations]
    assert texts[1] == "War &lt;b&gt;comes&lt;/b&gt; <b>0.4\u00a0%</b>"


def levels(first: float, second: float) -> pd.DataFrame:
    rows = [("a", first), ("b", second)]
    table = pd.DataFrame(rows, columns=["scenario", "mean"])
    table = table.assign(outcome="war", label="War comes", worlds=1000)
    return table.assign(low=table["mean"] - 0.02, high=table["mean"] + 0.02)


def test_bars_of_shares_say_where_the_share_goes_farthest_apart() -> None:
    figure = outcome_bars(levels(0.2, 0.3), SIDES)
    assert words_of(figure).title == (
        "War comes: in 20 of 100 worlds in “As it was”, in 30 of 100 worlds in “With words”"
    )
    assert "No share is seen to differ" in words_of(outcome_bars(levels(0.2, 0.2), SIDES)).title


def test_bars_of_shares_differ_in_pattern_and_stand_on_all_worlds() -> None:
    bars = outcome_bars(levels(0.2, 0.3), SIDES).data
    named = [bar for bar in bars if bar.name]
    assert len({bar.marker.pattern.shape for bar in named}) == 2
    assert [bar.x[0] for bar in bars if not bar.name] == [100, 100]
    assert [bar.x[0] for bar in named] == pytest.approx([20, 30])


def test_numbers_beside_bars_are_made_once_each(marks_made: Counter[str]) -> None:
    counts = []
    for outcomes in (20, 40):
        tables = [levels(0.2, 0.3).assign(outcome=f"o{n}", label=f"{n}") for n in range(outcomes)]
        marks_made.clear()
        figure = outcome_bars(pd.concat(tables), SIDES)
        assert len(figure.layout.annotations) == 3 * outcomes  # a label, and a number a scenario
        counts.append(marks_made["Annotation"])
    assert counts[1] <= 2 * counts[0]
