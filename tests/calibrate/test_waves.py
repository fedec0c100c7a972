"""History matching of a simulator whose answer is known: two sums of two parameters, with noise."""

from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from realpolitik.sim.calibrate.plan import CalibrationPlan
from realpolitik.sim.calibrate.statistic import implausibility
from realpolitik.sim.calibrate.waves import (
    Matched,
    distance,
    first_wave,
    match,
    next_wave,
    reflected,
    silverman,
)
from tests.calibrate.small import PRESSURE, SPACE, TIES, pattern, small_plan, small_scenario

TRUTH = {PRESSURE: 0.7, TIES: 0.2}
NOISE = 0.01


def toy_plan() -> CalibrationPlan:
    """The sum lies at .9 and the difference at .5, within .02."""
    patterns = (pattern("sum", 0.88, 0.92), pattern("difference", 0.48, 0.52))
    return small_plan(patterns=patterns, points=60, waves=3, finalists=4, seed=1)


def toy(plan: CalibrationPlan, seed: int = 0) -> Matched:
    rng = np.random.default_rng(seed)

    def measure_at(stage: str, points: pd.DataFrame, worlds: int) -> pd.DataFrame:
        rows = []
        for point, one, other in points[["point", PRESSURE, TIES]].itertuples(index=False):
            for asked, value in zip(plan.patterns, (one + other, one - other), strict=True):
                seen = value + NOISE * rng.standard_normal()
                size = implausibility(seen, NOISE**2, asked)
                rows.append((point, asked.id, seen, seen - 0.02, seen + 0.02, worlds, size))
        names = ["point", "pattern", "value", "low", "high", "n", "implausibility"]
        return pd.DataFrame(rows, columns=names)

    return match(plan, measure_at)


@cache
def matched() -> Matched:
    return toy(toy_plan())


def apart(points: pd.DataFrame) -> pd.DataFrame:
    """How far sum and difference lie from the truth."""
    one, other = points[PRESSURE], points[TIES]
    return pd.DataFrame({"sum": abs(one + other - 0.9), "difference": abs(one - other - 0.5)})


def test_no_point_far_from_the_truth_remains() -> None:
    kept = matched().points[matched().points["remains"]]
    # The target's half-width, three errors to be rejected, and noise of the same size.
    assert len(kept) >= 10
    assert apart(kept).to_numpy().max() < 0.02 + 3 * NOISE + 4 * NOISE


def test_the_truth_is_kept_whatever_the_noise() -> None:
    knowing = small_scenario().with_parameters(TRUTH)
    for seed in range(20):
        plan = replace(toy_plan(), scenario=knowing, points=2, waves=1)
        assert toy(plan, seed).points.loc[0, "remains"]


def test_what_is_near_the_truth_is_kept() -> None:
    points = matched().points
    near = apart(points).to_numpy().max(axis=1) < 0.02
    assert near.any()
    assert points.loc[near, "remains"].all()


def test_later_waves_lie_where_the_truth_is() -> None:
    share = matched().points.groupby("wave")["remains"].mean()
    assert share[3] > 5 * share[1]


def test_the_best_lies_at_the_truth() -> None:
    best = matched().final[matched().final["chosen"]].iloc[0]
    assert abs(best[PRESSURE] - TRUTH[PRESSURE]) < 0.05
    assert abs(best[TIES] - TRUTH[TIES]) < 0.05
    assert best["surely"] == matched().final["surely"].min()


def test_the_first_of_the_finalists_is_the_start_and_is_no_finalist_besides() -> None:
    final = matched().final
    assert len(final) == 5
    assert final["distance"].tolist()[0] == 0
    assert (final["distance"][1:] > 0).all()


def test_among_equals_the_nearest_to_the_start_is_chosen() -> None:
    plan = small_plan(points=30, waves=1, finalists=3)

    def all_well(stage: str, points: pd.DataFrame, worlds: int) -> pd.DataFrame:
        pairs = [(point, one.id) for point in points["point"] for one in plan.patterns]
        table = pd.DataFrame(pairs, columns=["point", "pattern"])
        return table.assign(value=0.3, low=0.2, high=0.4, n=worlds, implausibility=0.0)

    found = match(plan, all_well)
    assert found.final["chosen"].tolist() == [True, False, False, False]
    others = found.points["distance"].sort_values().iloc[1:4]
    assert found.final["distance"].iloc[1:].tolist() == others.tolist()


