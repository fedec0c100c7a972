"""A choice laid open: margins, waterfalls, plain values."""

import json
import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from realpolitik.sim.engine.actions import ACTIONS
from realpolitik.sim.engine.choice import choice_probabilities
from realpolitik.sim.experiments.ensemble import simulate
from realpolitik.sim.explain.choice import Choice, explain_choice
from realpolitik.sim.explain.probe import Group, groups_in, watching
from realpolitik.sim.model import EscalationModel
from realpolitik.sim.scenario.errors import ScenarioError
from realpolitik.sim.scenario.loading import read_scenario
from realpolitik.sim.scenario.schema import Scenario

SEED = 5


@pytest.fixture(scope="module")
def choice(haniyeh: Scenario) -> Choice:
    """Russia in one week of one world."""
    return explain_choice(haniyeh, SEED, 3, "RUS", week=6)


def test_what_is_closed_has_no_probability_and_no_odds(choice: Choice) -> None:
    closed = choice.options[~choice.options["open"]]
    assert len(closed) > 0
    assert (closed["probability"] == 0).all()
    assert closed["log_odds"].isna().all()


def test_one_option_is_taken_of_each_choice_toward_each_other(choice: Choice) -> None:
    taken = choice.options[choice.options["chosen"]]
    assert groups_in(taken) == choice.groups
    assert len(set(choice.groups)) == len(choice.groups)
    chances = choice.options.groupby(["target", "choice"])["probability"].sum()
    assert chances.to_numpy() == pytest.approx(1)


def test_doing_nothing_has_a_target_too(choice: Choice) -> None:
    holds = choice.options[choice.options["action"] == "hold"]
    assert groups_in(holds) == choice.groups
    assert (holds["log_odds"] == 0).all()


def test_the_margin_is_the_lead_over_the_most_probable_other(choice: Choice) -> None:
    for margin, group in zip(choice.margins.to_dict("records"), choice.groups, strict=True):
        rows = of(choice, group)
        others = rows[rows["open"] & ~rows["chosen"]]
        if others.empty:
            assert math.isnan(margin["margin_log_odds"])
            continue
        assert margin["runner_up_probability"] == others["probability"].max()
        ratio = margin["probability"] / margin["runner_up_probability"]
        assert margin["margin_log_odds"] == pytest.approx(math.log(ratio))
        assert margin["likeliest"] == (ratio >= 1)


def of(choice: Choice, group: Group) -> pd.DataFrame:
    """The options of a group."""
    return choice.options.query("target == @group.target and choice == @group.choice")


def test_the_steps_of_a_waterfall_sum_to_the_log_odds(choice: Choice) -> None:
    for group in choice.groups:
        rows = of(choice, group)
        hold = rows.loc[rows["action"] == "hold", "option"].iloc[0]
        for own in rows[rows["open"]].to_dict("records"):
            table = choice.waterfall(own["option"], hold)
            steps, total = table.iloc[:-1], table.iloc[-1]
            assert steps["log_odds"].sum() == pytest.approx(total["end"], abs=1e-12)
            assert (steps["start"] + steps["log_odds"]).to_numpy() == pytest.approx(steps["end"])
            assert steps["start"].iloc[1:].to_list() == steps["end"].iloc[:-1].to_list()
            assert total["log_odds"] == pytest.approx(own["log_odds"], abs=1e-9)


def test_what_is_at_stake_in_ordinary_weeks_is_taken_off_on_a_line_of_its_own(
    choice: Choice,
) -> None:
    """Of an offset of 0.05 above that of hold λ·0.05, whatever else speaks for the option."""
    rows = of(choice, Group("IRN", "denounce")).set_index("action")["option"]
    act, hold = rows["denounce"], rows["hold"]
    before, after = (
        replace(choice, options=choice.options.assign(offset=offset))
        .waterfall(act, hold)
        .set_index("term")
        for offset in (0.0, 0.05 * (choice.options["option"] == act))
    )
    assert list(after.index[:2]) == ["base_rate", "ordinary_weeks"]
    assert after.loc["ordinary_weeks", "log_odds"] == pytest.approx(-0.05 * choice.precision)
    lost = before.loc["total", ["utility", "log_odds"]] - after.loc["total"]
    assert lost["utility"] == pytest.approx(0.05)
    assert lost["log_odds"] == pytest.approx(0.05 * choice.precision)


