"""A calibration from its plan to its tables: its folder, its stages, and what remains."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from realpolitik.sim.calibrate.findings import Runs, best_set, conclusions_over, gauges_of, tables
from realpolitik.sim.calibrate.patterns import CalibrationCase, Gauge, KeyFinding, Pattern
from realpolitik.sim.calibrate.plan import CalibrationPlan, Cases, by_case, narrowed
from realpolitik.sim.calibrate.statistic import implausibility, read
from realpolitik.sim.calibrate.waves import Matched, judged, match
from realpolitik.sim.experiments.located import FORMAT, Record, read_record
from realpolitik.sim.experiments.origin import CODE, origin_of, versions
from realpolitik.sim.experiments.plan import Plan
from realpolitik.sim.experiments.runner import Standing, Tell, carry_out
from realpolitik.sim.experiments.schemas import CalibrationManifest, CalibrationSettings
from realpolitik.sim.experiments.sealing import rounded, sealed
from realpolitik.sim.experiments.study_folder import MANIFEST, OURS, StudyFolder, StudyFolderError
from realpolitik.sim.experiments.study_settings import (
    MADE_WITH,
    ORIGIN,
    changes,
    going_on,
    open_folder,
)
from realpolitik.sim.experiments.vary_request import free
from realpolitik.sim.experiments.workers import Workers, local, reusable_executor
from realpolitik.sim.files.csv_text import csv_text
from realpolitik.sim.files.drafts import alone_in
from realpolitik.sim.files.folder import Folder
from realpolitik.sim.files.json_text import RecordError, as_json, indented
from realpolitik.sim.files.ours import PICTURES, ForeignError, refuse_foreign

# ── The folder of a calibration ──────────────────────────────────────────────────────


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
        asked = describe_calibration(plan)
        if not self.files.has(SETTINGS):
            self._refuse_foreign()
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

    def _refuse_foreign(self) -> None:
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


def describe_calibration(plan: CalibrationPlan) -> dict[str, Any]:
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


def _finding(one: KeyFinding) -> dict[str, Any]:
    return {
        **{key: getattr(one, key) for key in ("id", "says", "above", "level")},
        "measured": _gauge(one.gauge),
        "than": _gauge(one.than) if one.than else None,
    }


def _gauge(one: Gauge) -> dict[str, Any]:
    keys = ("outcome", "statistic", "level", "above", "at_least", "given")
    return {"case": one.case.name, **{key: getattr(one, key) for key in keys}}


# ── The stages, run ─────────────────────────────────────────────────────


SETS, FINDINGS = "sets", "findings"


@dataclass(frozen=True)
class Work:
    """Runs the worlds that a calibration asks for, and reads them."""

    plan: CalibrationPlan
    folder: Path
    workers: Workers
    tell: Tell

    def measure_at(self, stage: str, points: pd.DataFrame, worlds: int) -> pd.DataFrame:
        """All patterns at all points; see `waves.MeasureAt`."""
        cases = by_case(pattern.gauge for pattern in self.plan.patterns)
        each = self._runs(stage, points, worlds, cases)
        rows = [
            _row(int(point), pattern, runs)
            for point, runs in zip(points["point"], each, strict=True)
            for pattern in self.plan.patterns
        ]
        return pd.DataFrame(rows)

    def sets(self, found: Matched) -> pd.DataFrame:
        """Sets drawn from the points that remain, measured once more, in `final_worlds`.

        A point that remains was judged in few worlds, and some remain by chance: `remains` says
        which still do.
        """
        drawn, worlds = self._drawn(found), self.plan.final_worlds
        nothing = found.readings.head(0)
        again = self.measure_at(SETS, drawn, worlds) if len(drawn) else nothing
        return judged(self.plan, drawn, again, self.plan.waves + 1).drop(columns="wave")

    def conclusions(self, sets: pd.DataFrame) -> pd.DataFrame:
        """The headline findings over those of the sets that remain."""
        findings, worlds = self.plan.findings, self.plan.finding_worlds
        cases = by_case(gauges_of(findings))

        def runs_at(sets: pd.DataFrame) -> Sequence[Runs]:
            return self._runs(FINDINGS, sets, worlds, cases) if len(sets) else []

        kept = sets.loc[sets["remains"], ["point", *self.plan.addresses]].reset_index(drop=True)
        return conclusions_over(kept, findings, worlds, runs_at=runs_at)

    def _drawn(self, found: Matched) -> pd.DataFrame:
        """So many of the points that remain, each once; all if there are fewer."""
        kept = found.points[found.points["remains"]].reset_index(drop=True)
        rng = np.random.default_rng([self.plan.seed, 0])
        number = min(self.plan.finding_sets, len(kept))
        chosen = sorted(rng.permutation(len(kept))[:number].tolist())
        sets = kept.iloc[chosen][self.plan.addresses].reset_index(drop=True)
        sets.insert(0, "point", np.arange(len(sets)))
        return sets

    def _runs(
        self, stage: str, points: pd.DataFrame, worlds: int, cases: Cases
    ) -> list[Mapping[str, pd.DataFrame]]:
        """Of each point: name of each setting → its worlds."""
        columns = [
            self._carried_out(stage, self._study(case, outcomes, points, worlds))
            for case, outcomes in cases.values()
        ]
        return [dict(zip(cases, row, strict=True)) for row in zip(*columns, strict=True)]

    def _study(
        self, case: CalibrationCase, outcomes: tuple[str, ...], points: pd.DataFrame, worlds: int
    ) -> Plan:
        """A setting at these points as a study; what the setting sets itself is not varied."""
        kept = set(free(self.plan.addresses, case.scenario))
        vary = tuple(one for one in self.plan.vary if one.address in kept)
        rows = points[[one.address for one in vary]].itertuples(index=False, name=None)
        return Plan(
            name=case.name,
            title=case.scenario.title,
            question=case.scenario.question,
            scenario=narrowed(case, outcomes),
            called=case.called,
            vary=vary,
            sampler="given",
            points=len(points),
            worlds=worlds,
            seed=self.plan.seed,
            outcomes=outcomes,
            rows=tuple(rows),
        )

    def _carried_out(self, stage: str, study: Plan) -> list[pd.DataFrame]:
        """The worlds of each point of a study, run if they are not there; in order of points.

        Raises:
            StudyFolderError: the folder holds something else, or some worlds could not be run.
            OSError: it cannot be written.
        """
        store = StudyFolder(self.folder / stage / study.name, self.folder)
        points = open_folder(store, study, resume=True, extend=False)
        if not store.is_finished or store.changed_files():  # what is damaged is made again
            standing = carry_out(study, points, store, self.workers, self.tell)
            if standing.failures:
                first = store.failures()["error"].iloc[0]
                problem = f"{standing.failures:,} parts failed, the first of {first}"
                raise StudyFolderError(f"{store.path}: {problem}; --resume tries them again")
            store.finish()
        parts: dict[int, list[pd.DataFrame]] = {point: [] for point in points["point"]}
        for chunk in sorted(store.chunks()):
            parts[chunk.point].append(store.part(chunk))
        return [pd.concat(found, ignore_index=True) for found in parts.values()]


def _row(point: int, pattern: Pattern, runs: Runs) -> dict[str, str | float | int]:
    found = read(pattern.gauge, runs[pattern.gauge.case.name])
    return {
        "point": point,
        "pattern": pattern.id,
        "value": found.value,
        "low": found.low,
        "high": found.high,
        "n": found.n,
        "implausibility": implausibility(found.value, found.variance, pattern),
    }


# ── From the plan to the tables ──────────────────────────────────────────────────────


@dataclass(frozen=True)
class Calibration:
    """A calibration that was carried out.

    Attributes:
        folder: Where it lies.
        plan: What was asked.
        best: Address → value of the best set.
        tables: `points`, `readings`, `waves`, `ranges`, `final`, `best`, `patterns`, and `sets` and
            `conclusions` if findings were looked at.
        missing: Why any of these could not be made, in sentences.
    """

    folder: Path
    plan: CalibrationPlan
    best: Mapping[str, float]
    tables: Mapping[str, pd.DataFrame]
    missing: tuple[str, ...]


def calibrate(
    plan: CalibrationPlan,
    folder: Path,
    workers: Workers | None = None,
    *,
    resume: bool = False,
    tell: Tell | None = None,
) -> Calibration:
    """Carries a calibration out in a folder, or says what a finished one found.

    Args:
        plan: What is to be done.
        folder: Where its files go; made if it is missing.
        workers: Who runs the worlds; none: this process.
        resume: Go on with one that was broken off.
        tell: Called with how the stage at hand stands, after every chunk.

    Raises:
        StudyFolderError: the folder holds something else, is in use, or some worlds failed.
        OSError: it cannot be written; what was written before is kept.
    """
    folder.mkdir(parents=True, exist_ok=True)
    store = CalibrationFolder(folder)
    with alone_in(folder) as alone, reusable_executor(workers or local(1)) as crew:
        if not alone:
            raise StudyFolderError(f"{folder}: another process is at work on this calibration")
        store.open(plan, resume=resume)
        work = Work(plan, folder, crew, tell or _say_nothing)
        found = match(plan, work.measure_at)
        made, missing = tables(plan, found)
        if plan.finding_sets:
            made["sets"] = work.sets(found)
            made["conclusions"] = work.conclusions(made["sets"])
        if not store.is_finished:
            store.finish(made)
    return Calibration(folder, plan, best_set(plan, found), made, missing)


def _say_nothing(_: Standing) -> None:
    pass
