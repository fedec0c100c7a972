import pandas as pd
import pytest

from realpolitik.sim.charts import (
    Sides,
    help_bars,
    share_bar,
)
from realpolitik.sim.charts.style import words_of

SIDES = Sides({"a": "As it was", "b": "With words"}, "1,000 worlds each, seed 0")

GRADES = pd.DataFrame(
    {
        "category": ["0", "1", "2"],
        "label": ["nothing", "words", "arms"],
        "share": [0.25, 0.703, 0.047],
    }
)


def test_title_says_the_most_frequent_category() -> None:
    assert words_of(share_bar(GRADES, "Help to Iran", 1000)).title == (
        "Help to Iran: most often words, in 70 of 100 worlds"
    )


def test_pieces_fill_the_bar_from_least_to_most() -> None:
    figure = share_bar(GRADES, "Help", 1000)
    assert [trace.x[0] for trace in figure.data] == pytest.approx([25, 70.3, 4.7])


def test_key_names_every_piece_with_its_number() -> None:
    names = [trace.name for trace in share_bar(GRADES, "Help", 1000).data]
    assert names == ["0 nothing: 25 of 100", "1 words: 70 of 100", "2 arms: 5 of 100"]


def test_narrow_piece_has_a_label_only_if_it_fits() -> None:
    shares = pd.DataFrame(
        {"category": ["0", "1–9", "10–99"], "label": ["a", "b", "c"], "share": [0.04, 0.9, 0.06]}
    )
    texts = [trace.text[0] for trace in share_bar(shares, "Help", 1000).data]
    assert texts == ["<b>0</b>", "<b>1–9</b>", ""]


def test_class_is_not_named_twice() -> None:
    deaths = pd.DataFrame({"category": ["1–9"], "label": ["1–9 deaths"], "share": [1.0]})
    assert share_bar(deaths, "Deaths", 10).data[0].name == "1–9 deaths: all"


def test_bars_of_categories_fill_all_worlds() -> None:
    rows = [("a", "0", "nothing", 0.4), ("a", "1", "words", 0.6), ("b", "0", "nothing", 0.1)]
    rows.append(("b", "1", "words", 0.9))
    table = pd.DataFrame(rows, columns=["scenario", "category", "label", "share"])
    figure = help_bars(table.assign(worlds=1000), "Help", SIDES)
    assert [sum(bar.x[row] for bar in figure.data) for row in (0, 1)] == pytest.approx([100, 100])
    first, second = figure.data
    assert list(second.base) == pytest.approx(list(first.x))
    assert first.marker.pattern.shape != second.marker.pattern.shape
    assert words_of(figure).title == (
        "Help: “nothing” in 10 of 100 worlds in “With words”, in 40 of 100 worlds in “As it was”"
    )


@pytest.mark.parametrize("count", [7, 8, 15])
def test_no_category_is_left_out_however_many_there_are(count: int) -> None:
    grades = [str(grade) for grade in range(count)]
    shares = pd.DataFrame({"category": grades, "label": grades, "share": 1 / count})
    sides = pd.concat([shares.assign(scenario=key, worlds=1000) for key in "ab"])
    for figure in (share_bar(shares, "Help", 1000), help_bars(sides, "Help", SIDES)):
        assert [trace.name.split(":")[0] for trace in figure.data] == grades