def test_where_nothing_else_is_open_there_is_no_runner_up(choice: Choice) -> None:
    holds = choice.options["action"] == "hold"
    held = replace(choice, options=choice.options.assign(open=holds, chosen=holds))
    for margin, group in zip(held.margins.to_dict("records"), held.groups, strict=True):
        assert (margin["action"], margin["runner_up"], margin["likeliest"]) == ("hold", -1, True)
        assert held.weighed(group) == (margin["option"], -1)


def test_a_waterfall_of_two_options_turns_round_with_them(choice: Choice) -> None:
    one, other = of(choice, choice.groups[0])["option"].iloc[:2]
    there = choice.waterfall(one, other).iloc[-1]["log_odds"]
    assert there == pytest.approx(-choice.waterfall(other, one).iloc[-1]["log_odds"])


def test_what_was_taken_is_weighed_against_doing_nothing_or_the_next(choice: Choice) -> None:
    actions = choice.options.set_index("option")["action"]
    for margin, group in zip(choice.margins.to_dict("records"), choice.groups, strict=True):
        option, other = choice.weighed(group)
        assert option == margin["option"]
        acted = margin["action"] != "hold"
        assert actions[other] == "hold" if acted else other == margin["runner_up"]


def test_what_was_asked_about_is_weighed_against_what_was_taken(choice: Choice) -> None:
    for row in choice.options.to_dict("records"):
        asked, own = replace(choice, sought=row["option"]), choice.group_of(row["option"])
        is_apart = row["open"] and not row["chosen"]
        pair = (row["option"], choice.margin(own)["option"])
        assert asked.weighed(own) == (pair if is_apart else choice.weighed(own))
    for group in set(choice.groups) - {own}:
        assert asked.weighed(group) == choice.weighed(group)


def test_it_can_be_written_as_json(choice: Choice) -> None:
    read = json.loads(json.dumps(choice.as_json(), allow_nan=False))
    assert [Group(one["target"], one["choice"]) for one in read["groups"]] == choice.groups
    for group in read["groups"]:
        for option in group["options"]:
            total = math.fsum(option["contributions"].values())
            assert total == pytest.approx(option["utility"], abs=1e-12)


def test_what_each_reason_adds_sums_to_the_difference_of_utilities(choice: Choice) -> None:
    one, other = choice.options["option"].iloc[[0, 1]]
    utility = choice.options.set_index("option")["utility"]
    assert choice.added(one, other).sum() == pytest.approx(utility[one] - utility[other])


def test_the_main_group_is_that_of_the_rarest_deed_else_of_the_nearest_rival(
    choice: Choice,
) -> None:
    deeds = choice.options[choice.options["action"] != "hold"]
    rarest = deeds.sort_values("base_rate", kind="stable").iloc[0]
    own = Group(rarest["target"], rarest["choice"])
    taken = choice.options["chosen"].where(
        ~choice.options["option"].isin(of(choice, own)["option"]),
        choice.options["option"] == rarest["option"],
    )
    assert replace(choice, options=choice.options.assign(chosen=taken)).main_group() == own
    idle = replace(choice, options=choice.options.assign(chosen=choice.options["action"] == "hold"))
    nearest = idle.margins["margin_log_odds"].argmin()
    assert idle.main_group() == idle.groups[nearest]


def test_the_main_group_may_be_looked_for_toward_a_target_and_on_a_track(choice: Choice) -> None:
    assert choice.main_group("USA").target == "USA"
    assert choice.main_group(track="material").track == "material"
    assert choice.main_group("IRN", "material") == ("IRN", "material")
    with pytest.raises(ScenarioError, match="unknown target 'RUS'"):
        choice.main_group("RUS")
    with pytest.raises(ScenarioError, match="unknown track 'words'"):
        replace(choice, options=choice.options.query("track != 'words'")).main_group(None, "words")


# ── Which choice it is ─────────────────────────────────────────────────────────────────


Told = set[tuple[int, str, str, str]]  # week, actor, action, target

CLASH = """
title: A clash
question: What is left to choose after it?
start: 2024-08-05
weeks: 3
actors: [RUS, USA]
shocks:
  - {id: clash, kind: set, week: 2, quantity: rung, of: RUS, toward: USA, value: 10}
"""


