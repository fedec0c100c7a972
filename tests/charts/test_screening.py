import pandas as pd
import pytest

from realpolitik.sim.charts import Measure, morris_dots
from realpolitik.sim.charts.style import words_of

ARMS = Measure("Russia arms Iran", "share")


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
