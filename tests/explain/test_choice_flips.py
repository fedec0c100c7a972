"""How far one number must move before a choice flips."""

import math

import numpy as np
import pandas as pd
import pytest

from realpolitik.sim.engine.actions import TRACKS
from realpolitik.sim.explain.choice import explain_choice
from realpolitik.sim.explain.choice_flips import NEVER, Contest, flip_choice, nearest_root
from realpolitik.sim.explain.probe import FrozenWeek, freeze_week
from realpolitik.sim.scenario.errors import ScenarioError
from realpolitik.sim.scenario.schema import Scenario

SEED, WORLD, WEEK = 1, 3, 18


@pytest.fixture(scope="module")
def words(haniyeh: Scenario) -> pd.DataFrame:
    """What would have changed what Russia said."""
    return flip_choice(haniyeh, SEED, WORLD, "RUS", WEEK, "words")


@pytest.fixture(scope="module")
def held(haniyeh: Scenario) -> FrozenWeek:
    """The same week, held."""
    return freeze_week(haniyeh, SEED, WORLD, "RUS", WEEK)


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
    haniyeh: Scenario, held: FrozenWeek
) -> None:
    choice = explain_choice(haniyeh, SEED, WORLD, "RUS", WEEK)
    scores = held.scores({})
    for track in held.tracks:
        weights = np.exp(scores[track])
        seen = choice.options["probability"].to_numpy()[track]
        assert weights / weights.sum() == pytest.approx(seen, abs=1e-12)
    assert list(held.chosen) == list(choice.margins["option"])


def test_scores_with_other_values_leave_the_held_week_as_it_was(held: FrozenWeek) -> None:
    constants = held.world.constants
    before = held.scores({})
    held.scores({"world.precision": 3.0})
    assert held.world.constants is constants
    assert list(held.scores({})) == list(before)


def test_where_it_flips_the_two_options_draw_level(words: pd.DataFrame, held: FrozenWeek) -> None:
    flips = words[words["flips_at"].notna()]
    assert len(flips) >= 2
    contest = Contest(held, TRACKS.index("words"))
    for row in flips.to_dict("records"):
        assert row["low"] <= row["flips_at"] <= row["high"]
        scores = held.scores({row["address"]: row["flips_at"]})
        assert abs(contest.margin(scores)) < 1e-9
        assert held.names[contest.best_other(scores)] == (row["instead"], row["instead_target"])


def test_the_flip_of_a_weight_is_the_one_that_contributions_foretell(
    haniyeh: Scenario, words: pd.DataFrame
) -> None:
    """Utility is linear in a weight: w* = w − margin / (λ·change of contribution per weight)."""
    choice = explain_choice(haniyeh, SEED, WORLD, "RUS", WEEK)
    margin = choice.margins.query("track == 'words'").to_dict("records")[0]
    row = words.query("address == 'RUS.iran_dependence'").to_dict("records")[0]
    assert (row["instead"], row["instead_target"]) == (
        margin["runner_up_action"],
        margin["runner_up_target"],
    )
    steps = choice.waterfall(margin["option"], margin["runner_up"])
    slope = steps.query("term == 'iran_dependence'")["log_odds"].item() / row["default"]
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
    assert "action.support.base_rate" in addresses
    assert "world.rung_persistence" not in addresses
    assert "action.offensive_arms.base_rate" not in addresses
    assert not any(address.startswith("IRN.") for address in addresses)


def test_nearest_flips_come_first(words: pd.DataFrame) -> None:
    shares = words["share_of_range"].dropna().to_list()
    assert shares == sorted(shares)
    assert words["flips_at"].first_valid_index() == 0


def test_moving_a_number_beyond_its_flip_changes_what_is_likeliest(quarrel: Scenario) -> None:
    """In week 1 nothing lies behind: the held week is that of the whole scenario."""
    table = flip_choice(quarrel, 2, 0, "RUS", 1, "words")
    flips = table[table["flips_at"].notna()]
    assert len(flips) > 2
    for row in flips.to_dict("records"):
        for beyond in (-1e-6, 1e-6):
            value = row["flips_at"] + beyond * np.sign(row["distance"])
            options = explain_choice(
                quarrel.with_parameters({row["address"]: value}), 2, 0, "RUS", week=1
            ).options.query("track == 'words'")
            own = options["action"].eq(row["chosen"]) & options["target"].eq(row["chosen_target"])
            lead = options.loc[own, "log_odds"].item() - options.loc[~own, "log_odds"].max()
            assert abs(lead) < 1e-3
            assert np.sign(lead) == -np.sign(row["margin"]) * np.sign(beyond)


def test_it_is_the_same_every_time(quarrel: Scenario) -> None:
    one, other = (flip_choice(quarrel, 1, 0, "RUS", 2, "words") for _ in range(2))
    pd.testing.assert_frame_equal(one, other)


def test_where_nothing_else_is_open_nothing_flips(haniyeh: Scenario) -> None:
    table = flip_choice(haniyeh, 0, 0, "EUR", 1, "force")
    assert (table["margin"] == math.inf).all()
    assert (table["verdict"] == NEVER).all()
    assert (table["instead"] == "").all()


def test_a_margin_of_nothing_flips_where_it_stands() -> None:
    assert nearest_root(lambda x: x - 0.3, 0.3, 0, 1) == 0.3


def test_base_rates_that_cannot_be_are_no_flip(quarrel: Scenario) -> None:
    held = freeze_week(quarrel, 0, 0, "RUS", 1)
    assert np.isnan(held.scores({"action.support.base_rate": 1.5})).all()


def test_faults_are_named(quarrel: Scenario) -> None:
    with pytest.raises(ScenarioError, match="unknown track 'word'; did you mean 'words'"):
        flip_choice(quarrel, 0, 0, "RUS", 1, "word")
    with pytest.raises(ValueError, match="no week 9"):
        flip_choice(quarrel, 0, 0, "RUS", 9, "words")
