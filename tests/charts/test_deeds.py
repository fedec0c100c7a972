import math

import pandas as pd

from realpolitik.sim.charts import deeds_map
from realpolitik.sim.charts.style import words_of

ACTS = pd.DataFrame(
    [
        ("force", "hold", "uses no force", "Iran", "", 20.0),
        ("words", "denounce", "denounces", "Iran", "Israel", 6.0),
        ("words", "denounce", "denounces", "Iran", "Europe", 1.0),
        ("words", "threaten", "threatens", "Russia", "Europe", 9.0),
        ("force", "de_escalate", "steps back", "Iran", "Israel", 3.0),
        ("force", "limited_strike", "makes a limited strike", "Israel", "Iran", 0.004),
        ("force", "show_of_force", "shows force", "Iran", "Israel", 1.25),
    ],
    columns=["track", "action", "label", "actor", "on", "per_world"],
).assign(background=False)


def test_title_says_the_most_frequent_act_of_force() -> None:
    assert words_of(deeds_map(ACTS, 1000)).title == (
        "The most frequent act of force is “shows force”: Iran, 1.2 times a world"
    )


def test_title_leaves_out_wars_that_were_there_from_the_start() -> None:
    old = ACTS.assign(background=ACTS["action"] == "show_of_force")
    assert words_of(deeds_map(old, 1000)).title == (
        "Outside wars already under way the most frequent act of force is "
        "“makes a limited strike”: Israel, less than .01 times a world"
    )


def test_title_without_force_says_the_most_frequent_act() -> None:
    words = ACTS[ACTS["track"] == "words"]
    assert words_of(deeds_map(words, 1000)).title == (
        "The most frequent act is “threatens”: Russia, 9.0 times a world"
    )


def test_each_track_is_a_panel_and_holding_is_left_out() -> None:
    panels = deeds_map(ACTS, 1000).data
    assert [list(panel.y) for panel in panels] == [
        ["threatens", "denounces"],
        ["steps back", "shows force", "makes a limited<br>strike"],
    ]


def test_cells_sum_over_targets_and_name_them() -> None:
    words = deeds_map(ACTS, 1000).data[0]
    assert list(words.x) == ["Iran", "Russia", "Israel"]
    assert list(words.text[1]) == ["7.0", "", ""]
    assert words.customdata[1][0] == "Israel 6.0<br>Europe 1.0"


def test_what_is_done_every_week_and_what_is_done_often_differ() -> None:
    words = deeds_map(ACTS.assign(per_world=5 * ACTS["per_world"]), 1000).data[0]
    assert words.z[1][0] < words.z[0][1] < words.zmax


def test_rare_force_is_seen_and_never_is_empty() -> None:
    force = deeds_map(ACTS, 1000).data[1]
    rare, never = force.z[2][2], force.z[2][0]
    assert rare == force.zmin
    assert math.isnan(never)
