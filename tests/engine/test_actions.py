"""What an actor can do, and how it is put into a clause."""

import re

import pytest

from realpolitik.sim.engine import actions
from realpolitik.sim.engine.actions import (
    ACTIONS,
    CHOICES,
    DIRECT,
    HOLD,
    HOLDS,
    MAJOR,
    NAMED,
    TRACK_OF,
    TRACKS,
    column,
    verb_phrase,
)
from realpolitik.sim.engine.tables import Row, TableError, read_table


@pytest.mark.parametrize(
    ("action", "label", "phrase"),
    [
        ("show_of_force", "shows force", "shows force against Iran"),
        ("urge_restraint", "urges restraint", "urges restraint on Iran"),
        ("support", "supports in public", "supports Iran in public"),
        ("proxy_strike", "strikes through a proxy", "strikes Iran through a proxy"),
        ("withhold", "withholds arms", "withholds arms from Iran"),
        ("threaten", "threatens", "threatens Iran"),
        ("blockade", "blockades ports", "blockades ports toward Iran"),
    ],
)
def test_target_stands_where_english_wants_it(action: str, label: str, phrase: str) -> None:
    assert verb_phrase(action, label, "Iran") == phrase


def test_act_without_target_keeps_its_label() -> None:
    assert verb_phrase("hold", "stays silent", "") == "stays silent"


def test_doing_nothing_is_said_of_a_target_too() -> None:
    assert {track: hold.toward("Iran") for track, hold in HOLDS.items()} == {
        "words": "says nothing of the kind about Iran",
        "private": "stays silent toward Iran",
        "material": "leaves supplies and trade with Iran as they are",
        "force": "uses no force against Iran",
    }
    assert HOLDS["force"].toward("") == "uses no force"


def row_with(**cells: str) -> Row:
    """The row of a strike, with other cells in it."""
    values = {name: str(value) for name, value in vars(NAMED["limited_strike"]).items()}
    return Row(values | cells, "actions.csv:2")


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"clause": "strikes"}, "clause is 'strikes'; expected {target} in it"),
        ({"action": HOLD, "clause": ""}, "clause is ''; expected {target} in it"),
        ({"strike": "huge"}, "strike is 'huge'; expected direct, major or nothing"),
    ],
)
def test_a_row_that_makes_no_sense_is_refused(cells: dict[str, str], told: str) -> None:
    with pytest.raises(TableError, match=re.escape(told)):
        actions.read_actions([row_with(**cells)])


def test_a_strike_counts_as_direct_from_its_own_rung_on() -> None:
    """Outcomes count by the column `strike`; the equations count by the rung."""
    rung = min(NAMED[name].rung for name in DIRECT)
    assert set(DIRECT) == {one.action for one in ACTIONS if one.rung >= rung and one.severity}
    assert set(MAJOR) < set(DIRECT)


def test_each_public_word_is_a_choice_of_its_own_and_each_other_track_is_one() -> None:
    words = [name for name, action in NAMED.items() if action.track == "words"]
    assert (*words, "private", "material", "force") == CHOICES
    assert {TRACK_OF[word] for word in words} == {"words"}
    assert [TRACK_OF[track] for track in TRACKS[1:]] == [*TRACKS[1:]]
    assert all(TRACK_OF[action.choice] == action.track for action in NAMED.values())


def test_every_act_of_arms_and_force_is_told() -> None:
    quiet = {one.action for one in ACTIONS if not one.telling}
    assert {NAMED[name].track for name in quiet - {HOLD}} <= set(TRACKS[:2])


# ── The scale of Goldstein ───────────────────────────────────────────────────────────────


SCALE = {row["cameo"]: row for row in read_table("realpolitik.sim.engine", "goldstein.csv")}


def test_every_action_has_the_score_and_kind_of_its_code() -> None:
    for name, action in NAMED.items():
        row = SCALE[action.cameo]
        assert action.goldstein == float(row["icews"]), name
        assert action.quad == row["quad"], name


def test_the_two_columns_in_use_agree_on_our_codes() -> None:
    assert all(row["icews"] == row["gdelt"] for row in SCALE.values())


def test_the_scale_holds_no_code_that_no_action_has() -> None:
    assert set(SCALE) == {action.cameo for action in NAMED.values()}


def test_alignments_are_whole_quarters_so_that_their_sums_are_exact() -> None:
    assert (4 * column("alignment") % 1 == 0).all()
