"""Episodes: how they are read and found, and the shipped ones."""

import datetime
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from realpolitik.sim import simulate
from realpolitik.sim.hindcast.cases import (
    GRADES,
    YES_OR_NO,
    base_rate_forecast,
    grades_of_record,
    has_record,
    load_cases,
    reference_class,
    shipped_cases,
    shortened,
    uniform_forecast,
    whole_crisis_forecast,
)
from realpolitik.sim.scenario.errors import ScenarioError
from realpolitik.sim.scenario.loading import read_scenario, shipped_scenarios
from realpolitik.sim.scenario.serialise import dump_scenario, pack, unpack
from tests.offenders import each

LAST_DAY = datetime.date(2024, 8, 5)
SHIPPED = shipped_cases()
NO_SOURCE_FOR_THE_END = {"no_arms_for_ukraine_2022"}
"""Refusals of arms of which nothing is known to the end of the usual window."""
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


# ── Shipped episodes ─────────────────────────────────────────────────────────────────


def test_both_kinds_of_case_are_there() -> None:
    told = [case.episode.in_article for case in SHIPPED]
    assert (sum(told), len(told)) == (8, 21)


def test_they_are_no_shipped_scenarios_but_can_be_loaded_as_scenarios() -> None:
    assert not any(name.startswith("episodes") for name in shipped_scenarios())
    assert load_cases([FOLDER]) == SHIPPED


def test_they_can_be_scored_anywhere_else(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "unseen")
    moved = load_cases([tmp_path / "unseen"])
    assert [case.scenario for case in moved] == [case.scenario for case in SHIPPED]


@each("case", SHIPPED)
def test_nothing_later_than_the_article_is_used(case: Any) -> None:
    start, weeks = case.scenario.start, case.scenario.weeks
    last = start + datetime.timedelta(weeks=weeks, days=-1)
    assert start <= case.episode.date <= LAST_DAY
    assert last - datetime.timedelta(days=6) <= LAST_DAY
    assert not any(str(year) in str(case.episode.source) for year in (2025, 2026))


@each("case", SHIPPED)
def test_windows_and_certainties_keep_to_the_rules(case: Any) -> None:
    action = getattr(case.measure, "action", "")
    arms = action in {"defensive_aid", "offensive_arms"}
    begun_before = (LAST_DAY - case.scenario.start).days // 7 + (
        (LAST_DAY - case.scenario.start).days % 7 > 0
    )
    longest = 8 if case.name in NO_SOURCE_FOR_THE_END or not arms else 26
    assert case.scenario.weeks == min(longest, begun_before)
    assert case.certainty in {0.95, 0.8, 0.6}


@each("case", SHIPPED)
def test_no_situation_holds_what_came_of_it(case: Any) -> None:
    """A shock of the same day and source as the observation is the observation.

    One from the same report on another day may say what was on the table if nothing came of it: it
    speaks for the other outcome.
    """
    told = sources_of(case.episode.source)
    shared = [one for one in case.scenario.shocks if sources_of(one.source) & told]
    assert not any(one.date == case.episode.date for one in shared)
    assert not (shared and case.observed), [one.id for one in shared]


def sources_of(text: str) -> set[str]:
    """The sources that are named, but for the article, which looks back on everything."""
    return {one.strip() for one in text.split(";") if "Article" not in one}


def test_the_embargo_is_on_when_it_is_asked_whether_it_is_broken() -> None:
    lifted = next(case for case in SHIPPED if case.name == "s300_ban_lifted_2015")
    assert lifted.scenario.initial["embargo"] == {"IRN": 1}
    assert "ban_lifted" not in {shock.id for shock in lifted.scenario.shocks}


def test_every_shipped_episode_names_its_crisis() -> None:
    assert all(case.episode.crisis for case in SHIPPED)
    april = [case.name for case in SHIPPED if case.crisis == "Consulate, April 2024"]
    assert len(april) == 4


def test_a_case_that_names_no_crisis_is_one_of_its_own(small: Any) -> None:
    assert small.case("quarrel").crisis == "quarrel"
    assert small.case("quarrel", "  crisis: The summer\n").crisis == "The summer"


@each("case", SHIPPED)
def test_each_runs_and_asks_a_question(case: Any) -> None:
    assert case.scenario.question.endswith("?")
    runs = simulate(case.scenario, 3).runs
    assert case.shares(runs[case.episode.outcome].to_numpy(float)).sum() == pytest.approx(1)


@each("file", sorted(FOLDER.glob("*.yaml")))
def test_the_first_line_points_an_editor_at_the_schema(file: Path) -> None:
    first = file.read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=../schema.json"


# ── The record ───────────────────────────────────────────────────────────────────────


def test_grades_of_the_record_worked_by_hand() -> None:
    # 8, 13, 2 and 0 of 23 crises, and half a crisis more in each of the four classes.
    found = grades_of_record("RUS")
    assert found == pytest.approx(
        np.array([8.5, 13.5 / 2, 13.5 / 2, 2.5 / 3, 2.5 / 3, 2.5 / 3, 0.5]) / 25
    )


def test_a_yes_or_no_has_the_base_rate_that_its_outcome_names(small: Any) -> None:
    case = small.case(outcome="strike", observed=True)
    assert whole_crisis_forecast(case) == pytest.approx([0.43, 0.57])
    assert has_record(case)


def test_a_short_window_has_its_part_of_the_rate_of_a_crisis(small: Any) -> None:
    part = 2 / 7.4  # two weeks of a median crisis
    strike = small.case(outcome="strike", observed=True)
    assert base_rate_forecast(strike) == pytest.approx([0.43**part, 1 - 0.43**part])
    helped = small.case()
    reached = 1 - np.cumsum(base_rate_forecast(helped))[:-1]
    whole = 1 - np.cumsum(grades_of_record("RUS"))[:-1]  # type: ignore[arg-type]
    assert reached == pytest.approx(1 - (1 - whole) ** part)
    assert reference_class(strike) == "violent_response, 2 of 7.4 weeks"


def test_a_window_of_the_whole_crisis_or_longer_has_its_whole_rate() -> None:
    forecast = np.array([0.2, 0.5, 0.3])
    for part in (1, 3.5):
        assert shortened(forecast, part) == pytest.approx(forecast)
    assert shortened(shortened(forecast, 0.5), 0.5) == pytest.approx(shortened(forecast, 0.25))


def test_a_borrowed_base_rate_is_called_so(small: Any) -> None:
    case = small.case("x", "  base_rate_borrowed: true\n")
    assert reference_class(case).endswith(", borrowed")


@pytest.mark.parametrize(
    ("outcome", "observed"), [("arms", True), ("deals", False), ("iranian_help", 2)]
)
def test_where_the_record_has_nothing_the_base_rate_is_even(
    small: Any, outcome: str, observed: Any
) -> None:
    case = small.case(outcome=outcome, observed=observed)
    assert not has_record(case)
    assert base_rate_forecast(case) == pytest.approx(uniform_forecast(case))
