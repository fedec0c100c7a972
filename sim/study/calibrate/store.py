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
from realpolitik.sim.files.json_text import RecordError, as_json, indented
from realpolitik.sim.files.ours import PICTURES, ForeignError, refuse_foreign
from realpolitik.sim.study.calibrate.conclusions import gauges_of
from realpolitik.sim.study.calibrate.pattern import Finding, Gauge, Pattern
from realpolitik.sim.study.calibrate.plan import CalibrationPlan
from realpolitik.sim.study.calibrate.settings import by_case
from realpolitik.sim.study.located import FORMAT, Record, read_record
from realpolitik.sim.study.origin import CODE, origin_of, versions
from realpolitik.sim.study.schemas import CalibrationManifest, CalibrationSettings
from realpolitik.sim.study.sealing import rounded, sealed
from realpolitik.sim.study.sweep.folder import MANIFEST, OURS, StudyFolderError
from realpolitik.sim.study.sweep.settings import MADE_WITH, ORIGIN, changes, going_on

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
            StudyFolderError: it holds something else, another plan, one that was made by other
                numbers or other code, or one that was broken off or damaged and that nobody asked
                to go on with.
        """
        asked = describe(plan)
        if not self.files.has(SETTINGS):
            self._refuse_strangers()
            self._put(SETTINGS, as_json(sealed(asked)))
            return
        there = self._record(SETTINGS, CalibrationSettings)
        if other := list(changes(there, asked)):
            told = "holds a calibration with other settings; --out takes another folder"
            raise StudyFolderError(f"{self.path}: {told}", *indented(other))
        if resume:
            self.files.remove(MANIFEST)
            self._put(SETTINGS, as_json(sealed(going_on(there, asked))))
        elif self.is_finished:
            self._refuse_changed()
        else:
            told = "holds this calibration unfinished; --resume goes on with it"
            raise StudyFolderError(f"{self.path}: {told}")

    def finish(self, tables: Mapping[str, pd.DataFrame]) -> None:
        """Puts the tables there, and lists all files with their digests."""
        self.files.sweep_up(TABLES, PICTURES)
        for name, table in tables.items():
            self._put(f"{TABLES}/{name}.csv", csv_text(table))
        names = sorted(filter(_is_ours, self.files.files()))
        listed = {name: self.files.digest(name) for name in names}
        settings = self._record(SETTINGS, CalibrationSettings)
        manifest = {"format": FORMAT, "calibration": settings, "files": listed}
        self._put(MANIFEST, as_json(sealed(manifest)))

    def _refuse_changed(self) -> None:
        """Makes sure that settings and tables of a finished calibration are what was written.

        Its stages look after themselves.
        """
        listed = self._record(MANIFEST, CalibrationManifest)["files"]
        for name in sorted(listed):
            is_own = name == SETTINGS or name.startswith(f"{TABLES}/")
            if is_own and not (self.files.has(name) and self.files.digest(name) == listed[name]):
                told = f"missing, or not the file that {MANIFEST} lists; --resume makes it anew"
                raise StudyFolderError(f"{self.path / name}: {told}")

    def _record(self, name: str, form: type[Record]) -> dict[str, Any]:
        try:
            return read_record(self.files, name, form)
        except RecordError as error:
            raise StudyFolderError(str(error)) from None

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
                "start": rounded(plan.start[one.address]),
            }
            for one in plan.vary
        ],
        "patterns": [_pattern(one) for one in plan.patterns],
        "findings": [_finding(one) for one in plan.findings],
        ORIGIN: _origin(plan),
        MADE_WITH: [versions()],
    }


def _origin(plan: CalibrationPlan) -> dict[str, Any]:
    """Values of the plan's scenario, and the code of all settings; their studies hold the rest."""
    whole = origin_of(plan.scenario)
    gauges = (*(one.gauge for one in plan.patterns), *gauges_of(plan.findings))
    for case, _ in by_case(gauges).values():
        whole[CODE] |= origin_of(case.scenario)[CODE]
    return whole


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
