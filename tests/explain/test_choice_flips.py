"""How far one number must move before a choice flips."""

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from realpolitik.sim.engine.actions import number_of
from realpolitik.sim.explain.choice import explain_choice
from realpolitik.sim.explain.choice_flips import (
    NEVER,
    Contest,
    flip_choice,
    nearest_root,
    rates_toward,
    spans_of,
)
from realpolitik.sim.explain.probe import FrozenWeek, Group, freeze_week
from realpolitik.sim.scenario.errors import ScenarioError
from realpolitik.sim.scenario.schema import Scenario

SEED, WORLD = 1, 3
TO_IRAN = Group("IRN", "support")


@pytest.fixture(scope="module")
def week(haniyeh: Scenario) -> int:
    """The early week in which it was nearest to even whether Russia supports Iran in public."""

    def distance(week: int) -> float:
        choice = explain_choice(haniyeh, SEED, WORLD, "RUS", week)
        return abs(float(choice.margin(TO_IRAN)["margin_log_odds"]))

    return min(range(1, 9), key=distance)


@pytest.fixture(scope="module")
def words(haniyeh: Scenario, week: int) -> pd.DataFrame:
    """What would have changed whether Russia supports Iran in public."""
    return flip_choice(haniyeh, SEED, WORLD, "RUS", week, *TO_IRAN)


@pytest.fixture(scope="module")
def held(haniyeh: Scenario, week: int) -> FrozenWeek:
    """The same week, held."""
    return freeze_week(haniyeh, SEED, WORLD, "RUS", week)


def test_the_root_of_two_options_is_where_prior_and_utility_cancel() -> None:
    """λ(w·½ − 0.1) + ln(0.2 / 0.8) = 0 for λ = 10 at w = 0.2 + 0.2·ln 4."""

    def lead(weight: float) -> float:
        return 10 * (0.5 * weight - 0.1) + math.log(0.2 / 0.8)

    root = nearest_root(lead, 0.1, 0.0, 1.0)
    assert root == pytest.approx(0.2 + 0.2 * math.log(4), abs=1e-12)
    assert math.isnan(nearest_root(lead, 0.1, 0.0, 0.4))


def test_of_two_roots_the_nearer_is_taken() -> None:
    assert nearest_root(lambda x: (x - 0.1) * (x - 0.7), 0.5, 0, 1) == pytest.approx(0.7)
    assert nearest_root(lambda x: (x - 0.1) * (x - 0.7), 0.2, 0, 1) == pytest.approx(0.1)


def test_scores_of_the_held_week_are_those_of_the_choice(
    haniyeh: Scenario, week: int, held: FrozenWeek
) -> None:
    choice = explain_choice(haniyeh, SEED, WORLD, "RUS", week)
    scores = held.scores({})
    for group in held.seat.options.groups:
        weights = np.exp(scores[group])
        seen = choice.options["probability"].to_numpy()[group]
        assert weights / weights.sum() == pytest.approx(seen, abs=1e-12)
    assert list(held.chosen) == list(choice.margins["option"])
    assert list(held.groups) == choice.groups


def test_scores_with_other_values_leave_the_held_week_as_it_was(held: FrozenWeek) -> None:
    constants = held.world.constants
    before = held.scores({})
    held.scores({"world.precision": 3.0})
    assert held.world.constants is constants
    assert list(held.scores({})) == list(before)


def test_where_it_flips_the_two_options_draw_level(words: pd.DataFrame, held: FrozenWeek) -> None:
    flips = words[words["flips_at"].notna()]
    assert len(flips) > 0
    contest = Contest(held, held.groups.index(TO_IRAN))
    for row in flips.to_dict("records"):
        assert row["low"] <= row["flips_at"] <= row["high"]
        scores = held.scores({row["address"]: row["flips_at"]})
        assert abs(contest.margin(scores)) < 1e-9
        assert held.action(contest.best_other(scores)) == row["instead"]


def test_the_flip_of_a_weight_is_the_one_that_contributions_foretell(
    haniyeh: Scenario, week: int, words: pd.DataFrame
) -> None:
    """Utility is linear in a weight: w* = w − margin / (λ·change of contribution per weight)."""
    choice = explain_choice(haniyeh, SEED, WORLD, "RUS", week)
    margin = choice.margin(TO_IRAN)
    steps = choice.waterfall(margin["option"], margin["runner_up"]).set_index("term")["log_odds"]
    flips = words[words["flips_at"].notna() & (words["instead"] == margin["runner_up_action"])]
    own = flips[flips["address"].str.fullmatch(r"RUS\.\w+")]
    assert len(own) > 0
    for row in own.to_dict("records"):
        slope = steps[row["address"].removeprefix("RUS.")] / row["default"]
        assert row["flips_at"] == pytest.approx(row["default"] - row["margin"] / slope, abs=1e-12)


