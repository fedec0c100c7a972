"""What a calibration left is read from its folder."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from realpolitik.sim.calibrate.calibration import Calibration, calibrate
from realpolitik.sim.calibrate.left import points_left
from realpolitik.sim.files.json_text import RecordError
from tests.calibrate.small import PRESSURE, TIES, pattern, small_plan


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Calibration:
    """A calibration that was carried out, none of whose points was measured again."""
    return calibrate(small_plan(finding_sets=0), tmp_path_factory.mktemp("left") / "one")


def test_the_points_that_remain_are_read(done: Calibration) -> None:
    table = done.tables["points"]
    kept = table.loc[table["remains"], [PRESSURE, TIES]].reset_index(drop=True)
    assert 0 < len(kept) < len(table)
    pd.testing.assert_frame_equal(points_left(done.folder), kept)


def test_points_that_were_measured_again_come_first(tmp_path: Path) -> None:
    plan = small_plan(patterns=(pattern("strikes", 0.0, 1.0),))
    again = calibrate(plan, tmp_path / "again").tables["sets"]
    found = points_left(tmp_path / "again")
    kept = again.loc[again["remains"], [PRESSURE, TIES]].reset_index(drop=True)
    pd.testing.assert_frame_equal(found, kept)
    assert len(found) == 2


def test_a_table_that_was_changed_is_refused(done: Calibration, tmp_path: Path) -> None:
    shutil.copytree(done.folder, tmp_path / "changed")
    table = tmp_path / "changed" / "tables" / "points.csv"
    table.write_text(table.read_text().replace("True", "False"))
    with pytest.raises(RecordError, match=r"points\.csv: missing, or not the file"):
        points_left(tmp_path / "changed")


def test_what_is_no_finished_calibration_is_refused(done: Calibration, tmp_path: Path) -> None:
    shutil.copytree(done.folder, tmp_path / "unfinished")
    (tmp_path / "unfinished" / "manifest.json").unlink()
    for folder in (tmp_path / "unfinished", tmp_path / "nowhere"):
        with pytest.raises(RecordError, match="not the folder of a calibration"):
            points_left(folder)
    with pytest.raises(RecordError, match="is a folder, not a calibration folder"):
        points_left(tmp_path)
