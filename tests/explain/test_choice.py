"""A choice laid open: margins, waterfalls, plain values."""

import json
import math
from dataclasses import replace

import pytest

from realpolitik.sim.engine.actions import TRACKS
from realpolitik.sim.explain.choice import Choice, explain_choice
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


def test_one_option_is_taken_on_each_track(choice: Choice) -> None:
    taken = choice.options[choice.options["chosen"]]
    assert tuple(taken["track"]) == TRACKS
    assert choice.options.groupby("track")["probability"].sum().to_numpy() == pytest.approx(1)


def test_the_margin_is_the_lead_over_the_most_probable_other(choice: Choice) -> None:
    rows = choice.options.set_index("option")
    for margin in choice.margins.to_dict("records"):
        others = rows[(rows["track"] == margin["track"]) & ~rows["chosen"]]
        assert margin["runner_up_probability"] == others["probability"].max()
        ratio = margin["probability"] / margin["runner_up_probability"]
        assert margin["margin_log_odds"] == pytest.approx(math.log(ratio))
        assert margin["likeliest"] == (ratio >= 1)


@pytest.mark.parametrize("track", TRACKS)
def test_the_steps_of_a_waterfall_sum_to_the_log_odds(choice: Choice, track: str) -> None:
    for option in choice.options.query("track == @track and open")["option"]:
        hold = choice.options.query("track == @track and action == 'hold'")["option"].iloc[0]
        table = choice.waterfall(option, hold)
        steps, total = table.iloc[:-1], table.iloc[-1]
        assert steps["log_odds"].sum() == pytest.approx(total["end"], abs=1e-12)
        assert (steps["start"] + steps["log_odds"]).to_numpy() == pytest.approx(steps["end"])
        assert steps["start"].iloc[1:].to_list() == steps["end"].iloc[:-1].to_list()
        own = choice.options.set_index("option").loc[option]
        assert total["log_odds"] == pytest.approx(own["log_odds"], abs=1e-9)


def test_where_nothing_else_is_open_there_is_no_runner_up(haniyeh: Scenario) -> None:
    europe = explain_choice(haniyeh, SEED, 0, "EUR", week=1)
    force = europe.margins.query("track == 'force'").to_dict("records")[0]
    assert (force["action"], force["probability"], force["runner_up"]) == ("hold", 1, -1)
    assert europe.weighed("force") == (force["option"], -1)


def test_a_waterfall_of_two_options_turns_round_with_them(choice: Choice) -> None:
    there = choice.waterfall(0, 3).iloc[-1]["log_odds"]
    back = choice.waterfall(3, 0).iloc[-1]["log_odds"]
    assert there == pytest.approx(-back)


@pytest.mark.parametrize("track", TRACKS)
def test_what_was_taken_is_weighed_against_doing_nothing_or_the_next(
    choice: Choice, track: str
) -> None:
    margin = choice.margins.query("track == @track").iloc[0]
    option, other = choice.weighed(track)
    assert option == margin["option"]
    actions = choice.options.set_index("option")["action"]
    assert actions[other] == "hold" if margin["action"] != "hold" else other == margin["runner_up"]


def test_what_was_asked_about_is_weighed_against_what_was_taken(choice: Choice) -> None:
    rows = choice.options
    taken = rows[rows["chosen"]].set_index("track")["option"]
    for _, row in rows.iterrows():
        asked = replace(choice, sought=row["option"])
        pair = (row["option"], taken[row["track"]])
        is_apart = row["open"] and not row["chosen"]
        assert asked.weighed(row["track"]) == (pair if is_apart else choice.weighed(row["track"]))
        for track in set(TRACKS) - {row["track"]}:
            assert asked.weighed(track) == choice.weighed(track)


def test_it_can_be_written_as_json(choice: Choice) -> None:
    read = json.loads(json.dumps(choice.as_json(), allow_nan=False))
    assert [track["track"] for track in read["tracks"]] == list(TRACKS)
    for track in read["tracks"]:
        for option in track["options"]:
            total = math.fsum(option["contributions"].values())
            assert total == pytest.approx(option["utility"], abs=1e-12)


def test_what_each_reason_adds_sums_to_the_difference_of_utilities(choice: Choice) -> None:
    one, other = choice.options["option"].iloc[[0, 1]]
    utility = choice.options.set_index("option")["utility"]
    assert choice.added(one, other).sum() == pytest.approx(utility[one] - utility[other])


def test_the_main_track_is_that_of_the_rarest_deed_else_of_the_nearest_rival(
    choice: Choice,
) -> None:
    assert choice.margin("force")["track"] == "force"
    deeds = choice.options[choice.options["action"] != "hold"]
    rarest = deeds.sort_values("base_rate", kind="stable").iloc[0]
    taken = choice.options["option"] == rarest["option"]
    acting = replace(choice, options=choice.options.assign(chosen=taken))
    assert acting.main_track == rarest["track"]
    idle = replace(choice, options=choice.options.assign(chosen=choice.options["action"] == "hold"))
    nearest = idle.margins.set_index("track")["margin_log_odds"].idxmin()
    assert idle.main_track == nearest
