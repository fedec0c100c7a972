"""Episodes: how they are read and found, and the shipped ones."""

import datetime
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from realpolitik.sim import simulate
from realpolitik.sim.hindcast.cases import GRADES, WINDOWS, YES_OR_NO, load_cases, shipped_cases
from realpolitik.sim.scenario.errors import ScenarioError
from realpolitik.sim.scenario.loading import read_scenario, shipped_scenarios
from realpolitik.sim.scenario.serialise import dump_scenario, pack, unpack
from tests.offenders import each

LAST_DAY = datetime.date(2024, 8, 5)
SHIPPED = shipped_cases()
TRIGGERS: dict[str | None, Any] = {case.trigger: case.scenario for case in SHIPPED}
FOLDER = Path(__file__).parents[2] / "scenarios" / "episodes"


def faults(*paths: Path) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        load_cases(paths)
    return [str(fault) for fault in caught.value.faults]


# ── Reading ──────────────────────────────────────────────────────────────────────────


def test_a_folder_stands_for_the_files_in_it_that_hold_an_episode(
    small: Any, tmp_path: Path
) -> None:
    cases = load_cases([small.folder_of_three(tmp_path)])
    assert [case.name for case in cases] == ["a", "b", "c"]
    assert [case.certainty for case in cases] == [0.8, 1, 0.6]
    assert [case.categories[case.observed] for case in cases] == ["1", "no", "yes"]


def test_files_are_taken_one_by_one_in_their_order(small: Any, tmp_path: Path) -> None:
    folder = small.folder_of_three(tmp_path)
    cases = load_cases([folder / "c.yaml", str(folder / "a.yaml")])
    assert [case.name for case in cases] == ["c", "a"]


def test_an_observation_is_not_taken_over_by_what_extends_it(tmp_path: Path, small: Any) -> None:
    folder = small.folder_of_three(tmp_path)
    (folder / "d.yaml").write_text("extends: a.yaml\ntitle: Later\n", encoding="utf-8")
    assert [case.name for case in load_cases([folder])] == ["a", "b", "c"]
    assert "the file holds no episode" in faults(folder / "d.yaml")[0]


def test_faults_of_all_files_are_told_of_at_once(small: Any, tmp_path: Path) -> None:
    folder = small.folder_of_three(tmp_path)
    for name, change in (("a", ("outcome: help", "outcome: hlep")), ("b", ("source:", "sorce:"))):
        text = (folder / f"{name}.yaml").read_text(encoding="utf-8")
        (folder / f"{name}.yaml").write_text(text.replace(*change), encoding="utf-8")
    told = faults(folder, folder / "nothing.yaml")
    assert [fault.partition(folder.name)[2] for fault in told] == [
        "/a.yaml:16:12: unknown outcome 'hlep'; did you mean 'help'?",
        "/b.yaml:21:3: unknown key 'sorce'; did you mean 'source'?",
        "/nothing.yaml: cannot be read: No such file or directory",
    ]


def test_a_folder_without_episodes_is_refused(tmp_path: Path) -> None:
    assert "no file in the folder holds an episode" in faults(tmp_path)[0]


def test_two_episodes_of_one_name_are_refused(small: Any, tmp_path: Path) -> None:
    folder = small.folder_of_three(tmp_path)
    assert "a second episode 'a'" in faults(folder, folder / "a.yaml")[0]


def test_an_episode_survives_being_packed_and_written(small: Any) -> None:
    scenario = small.case().scenario
    assert unpack(pack(scenario)).episode == scenario.episode
    assert read_scenario(dump_scenario(scenario), "x.yaml").episode == scenario.episode


def test_an_observation_changes_nothing_in_what_is_simulated(small: Any) -> None:
    runs = [simulate(small.case(observed=grade).scenario, 20).runs for grade in (0, 5)]
    assert runs[0].equals(runs[1])


# ── Categories ───────────────────────────────────────────────────────────────────────


def test_shares_of_a_yes_or_no(small: Any) -> None:
    case = small.case(outcome="strike", observed=True)
    assert case.categories == YES_OR_NO
    assert case.shares(np.array([0.0, 0, 0, 1])) == pytest.approx([0.75, 0.25])


def test_shares_of_grades(small: Any) -> None:
    case = small.case()
    assert case.categories == GRADES
    assert case.shares(np.array([0.0, 6, 3, 3])) == pytest.approx([0.25, 0, 0, 0.5, 0, 0, 0.25])


