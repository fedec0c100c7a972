"""A study goes on only by the numbers and the code that began it."""

import json
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from realpolitik.sim.analysis.study import origin_notes, read_study, sweep
from realpolitik.sim.experiments import study_settings as settings
from realpolitik.sim.experiments.chunks import (
    Chunk,
    WorkerOriginError,
    origin_here,
    run_alike,
    run_pack,
)
from realpolitik.sim.experiments.origin import versions
from realpolitik.sim.experiments.sealing import sealed, unsealed
from realpolitik.sim.experiments.study_folder import StudyFolderError
from realpolitik.sim.scenario.serialise import pack
from tests.edited import ADDRESS, FILE, edit_code, edit_weight
from tests.experiments.small import Stop, files_in, part_paths, small_plan, stop_after

PLAN = small_plan(worlds=30)
HOW: list[dict[str, Any]] = [{}, {"resume": True}, {"extend": True}]


@pytest.fixture
def half(tmp_path: Path) -> Path:
    """A study that was broken off."""
    with pytest.raises(Stop):
        sweep(PLAN, tmp_path / "half", tell=stop_after(2))
    return tmp_path / "half"


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("name", ["done", "half"])
def test_a_weight_that_was_edited_is_named_and_nothing_is_mixed(
    request: pytest.FixtureRequest, name: str, how: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = request.getfixturevalue(name)
    before = files_in(folder)
    edit_weight(monkeypatch)
    with pytest.raises(StudyFolderError, match=rf"\n  {ADDRESS}: [.\d]+ there, 0.9 now"):
        sweep(PLAN, folder, **how)
    assert files_in(folder) == before


@pytest.mark.parametrize("how", HOW)
def test_code_that_was_edited_is_named(
    done: Path, how: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    edit_code(monkeypatch)
    with pytest.raises(StudyFolderError, match=f"\n  code of {FILE} has changed"):
        sweep(small_plan(worlds=40 if how.get("extend") else 30), done, **how)


def test_a_study_of_other_numbers_can_still_be_read_and_says_so(
    done: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert origin_notes(done) == []
    edit_weight(monkeypatch)
    assert len(read_study(done).findings.points) == 4
    assert any(line.startswith(f"  {ADDRESS}: ") for line in origin_notes(done))


def test_a_worker_with_other_numbers_runs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = pack(PLAN.scenario)
    settings: list[dict[str, float]] = [{}]
    given = (packed, 0, settings, (Chunk(0, 0, 2),))
    mine = origin_here(packed)
    (table,) = run_alike(mine, run_pack, given)
    assert len(table) == 2  # type: ignore[arg-type]
    with pytest.raises(WorkerOriginError, match="other numbers or code"):
        run_alike("of another machine", run_pack, given)


# ── Other versions ───────────────────────────────────────────────────────────────────


def rewrite(folder: Path, change: Any) -> None:
    """Writes `study.json` of an unfinished study as another Python would have."""
    path = folder / "study.json"
    path.write_text(json.dumps(sealed(change(unsealed(json.loads(path.read_text()))))))


def test_a_study_goes_on_under_a_python_that_adds_up_otherwise(half: Path, tmp_path: Path) -> None:
    """Python 3.12 adds up the parts of a sum to .92, where 3.11 has .9199999999999999."""
    text = (half / "study.json").read_text()
    written, places = re.subn(r"0\.92(?!\d)", "0.9199999999999999", text)
    assert places
    (half / "study.json").write_text(written)
    sweep(PLAN, half, resume=True)
    sweep(PLAN, tmp_path / "fresh")
    assert files_in(half) == files_in(tmp_path / "fresh")


def test_all_versions_that_had_a_part_in_a_study_are_kept_and_told(
    half: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = versions() | {"python": "3.99.0"}
    with monkeypatch.context() as patch:
        patch.setattr(settings, "versions", lambda: other)
        sweep(PLAN, half, resume=True)
        assert "3.99.0 now" in origin_notes(half)[0]
    made_with = json.loads((half / "study.json").read_text())["made_with"]
    assert made_with == [versions(), other]
    assert "Python 3.99.0 there" in origin_notes(half)[0]
    assert len(read_study(half).tables["summary"]) > 0


# ── Older formats ────────────────────────────────────────────────────────────────────


def make_old(folder: Path) -> None:
    """Makes an unfinished study one of the first format."""
    settings = unsealed(json.loads((folder / "study.json").read_text()))
    settings |= {"format": 1}
    for key in ("origin", "made_with"):
        del settings[key]
    (folder / "study.json").write_text(json.dumps(settings))
    for path in (folder / "points.parquet", *part_paths(folder)):
        pd.read_parquet(path).to_parquet(path, index=False)


@pytest.mark.parametrize("how", HOW)
def test_a_study_of_the_oldest_format_is_read_and_not_gone_on_with(
    half: Path, how: dict[str, Any]
) -> None:
    make_old(half)
    assert read_study(half).findings.worlds.sum() == 60
    assert origin_notes(half) == [
        "note: the study does not say which numbers and which code made it"
    ]
    with pytest.raises(StudyFolderError, match=r"\n  format: 1 there, 2 now"):
        sweep(PLAN, half, **how)
