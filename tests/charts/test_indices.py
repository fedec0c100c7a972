import math

import pandas as pd

from realpolitik.sim.charts import Measure, sobol_dots
from realpolitik.sim.charts.style import PAPER, words_of

ARMS = Measure("Russia arms Iran", "share")


def indices(firsts: list[float]) -> pd.DataFrame:
    table = pd.DataFrame({"address": [f"RUS.w{n}" for n in range(len(firsts))], "first": firsts})
    table = table.assign(total=table["first"] + 0.1, n=1000, points=512)
    for index in ("first", "total"):
        for kind, half in (("", 0.08), ("_noise", 0.03)):
            table[f"{index}{kind}_low"] = table[index] - half
            table[f"{index}{kind}_high"] = table[index] + half
    return table


def test_title_says_the_greatest_first_index_with_its_whole_interval() -> None:
    title = words_of(sobol_dots(indices([0.1, 0.62]), ARMS)).title.replace("\u00a0", " ")
    assert title == (
        "Russia arms Iran: RUS.w1 accounts alone for 62 % (54 % to 70 %) of the variance "
        "between points"
    )


def test_first_is_filled_total_is_open_and_each_has_two_intervals() -> None:
    traces = sobol_dots(indices([0.1, 0.62]), ARMS).data
    assert [trace.marker.symbol for trace in traces] == ["circle", "circle", "diamond", "diamond"]
    assert {trace.marker.color for trace in traces[2:]} == {PAPER}
    thin, thick = traces[:2]
    assert thin.error_x.thickness < thick.error_x.thickness
    assert round(thin.error_x.array[0], 9) == 8
    assert round(thick.error_x.array[0], 9) == 3


def test_indices_that_are_not_known_are_not_claimed() -> None:
    unknown = indices([math.nan, math.nan])
    assert words_of(sobol_dots(unknown, ARMS)).title.endswith(
        "so that any address may account for all of them or for none"
    )
    bare = indices([0.6]).assign(first_low=math.nan, first_high=math.nan)
    assert "(interval unknown)" in words_of(sobol_dots(bare, ARMS)).title


def test_a_noisy_index_below_0_does_not_lead() -> None:
    assert "RUS.w1 accounts alone" in words_of(sobol_dots(indices([-0.3, 0.1]), ARMS)).title
