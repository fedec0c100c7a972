import math

import pandas as pd

from realpolitik.sim.charts import MeasuredOutcome, tornado
from realpolitik.sim.charts.effects import MOST
from realpolitik.sim.charts.style import words_of

ARMS = MeasuredOutcome("Russia arms Iran", "share")


def effects(differences: list[float], half: float = 0.01) -> pd.DataFrame:
    table = pd.DataFrame({"address": [f"RUS.w{n}" for n in range(len(differences))]})
    table = table.assign(value_low=0.0, value_high=0.8, at_low=0.1, difference=differences)
    table = table.assign(n=1000, points=1)
    low, high = table["difference"] - half, table["difference"] + half
    return table.assign(at_high=0.1 + table["difference"], low=low, high=high)


def labels(table: pd.DataFrame) -> list[str]:
    return [note.text for note in tornado(table, ARMS).layout.annotations]


def test_strongest_comes_first_whatever_its_sign() -> None:
    assert labels(effects([0.02, -0.09, 0.05])) == [
        "RUS.w1 <b>−9.0</b>",
        "RUS.w2 <b>+5.0</b>",
        "RUS.w0 <b>+2.0</b>",
    ]


def test_title_says_both_ends_and_the_paired_interval() -> None:
    title = words_of(tornado(effects([0.02, -0.09]), ARMS)).title.replace("\u00a0", " ")
    assert title == (
        "Russia arms Iran: RUS.w1 moves it most, from 10.0 % of worlds at 0 to 1.0 % at 0.8, "
        "a change of −9.0 percentage points (−10.0 to −8.0)"
    )


def test_effect_that_chance_may_explain_is_marked_and_not_claimed() -> None:
    table = effects([0.02, -0.01], half=0.05)
    assert labels(table) == ["RUS.w0 <b>+2.0?</b>", "RUS.w1 <b>−1.0?</b>"]
    assert words_of(tornado(table, ARMS)).title == (
        "Russia arms Iran: no address is seen to move it, at most by 7.0 percentage points"
    )


def test_title_speaks_of_the_greatest_effect_that_is_sure() -> None:
    table = effects([-0.09, 0.02])
    table.loc[0, ["low", "high"]] = -0.2, 0.02
    assert "RUS.w1 moves it most" in words_of(tornado(table, ARMS)).title


def test_points_that_are_averaged_are_counted_and_not_their_worlds_added_up() -> None:
    caption = words_of(tornado(effects([0.1]).assign(n=400, points=3), ARMS)).caption
    assert caption.startswith("400 worlds at each of 3 points an end, the same")


def test_whiskers_are_those_of_the_difference() -> None:
    ends = {trace.name: trace for trace in tornado(effects([-0.05], half=0.02), ARMS).data}
    whisker = ends["at the high end"].error_x
    assert (round(whisker.array[0], 9), round(whisker.arrayminus[0], 9)) == (2, 2)
    symbols = {ends[name].marker.symbol for name in ("at the low end", "at the high end")}
    assert len(symbols) == 2


def test_what_is_not_drawn_is_counted() -> None:
    table = effects([0.5 / (n + 1) for n in range(MOST + 3)])
    assert len(labels(table)) == MOST
    caption = words_of(tornado(table, ARMS)).caption
    assert "3 further addresses move it less (at most 3.1 percentage points)." in caption


def test_effects_without_a_value_are_left_out() -> None:
    assert labels(effects([math.nan, 0.02])) == ["RUS.w1 <b>+2.0</b>"]
    assert "no address has a value" in words_of(tornado(effects([math.nan]), ARMS)).title
