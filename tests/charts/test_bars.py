import pandas as pd
import pytest

from realpolitik.sim.charts import share_bar
from realpolitik.sim.charts.bars import FILLS
from realpolitik.sim.charts.style import words_of

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


def luminance(colour: str) -> float:
    """Relative luminance of a colour such as #0072B2, as WCAG 2 has it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_numbers_can_be_read_on_every_fill() -> None:
    for fill, _, ink in FILLS:
        dark, light = sorted(map(luminance, (fill, ink)))
        assert (light + 0.05) / (dark + 0.05) >= 4.5, fill
