from typing import Any

import pandas as pd

from realpolitik.sim.report.run.page import read_run
from realpolitik.sim.report.run.story import Passage, story, typical_world

COLUMNS = ["world", "week", "actor", "on", "track", "action", "label"]


def told(sample: Any, rows: list[tuple[Any, ...]], weeks: int = 4) -> list[Passage]:
    """The story of world 7 with these deeds and no shocks."""
    sample.manifest["scenario"] |= {"weeks": weeks, "shocks": []}
    sample.events = pd.DataFrame([(7, *row) for row in rows], columns=COLUMNS)
    return story(read_run(*sample.arguments()))


def test_week_is_told_with_its_date(sample: Any) -> None:
    rows = [(3, "AAA", "BBB", "force", "show_of_force", "shows force")]
    assert Passage(
        "Week 3 (19 August)", (), "Arcadia shows force against the United Boroughs."
    ) in told(sample, rows)


def test_force_is_told_before_words(sample: Any) -> None:
    rows = [
        (1, "DDD", "AAA", "private", "urge_restraint", "urges restraint"),
        (1, "AAA", "BBB", "force", "limited_strike", "makes a limited strike"),
    ]
    assert told(sample, rows)[0].told == (
        "Arcadia makes a limited strike on the United Boroughs; Doria urges restraint on Arcadia."
    )


def test_same_act_toward_two_is_told_once(sample: Any) -> None:
    rows = [
        (1, "CCC", "AAA", "force", "show_of_force", "shows force"),
        (1, "CCC", "DDD", "force", "show_of_force", "shows force"),
    ]
    assert told(sample, rows)[0].told == "The Houthis show force against Arcadia and Doria."


def test_quiet_weeks_are_one_passage(sample: Any) -> None:
    rows = [
        (1, "AAA", "BBB", "force", "show_of_force", "shows force"),
        (2, "AAA", "BBB", "words", "denounce", "denounces"),
        (3, "AAA", "BBB", "words", "denounce", "denounces"),
    ]
    quiet = told(sample, rows)[1:]
    assert [(each.when, each.quiet) for each in quiet] == [("Weeks 2 to 4", True)]
    assert quiet[0].told == "Quiet: 2 public or private statements, no arms, no force."


def test_lesser_acts_are_counted(sample: Any) -> None:
    rows = [
        (1, "AAA", "BBB", "force", "show_of_force", "shows force"),
        (1, "BBB", "AAA", "words", "denounce", "denounces"),
    ]
    assert told(sample, rows)[0].told.endswith("Boroughs. (1 lesser act besides.)")


def test_holding_is_not_told(sample: Any) -> None:
    rows = [(1, "AAA", "", "force", "hold", "uses no force")]
    assert told(sample, rows) == [Passage("Weeks 1 to 4", (), "Nothing happens.", True)]


def test_shock_is_told_in_its_week(sample: Any) -> None:
    passages = story(read_run(*sample.arguments()))
    assert passages[0].shocks == ("So leader_killed.", "So fleet_moves_to_arcadia.")


def test_world_whose_deeds_were_not_kept_is_not_told(sample: Any) -> None:
    sample.manifest["typical_world"] = {"world": 999}
    assert typical_world(read_run(*sample.arguments())) is None


def test_no_typical_world_is_none(sample: Any) -> None:
    sample.manifest["typical_world"] = None
    assert typical_world(read_run(*sample.arguments())) is None