@pytest.mark.parametrize(("low", "chosen"), [(0.55, 0), (0.65, 1)])
def test_what_chance_may_explain_is_no_reason_to_leave_the_start(low: float, chosen: int) -> None:
    """The start lies beyond its target of .2 to .6; its interval reaches it or does not."""
    plan = small_plan(points=10, waves=1, finalists=1)

    def measure_at(stage: str, points: pd.DataFrame, worlds: int) -> pd.DataFrame:
        pairs = [(point, one.id) for point in points["point"] for one in plan.patterns]
        table = pd.DataFrame(pairs, columns=["point", "pattern"])
        table = table.assign(value=2.0, low=2.0, high=2.0, n=worlds, implausibility=0.0)
        strikes = table["pattern"] == "strikes"
        table.loc[strikes, ["value", "low", "high"]] = 0.4
        start = strikes & (table["point"] == 0)
        table.loc[start, ["value", "low", "high", "implausibility"]] = [0.7, low, 0.75, 0.4]
        return table

    final = match(plan, measure_at).final
    assert final["chosen"].tolist().index(True) == chosen
    assert final["surely"].tolist() == [0.4 * chosen, 0]


def test_where_nothing_remains_the_search_goes_on_around_the_least_implausible() -> None:
    patterns = (pattern("sum", 3.0, 3.1), pattern("difference", 0.48, 0.52))
    found = toy(small_plan(patterns=patterns, points=40, waves=3, seed=2))
    assert not found.points["remains"].any()
    least = found.points.groupby("wave")["implausibility"].min()
    assert least[3] < least[1]
    assert not found.final.loc[found.final["chosen"], "remains"].iloc[0]


def test_the_same_plan_finds_the_same() -> None:
    again = toy(toy_plan())
    assert again.points.equals(matched().points)
    assert again.final.equals(matched().final)


# ── Points of a wave ───────────────────────────────────────────────────────────────────


START = {PRESSURE: 0.5, TIES: 0.3}


def test_the_first_wave_is_the_start_and_a_latin_hypercube() -> None:
    points = first_wave(SPACE, START, 11, 0)
    assert points.loc[0, [PRESSURE, TIES]].to_dict() == START
    for address, high in ((PRESSURE, 1.0), (TIES, 0.8)):
        cells = np.floor(points[address][1:] / high * 10).astype(int)
        assert sorted(cells) == [*range(10)]


def test_designs_depend_on_the_seed_alone() -> None:
    assert first_wave(SPACE, START, 6, 5).equals(first_wave(SPACE, START, 6, 5))
    assert not first_wave(SPACE, START, 6, 5).equals(first_wave(SPACE, START, 6, 6))
    parents = first_wave(SPACE, START, 6, 5)
    assert next_wave(SPACE, parents, 6, 5, 2).equals(next_wave(SPACE, parents, 6, 5, 2))
    assert not next_wave(SPACE, parents, 6, 5, 2).equals(next_wave(SPACE, parents, 6, 5, 3))


def test_later_waves_stay_near_their_parents_and_in_their_ranges() -> None:
    parents = pd.DataFrame({PRESSURE: [0.01, 0.05, 0.03], TIES: [0.4, 0.41, 0.42]})
    drawn = next_wave(SPACE, parents, 500, 1, 2)
    assert drawn[PRESSURE].between(0, 0.2).all()
    assert drawn[TIES].between(0.35, 0.47).all()
    assert drawn[PRESSURE].std() == pytest.approx(0.02 * 1.2, rel=0.4)


def test_silvermans_factor_in_one_dimension() -> None:
    assert silverman(100, 1) == pytest.approx((4 / 300) ** 0.2)


@given(st.floats(-30, 30))
def test_what_leaves_a_range_is_turned_back_at_its_end(value: float) -> None:
    back = float(reflected(np.array([value]), np.array([1.0]), np.array([3.0]))[0])
    assert 1 <= back <= 3
    if 1 <= value <= 3:
        assert back == pytest.approx(value)
    if 3 <= value <= 5:
        assert back == pytest.approx(6 - value)


def test_distance_is_the_root_mean_square_in_ranges() -> None:
    points = pd.DataFrame({PRESSURE: [0.5, 0.8], TIES: [0.3, 0.62]})
    expected = [0, np.sqrt((0.3**2 + 0.4**2) / 2)]
    assert distance(points, START, SPACE) == pytest.approx(expected)
