import math

import pandas as pd
import pytest

from realpolitik.sim.charts import Sides, difference_dots
from realpolitik.sim.charts.differences import strongest, weight
from realpolitik.sim.charts.style import PAPER, words_of

SIDES = Sides({"a": "As it was", "b": "With words", "c": "With ships"}, "1,000 worlds each, seed 0")


def row(key: str, difference: float, half: float = 0.01, scale: str = "share") -> dict[str, object]:
    numbers = {"difference": difference, "low": difference - half, "high": difference + half}
    pairs = {"paired": True, "pairs": 1000, "width_unpaired": 0.08, "gain": 4.0}
    named = {"scenario": key, "outcome": scale, "label": f"The {scale}", "scale": scale}
    return {**named, **numbers, **pairs}


def table(*rows: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame(rows)


def test_title_names_what_stands_out_with_its_paired_interval() -> None:
    figure = difference_dots(table(row("b", 0.02), row("c", -0.08)), SIDES)
    assert words_of(figure).title == (
        "The share stands out: −8.0 percentage points (−9.0 to −7.0) in “With ships”"
    )


def test_differences_that_chance_may_explain_are_hollow_and_not_claimed() -> None:
    figure = difference_dots(table(row("b", 0.005), row("c", 0.0)), SIDES)
    assert words_of(figure).title.startswith("None of these outcomes differs")
    assert {colour for trace in figure.data for colour in trace.marker.color} == {PAPER}


def test_each_dot_has_its_paired_interval_on_one_as_wide_as_without_pairs() -> None:
    thin, thick = difference_dots(table(row("b", 0.05)), SIDES).data[:2]
    assert (thin.error_x.array[0], thin.error_x.arrayminus[0]) == pytest.approx((4, 4))
    assert (thick.error_x.array[0], thick.error_x.arrayminus[0]) == pytest.approx((1, 1))
    assert thin.error_x.thickness < thick.error_x.thickness


def test_swapping_the_sign_mirrors_the_chart() -> None:
    rows = table(row("b", 0.05), row("c", -0.02))
    mirrored = rows.assign(difference=-rows["difference"], low=-rows["high"], high=-rows["low"])
    one, other = (difference_dots(each, SIDES) for each in (rows, mirrored))
    for trace, image in zip(one.data, other.data, strict=True):
        assert list(trace.x) == [-x for x in image.x]
    (low, high), mirror = one.layout.xaxis.range, other.layout.xaxis.range
    assert mirror == pytest.approx((-high, -low))


def test_each_unit_has_an_axis_of_its_own() -> None:
    rows = table(row("b", 0.05), row("b", 0.5, scale="weeks"), row("b", 3.0, scale="number"))
    layout = difference_dots(rows, SIDES).layout
    titles = [layout[axis].title.text for axis in ("xaxis", "xaxis2", "xaxis3")]
    assert titles == ["change [percentage points]", "change [weeks]", "change"]


def test_caption_says_what_is_not_paired() -> None:
    rows = table(row("b", 0.05), {**row("c", 0.05), "paired": False, "gain": math.nan})
    assert "not paired: With ships." in words_of(difference_dots(rows, SIDES)).caption


def test_what_stands_out_is_ranked_by_the_unpaired_interval() -> None:
    rows = table(row("b", 0.02), row("c", -0.08), row("b", 0.001))
    assert strongest(rows)["difference"].tolist() == [-0.08, 0.02]
    assert weight(rows.iloc[1]) == pytest.approx(2.0)


def test_whole_that_does_not_vary_weighs_nothing() -> None:
    still = {**row("b", 0.0, half=0.0), "width_unpaired": 0.0}
    assert weight(table(still).iloc[0]) == 0
    assert len(strongest(table(still))) == 0
