import pandas as pd
import pytest

from realpolitik.sim.charts import (
    Pair,
    Sides,
    gaps,
    words_and_deeds,
)
from realpolitik.sim.charts.style import words_of

SIDES = Sides({"a": "As it was", "b": "With words"}, "1,000 worlds each, seed 0")

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


def test_gap_between_words_and_deeds_is_said_for_each() -> None:
    rows = [("a", "words", 0.12), ("a", "deeds", 0.03), ("b", "words", 0.17), ("b", "deeds", 0.02)]
    table = pd.DataFrame(rows, columns=["scenario", "side", "mean"])
    table = table.assign(low=table["mean"] - 0.01, high=table["mean"] + 0.01)
    figure = gaps(table, "Alignment of Russia with Iran", SIDES)
    assert words_of(figure).title == (
        "Alignment of Russia with Iran: words exceed deeds by 0.15 in “With words”, "
        "0.09 in “As it was”"
    )
    symbols = {trace.name: trace.marker.symbol for trace in figure.data if trace.name}
    assert symbols == {"words": "circle", "deeds": "diamond"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((0.1, 0.6), "words exceed deeds by 0.30 in “With words”, fall short of deeds by 0.20 in"),
        ((0.1, 0.2), "words fall short of deeds by 0.10 in “With words”, 0.20 in"),
    ],
)
def test_words_behind_deeds_are_said_to_fall_short(words: tuple[float, float], said: str) -> None:
    deeds = 0.3
    rows = [("a", "words", words[0]), ("b", "words", words[1])]
    rows += [(key, "deeds", deeds) for key in "ab"]
    table = pd.DataFrame(rows, columns=["scenario", "side", "mean"])
    table = table.assign(low=table["mean"] - 0.01, high=table["mean"] + 0.01)
    assert said in words_of(gaps(table, "Alignment", SIDES)).title
