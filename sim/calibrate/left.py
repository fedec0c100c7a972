"""What a calibration left: the settings of its numbers that no pattern rules out."""

import io
from pathlib import Path

import pandas as pd

from realpolitik.sim.calibrate.calibration import TABLES
from realpolitik.sim.experiments.located import read_record
from realpolitik.sim.experiments.schemas import CalibrationManifest
from realpolitik.sim.experiments.study_folder import MANIFEST
from realpolitik.sim.files.folder import Folder
from realpolitik.sim.files.json_text import RecordError
from realpolitik.sim.scenario.kinds import other_kind

MEASURED_AGAIN, TRIED = "sets", "points"


def points_left(folder: Path) -> pd.DataFrame:
    """A row a point that remains, a column an address; of those measured again if any were.

    Raises:
        RecordError: the folder holds no finished calibration, or was changed since.
    """
    if told := other_kind(folder, "fit"):
        raise RecordError(f"{folder}: {told}")
    files = Folder(folder)
    if not files.has(MANIFEST):
        raise RecordError(f"{folder}: not the folder of a calibration that was carried out")
    manifest = read_record(files, MANIFEST, CalibrationManifest)
    addresses = [one["address"] for one in manifest["calibration"]["vary"]]
    names = [name for name in (MEASURED_AGAIN, TRIED) if _path(name) in manifest["files"]]
    for table in (_read(files, manifest["files"], name) for name in names):
        kept = table[table["remains"]]
        if len(kept):
            return kept[addresses].reset_index(drop=True)
    return pd.DataFrame(columns=addresses)


def _path(name: str) -> str:
    return f"{TABLES}/{name}.csv"


def _read(files: Folder, listed: dict[str, str], name: str) -> pd.DataFrame:
    """A table of the folder.

    Raises:
        RecordError: it is not the one that was written.
    """
    path = _path(name)
    if not files.has(path) or files.digest(path) != listed[path]:
        raise RecordError(f"{files.place / path}: missing, or not the file that {MANIFEST} lists")
    return pd.read_csv(io.StringIO(files.read_text(path)))
