"""Where a curve crosses a threshold, and how sure that is."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from realpolitik.sim.analysis.crossings import crossings, tipping
from realpolitik.sim.experiments.tallies import Findings

Make = Callable[..., Findings]
LEVELS = np.linspace(0, 1, 6)


def table(make: Make, means: object, worlds: int = 400, seed: int = 1) -> pd.DataFrame:
    """Tipping points of a share with these means at equal levels from 0 to 1, threshold .5."""
    share = np.asarray(means, dtype=np.float64)
    uniform = np.random.default_rng(seed).random((1, worlds))
    values = {"o": (uniform < share[:, None]).astype(np.float64)}
    points = {"a": np.linspace(0, 1, len(share))}
    return tipping(make(points, scale="share", worlds=values, thresholds={"o": 0.5}))


def test_a_step_is_found_between_its_levels(make: Make) -> None:
    row = table(make, [0, 0, 0, 1, 1, 1]).iloc[0]
    assert row.value == pytest.approx(0.5)
    assert 0.48 < row.low < row.value < row.high < 0.52
    assert row.direction == "rising"
    assert row.note == "straight line between the levels 0.4 and 0.6"


def test_a_straight_line_is_crossed_where_it_should_be(make: Make) -> None:
    values = np.repeat(np.array([0.9, 0.7, 0.2])[:, None], 40, axis=1)
    found = make({"a": [0, 1, 2]}, worlds={"o": values}, thresholds={"o": 0.6})
    row = tipping(found).iloc[0]
    assert row.value == row.low == row.high == pytest.approx(1.2)
    assert row.direction == "falling"


def test_the_interval_holds_its_coverage(make: Make) -> None:
    means = 1 / (1 + np.exp(-6 * (LEVELS - 0.47)))
    true = np.interp(0.5, means, LEVELS)
    rows = [table(make, means, seed=seed).iloc[0] for seed in range(500)]
    assert 0.92 < np.mean([row.low <= true <= row.high for row in rows]) < 0.98


@pytest.mark.parametrize(("worlds", "threshold"), [(100, 0.02), (400, 0.01)])
def test_the_interval_of_a_rare_outcome_holds_its_coverage(
    make: Make, worlds: int, threshold: float
) -> None:
    levels = np.linspace(0, 1, 9)
    means = 3 * threshold * (1 - levels) ** 2
    true, held = np.interp(-threshold, -means, levels), []
    for seed in range(300):
        uniform = np.random.default_rng(seed).random((1, worlds))
        values = {"o": (uniform < means[:, None]).astype(np.float64)}
        asked = {"worlds": values, "thresholds": {"o": threshold}}
        rows = tipping(make({"a": levels}, scale="share", **asked)).dropna(subset=["value"])
        held += [((rows.low <= true) & (true <= rows.high)).any()] if len(rows) else []
    assert np.mean(held) > 0.94


def test_crossings_that_cannot_be_told_apart_are_one(make: Make) -> None:
    rows = table(make, [0.1, 0.52, 0.48, 0.51, 0.9], worlds=100)
    assert len(rows) == 1
    row = rows.iloc[0]
    assert row.direction == "rising"
    assert 0 < row.low < 0.25 < row.high < 1
    assert row.note == "the curve wavers about the threshold there"


def test_a_curve_that_comes_back_to_its_side_wavers(make: Make) -> None:
    row = table(make, [0.1, 0.56, 0.1], worlds=100).iloc[0]
    assert row.direction == "wavering"
    assert row.low < 0.5 < row.high
    assert row.value == pytest.approx(0.5)


def test_the_interval_ends_where_the_band_leaves_the_threshold() -> None:
    batches = np.random.default_rng(3).normal([[0.0], [10.0]], size=(2, 20))
    without = (batches.sum(axis=1, keepdims=True) - batches) / 19
    found = crossings(np.array([0.0, 1.0]), batches.mean(axis=1), without, 4.0)[0]
    for end in (found.low, found.high):
        at = (1 - end) * batches[0] + end * batches[1]
        half = 2.0930240544 * at.std(ddof=1) / np.sqrt(20)
        assert abs(at.mean() - 4.0) == pytest.approx(half)


def test_more_worlds_narrow_the_interval(make: Make) -> None:
    means = 1 / (1 + np.exp(-6 * (LEVELS - 0.47)))
    widths = [np.ptp(table(make, means, worlds).loc[0, ["low", "high"]]) for worlds in (100, 6400)]
    assert widths[1] == pytest.approx(widths[0] / 8, rel=0.5)


def test_no_crossing_says_how_near_it_came(make: Make) -> None:
    row = table(make, [0.1, 0.3, 0.2]).iloc[0]
    assert row.direction == "never"
    assert np.isnan([row.value, row.low, row.high]).all()
    assert row.note.startswith("stays below 0.5: at most 0.3")
    assert row.n == 400


def test_no_crossing_says_when_more_worlds_would_tell(make: Make) -> None:
    assert "more worlds would tell" in table(make, [0.1, 0.46], worlds=40).note[0]
    assert "more worlds would tell" not in table(make, [0.1, 0.46], worlds=10000).note[0]
    assert "at least" in table(make, [0.9, 0.8]).note[0]


def test_each_of_several_crossings_has_a_row(make: Make) -> None:
    rows = table(make, [0.1, 0.9, 0.1, 0.9])
    assert list(rows.direction) == ["rising", "falling", "rising"]
    assert rows.value.is_monotonic_increasing
    assert [note.split(";")[0] for note in rows.note] == [f"crossing {k} of 3" for k in (1, 2, 3)]
    assert (rows.high[:-1].to_numpy() < rows.low[1:].to_numpy()).all()


def test_an_interval_that_reaches_the_end_says_so(make: Make) -> None:
    assert "the end of the range" in table(make, [0.45, 0.52], worlds=100).note[0]


def test_in_a_grid_the_others_stay_nearest_to_the_scenario(make: Make) -> None:
    a, b = (grid.ravel() for grid in np.meshgrid([0, 1, 2], [0, 10, 20], indexing="ij"))
    values = np.repeat((a + b)[:, None], 40, axis=1).astype(np.float64)
    found = make({"a": a, "b": b}, default=9.0, worlds={"o": values}, thresholds={"o": 11.5})
    row = tipping(found).set_index("address").loc["a"]
    assert row.value == pytest.approx(1.5)
    assert row.note.endswith("others at b = 10")


def test_levels_that_failed_are_left_out(make: Make) -> None:
    values = np.repeat(np.array([0.0, np.nan, 1.0])[:, None], 40, axis=1)
    found = make({"a": [0, 1, 2]}, worlds={"o": values}, thresholds={"o": 0.25})
    assert tipping(found).value[0] == pytest.approx(0.5)
    nothing = make({"a": [0]}, worlds={"o": np.full((1, 4), np.nan)}, thresholds={"o": 0.25})
    assert tipping(nothing).note[0] == "no level has a value"


def test_with_one_world_a_crossing_has_no_interval(make: Make) -> None:
    values = np.array([[0.0], [1.0]])
    row = tipping(make({"a": [0, 1]}, worlds={"o": values}, thresholds={"o": 0.25})).iloc[0]
    assert row.value == pytest.approx(0.25)
    assert np.isnan([row.low, row.high]).all()


@given(st.lists(st.floats(0.0, 1.0), min_size=2, max_size=8), st.integers(0, 99))
def test_every_crossing_lies_in_its_interval_and_its_segment(
    make: Make, means: list[float], seed: int
) -> None:
    rows = table(make, means, worlds=60, seed=seed)
    crossed = rows[rows.direction != "never"]
    assert ((crossed.low <= crossed.value) & (crossed.value <= crossed.high)).all()
    assert ((crossed.low >= 0) & (crossed.high <= 1)).all()


@given(shift=st.floats(-1000, 1000))
def test_shifting_outcome_and_threshold_moves_no_crossing(make: Make, shift: float) -> None:
    values = np.random.default_rng(1).normal(size=(1, 60)) * 0.1 + LEVELS[:, None]
    one, other = (
        tipping(make({"a": LEVELS}, worlds={"o": values + s}, thresholds={"o": 0.5 + s}))
        for s in (0.0, shift)
    )
    columns = ["value", "low", "high"]
    np.testing.assert_allclose(one[columns], other[columns], atol=1e-6)