def test_never_is_said_only_where_the_sign_is_the_same_at_both_ends(words: pd.DataFrame) -> None:
    never = words[words["verdict"] == NEVER]
    assert len(never) > 0
    assert never["flips_at"].isna().all()
    for end in ("at_low", "at_high"):
        assert (never[end] * never["margin"] > 0).all()


def test_all_weights_of_the_actor_are_there_and_constants_that_bear(words: pd.DataFrame) -> None:
    addresses = set(words["address"])
    assert {"RUS.israel_ties", "RUS.israel_ties.rapport", "RUS.saudi_ties"} <= addresses
    assert "world.precision" in addresses
    assert "rate.RUS-IRN.support" in addresses
    assert "world.rung_persistence" not in addresses
    assert "rate.RUS-IRN.offensive_arms" not in addresses
    assert not any(address.startswith(("rate.RUS-USA", "action.")) for address in addresses)
    assert not any(address.startswith("IRN.") for address in addresses)


def test_nearest_flips_come_first(words: pd.DataFrame) -> None:
    shares = words["share_of_range"].dropna().to_list()
    assert shares == sorted(shares)
    assert words["flips_at"].first_valid_index() == 0


def test_moving_a_number_beyond_its_flip_changes_what_is_likeliest(quarrel: Scenario) -> None:
    """In week 1 nothing lies behind: the held week is that of the whole scenario."""
    table = flip_choice(quarrel, 2, 0, "RUS", 1, *TO_IRAN)
    flips = table[table["flips_at"].notna()]
    assert len(flips) > 2
    for row in flips.to_dict("records"):
        for beyond in (-1e-6, 1e-6):
            value = row["flips_at"] + beyond * np.sign(row["distance"])
            options = explain_choice(
                quarrel.with_parameters({row["address"]: value}), 2, 0, "RUS", week=1
            ).options.query("target == 'IRN' and choice == 'support'")
            own = options["action"].eq(row["chosen"])
            lead = options.loc[own, "log_odds"].item() - options.loc[~own, "log_odds"].max()
            assert abs(lead) < 1e-3
            assert np.sign(lead) == -np.sign(row["margin"]) * np.sign(beyond)


def test_it_is_the_same_every_time(quarrel: Scenario) -> None:
    one, other = (flip_choice(quarrel, 1, 0, "RUS", 2, *TO_IRAN) for _ in range(2))
    pd.testing.assert_frame_equal(one, other)


def test_where_nothing_else_is_open_nothing_flips(held: FrozenWeek) -> None:
    number = held.groups.index(Group("ISR", "force"))
    alone = replace(held, is_open=np.isin(np.arange(len(held.is_open)), held.chosen))
    (span,) = spans_of(held.scenario, ["RUS.israel_ties"])
    row = Contest(alone, number).row(span)
    assert (row["margin"], row["verdict"], row["instead"]) == (math.inf, NEVER, "")


def test_a_margin_of_nothing_flips_where_it_stands() -> None:
    assert nearest_root(lambda x: x - 0.3, 0.3, 0, 1) == 0.3


def test_an_act_that_a_rate_of_nought_closes_is_passed_before_the_end_of_the_range() -> None:
    """Scores of −∞ at an end are no obstacle on the way to it: log(x / 0.1) has its root at 0.1."""

    def lead(rate: float) -> float:
        return math.log(rate / 0.1) if rate else -math.inf

    assert nearest_root(lead, 0.5, 0.0, 1.0) == pytest.approx(0.1)


def test_an_act_with_a_rate_of_nought_is_closed_and_leaves_the_others_as_they_were(
    held: FrozenWeek,
) -> None:
    options, before = held.seat.options, held.scores({})
    after = held.scores({"rate.RUS-IRN.threaten": 0.0})
    threat = (options.action == number_of("threaten")) & (options.target == held.seat.number("IRN"))
    assert (after[threat] == -math.inf).all()
    others = options.target != held.seat.number("IRN")
    assert after[others].tolist() == before[others].tolist()


def test_the_rate_of_a_deal_is_that_of_the_action_where_the_pair_has_none(
    quarrel: Scenario,
) -> None:
    held = freeze_week(quarrel, 0, 0, "RUS", 1)
    assert "action.offer_deal.base_rate" in rates_toward(held.seat, "USA")
    assert "rate.RUS-USA.denounce" in rates_toward(held.seat, "USA")


def test_faults_are_named(quarrel: Scenario) -> None:
    with pytest.raises(ScenarioError, match="unknown choice 'suport'; did you mean 'support'"):
        flip_choice(quarrel, 0, 0, "RUS", 1, "IRN", "suport")
    with pytest.raises(ScenarioError, match="unknown target 'RUS'"):
        flip_choice(quarrel, 0, 0, "RUS", 1, "RUS", "support")
    with pytest.raises(ValueError, match="no week 9"):
        flip_choice(quarrel, 0, 0, "RUS", 9, *TO_IRAN)
