"""Mean reasons over an ensemble."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from realpolitik.sim.explain.choice import explain_choice
from realpolitik.sim.explain.ensemble_reasons import MeanChoice, Sums, explain_ensemble
from realpolitik.sim.scenario.errors import ScenarioError
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.stats.intervals import mean

WORLDS = 12


@pytest.fixture(scope="module")
def arming(quarrel: Scenario) -> MeanChoice:
    """Russia and offensive arms."""
    return explain_ensemble(quarrel, 3, WORLDS, "RUS", "offensive_arms")


def test_the_mean_is_that_of_the_single_worlds(quarrel: Scenario, arming: MeanChoice) -> None:
    gains = []
    for world in range(WORLDS):
        choice = explain_choice(quarrel, 3, world, "RUS", week=4)
        arms = choice.options.query("action == 'offensive_arms'").iloc[0]
        rows = choice.contributions.set_index(["option", "address"])["contribution"]
        toward = "target == @arms.target and track == 'material' and action == 'hold'"
        hold = choice.options.query(toward).iloc[0]
        gains.append([*(rows[arms["option"]] - rows[hold["option"]]), arms["probability"]])
    week = arming.contributions.query("week == 4 and incentive != 'total'")
    values = np.array(gains)
    assert week["mean"].to_numpy() == pytest.approx(values[:, :-1].mean(axis=0), abs=1e-12)
    seen = arming.openness.query("week == 4").iloc[0]
    own = mean(values[:, -1])
    assert seen["probability"] == pytest.approx(own.mean)
    assert seen["probability_low"] == pytest.approx(own.low)
    assert (seen["n"], seen["running"], seen["open"]) == (WORLDS, WORLDS, 1)


def test_the_reasons_add_up_to_the_total_in_every_week(arming: MeanChoice) -> None:
    for _, rows in arming.contributions.groupby(["target", "week"]):
        parts, total = rows.iloc[:-1], rows.iloc[-1]
        assert total["incentive"] == "total"
        assert parts["mean"].sum() == pytest.approx(total["mean"], abs=1e-12)


def test_log_odds_are_the_total_times_precision_and_the_prior(arming: MeanChoice) -> None:
    totals = arming.contributions.query("incentive == 'total'")["mean"].to_numpy()
    rows = arming.openness
    prior = np.log(rows["base_rate"] / rows["hold_rate"])
    odds = arming.precision * (totals - rows["offset"]) + prior
    assert rows["log_odds"].to_numpy() == pytest.approx(odds.to_numpy())


def test_what_waits_is_counted_only_where_it_is_open(quarrel: Scenario) -> None:
    strikes = explain_ensemble(quarrel, 3, 60, "IRN", "limited_strike", "ISR")
    first, later = (strikes.openness.query(f"week == {week}").iloc[0] for week in (1, 4))
    assert first["open"] < later["open"]
    assert later["n"] == round(later["open"] * 60)
    rows = strikes.contributions.query("week == 1")
    assert first["n"] > 0 or rows["mean"].isna().all()


def test_every_target_has_its_rows(haniyeh: Scenario) -> None:
    short = haniyeh.model_copy(update={"weeks": 2})
    table = explain_ensemble(short, 0, 3, "RUS", "offensive_arms").openness
    assert list(table.groupby("target")["week"].agg(list)) == [[0, 1, 2], [0, 1, 2]]


def test_it_does_not_matter_where_blocks_end(quarrel: Scenario) -> None:
    short = quarrel.model_copy(update={"weeks": 1})
    seen: list[tuple[int, int]] = []
    whole = explain_ensemble(
        short, 3, 1030, "RUS", "offensive_arms", progress=lambda *told: seen.append(told)
    )
    assert seen == [(1024, 1030), (1030, 1030)]
    assert (whole.openness["n"] == 1030).all()
    first = whole.contributions.query("week == 1").drop(columns="week").reset_index(drop=True)
    every = whole.contributions.query("week == 0").drop(columns="week").reset_index(drop=True)
    pd.testing.assert_frame_equal(first, every)


def test_it_can_be_written_as_json_and_is_the_same_every_time(
    quarrel: Scenario, arming: MeanChoice
) -> None:
    again = explain_ensemble(quarrel, 3, WORLDS, "RUS", "offensive_arms")
    assert json.dumps(arming.as_json(), allow_nan=False) == json.dumps(again.as_json())


def test_faults_are_named(quarrel: Scenario) -> None:
    with pytest.raises(ValueError, match="worlds must be at least 1"):
        explain_ensemble(quarrel, 0, 0, "RUS", "support")
    with pytest.raises(ScenarioError, match="unknown action"):
        explain_ensemble(quarrel, 0, 2, "RUS", "hold")


def test_sums_of_blocks_have_the_interval_of_the_whole() -> None:
    values = np.random.default_rng(1).normal(1e6, 1, (40, 2))
    sums = Sums(2)
    for block in (values[:7], values[7:7], values[7:30], values[30:]):
        sums.add(block)
    for place in (0, 1):
        own = mean(values[:, place])
        assert vars(sums.interval(place)) == pytest.approx(vars(own), rel=1e-12)


def test_a_sum_of_one_world_has_no_interval_and_of_none_no_mean() -> None:
    sums = Sums(1)
    assert np.isnan(sums.interval(0).mean)
    sums.add(np.array([[2.0]]))
    assert sums.interval(0).mean == 2
    assert np.isnan(sums.interval(0).low)


def test_the_steps_of_the_means_sum_to_the_mean_log_odds(arming: MeanChoice) -> None:
    for target in arming.targets:
        steps = arming.waterfall(target)["log_odds"]
        assert steps.iloc[-1] == pytest.approx(steps.iloc[:-1].sum())
        assert steps.iloc[-1] == pytest.approx(arming.open_to(target)["log_odds"])
        sizes = steps.iloc[2:-1].abs()
        assert sizes.is_monotonic_decreasing


def test_what_is_usual_is_taken_off_the_mean_log_odds(arming: MeanChoice) -> None:
    (target,) = arming.targets
    usual = replace(arming, openness=arming.openness.assign(offset=0.2))
    before, after = (one.waterfall(target).set_index("term")["log_odds"] for one in (arming, usual))
    assert after["ordinary_weeks"] == pytest.approx(-0.2 * arming.precision)
    lost = before["total"] - before["ordinary_weeks"] - after["total"]
    assert lost == pytest.approx(0.2 * arming.precision)


def test_targets_are_the_open_ones_the_likeliest_first(arming: MeanChoice) -> None:
    chances = [arming.open_to(target)["probability"] for target in arming.targets]
    assert chances == sorted(chances, reverse=True)
    shut = replace(arming, openness=arming.openness.assign(n=0))
    assert shut.targets == []


def test_the_weekly_reasons_put_parts_together(arming: MeanChoice) -> None:
    weekly = arming.weekly(arming.targets[0])
    assert not weekly.duplicated(["week", "incentive"]).any()
    known = weekly.dropna()
    assert (known["low"] <= known["mean"] + 1e-9).all()
    assert (known["mean"] <= known["high"] + 1e-9).all()
    sums = weekly.groupby("week")["mean"].sum()
    totals = arming.contributions.query("incentive == 'total' and week > 0").set_index("week")
    assert sums.to_numpy() == pytest.approx(arming.precision * totals["mean"].to_numpy())
