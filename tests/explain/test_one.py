"""One choice laid open: the same as what happened, and it adds up."""

import numpy as np
import pandas as pd
import pytest

from realpolitik.sim.engine.actions import ACTIONS
from realpolitik.sim.engine.choice import choice_probabilities
from realpolitik.sim.experiments.ensemble import simulate
from realpolitik.sim.explain.choice import Choice, explain_choice
from realpolitik.sim.explain.probe import watching
from realpolitik.sim.model import EscalationModel
from realpolitik.sim.scenario.errors import ScenarioError
from realpolitik.sim.scenario.loading import read_scenario
from realpolitik.sim.scenario.schema import Scenario

SEED = 5
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


def deeds_of(choice: Choice) -> Told:
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
    with watching(haniyeh, SEED, world, 1, actor) as witness:
        again: Told = set()
        while witness.model.running:
            witness.begin()
            witness.finish()
            for option in witness.chosen()[0]:
                action = ACTIONS[witness.options.action[option]].action
                target = witness.model.codes[witness.options.target[option]]
                again |= {(witness.model.week, actor, action, target)}
    assert {deed for deed in again if deed[2] != "hold"} == told


@pytest.mark.parametrize("actor", ["ISR", "USA"])
def test_the_choice_that_is_told_is_the_one_of_the_ensemble(
    haniyeh: Scenario, events: pd.DataFrame, actor: str
) -> None:
    rows = events[(events["world"] == 17) & (events["actor"] == actor) & (events["week"] == 3)]
    told = set(zip(rows["week"], rows["actor"], rows["action"], rows["on"], strict=True))
    assert deeds_of(explain_choice(haniyeh, SEED, 17, actor, week=3)) == told


def test_worlds_of_later_blocks_are_found_too(quarrel: Scenario) -> None:
    model = EscalationModel(quarrel, 4, rng=SEED, block=2)
    model.step()
    deeds = model.happened.deeds
    own = deeds.where((deeds.world == 3) & (deeds.actor == model.codes.index("IRN")))
    told = {
        (1, "IRN", ACTIONS[action].action, model.codes[target])
        for action, target in zip(own.action, own.target, strict=True)
    }
    assert deeds_of(explain_choice(quarrel, SEED, 2 * 1024 + 3, "IRN", week=1)) == told


@pytest.mark.parametrize("actor", ["RUS", "IRN", "ISR", "USA"])
@pytest.mark.parametrize("week", [1, 4])
def test_contributions_are_utility_and_log_odds_are_those_of_the_probabilities(
    quarrel: Scenario, actor: str, week: int
) -> None:
    choice = explain_choice(quarrel, SEED, 2, actor, week=week)
    added = choice.contributions.groupby("option")["contribution"].sum()
    assert np.abs(added.to_numpy() - choice.options["utility"]).max() < 1e-12
    for _, rows in choice.options.groupby("track"):
        hold = rows[rows["action"] == "hold"].iloc[0]
        seen = rows[rows["open"]]
        odds = np.log(seen["probability"] / hold["probability"])
        assert np.abs(odds - seen["log_odds"]).max() < 1e-9
        plain = choice_probabilities(seen["utility"], seen["base_rate"], choice.precision)
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
    own = explain_choice(quarrel, SEED, 2, "USA", 1, "denounce").options
    rows = own[own["action"] == "denounce"]
    assert len(rows) > 1
    choices = [explain_choice(quarrel, SEED, world, "USA", 1, "denounce") for world in range(12)]
    for choice in choices:
        rows = choice.options[choice.options["action"] == "denounce"].set_index("option")
        best = rows["probability"].idxmax()
        assert choice.sought == (rows.index[rows["chosen"]][0] if rows["chosen"].any() else best)


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
    with pytest.raises(ValueError, match="no week 6 among 5"):
        explain_choice(quarrel, 0, 0, "RUS", week=6)
    with pytest.raises(ValueError, match="at least 0"):
        explain_choice(quarrel, 0, -1, "RUS")


def test_a_world_that_has_ended_has_no_choices_left() -> None:
    clash = read_scenario(CLASH, "clash.yaml")
    assert explain_choice(clash, 0, 0, "RUS", week=2).week == 2
    with pytest.raises(ValueError, match="ended in a clash before week 3"):
        explain_choice(clash, 0, 0, "RUS", week=3)
