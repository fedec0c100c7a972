"""Levels, and when things happen: worked values."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from realpolitik.sim.comparison.differences import levels, times
from realpolitik.sim.comparison.inputs import Outcome
from realpolitik.sim.stats.intervals import share


def side(values: list[float], weeks: int) -> Any:
    """A side with one outcome of the scale weeks."""
    subject = SimpleNamespace(key="x", weeks=weeks, outcomes=(Outcome("w", "W", "weeks", {}),))
    return SimpleNamespace(subject=subject, values={"w": np.array(values)})


def test_the_share_by_each_week_has_hand_worked_values() -> None:
    """Ten worlds, horizon of five weeks: two come in week 1, one in week 3, three in week 5."""
    never = [np.nan] * 4
    table = times((side([1, 1, 3, 5, 5, 5, *never], 5),))
    assert table["came"].tolist() == [2, 0, 1, 0, 3]
    assert table["at_risk"].tolist() == [10, 8, 8, 7, 7]
    assert table["share_by_then"].tolist() == pytest.approx([0.2, 0.2, 0.3, 0.3, 0.6])
    assert table["low"].iloc[0] == share(2, 10).low
    assert table["high"].iloc[-1] == share(6, 10).high


@given(st.lists(st.one_of(st.just(np.nan), st.integers(1, 12).map(float)), min_size=1, max_size=80))
def test_with_all_censoring_at_the_horizon_kaplan_and_meier_give_the_share_that_came(
    values: list[float],
) -> None:
    table = times((side(values, 12),))
    came, at_risk = (table[name].to_numpy(np.float64) for name in ("came", "at_risk"))
    product_limit = 1 - np.cumprod(1 - came / np.maximum(at_risk, 1))
    assert table["share_by_then"].to_numpy() == pytest.approx(product_limit, abs=1e-12)


def test_a_week_that_never_came_counts_as_the_horizon_with_the_share_beside() -> None:
    row = levels((side([2, 4, np.nan, np.nan], 26),)).iloc[0]
    assert (row["mean"], row["n"], row["worlds"], row["came"]) == (14.5, 2, 4, 0.5)


def test_what_comes_after_the_weeks_that_all_have_has_not_come() -> None:
    long, short = levels((side([3, 30], 52), side([3, np.nan], 26))).to_dict("records")
    assert (long["mean"], long["came"]) == (short["mean"], short["came"]) == (14.5, 0.5)
