"""Several scenarios as one factor: the same points and worlds in each, and pairs between them."""

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from realpolitik.sim.analysis.scenarios import (
    ScenarioStudy,
    plans_in,
    read_scenarios,
    sweep_scenarios,
)
from realpolitik.sim.analysis.study import sweep
from realpolitik.sim.experiments.plan import Plan
from realpolitik.sim.experiments.study_folder import StudyFolder, StudyFolderError
from realpolitik.sim.scenario.loading import read_scenario
from tests.experiments.small import files_in, page, small_plan, small_scenario
from tests.quarrel import TEXT

CALM = TEXT.replace("pressure: 0.9", "pressure: 0.1")


def render(found: ScenarioStudy) -> str:
    """A page that says what it was given."""
    return f"{len(found.studies)} studies\n"


def plan(called: str, text: str = TEXT, **changes: Any) -> Plan:
    """The small study of this scenario, in few worlds."""
    scenario = read_scenario(text, f"{called}.yaml")
    plan = small_plan(worlds=60, points=3)
    return replace(plan, scenario=scenario, called=called, **changes)


PLANS = (plan("quarrel"), plan("calm", CALM))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> ScenarioStudy:
    """Two scenarios, carried out; only to be looked at."""
    folder = tmp_path_factory.mktemp("both") / "study"
    return sweep_scenarios(PLANS, folder, render=page, render_several=render)


def test_the_scenarios_of_the_test_differ() -> None:
    assert CALM != TEXT
    assert small_scenario().outcomes.keys() == read_scenario(CALM, "calm.yaml").outcomes.keys()


def test_each_scenario_has_the_study_that_it_has_alone(made: ScenarioStudy, tmp_path: Path) -> None:
    alone = sweep(PLANS[1], tmp_path / "alone", render=page)
    together = made.studies["calm"]
    assert files_in(together.folder) == files_in(alone.folder)


def test_a_difference_is_the_mean_over_pairs_of_worlds(made: ScenarioStudy) -> None:
    found = made.tables["differences"].set_index("outcome")
    tables = {
        key: [
            StudyFolder(study.folder).part(chunk)
            for chunk in sorted(StudyFolder(study.folder).chunks())
        ]
        for key, study in made.studies.items()
    }
    for outcome in ("strike", "alignment"):
        before, after = (
            np.concatenate([part[outcome].to_numpy(np.float64) for part in tables[key]])
            for key in ("quarrel", "calm")
        )
        assert found.loc[outcome, "difference"] == pytest.approx((after - before).mean())
    assert (found["pairs"] == 60).all()
    assert (found["points"] == 3).all()


def test_a_scenario_beside_itself_differs_in_nothing_and_is_not_sure_of_it(tmp_path: Path) -> None:
    found = sweep_scenarios([plan("one"), plan("two")], tmp_path / "s").tables["differences"]
    assert (found["difference"] == 0).all()
    shares = found[found["scale"] == "share"]
    assert (shares["low"] < 0).all()
    assert (shares["high"] > 0).all()


def test_pairs_are_surer_than_worlds_that_are_not_paired(made: ScenarioStudy) -> None:
    found = made.tables["differences"]
    assert (found["high"] - found["low"] <= found["width_unpaired"] + 1e-12).mean() > 0.5


def test_curves_name_the_scenario(made: ScenarioStudy) -> None:
    curves = made.tables["curves"]
    assert curves.groupby("scenario").size().to_dict() == {"calm": 9, "quarrel": 9}


def test_it_is_gone_on_with_and_shown_again(made: ScenarioStudy, tmp_path: Path) -> None:
    folder = tmp_path / "s"
    sweep_scenarios(PLANS, folder, render=page, render_several=render)
    whole = files_in(folder)
    min((folder / "scenarios" / "calm" / "parts").iterdir()).unlink()
    with pytest.raises(StudyFolderError, match="--resume"):
        read_scenarios(folder)
    again = plans_in(folder)
    sweep_scenarios(again, folder, resume=True, render=page, render_several=render)
    assert files_in(folder) == whole
    sweep_scenarios(again, folder)
    assert files_in(folder) == whole


def test_scenarios_are_added_and_never_exchanged(tmp_path: Path) -> None:
    folder, third = tmp_path / "s", plan("third", CALM.replace("pressure: 0.1", "pressure: 0.5"))
    sweep_scenarios(PLANS, folder)
    with pytest.raises(StudyFolderError, match="holds a study of quarrel, calm"):
        sweep_scenarios([*PLANS, third], folder)
    with pytest.raises(StudyFolderError, match="holds a study of quarrel, calm"):
        sweep_scenarios([PLANS[0], third], folder, extend=True)
    found = sweep_scenarios([*PLANS, third], folder, extend=True)
    assert list(found.studies) == ["quarrel", "calm", "third"]


@pytest.mark.parametrize(
    "about",
    ["{}", "x", '{"scenarios": []}', '{"scenarios": [{"key": "../../up"}]}'],
)
def test_a_damaged_list_of_scenarios_is_told(
    made: ScenarioStudy, tmp_path: Path, about: str
) -> None:
    (tmp_path / "scenarios.json").write_text(about)
    with pytest.raises(StudyFolderError, match=r"scenarios\.json: "):
        read_scenarios(tmp_path)


def test_a_received_folder_cannot_lead_out_of_itself(made: ScenarioStudy, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    about = json.loads((made.folder / "scenarios.json").read_text())
    for place in ("scenarios", "scenarios/calm"):
        folder = tmp_path / place.replace("/", "-")
        (folder / place).parent.mkdir(parents=True)
        (folder / place).symlink_to(outside)
        (folder / "scenarios.json").write_text(json.dumps(about))
        with pytest.raises((StudyFolderError, OSError)):
            sweep_scenarios(PLANS, folder, resume=True)
        with pytest.raises(StudyFolderError):
            read_scenarios(folder)
    assert list(outside.iterdir()) == []


def test_a_study_that_is_gone_is_made_anew_by_the_command(
    made: ScenarioStudy, tmp_path: Path
) -> None:
    shutil.copytree(made.folder, tmp_path / "a")
    shutil.rmtree(tmp_path / "a" / "scenarios" / "calm")
    for read in (read_scenarios, plans_in):
        with pytest.raises(StudyFolderError, match=r"calm: no study .* makes it anew"):
            read(tmp_path / "a")
    sweep_scenarios(PLANS, tmp_path / "a", render=page, render_several=render)
    assert files_in(tmp_path / "a") == files_in(made.folder)


def test_a_study_in_the_place_of_another_is_told(made: ScenarioStudy, tmp_path: Path) -> None:
    shutil.copytree(made.folder, tmp_path / "a")
    one, other = (tmp_path / "a" / "scenarios" / key for key in ("quarrel", "calm"))
    other.rename(tmp_path / "kept")
    shutil.copytree(one, other)
    with pytest.raises(StudyFolderError, match=r"calm/study\.json: scenario\.called: found q"):
        read_scenarios(tmp_path / "a")
    shutil.rmtree(other)
    sweep(replace(PLANS[1], seed=12), other, render=page)
    with pytest.raises(StudyFolderError, match=r"calm/study\.json: seed: found 12; expected 11"):
        read_scenarios(tmp_path / "a")


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("dear")
    with pytest.raises(StudyFolderError, match="holds other things"):
        sweep_scenarios(PLANS, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter"]