def test_a_number_is_a_yes_from_one_on(small: Any) -> None:
    case = small.case(outcome="deals", observed=True)
    assert case.shares(np.array([0.0, 1, 2, 17])) == pytest.approx([0.25, 0.75])


# ── Questions to a trigger ───────────────────────────────────────────────────────────


def windows(small: Any, **block: Any) -> dict[int, bool]:
    """Weeks of each case of a trigger → whether it came about."""
    return {case.weeks: bool(case.observed) for case in small.trigger(**block)}


def test_one_first_day_answers_every_window(small: Any) -> None:
    eighth_day, last_of_week = "2020-01-10", "2020-01-09"
    assert windows(small, first=eighth_day, weeks=26) == {1: False, 8: True, 26: True}
    assert windows(small, first=last_of_week) == {1: True, 8: True}
    assert windows(small, first="never") == {1: False, 8: False}


def test_whether_it_is_over_is_not_asked_of_fewer_weeks_than_it_takes(small: Any) -> None:
    assert [case.name for case in small.trigger(question="over")] == ["t/over/8"]


def test_a_trigger_gives_its_cases_crisis_certainty_and_source(small: Any) -> None:
    case = small.trigger()[0]
    assert (case.crisis, case.certainty, case.episode.source) == ("t", 0.9, "A paper")
    assert case.title == "A raid: Iran strikes Israel, 1 week"
    other = small.trigger(more=", certainty: 0.6, source: A book")[0]
    assert (other.certainty, other.episode.source) == (0.6, "A book")


def test_another_coding_counts_where_it_says_the_contrary(small: Any) -> None:
    one, eight = small.trigger(first="2020-01-10", more=", second: 2020-01-05")
    assert (one.doubted, eight.doubted) == (True, False)
    assert (one.observed, one.other_coding().observed) == (0, 1)
    assert eight.other_coding() is eight


def test_a_window_holds_what_comes_by_its_end(small: Any) -> None:
    one, eight = small.trigger()
    weeks = np.array([1.0, 2.0, 8.0, 9.0, np.nan])
    assert one.shares(weeks) == pytest.approx([0.8, 0.2])
    assert eight.shares(weeks) == pytest.approx([0.4, 0.6])


