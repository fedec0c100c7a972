"""What a record must hold, key by key; that all forms are held to it stands in `test_located`."""

import json
from pathlib import Path
from typing import Any

import pytest

from realpolitik.sim.experiments.samplers import SAMPLERS
from realpolitik.sim.experiments.study_folder import StudyFolder, StudyFolderError
from realpolitik.sim.experiments.study_settings import describe
from tests.experiments.small import PLAN

ASKED: dict[str, Any] = json.loads(json.dumps(describe(PLAN)))


@pytest.fixture
def folder(tmp_path: Path) -> StudyFolder:
    """A folder for settings."""
    return StudyFolder(tmp_path)


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_a_study_may_have_any_sampler(folder: StudyFolder, sampler: str) -> None:
    folder.put_settings(ASKED | {"sampler": sampler})
    assert folder.settings()["sampler"] == sampler


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"sampler": "sobl"}, "sampler: .*grid, latin_hypercube, sobol, morris"),
        ({"worlds": 0}, "worlds"),
        ({"seed": "1"}, "seed"),
        ({"until": {"outcome": "strike", "width": 0.0, "most": 3}}, "until.width"),
    ],
)
def test_a_value_that_no_study_has_is_named(
    folder: StudyFolder, changed: dict[str, Any], told: str
) -> None:
    folder.put_settings(ASKED | changed)
    with pytest.raises(StudyFolderError, match=told):
        folder.settings()
