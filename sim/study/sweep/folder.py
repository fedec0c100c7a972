"""The folder of a study: every file is put there whole or not at all, `manifest.json` last.

A kill at any moment loses at most what was in flight. Files hold no time and no machine, so that
equal studies are equal byte for byte.
"""

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from realpolitik.sim.study.files import UNFINISHED, as_json, put, sha256
from realpolitik.sim.study.sweep.chunks import Chunk
from realpolitik.sim.study.sweep.parquet import digest_of, frame_of, write_table

SETTINGS, SCENARIO, POINTS = "study.json", "scenario.yaml", "points.parquet"
MANIFEST, PAGE = "manifest.json", "study.html"
PARTS, FAILED, ANALYSIS = "parts", "failed", "analysis"
PICTURES = "pictures"  # drawn from the rest on demand: no part of the study, and in no manifest
FAILURE = pa.schema(
    {"point": pa.int64(), "first_world": pa.int64(), "worlds": pa.int64(), "error": pa.string()}
)

CURE = "; sweep --resume makes it anew"
BY_COMMAND = "; the command in study.json, with --resume and --out for this folder, writes it anew"
COPY = f"; {MANIFEST} holds what it was, under `study`"


class StudyFolderError(Exception):
    """A folder that cannot be used as it is; says which, why, and what to do."""


class DamagedPartError(StudyFolderError):
    """A part that cannot be read, or does not hold what its name says."""


