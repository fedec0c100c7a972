"""Folders that hold other settings, other things, or half a study."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from realpolitik.sim.analysis.study import sweep
from realpolitik.sim.experiments.plan import Favoured, Until, Vary
from realpolitik.sim.experiments.runner import Standing
from realpolitik.sim.experiments.study_folder import StudyFolderError
from realpolitik.sim.files.folder import Folder
from tests.experiments.small import (
    ADDRESS,
    FURTHER,
    PLAN,
    Stop,
    files_in,
    part_paths,
    small_plan,
    small_scenario,
    stop_after,
    works,
)

CHANGED: dict[str, dict[str, Any]] = {
    "name": {"name": "other"},
    "title": {"title": "other"},
    "question": {"question": "other"},
    "scenario": {"scenario": small_scenario().model_copy(update={"weeks": 4})},
    "measures": {"scenario": small_scenario(FURTHER)},
    "vary": {"vary": (Vary(ADDRESS, 0.0, 0.5),)},
    "sampler": {"sampler": "one_at_a_time"},
    "points": {"points": 5},
    "worlds": {"worlds": 31},
    "seed": {"seed": 12},
    "outcomes": {"outcomes": ("strike",)},
    "until": {"until": Until("strike", 0.1, 2000)},
    "thresholds": {"thresholds": {}},
    "favoured": {"favoured": Favoured("strike", "above", 0.2)},
}


@pytest.mark.parametrize("key", CHANGED)
@pytest.mark.parametrize("resume", [False, True])
def test_a_folder_made_by_other_settings_is_refused_and_left_as_it_is(
    done: Path, key: str, resume: bool
) -> None:
    before = files_in(done)
    with pytest.raises(StudyFolderError, match=rf"(?s)other settings.*\n  {key}"):
        sweep(small_plan(**{"worlds": 30, **CHANGED[key]}), done, resume=resume)
    assert files_in(done) == before


def test_a_scenario_asked_for_by_another_name_makes_no_other_study(done: Path) -> None:
    before = files_in(done)
    sweep(small_plan(worlds=30, called="here/small.yaml"), done)
    assert files_in(done) == before


def test_prose_that_changed_in_the_scenario_makes_no_other_study(done: Path) -> None:
    scenario = small_scenario()
    told = scenario.shocks[0].model_copy(update={"note": "A killing", "source": "A paper"})
    sweep(
        small_plan(worlds=30, scenario=scenario.model_copy(update={"shocks": (told,)})),
        done,
        resume=True,
    )
    assert len(part_paths(done)) == 4


def test_every_difference_is_named(done: Path) -> None:
    with pytest.raises(StudyFolderError) as refused:
        sweep(small_plan(worlds=40, seed=2, title="x", thresholds={}), done)
    named = [line.split(":")[0].strip() for line in str(refused.value).splitlines()[1:]]
    assert named == ["title", "worlds", "seed", "thresholds"]
    assert "worlds: 30 there, 40 asked for" in str(refused.value)


@pytest.mark.parametrize(
    ("key", "changed"),
    [
        ("name", {"name": "other"}),
        ("seed", {"seed": 12}),
        ("sampler", {"sampler": "one_at_a_time"}),
        ("worlds", {"worlds": 29}),
        ("scenario", CHANGED["scenario"]),
    ],
)
def test_an_extension_can_only_add(done: Path, key: str, changed: dict[str, Any]) -> None:
    before = files_in(done)
    with pytest.raises(StudyFolderError, match=rf"(?s)can only add.*\n  {key}"):
        sweep(small_plan(**{"worlds": 30, **changed}), done, extend=True)
    assert files_in(done) == before


def test_an_outcome_measured_in_another_way_is_no_extension(done: Path) -> None:
    other = small_scenario().model_copy(
        update={
            "outcomes": small_scenario().outcomes | {"height": small_scenario().outcomes["strike"]}
        }
    )
    with pytest.raises(StudyFolderError, match="outcome height: is measured in another way"):
        sweep(small_plan(worlds=30, scenario=other), done, extend=True)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"format": 2}', '{"format": 3}'])
@pytest.mark.parametrize("extend", [False, True])
def test_settings_that_are_none_are_refused(done: Path, text: str, extend: bool) -> None:
    (done / "study.json").write_text(text)
    with pytest.raises(StudyFolderError, match=r"done/study\.json: "):
        sweep(small_plan(worlds=30), done, extend=extend)


def test_a_folder_with_other_things_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("years of work")
    with pytest.raises(StudyFolderError, match=r"other things, such as thesis\.docx"):
        sweep(PLAN, tmp_path)
    assert files_in(tmp_path) == {"thesis.docx": b"years of work"}


def test_parts_whose_settings_are_gone_are_not_taken_over(done: Path) -> None:
    for name in files_in(done):
        if not name.startswith("parts"):
            (done / name).unlink()
    (done / "analysis").rmdir()
    with pytest.raises(StudyFolderError, match="other things, such as parts"):
        sweep(small_plan(worlds=30, seed=12), done)


def test_an_unfinished_study_is_only_gone_on_with_when_asked(tmp_path: Path) -> None:
    with pytest.raises(Stop):
        sweep(PLAN, tmp_path, tell=stop_after(3))
    with pytest.raises(StudyFolderError, match=r"unfinished \(3 parts at 4 points\); --resume"):
        sweep(PLAN, tmp_path)


@pytest.mark.parametrize("left", [1, 2])
def test_a_kill_before_there_is_a_study_leaves_a_folder_that_can_be_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, left: int
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Folder, "writing", works(left))
        with pytest.raises(Stop):
            sweep(small_plan(worlds=30), tmp_path)
    sweep(small_plan(worlds=30), tmp_path)
    assert len(part_paths(tmp_path)) == 4


def test_a_second_process_is_refused(done: Path) -> None:
    """The lock is the kernel's: it goes with the process, however that ends."""
    script = (
        "import fcntl, os, sys\n"
        f"fcntl.flock(os.open({str(done)!r}, os.O_RDONLY), fcntl.LOCK_EX)\n"
        "print('locked', flush=True)\n"
        "sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"locked\n"
        with pytest.raises(StudyFolderError, match="another process is at work"):
            sweep(small_plan(worlds=30), done, resume=True)
        other.kill()
    sweep(small_plan(worlds=30), done, resume=True)


def test_a_study_within_a_study_is_refused(tmp_path: Path) -> None:
    def tell(_: Standing) -> None:
        sweep(PLAN, tmp_path, resume=True)

    with pytest.raises(StudyFolderError, match="another process"):
        sweep(PLAN, tmp_path, tell=tell)
