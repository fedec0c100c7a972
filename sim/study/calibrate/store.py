"""The folder of a calibration: its plan, a study folder for each setting of each stage, its tables.

`calibration.json` is all that determines the results, `tables/*.csv` what was found,
`manifest.json`, put there last, the digests of all files. As in studies files hold no time and no
machine, so that equal calibrations are equal byte for byte.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd

from realpolitik.sim.files.csv_text import csv_text
from realpolitik.sim.files.folder import Folder
from realpolitik.sim.files.json_text import as_json, parse_json
from realpolitik.sim.files.ours import PICTURES, ForeignError, refuse_foreign
from realpolitik.sim.study.calibrate.pattern import Finding, Gauge, Pattern
from realpolitik.sim.study.calibrate.plan import CalibrationPlan
from realpolitik.sim.study.sweep.folder import MANIFEST, OURS, StudyFolderError

FORMAT = 1
SETTINGS, TABLES = "calibration.json", "tables"
NUMBERS = (
    "name",
    "title",
    "question",
    "points",
    "worlds",
    "waves",
    "seed",
    "cutoff",
    "finalists",
    "final_worlds",
    "finding_sets",
    "finding_worlds",
)


@dataclass(frozen=True)
class CalibrationFolder:
    """Reads and writes what is a calibration's own; its stages look after themselves."""

    path: Path

    @property
    def files(self) -> Folder:
        """The folder, which is never left."""
        return Folder(self.path)

    @property
    def is_finished(self) -> bool:
        """Whether it was carried out to its end."""
        return self.files.has(MANIFEST)

    def open(self, plan: CalibrationPlan, *, resume: bool) -> None:
        """Makes the folder ready for a plan.

        Raises:
            StudyFolderError: it holds something else, another plan, or one that was broken off and
                that nobody asked to go on with.
        """
        asked = parse_json(as_json(describe(plan)).encode())
        if not self.files.has(SETTINGS):
            self._refuse_strangers()
            self._put(SETTINGS, as_json(asked))
            return
        other = [key for key, value in asked.items() if self._settings().get(key) != value]
        if other:
            told = f"holds a calibration with other settings ({', '.join(other)})"
            raise StudyFolderError(f"{self.path}: {told}; --out takes another folder")
        if not (self.is_finished or resume):
            told = "holds this calibration unfinished; --resume goes on with it"
            raise StudyFolderError(f"{self.path}: {told}")

    def finish(self, tables: Mapping[str, pd.DataFrame]) -> None:
        """Puts the tables there, and lists all files with their digests."""
        self.files.sweep_up(TABLES, PICTURES)
        for name, table in tables.items():
            self._put(f"{TABLES}/{name}.csv", csv_text(table))
        names = sorted(filter(_is_ours, self.files.files()))
        listed = {name: self.files.digest(name) for name in names}
        self._put(MANIFEST, as_json({"calibration": self._settings(), "files": listed}))

    def _settings(self) -> dict[str, Any]:
        try:
            settings = self.files.read_json(SETTINGS)
        except (OSError, ValueError) as error:
            told = f"no calibration (no readable {SETTINGS})"
            raise StudyFolderError(f"{self.path}: {told}") from error
        return settings if isinstance(settings, dict) else {}

    def _refuse_strangers(self) -> None:
        try:
            refuse_foreign(self.files, SETTINGS)
        except ForeignError as error:
            raise StudyFolderError(f"{self.path}: {error.strerror}") from None

    def _put(self, name: str, text: str) -> None:
        self.files.write_text(name, text)


def _is_ours(name: str) -> bool:
    """Whether a file is one of a calibration, or of a study that it is made of."""
    match name.split("/", 2):
        case [only]:
            return only == SETTINGS
        case ["tables", table]:
            return table.endswith(".csv")
        case [_, _, of_study]:
            return of_study == MANIFEST or bool(OURS.fullmatch(of_study))
        case _:
            return False


def describe(plan: CalibrationPlan) -> dict[str, Any]:
    """The plan as it is written into the folder; equal plans give equal settings."""
    return {
        "format": FORMAT,
        "version": version("realpolitik"),
        **{key: getattr(plan, key) for key in NUMBERS},
        "vary": [
            {
                "address": one.address,
                "low": one.low,
                "high": one.high,
                "start": plan.start[one.address],
            }
            for one in plan.vary
        ],
        "patterns": [_pattern(one) for one in plan.patterns],
        "findings": [_finding(one) for one in plan.findings],
    }


def _pattern(one: Pattern) -> dict[str, Any]:
    return {
        **{key: getattr(one, key) for key in ("id", "says", "low", "high", "ground", "source")},
        "discrepancy": one.discrepancy,
        "measured": _gauge(one.gauge),
        "record": vars(one.record) if one.record else None,
    }


def _finding(one: Finding) -> dict[str, Any]:
    return {
        **{key: getattr(one, key) for key in ("id", "says", "above", "level")},
        "measured": _gauge(one.gauge),
        "than": _gauge(one.than) if one.than else None,
    }


def _gauge(one: Gauge) -> dict[str, Any]:
    keys = ("outcome", "statistic", "level", "above", "at_least", "given")
    return {"case": one.case.name, **{key: getattr(one, key) for key in keys}}
