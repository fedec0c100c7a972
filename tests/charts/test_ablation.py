import pandas as pd
import pytest

from realpolitik.sim.charts.ablation import MOST, ablation_dots
from realpolitik.sim.charts.style import PAPER, words_of
from realpolitik.sim.formatting.scales import MeasuredOutcome

ARMS = MeasuredOutcome("Russia arms Iran", "share")


def removals(*changes: float, reading: str = "moves") -> pd.DataFrame:
    table = pd.DataFrame({"name": [f"tie {n}" for n in range(len(changes))], "difference": changes})
    table = table.assign(
        before=0.2, after=0.2 + table["difference"], n=1000, reading=reading, smallest=0.01
    )
    return table.assign(low=table["difference"] - 0.01, high=table["difference"] + 0.01)


def test_largest_change_comes_first_whatever_its_sign() -> None:
    figure = ablation_dots(removals(0.02, -0.09), ARMS, "Russia")
    labels = [note.text for note in figure.layout.annotations if note.text]
    assert labels == ["tie 1 <b>−9.0</b>", "tie 0 <b>+2.0</b>"]


def test_title_says_from_what_to_what() -> None:
    title = words_of(ablation_dots(removals(0.02, -0.09), ARMS, "Russia")).title
    assert title.replace("\u00a0", " ") == (
        "Russia arms Iran: without tie 1 it goes from 20.0 % of worlds to 11.0 %, "
        "−9.0 percentage points (−10.0 to −8.0)"
    )


def test_readings_differ_by_symbol_or_are_hollow() -> None:
    readings = ["decides", "moves", "undecided", "redundant"]
    table = pd.concat([removals(0.1, reading=each) for each in readings])
    figure = ablation_dots(table, ARMS, "Russia")
    looks = {trace.name: (trace.marker.symbol, trace.marker.color) for trace in figure.data}
    assert list(looks) == readings
    assert len({(symbol, fill == PAPER) for symbol, fill in looks.values()}) == 4


def test_caption_says_how_small_a_redundant_change_is() -> None:
    caption = words_of(ablation_dots(removals(0.02), ARMS, "Russia")).caption
    assert "redundant: it lies within 1.0 percentage points of 0" in caption


@pytest.mark.parametrize("reading", ["redundant", "undecided"])
def test_nothing_is_claimed_that_chance_may_explain(reading: str) -> None:
    title = words_of(ablation_dots(removals(0.02, reading=reading), ARMS, "Russia")).title
    assert title.startswith(
        "Russia arms Iran: no single incentive of Russia is seen to move it, at"
    )


def test_rows_without_a_reading_are_left_out() -> None:
    figure = ablation_dots(removals(0.02, reading=""), ARMS, "Russia")
    assert "no value" in words_of(figure).title


def test_what_is_not_drawn_is_counted() -> None:
    caption = words_of(
        ablation_dots(removals(*(0.5 / (n + 1) for n in range(MOST + 2))), ARMS, "Russia")
    ).caption
    assert "Not drawn: 2 with less (at most 3.1 percentage points)." in caption
