"""Findings over the points that remain: margins, and on how many of them a finding holds."""

import numpy as np
import pandas as pd
import pytest

from realpolitik.sim.calibrate.findings import conclusions_over, margin
from realpolitik.sim.calibrate.patterns import CalibrationCase, Gauge, KeyFinding
from realpolitik.sim.stats.intervals import share
from tests.calibrate.small import PRESSURE, gauge, small_scenario

CALM = CalibrationCase("calm", small_scenario())


def finding(above: bool = True, level: float = 0.0) -> KeyFinding:
    """The share of strikes in the small scenario, less that in the calm one."""
    return KeyFinding("f", "f", gauge("strike"), Gauge(CALM, "strike", "share"), above, level)


def worlds(hits: int, n: int = 200) -> pd.DataFrame:
    return pd.DataFrame({"world": np.arange(n), "strike": (np.arange(n) < hits).astype(float)})


def test_margin_is_the_difference_on_the_expected_side() -> None:
    runs = {"small": worlds(80), "calm": worlds(20)}
    assert margin(finding(), runs)[0] == pytest.approx(0.3)
    assert margin(finding(above=False), runs)[0] == pytest.approx(-0.3)
    assert margin(finding(level=0.1), runs)[0] == pytest.approx(0.2)


def test_equal_worlds_may_differ_by_those_not_seen() -> None:
    size, half = margin(finding(), {"small": worlds(80), "calm": worlds(80)})
    assert size == 0
    assert half == pytest.approx(share(0, 200).high)


def test_the_interval_is_that_of_paired_batches() -> None:
    rng = np.random.default_rng(1)
    one, other = worlds(0), worlds(0)
    one["strike"] = (rng.random(200) < 0.5).astype(float)
    other["strike"] = (rng.random(200) < 0.3).astype(float)
    apart = (one["strike"] - other["strike"]).to_numpy().reshape(10, 20).mean(axis=0)
    expected = 2.093024 * apart.std(ddof=1) / np.sqrt(20)  # t on 19 degrees
    assert margin(finding(), {"small": one, "calm": other})[1] == pytest.approx(expected)


def test_a_share_of_none_bears_on_nothing() -> None:
    given = KeyFinding("f", "f", gauge("strike", given="strike"), None, True, 0.0)
    assert np.isnan(margin(given, {"small": worlds(0)})[0])


def test_shares_of_sets_that_keep_the_sign() -> None:
    sets = pd.DataFrame({PRESSURE: [0.1, 0.2, 0.3, 0.4]})
    runs = [{"small": worlds(hits), "calm": worlds(50)} for hits in (20, 100, 120, 140)]
    row = conclusions_over(sets, [finding()], 200, runs_at=lambda _: runs).iloc[0]
    assert (row["sets"], row["keeps"], row["against"]) == (4, 0.75, 0.25)
    assert row["keeps_low"] < 0.75 < row["keeps_high"]
    assert row["least"] == pytest.approx(-0.15)
    assert row["greatest"] == pytest.approx(0.45)


def test_it_runs_the_worlds_itself_where_nobody_gives_them() -> None:
    strikes = KeyFinding("s", "s", gauge("strike"), None, True, 0.05)
    sets = pd.DataFrame({PRESSURE: [0.0, 1.0]})
    row = conclusions_over(sets, [strikes], worlds=60).iloc[0]
    assert row["sets"] == 2
    assert row["least"] < row["greatest"]


def test_of_no_sets_nothing_is_claimed() -> None:
    row = conclusions_over(pd.DataFrame({PRESSURE: []}), [finding()]).iloc[0]
    assert row["sets"] == 0
    assert np.isnan(row["keeps"])


def test_quantiles_are_refused() -> None:
    weeks = KeyFinding("w", "w", gauge("weeks_to_strike", "quantile"), None, True, 0.0)
    with pytest.raises(ValueError, match="not a quantile"):
        margin(weeks, {"small": worlds(3)})