@dataclass(frozen=True)
class StudyFolder:
    """Reads and writes the files of one study; knows nothing of what they mean."""

    path: Path

    # ── What there is ────────────────────────────────────────────────────────────────

    @property
    def is_begun(self) -> bool:
        """Whether a study lives here."""
        return (self.path / SETTINGS).is_file()

    @property
    def is_finished(self) -> bool:
        """Whether it was carried out to its end."""
        return (self.path / MANIFEST).is_file()

    def settings(self) -> dict[str, Any]:
        """What `study.json` holds.

        Raises:
            StudyFolderError: it is missing, or cannot be read.
        """
        try:
            settings = json.loads((self.path / SETTINGS).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise StudyFolderError(f"{self.path}: no study (no readable {SETTINGS})") from error
        if not isinstance(settings, dict):
            raise StudyFolderError(f"{self.path}: no study ({SETTINGS} holds none)")
        return settings

    def scenario_text(self) -> str:
        """The scenario, as YAML.

        Raises:
            StudyFolderError: it is missing, or cannot be read.
        """
        path = self.path / SCENARIO
        try:
            return path.read_text(encoding="utf-8")
        except (OSError, ValueError) as error:
            problem = f"damaged or missing ({type(error).__name__}){BY_COMMAND}"
            raise StudyFolderError(f"{path}: {problem}") from None

    def points(self) -> pd.DataFrame:
        """`point`, then a column a varied address, in the order of the design."""
        return frame_of(self._table(self.path / POINTS, CURE))

    def chunks(self, kind: str = PARTS) -> set[Chunk]:
        """The chunks that are there, by their names (or, of FAILED, those that failed)."""
        paths = (self.path / kind).glob("*.parquet")
        return {chunk for path in paths if (chunk := Chunk.named(path.stem))}

    def part(self, chunk: Chunk) -> pd.DataFrame:
        """The outcomes of a chunk: `point`, `world`, then a column an outcome.

        Raises:
            DamagedPartError: it cannot be read, or holds other worlds.
        """
        path = self._path_of(chunk)
        table = frame_of(self._table(path, CURE))
        worlds = range(chunk.first, chunk.first + chunk.worlds)
        if (
            not {"point", "world"} <= {*table.columns}
            or table["world"].tolist() != [*worlds]
            or set(table["point"]) != {chunk.point}
        ):
            raise DamagedPartError(f"{path}: damaged (it does not hold what its name says){CURE}")
        return table

    def failures(self) -> pd.DataFrame:
        """`point`, `first_world`, `worlds` and `error` of every chunk that failed."""
        tables = [
            self._table(self._path_of(chunk, FAILED)) for chunk in sorted(self.chunks(FAILED))
        ]
        return frame_of(pa.concat_tables([FAILURE.empty_table(), *tables]))

    def changed_files(self) -> list[str]:
        """The files that are not what the manifest lists; none without a readable manifest."""
        return [name for name, digest in self._listed().items() if not self._is(name, digest)]

    def refuse_changed(self, *names: str) -> None:
        """Makes sure that files of a finished study, or folders, are what was written.

        Raises:
            DamagedPartError: one was changed or taken away since.
        """
        if changed := [name for name in self.changed_files() if name.startswith(names)]:
            more = f" (and {len(changed) - 1:,} more)" if len(changed) > 1 else ""
            problem = f"missing, or not the file that {MANIFEST} lists{more}"
            cure = COPY if changed[0] == SETTINGS else CURE
            raise DamagedPartError(f"{self.path / changed[0]}: {problem}{cure}")

    def lists_points(self, points: pd.DataFrame) -> bool:
        """Whether these are the points of the study that was finished here."""
        return self._listed().get(POINTS) == digest_of(points)

    def _listed(self) -> dict[str, str]:
        """Name → digest of what the manifest lists; none without a readable manifest."""
        try:
            manifest = json.loads((self.path / MANIFEST).read_text(encoding="utf-8"))
            return dict(manifest["files"])
        except (OSError, ValueError, KeyError, TypeError):
            return {}

    def _is(self, name: str, digest: str) -> bool:
        path = self.path / name
        return path.is_file() and sha256(path) == digest

    def _path_of(self, chunk: Chunk, kind: str = PARTS) -> Path:
        return self.path / kind / f"{chunk.name}.parquet"

    def _table(self, path: Path, cure: str = "") -> pa.Table:
        try:
            return pq.read_table(path, partitioning=None)
        except (OSError, pa.ArrowException) as error:
            problem = f"damaged or missing ({type(error).__name__}){cure}"
            raise DamagedPartError(f"{path}: {problem}") from None

    # ── What is put there ────────────────────────────────────────────────────────────

    def begin(self, settings: Mapping[str, Any], scenario: str, points: pd.DataFrame) -> None:
        """Makes the folder, or gives it another plan; only `study.json` makes it a study."""
        for kind in (PARTS, FAILED):
            (self.path / kind).mkdir(parents=True, exist_ok=True)
        (self.path / MANIFEST).unlink(missing_ok=True)
        self.put_subject(scenario, points)
        self.put_text(SETTINGS, as_json(settings))

    def put_subject(self, scenario: str, points: pd.DataFrame) -> None:
        """Puts the scenario there, and the points."""
        self.put_text(SCENARIO, scenario)
        self._put_table(self.path / POINTS, points)

    def put_part(self, chunk: Chunk, table: pd.DataFrame) -> None:
        """Keeps what a chunk gave; that it failed before is forgotten."""
        self._put_table(self._path_of(chunk), table)
        self._path_of(chunk, FAILED).unlink(missing_ok=True)

    def put_failure(self, chunk: Chunk, error: str) -> None:
        """Keeps the reason why a chunk failed."""
        row = {"point": chunk.point, "first_world": chunk.first, "worlds": chunk.worlds}
        table = pd.DataFrame([row | {"error": error}])
        self._put_table(self._path_of(chunk, FAILED), table, FAILURE)

    def drop_changed(self) -> None:
        """Removes the parts that are not what the manifest lists."""
        for name in self.changed_files():
            if name.startswith(f"{PARTS}/"):
                (self.path / name).unlink(missing_ok=True)

    def drop_part(self, chunk: Chunk) -> None:
        """Removes a part that is damaged."""
        self._path_of(chunk).unlink(missing_ok=True)

    def reopen(self) -> None:
        """Makes it an unfinished study of which nothing has failed, without page and pictures."""
        for name in (MANIFEST, PAGE):
            (self.path / name).unlink(missing_ok=True)
        shutil.rmtree(self.path / PICTURES, ignore_errors=True)
        for chunk in self.chunks(FAILED):
            self._path_of(chunk, FAILED).unlink(missing_ok=True)

    def put_analysis(self, tables: Mapping[str, pd.DataFrame]) -> None:
        """Puts each table there as CSV, and removes what is left of earlier ones."""
        shutil.rmtree(self.path / ANALYSIS, ignore_errors=True)
        for name, table in tables.items():
            self.put_text(f"{ANALYSIS}/{name}.csv", table.to_csv(index=False, lineterminator="\n"))

    def put_text(self, name: str, text: str) -> None:
        """Puts a text file in its place."""
        path = self.path / name
        path.parent.mkdir(exist_ok=True)
        put(path, lambda draft: draft.write_text(text, encoding="utf-8"))

    def finish(self) -> None:
        """Lists all files but pictures with their digests: the study is done."""
        (self.path / MANIFEST).unlink(missing_ok=True)
        files = sorted(path for path in self.path.rglob("*") if path.is_file())
        names = {path.relative_to(self.path).as_posix(): path for path in files}
        listed = {
            name: sha256(path)
            for name, path in names.items()
            if not name.startswith(f"{PICTURES}/")
        }
        self.put_text(MANIFEST, as_json({"study": self.settings(), "files": listed}))

    def sweep_out(self) -> None:
        """Removes the drafts that a kill left behind."""
        for draft in self.path.rglob(f"{UNFINISHED}*"):
            draft.unlink(missing_ok=True)

    def _put_table(self, path: Path, table: pd.DataFrame, schema: pa.Schema | None = None) -> None:
        put(path, lambda draft: write_table(draft, table, schema))
