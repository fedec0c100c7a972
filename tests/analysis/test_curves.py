"""Points in lines; curves and effects along them."""

from collections.abc import Callable

import numpy as np
import pytest

from realpolitik.sim.analysis.curves import curves, effects, lines
from realpolitik.sim.analysis.levels import summary
from realpolitik.sim.experiments.tallies import Findings

Make = Callable[..., Findings]
A, B = (grid.ravel().astype(float) for grid in np.meshgrid([0, 1, 2], [10, 20], indexing="ij"))


def in_the_same_worlds(means: np.ndarray, worlds: int = 400, seed: int = 1) -> np.ndarray:
    """Shares with these means, (points, worlds), every point in the same worlds."""
    return (np.random.default_rng(seed).random((1, worlds)) < means[:, None]).astype(np.float64)


def test_a_curve_of_one_address_is_the_points(make: Make) -> None:
    found = make({"a": [2, 0, 1]}, worlds={"o": in_the_same_worlds(np.array([0.9, 0.1, 0.5]))})
    curve, points = curves(found), summary(found).set_index("point").loc[[1, 2, 0]]
    assert list(curve.value) == [0, 1, 2]
    for column in ("mean", "low", "high", "n"):
        np.testing.assert_allclose(curve[column], points[column])


def test_a_curve_of_a_grid_is_averaged_over_the_others(make: Make) -> None:
    values = np.repeat((A + B)[:, None], 40, axis=1)
    table = curves(make({"a": A, "b": B}, worlds={"o": values}))
    assert table["mean"][table.address == "a"].tolist() == [15, 16, 17]
    assert table["mean"][table.address == "b"].tolist() == [11, 21]
    assert table.n[table.address == "b"].tolist() == [40, 40]
    assert table.points[table.address == "b"].tolist() == [3, 3]


def test_levels_are_compared_at_the_same_others(make: Make) -> None:
    values = np.repeat((A + B)[:, None], 40, axis=1)
    values[0] = np.nan
    table = curves(make({"a": A, "b": B}, worlds={"o": values}))
    assert table["mean"][table.address == "a"].tolist() == [20, 21, 22]


def test_a_level_that_failed_is_not_a_number_and_the_others_stay(make: Make) -> None:
    values = np.repeat(np.array([[1.0], [2.0], [3.0]]), 40, axis=1)
    values[1] = np.nan
    table = curves(make({"a": [0, 1, 2]}, worlds={"o": values}))
    assert list(table["mean"].isna()) == [False, True, False]
    assert list(table.n) == [40, 0, 40]
    assert list(table.points) == [1, 0, 1]


def test_one_at_a_time_takes_each_address_where_the_others_stay(make: Make) -> None:
    points = {"a": [5, 0, 9, 5, 5], "b": [5, 5, 5, 1, 7]}
    found = make(points, sampler="one_at_a_time", default=5.0, worlds={"o": np.ones((5, 40))})
    along = {line.address: line for line in lines(found)}
    assert along["a"].rows.tolist() == [[1, 0, 2]]
    assert along["b"].rows.tolist() == [[3, 0, 4]]


def test_points_of_another_sampler_do_not_lie_in_lines(make: Make) -> None:
    with pytest.raises(ValueError, match="latin_hypercube do not lie in lines"):
        lines(make({"a": [0, 1]}, sampler="latin_hypercube"))


def test_a_paired_difference_is_narrower_than_one_of_other_worlds(make: Make) -> None:
    means = np.array([0.4, 0.5])
    paired = in_the_same_worlds(means)
    apart = np.concatenate([paired[:1], in_the_same_worlds(means, seed=2)[1:]])
    widths = []
    for values in (paired, apart):
        row = effects(make({"a": [0, 1]}, scale="share", worlds={"o": values})).iloc[0]
        assert row.difference == pytest.approx(row.at_high - row.at_low)
        widths.append(row.high - row.low)
    assert widths[0] < 0.6 * widths[1]


@pytest.mark.parametrize(("worlds", "ends"), [(200, (0.3, 0.6)), (30, (0.4, 0.6))])
def test_the_interval_of_a_difference_holds_its_coverage(
    make: Make, worlds: int, ends: tuple[float, float]
) -> None:
    means, repeats = np.array(ends), 400
    held = 0
    for seed in range(repeats):
        values = in_the_same_worlds(means, worlds, seed)
        row = effects(make({"a": [0, 1]}, scale="share", worlds={"o": values})).iloc[0]
        held += row.low <= means[1] - means[0] <= row.high
    assert 0.92 < held / repeats < 0.98


def test_points_with_unequal_worlds_are_paired_in_those_both_have(make: Make) -> None:
    rng = np.random.default_rng(1)
    held, repeats = 0, 400
    for _ in range(repeats):
        values = rng.normal(size=(1, 300)) + 0.3 * rng.normal(size=(2, 300)) + [[10.0], [10.5]]
        values[0, 100:] = np.nan
        row = effects(make({"a": [0, 1]}, worlds={"o": values})).iloc[0]
        held += row.low <= 0.5 <= row.high
    assert 0.92 < held / repeats < 0.98


def test_no_difference_in_any_world_leaves_room_for_a_rare_one(make: Make) -> None:
    row = effects(make({"a": [0, 1]}, scale="share", worlds={"o": np.ones((2, 400))})).iloc[0]
    assert row.difference == 0
    assert row.high == -row.low == pytest.approx(3.8415 / 403.8415, rel=1e-3)


def test_an_average_is_no_surer_than_its_point_of_fewest_worlds(make: Make) -> None:
    values = np.ones((6, 400))
    values[1, 100:] = np.nan
    found = effects(make({"a": A, "b": B}, scale="share", worlds={"o": values}))
    assert found.high[0] == pytest.approx(3.8415 / 103.8415, rel=1e-3)
    assert (found.n[0], found.points[0]) == (100, 2)


def test_an_end_without_a_value_has_no_effect(make: Make) -> None:
    values = np.ones((3, 40))
    values[2] = np.nan
    row = effects(make({"a": [0, 1, 2]}, worlds={"o": values})).iloc[0]
    assert (row.value_low, row.value_high, row.n) == (0, 2, 0)
    assert np.isnan(row.difference)


def test_with_one_world_there_is_a_difference_but_no_interval(make: Make) -> None:
    row = effects(make({"a": [0, 1]}, worlds={"o": np.array([[1.0], [3.0]])})).iloc[0]
    assert row.difference == 2
    assert np.isnan([row.low, row.high]).all()
