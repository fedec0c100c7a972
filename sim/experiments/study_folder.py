"""The folder of a study: every file is put there whole or not at all, `manifest.json` last.

A kill at any moment loses at most what was in flight. Files hold no time and no machine, so that
equal studies are equal byte for byte.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from realpolitik.sim.engine.actions import address_of
from realpolitik.sim.experiments.chunks import NAME, Chunk
from realpolitik.sim.experiments.located import FORMAT, OLDEST, Record, read_record
from realpolitik.sim.experiments.schemas import StudyManifest, StudySettings
from realpolitik.sim.experiments.sealing import sealed
from realpolitik.sim.experiments.table_forms import NUMBER, ColumnForm, Form, misfits, of_outcome
from realpolitik.sim.files.csv_text import csv_text
from realpolitik.sim.files.folder import Folder
from realpolitik.sim.files.json_text import RecordError, as_json
from realpolitik.sim.files.ours import PICTURES, drop_pictures
from realpolitik.sim.files.parquet import (
    BrokenSealError,
    NoSealError,
    check_seal,
    digest_of,
    frame_of,
    mark_of,
    read_table,
    write_table,
)
from realpolitik.sim.files.reading import MOST_FILE, RefusedFileError
from realpolitik.sim.stats.intervals import Scale

SETTINGS, SCENARIO, POINTS = "study.json", "scenario.yaml", "points.parquet"
MANIFEST, PAGE = "manifest.json", "study.html"
PARTS, FAILED, ANALYSIS = "parts", "failed", "analysis"
TABLES = (
    *("summary", "spread", "curves", "effects", "tipping"),
    *("sobol", "morris", "boxes", "peeling"),
)
OURS = re.compile(
    rf"study\.json|scenario\.yaml|points\.parquet|study\.html"
    rf"|({PARTS}|{FAILED})/{NAME.pattern}\.parquet|{ANALYSIS}/({'|'.join(TABLES)})\.csv"
)
"""The names of all files of a study but the manifest; others are not ours, whoever lists them."""

MOST_PART = 100_000_000
"""Size of a part, which holds one block of worlds at most [bytes]."""

FAILURE = pa.schema(
    {"point": pa.int64(), "first_world": pa.int64(), "worlds": pa.int64(), "error": pa.string()}
)

CURE = "; sweep --resume makes it anew"
BY_COMMAND = "; the command in study.json, with --resume and --out for this folder, writes it anew"
COPY = f"; {MANIFEST} holds what it was, under `study`"


class StudyFolderError(RecordError):
    """A folder that cannot be used as it is; says which, why, and what to do."""


class DamagedPartError(StudyFolderError):
    """A part that cannot be read, or does not hold what its name says."""


@dataclass(frozen=True)
class StudyFolder:
    """Reads and writes the files of one study; knows nothing of what they mean.

    Attributes:
        path: Where it lies.
        root: A folder above, if it is part of something larger: no link leads from there to it.
    """

    path: Path
    root: Path | None = None

    @property
    def files(self) -> Folder:
        """The folder, which is never left."""
        if self.root is None:
            return Folder(self.path)
        return Folder(self.root).below(self.path.relative_to(self.root).as_posix())

    # ── What there is ────────────────────────────────────────────────────────────────

    @property
    def is_begun(self) -> bool:
        """Whether a study lives here."""
        return self.files.has(SETTINGS)

    @property
    def is_bare(self) -> bool:
        """Whether nothing but its settings is there: a kill came as it was begun."""
        return not (self.files.has(POINTS) or self.chunks() or self.is_finished)

    @property
    def is_finished(self) -> bool:
        """Whether it was carried out to its end."""
        return self.files.has(MANIFEST)

    def settings(self) -> dict[str, Any]:
        """What `study.json` holds.

        Raises:
            StudyFolderError: it is missing, damaged, or of a newer version.
        """
        if not self.is_begun:
            raise StudyFolderError(f"{self.path}: no study (there is no {SETTINGS})")
        return self._record(SETTINGS, StudySettings)

    def scenario_text(self) -> str:
        """The scenario, as YAML.

        Raises:
            StudyFolderError: it is missing, or cannot be read.
        """
        path = self.path / SCENARIO
        try:
            return self.files.read_text(SCENARIO)
        except (OSError, ValueError) as error:
            problem = f"damaged or missing ({type(error).__name__}){BY_COMMAND}"
            raise StudyFolderError(f"{path}: {problem}") from None

    def points(self) -> pd.DataFrame:
        """`point`, then a column a varied address, in the order of the design.

        Raises:
            DamagedPartError: they cannot be read, or are no points.
        """
        table = frame_of(self._table(POINTS, CURE)).rename(columns=address_of)
        form = dict.fromkeys(map(str, table.columns), NUMBER) | {"point": ColumnForm("iu", 0)}
        self._refuse_misfit(POINTS, table, form)
        if not table["point"].is_unique:
            raise DamagedPartError(
                f"{self.path / POINTS}: point: a number stands there twice{CURE}"
            )
        return table

    def chunks(self, kind: str = PARTS) -> set[Chunk]:
        """The chunks that are there, by their names (or, of FAILED, those that failed)."""
        stems = (name.removesuffix(".parquet") for name in self.files.names(kind))
        return {chunk for stem in stems if (chunk := Chunk.named(stem))}

    def part(
        self, chunk: Chunk, scales: Mapping[str, Scale] | None = None, mark: str = ""
    ) -> pd.DataFrame:
        """The outcomes of a chunk: `point`, `world`, then a column an outcome.

        Raises:
            DamagedPartError: it cannot be read, holds other worlds, or what no world can give; the
                outcomes are judged by their scales, as far as they are given and there, and the
                worlds by the mark, as far as both have one.
        """
        path = self.path / _name_of(chunk)
        table = frame_of(self._table(_name_of(chunk), CURE, mark))
        worlds = range(chunk.first, chunk.first + chunk.worlds)
        if (
            not {"point", "world"} <= {*table.columns}
            or table["world"].tolist() != [*worlds]
            or set(table["point"]) != {chunk.point}
        ):
            raise DamagedPartError(f"{path}: damaged (it does not hold what its name says){CURE}")
        known = {name: one for name, one in (scales or {}).items() if name in table}
        form = {name: of_outcome(scale) for name, scale in known.items()}
        self._refuse_misfit(_name_of(chunk), table, form)
        return table

    def failures(self) -> pd.DataFrame:
        """`point`, `first_world`, `worlds` and `error` of every chunk that failed."""
        tables = [self._table(_name_of(chunk, FAILED)) for chunk in sorted(self.chunks(FAILED))]
        return frame_of(pa.concat_tables([FAILURE.empty_table(), *tables]))

    def changed_files(self) -> list[str]:
        """The files that are not what the manifest lists; none without a readable manifest."""
        return [name for name, digest in self._listed().items() if not self._is(name, digest)]

    def refuse_changed(self, *names: str) -> None:
        """Makes sure that files of a finished study, or folders, are what was written.

        Raises:
            StudyFolderError: the manifest is damaged.
            DamagedPartError: one was changed or taken away since.
        """
        if self.is_finished:
            self._record(MANIFEST, StudyManifest)
        if changed := [name for name in self.changed_files() if name.startswith(names)]:
            more = f" (and {len(changed) - 1:,} more)" if len(changed) > 1 else ""
            problem = f"missing, or not the file that {MANIFEST} lists{more}"
            cure = COPY if changed[0] == SETTINGS else CURE
            raise DamagedPartError(f"{self.path / changed[0]}: {problem}{cure}")

    def lists_points(self, points: pd.DataFrame) -> bool:
        """Whether these are the points of the study that was finished here."""
        return self._listed().get(POINTS) == digest_of(points)

    def _listed(self) -> dict[str, str]:
        """Name → digest of the files of a study in the manifest; none without a readable one."""
        try:
            listed = self._record(MANIFEST, StudyManifest)["files"]
        except StudyFolderError:
            return {}
        return {name: digest for name, digest in listed.items() if OURS.fullmatch(name)}

    def _record(self, name: str, form: type[Record]) -> dict[str, Any]:
        try:
            return read_record(self.files, name, form)
        except RecordError as error:
            raise StudyFolderError(str(error)) from None

    def _is(self, name: str, digest: str) -> bool:
        try:
            return self.files.digest(name) == digest
        except (FileNotFoundError, RefusedFileError):
            return False

    def _table(self, name: str, cure: str = "", mark: str = "") -> pa.Table:
        path, most = self.path / name, MOST_FILE if name == POINTS else MOST_PART
        try:
            content = self.files.read(name, most)
            self._check(content)
            if mark and mark_of(content) not in ("", mark):
                raise BrokenSealError("it holds worlds of another scenario, seed or point")
            return read_table(content, path)
        except (OSError, pa.ArrowException, BrokenSealError) as error:
            reason = str(error) if isinstance(error, BrokenSealError) else type(error).__name__
            raise DamagedPartError(f"{path}: damaged or missing ({reason}){cure}") from None

    def _refuse_misfit(self, name: str, table: pd.DataFrame, form: Form) -> None:
        if told := next(misfits(table, form), ""):
            raise DamagedPartError(f"{self.path / name}: damaged ({told}){CURE}")

    def _check(self, content: bytes) -> None:
        """Makes sure that a table is what was written; those of the oldest format have no seal."""
        try:
            check_seal(content)
        except NoSealError:
            if self.settings().get("format", OLDEST) != OLDEST:
                raise

    # ── What is put there ────────────────────────────────────────────────────────────

    def begin(self, settings: Mapping[str, Any], scenario: str, points: pd.DataFrame) -> None:
        """Makes the folder, or gives it another plan; it is a study as soon as it is begun."""
        for kind in ("", PARTS, FAILED):
            self.files.make(kind)
        self.files.remove(MANIFEST)
        if not self.is_begun:
            self.put_settings(settings)
        self.put_subject(scenario, points)
        self.put_settings(settings)

    def put_settings(self, settings: Mapping[str, Any]) -> None:
        """Puts what was asked there."""
        self.put_text(SETTINGS, as_json(sealed(settings)))

    def put_subject(self, scenario: str, points: pd.DataFrame) -> None:
        """Puts the scenario there, and the points."""
        self.put_text(SCENARIO, scenario)
        self._put_table(POINTS, points)

    def put_part(self, chunk: Chunk, table: pd.DataFrame, mark: str = "") -> None:
        """Keeps what a chunk gave, marked so; that it failed before is forgotten."""
        self._put_table(_name_of(chunk), table, mark=mark)
        self.files.remove(_name_of(chunk, FAILED))

    def put_failure(self, chunk: Chunk, error: str) -> None:
        """Keeps the reason why a chunk failed."""
        row = {"point": chunk.point, "first_world": chunk.first, "worlds": chunk.worlds}
        table = pd.DataFrame([row | {"error": error}])
        self._put_table(_name_of(chunk, FAILED), table, FAILURE)

    def drop_changed(self) -> None:
        """Removes the parts that are not what the manifest lists."""
        for name in self.changed_files():
            if name.startswith(f"{PARTS}/"):
                self.files.remove(name)

    def drop_part(self, chunk: Chunk) -> None:
        """Removes a part that is damaged."""
        self.files.remove(_name_of(chunk))

    def reopen(self) -> None:
        """Makes it an unfinished study of which nothing has failed, without page and pictures."""
        for name in (MANIFEST, PAGE):
            self.files.remove(name)
        drop_pictures(self.files)
        for chunk in self.chunks(FAILED):
            self.files.remove(_name_of(chunk, FAILED))

    def put_analysis(self, tables: Mapping[str, pd.DataFrame]) -> None:
        """Puts each table there as CSV, and removes what is left of earlier ones."""
        for name in TABLES:
            if name not in tables:
                self.files.remove(f"{ANALYSIS}/{name}.csv")
        for name, table in tables.items():
            self.put_text(f"{ANALYSIS}/{name}.csv", csv_text(table))

    def put_text(self, name: str, text: str) -> None:
        """Puts a text file in its place."""
        self.files.write_text(name, text)

    def finish(self) -> None:
        """Lists all files of the study with their digests: it is done."""
        self.files.remove(MANIFEST)
        listed = {name: self.files.digest(name) for name in self._names()}
        manifest = {"format": FORMAT, "study": self.settings(), "files": listed}
        self.put_text(MANIFEST, as_json(sealed(manifest)))

    def sweep_out(self) -> None:
        """Removes the drafts that a kill left behind."""
        self.files.sweep_up(PARTS, FAILED, ANALYSIS, PICTURES)

    def _names(self) -> Iterator[str]:
        """The files of the study that are there, sorted."""
        below = (
            f"{kind}/{name}"
            for kind in (ANALYSIS, FAILED, PARTS)
            for name in self.files.names(kind)
        )
        for name in sorted([*below, *self.files.names()]):
            if OURS.fullmatch(name) and self.files.has(name):
                yield name

    def _put_table(
        self, name: str, table: pd.DataFrame, schema: pa.Schema | None = None, mark: str = ""
    ) -> None:
        with self.files.writing(name) as stream:
            write_table(stream, table, schema, mark)


def _name_of(chunk: Chunk, kind: str = PARTS) -> str:
    return f"{kind}/{chunk.name}.parquet"
