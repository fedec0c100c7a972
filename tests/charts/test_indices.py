import math

import pandas as pd
import pytest

from realpolitik.sim.charts import MeasuredOutcome, morris_dots, sobol_dots
from realpolitik.sim.charts.style import PAPER, words_of

ARMS = MeasuredOutcome("Russia arms Iran", "share")


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


def screened(sizes: list[float]) -> pd.DataFrame:
    table = pd.DataFrame({"address": [f"RUS.w{n}" for n in range(len(sizes))], "mu_star": sizes})
    numbers = {"mu_star_low": 0.8 * table["mu_star"], "mu_star_high": 1.2 * table["mu_star"]}
    return table.assign(mu=-table["mu_star"], sigma=0.01, n=1000, points=120, **numbers)


def test_screening_says_size_interval_and_direction() -> None:
    title = words_of(morris_dots(screened([0.02, 0.1]), ARMS)).title
    assert title == (
        "Russia arms Iran: RUS.w1 moves it most, by 10.0 percentage points (8.0 to 12.0) "
        "on average over its range, downward"
    )


def test_screening_of_what_is_not_seen_to_move_says_how_far_it_may() -> None:
    never = screened([0.0, 0.0]).assign(mu_star_high=0.161)
    assert words_of(morris_dots(never, ARMS)).title.endswith(
        "no address is seen to move it, at most by 16.1 percentage points"
    )


def test_screening_claims_nothing_that_chance_may_explain() -> None:
    unsure = screened([0.02, 0.1]).assign(mu_star_low=0.0)
    assert "no address is seen to move it" in words_of(morris_dots(unsure, ARMS)).title
    unsure.loc[0, "mu_star_low"] = 0.01
    assert "RUS.w0 moves it most, by 2.0" in words_of(morris_dots(unsure, ARMS)).title


def test_screening_counts_what_it_leaves_out() -> None:
    figure = morris_dots(screened([0.01 * n for n in range(1, 19)]), ARMS)
    assert "Not drawn: 3 with less (at most 3.0 percentage points)." in words_of(figure).caption
    assert len(figure.layout.annotations) == 15


def test_size_and_unevenness_stand_beneath_each_other_with_the_interval_of_the_size() -> None:
    size, uneven = morris_dots(screened([0.02, 0.1]), ARMS).data
    assert list(size.x) == pytest.approx([10, 2])
    assert list(size.error_x.array) == pytest.approx([2, 0.4])
    assert list(uneven.x) == pytest.approx([1, 1])
    assert all(below > above for above, below in zip(size.y, uneven.y, strict=True))
    assert size.marker.symbol != uneven.marker.symbol