@pytest.fixture(scope="module")
def events(haniyeh: Scenario) -> pd.DataFrame:
    """What the ensemble told of its first worlds."""
    return simulate(haniyeh, worlds=30, seed=SEED).events


def deeds_in(choice: Choice) -> Told:
    """What was done according to the explanation."""
    margins = choice.margins[choice.margins["action"] != "hold"]
    rows = zip(margins["action"], margins["target"], strict=True)
    return {(choice.week, choice.actor, action, target) for action, target in rows}


@pytest.mark.parametrize("world", [0, 29])
@pytest.mark.parametrize("actor", ["RUS", "IRN", "SAU"])
def test_a_world_does_again_what_it_did_in_the_ensemble(
    haniyeh: Scenario, events: pd.DataFrame, world: int, actor: str
) -> None:
    rows = events[(events["world"] == world) & (events["actor"] == actor)]
    told = set(zip(rows["week"], rows["actor"], rows["action"], rows["on"], strict=True))
    with watching(haniyeh, SEED, world, 1, actor) as probe:
        again: Told = set()
        while probe.model.running:
            probe.begin()
            probe.finish()
            for option in probe.chosen()[0]:
                action = ACTIONS[probe.options.action[option]].action
                target = probe.model.codes[probe.options.target[option]]
                again |= {(probe.model.week, actor, action, target)}
    assert {deed for deed in again if deed[2] != "hold"} == told


@pytest.mark.parametrize("actor", ["ISR", "USA"])
def test_the_choice_that_is_told_is_the_one_of_the_ensemble(
    haniyeh: Scenario, events: pd.DataFrame, actor: str
) -> None:
    rows = events[(events["world"] == 17) & (events["actor"] == actor) & (events["week"] == 3)]
    told = set(zip(rows["week"], rows["actor"], rows["action"], rows["on"], strict=True))
    assert deeds_in(explain_choice(haniyeh, SEED, 17, actor, week=3)) == told


def test_worlds_of_later_blocks_are_found_too(quarrel: Scenario) -> None:
    model = EscalationModel(quarrel, 4, rng=SEED, block=2)
    model.step()
    deeds = model.happened.deeds
    own = deeds.where((deeds.world == 3) & (deeds.actor == model.codes.index("IRN")))
    told = {
        (1, "IRN", ACTIONS[action].action, model.codes[target])
        for action, target in zip(own.action, own.target, strict=True)
    }
    assert deeds_in(explain_choice(quarrel, SEED, 2 * 1024 + 3, "IRN", week=1)) == told


@pytest.mark.parametrize("actor", ["RUS", "IRN", "ISR", "USA"])
@pytest.mark.parametrize("week", [1, 4])
def test_contributions_are_utility_and_log_odds_are_those_of_the_probabilities(
    quarrel: Scenario, actor: str, week: int
) -> None:
    choice = explain_choice(quarrel, SEED, 2, actor, week=week)
    added = choice.contributions.groupby("option")["contribution"].sum()
    assert np.abs(added.to_numpy() - choice.options["utility"]).max() < 1e-12
    for _, rows in choice.options.groupby(["target", "choice"]):
        hold = rows[rows["action"] == "hold"].iloc[0]
        seen = rows[rows["open"]]
        odds = np.log(seen["probability"] / hold["probability"])
        assert np.abs(odds - seen["log_odds"]).max() < 1e-9
        at_stake = seen["utility"] - seen["offset"]
        plain = choice_probabilities(at_stake, seen["base_rate"], choice.precision)
        assert np.abs(plain - seen["probability"]).max() < 1e-12


def test_the_first_week_with_the_deed_is_found(haniyeh: Scenario, events: pd.DataFrame) -> None:
    rows = events[(events["actor"] == "IRN") & (events["action"] == "limited_strike")]
    first = rows.iloc[0]
    choice = explain_choice(
        haniyeh, SEED, int(first["world"]), "IRN", action="limited_strike", target="ISR"
    )
    assert choice.week == first["week"]
    assert choice.rule == "the first week in which it did what was asked about"