def test_faults_of_answers_are_told_where_they_stand(small: Any, tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text(
        small.trigger_text(question="patron_arms", first="nver")
        + "    ally_strkes: {first: never}\n    over: {first: 2021-01-05}\n",
        encoding="utf-8",
    )
    told = [fault.partition("t.yaml:")[2] for fault in faults(tmp_path / "t.yaml")]
    assert told == [
        "12:5: patron_arms asks of the patron, and none is named; expected `patron:` beside "
        "`victim:`, or no such answer",
        "12:26: first is 'nver'; expected a date such as 2024-08-05, or never",
        "13:5: unknown key 'ally_strkes'; did you mean 'ally_strikes'?",
        "14:19: the date is 2021-01-05, outside the 8 weeks of the scenario; expected a day from "
        "2020-01-03 to 2020-02-27",
    ]


def test_a_scenario_too_short_for_its_questions_is_refused(small: Any, tmp_path: Path) -> None:
    text = small.trigger_text(question="over", weeks=2)
    (tmp_path / "t.yaml").write_text(text, encoding="utf-8")
    assert "no question can be asked of the 2 weeks" in faults(tmp_path / "t.yaml")[0]


def test_two_triggers_of_one_name_are_told_of_once(small: Any, tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text(small.trigger_text(), encoding="utf-8")
    (told,) = faults(tmp_path, tmp_path / "t.yaml")
    assert "a second episode 't'" in told


# ── Shipped episodes ─────────────────────────────────────────────────────────────────


def test_there_are_enough_triggers_and_answers_of_both_kinds() -> None:
    answers = {(case.trigger, case.episode.outcome) for case in SHIPPED}
    assert (len(TRIGGERS), len(answers), len(SHIPPED)) == (64, 549, 1497)
    assert 0.2 < np.mean([case.observed for case in SHIPPED]) < 0.5


def test_they_are_no_shipped_scenarios_but_can_be_loaded_as_scenarios() -> None:
    assert not any(name.startswith("episodes") for name in shipped_scenarios())
    assert load_cases([FOLDER]) == SHIPPED


def test_they_can_be_scored_anywhere_else(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "unseen")
    moved = load_cases([tmp_path / "unseen"])
    assert [case.scenario for case in moved] == [case.scenario for case in SHIPPED]


@each("case", SHIPPED)
def test_nothing_later_than_the_article_is_used(case: Any) -> None:
    assert case.scenario.start <= case.episode.date < case.end
    assert case.end <= LAST_DAY + datetime.timedelta(days=1)
    assert not any(str(year) in str(case.episode.source) for year in (2025, 2026))


@each("scenario", TRIGGERS.values())
def test_windows_are_the_longest_that_end_in_time_and_certainties_are_of_three_kinds(
    scenario: Any,
) -> None:
    days = (LAST_DAY - scenario.start).days + 1
    assert scenario.weeks == max(weeks for weeks in WINDOWS if 7 * weeks <= days)
    assert scenario.start.year >= 2010
    given = {answer.certainty for answer in scenario.aftermath.answers.values()}
    assert given <= {None, 0.8, 0.6}
    assert scenario.aftermath.certainty == 0.95


PATRONS = {"IRN": "RUS", "HEZ": "IRN", "HOU": "IRN", "RUS": "IRN", "USA": None}
ASKED_OF_ARMS = {"air_defence_2022": "ISR"}
"""A request to another than the patron."""


@each("scenario", TRIGGERS.values())
def test_patron_and_ally_go_with_the_victim_and_not_with_the_case(scenario: Any) -> None:
    told = scenario.aftermath
    assert told.patron == ASKED_OF_ARMS.get(scenario.name, PATRONS.get(told.victim, "USA"))
    assert told.ally == ("HEZ" if told.victim == "IRN" else None)


@each("scenario", TRIGGERS.values())
def test_every_trigger_is_asked_the_same_but_for_what_the_rules_leave_out(scenario: Any) -> None:
    told = scenario.aftermath
    at_war = scenario.name in {"shaheds_2022", "air_defence_2022"}
    expected = {"victim_condemns"}
    if told.patron:
        expected |= {"patron_condemns", "patron_covers", "patron_sanctions"}
        expected |= set() if told.victim in NO_AIR_DEFENCE else {"patron_defends"}
        expected |= set() if told.victim in NO_ARMS else {"patron_arms"}
    if not at_war:
        expected |= {"struck_again", "over"} if scenario.weeks > 1 else {"struck_again"}
        expected |= {"victim_strikes"} if told.victim != "EUR" else set()
        expected |= {"ally_strikes"} if told.victim not in {"RUS", "USA"} else set()
    assert set(told.answers) == expected


NO_AIR_DEFENCE = {"HEZ", "HOU", "EUR"}
NO_ARMS = {*NO_AIR_DEFENCE, "ISR", "SAU"}


@each("scenario", TRIGGERS.values())
def test_no_trigger_is_an_answer_to_an_earlier_one(scenario: Any) -> None:
    """An act within eight weeks of a trigger by the same actor on the same victim is no trigger."""
    told, eight = scenario.aftermath, datetime.timedelta(weeks=8)
    before = [
        one.name
        for one in TRIGGERS.values()
        if (one.aftermath.perpetrator, one.aftermath.victim) == (told.perpetrator, told.victim)
        and one.start < scenario.start <= one.start + eight
    ]
    assert before == []


@each("scenario", TRIGGERS.values())
def test_the_situation_has_one_shock_which_is_the_trigger(scenario: Any) -> None:
    (shock,) = scenario.shocks
    assert shock.date == scenario.start
    assert scenario.question.endswith("?")


def test_every_shipped_episode_names_its_crisis() -> None:
    assert all(scenario.aftermath.crisis for scenario in TRIGGERS.values())
    assert len({case.crisis for case in SHIPPED}) == 39


def test_a_case_that_names_no_crisis_is_one_of_its_own(small: Any) -> None:
    assert small.case("quarrel").crisis == "quarrel"
    assert small.case("quarrel", "  crisis: The summer\n").crisis == "The summer"


def test_each_runs(small: Any) -> None:
    case = next(case for case in SHIPPED if case.trigger == "javelins_2014" and case.weeks == 8)
    runs = simulate(case.scenario.model_copy(update={"weeks": 8}), 3).runs
    assert case.shares(runs[case.episode.outcome].to_numpy(float)).sum() == pytest.approx(1)


@each("file", sorted(FOLDER.glob("*.yaml")))
def test_the_first_line_points_an_editor_at_the_schema(file: Path) -> None:
    first = file.read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=../schema.json"
