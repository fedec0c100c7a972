import math

import pandas as pd
import pytest

from realpolitik.sim.charts import outcome_shares
from realpolitik.sim.charts.style import words_of

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


def test_caption_says_n_and_kind_of_interval() -> None:
    assert words_of(outcome_shares(shares(), 1000)).caption.startswith(
        "1,000 worlds; bars 95\u00a0% Wilson intervals"
    )


def test_labels_are_shown_as_they_stand_with_their_number() -> None:
    texts = [note.text for note in outcome_shares(shares(), 1000).layout.annotations]
    assert texts[1] == "War &lt;b&gt;comes&lt;/b&gt; <b>0.4\u00a0%</b>"
