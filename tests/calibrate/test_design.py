import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from realpolitik.sim.calibrate.waves import (
    distance,
    first_wave,
    next_wave,
    reflected,
    silverman,
)
from tests.calibrate.small import PRESSURE, SPACE, TIES

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