def test_without_such_a_deed_it_is_the_week_of_the_gravest(
    haniyeh: Scenario, events: pd.DataFrame
) -> None:
    own = events[events["actor"] == "SAU"]
    without = set(own["world"]) - set(own.loc[own["action"] == "sanction", "world"])
    world = min(without)
    own = own[own["world"] == world]
    choice = explain_choice(haniyeh, SEED, world, "SAU", action="sanction")
    rungs = {action.action: action.rung for action in ACTIONS}
    gravest = own["action"].map(rungs).max()
    assert choice.rule.endswith("the week of its gravest deed")
    assert choice.margins["action"].map(rungs).max() == gravest


def test_what_is_asked_about_is_known_whether_it_was_taken_or_not(quarrel: Scenario) -> None:
    for week in (1, 2):
        choice = explain_choice(quarrel, SEED, 2, "RUS", week, "offensive_arms", "IRN")
        row = choice.options.set_index("option").loc[choice.sought]
        assert (row["action"], row["target"]) == ("offensive_arms", "IRN")
    assert explain_choice(quarrel, SEED, 2, "RUS", week=1).sought == -1


def test_of_several_targets_the_one_it_did_it_to_is_asked_about_else_the_likeliest(
    quarrel: Scenario,
) -> None:
    choices = [explain_choice(quarrel, SEED, world, "USA", 1, "denounce") for world in range(12)]
    for choice in choices:
        rows = choice.options[choice.options["action"] == "denounce"].set_index("option")
        assert len(rows) > 1
        fit = rows[rows["chosen"]] if rows["chosen"].any() else rows
        assert choice.sought == fit["probability"].idxmax()


def test_the_gravest_deed_may_be_looked_for_toward_one_target(quarrel: Scenario) -> None:
    rungs = {action.action: action.rung for action in ACTIONS}
    weeks = [explain_choice(quarrel, SEED, 2, "ISR", week).margins for week in range(1, 6)]
    toward = [rows[rows["target"] == "RUS"] for rows in weeks]
    found = explain_choice(quarrel, SEED, 2, "ISR", target="RUS")
    gravest = max(rows["action"].map(rungs).max() for rows in toward)
    assert toward[found.week - 1]["action"].map(rungs).max() == gravest
    assert found.rule.endswith("toward RUS")


def test_it_is_the_same_every_time(quarrel: Scenario) -> None:
    one, other = (explain_choice(quarrel, SEED, 1, "IRN").as_json() for _ in range(2))
    assert one == other


def test_parameters_of_the_scenario_are_those_of_the_choice(quarrel: Scenario) -> None:
    bare = quarrel.with_parameters({"RUS.israel_ties": 0.0, "world.precision": 5.0})
    choice = explain_choice(bare, SEED, 1, "RUS", week=1)
    ties = choice.contributions[choice.contributions["incentive"] == "israel_ties"]
    assert (ties["contribution"] == 0).all()
    assert choice.precision == 5


def test_faults_are_named(quarrel: Scenario) -> None:
    with pytest.raises(ScenarioError, match="unknown actor 'RUSS'; did you mean 'RUS'"):
        explain_choice(quarrel, 0, 0, "RUSS")
    with pytest.raises(ScenarioError, match="unknown action 'ofensive_arms'; did you mean"):
        explain_choice(quarrel, 0, 0, "RUS", action="ofensive_arms")
    with pytest.raises(ScenarioError, match=r"cannot aim .* at 'ISR'; expected one of IRN"):
        explain_choice(quarrel, 0, 0, "RUS", action="offensive_arms", target="ISR")
    with pytest.raises(ScenarioError, match="unknown target 'SAU'"):
        explain_choice(quarrel, 0, 0, "RUS", target="SAU")
    with pytest.raises(ValueError, match="no week 6 among 5"):
        explain_choice(quarrel, 0, 0, "RUS", week=6)
    with pytest.raises(ValueError, match="at least 0"):
        explain_choice(quarrel, 0, -1, "RUS")


def test_a_world_that_has_ended_has_no_choices_left() -> None:
    clash = read_scenario(CLASH, "clash.yaml")
    assert explain_choice(clash, 0, 0, "RUS", week=2).week == 2
    with pytest.raises(ValueError, match="ended in a clash before week 3"):
        explain_choice(clash, 0, 0, "RUS", week=3)
