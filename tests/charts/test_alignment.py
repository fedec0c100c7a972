import pandas as pd
import pytest

from realpolitik.sim.charts import Pair, words_and_deeds
from realpolitik.sim.charts.style import words_of

WEEKS = pd.DataFrame(
    {
        "week": [1, 2, 1, 2],
        "side": ["words", "words", "deeds", "deeds"],
        "mean": [0.1, 0.21, 0.0, 0.04],
        "q25": [0.0, 0.1, -0.1, 0.0],
        "q75": [0.2, 0.3, 0.1, 0.1],
    }
)


@pytest.mark.parametrize(
    ("share", "often"),
    [
        (0.97, "in 97 of 100 worlds"),
        (0.2, "only in 20 of 100 worlds"),
        (1.0, "in all 1,000 worlds"),
    ],
)
def test_title_states_the_gap(share: float, often: str) -> None:
    title = words_of(words_and_deeds(WEEKS, Pair("Russia", "Iran", share, 1000))).title
    assert title == (
        f"Russia’s words side with Iran more than the deeds do {often} (gap 0.17 on average)"
    )


def test_lines_are_named_where_they_end() -> None:
    figure = words_and_deeds(WEEKS, Pair("Russia", "Iran", 0.97, 1000))
    assert [note.text for note in figure.layout.annotations] == ["<b>words</b>", "<b>deeds</b>"]


def test_lines_differ_by_more_than_colour() -> None:
    lines = [t for t in words_and_deeds(WEEKS, Pair("A", "B", 0.5, 10)).data if t.name]
    assert len({trace.line.dash for trace in lines}) == 2
    assert len({trace.marker.symbol for trace in lines}) == 2


def test_axis_holds_all_bands_and_zero() -> None:
    low, high = words_and_deeds(WEEKS, Pair("A", "B", 0.5, 10)).layout.yaxis.range
    assert low < -0.1
    assert high > 0.3
