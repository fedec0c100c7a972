"""The folder of a study: files whole or not at all, and nothing believed that is damaged."""

import json
from pathlib import Path

import pandas as pd
import pytest

from realpolitik.sim.experiments.chunks import Chunk
from realpolitik.sim.experiments.study_folder import (
    FAILED,
    DamagedPartError,
    StudyFolder,
    StudyFolderError,
)
from realpolitik.sim.experiments.study_settings import describe
from tests.experiments.small import files_in, small_plan

CHUNK = Chunk(3, 1024, 4)
TABLE = pd.DataFrame(
    {"point": 3, "world": range(1024, 1028), "strike": [1.0, 0.0, 1.0, float("nan")]}
)
SETTINGS = json.loads(json.dumps(describe(small_plan())))
POINTS = pd.DataFrame({"point": [0, 1], "RUS.israel_ties": [0.0, 0.1 + 0.2]})


@pytest.fixture
def folder(tmp_path: Path) -> StudyFolder:
    """A study that has been begun."""
    store = StudyFolder(tmp_path)
    store.begin(SETTINGS, "title: t\n", POINTS)
    return store


# ── What comes back ──────────────────────────────────────────────────────────────────


def test_what_was_put_there_comes_back(folder: StudyFolder) -> None:
    folder.put_part(CHUNK, TABLE)
    pd.testing.assert_frame_equal(folder.part(CHUNK), TABLE, check_exact=True)
    pd.testing.assert_frame_equal(folder.points(), POINTS, check_exact=True)
    assert folder.settings() == SETTINGS
    assert folder.scenario_text() == "title: t\n"
    assert folder.chunks() == {CHUNK}


def test_it_is_a_study_once_begun_and_finished_once_it_has_a_manifest(tmp_path: Path) -> None:
    store = StudyFolder(tmp_path)
    assert not store.is_begun
    store.begin(SETTINGS, "", POINTS)
    assert (store.is_begun, store.is_finished) == (True, False)
    store.finish()
    assert store.is_finished
    store.reopen()
    assert not store.is_finished


def test_parts_hold_no_time_and_no_machine(folder: StudyFolder, tmp_path: Path) -> None:
    folder.put_part(CHUNK, TABLE)
    (before,) = (folder.path / "parts").iterdir()
    content = before.read_bytes()
    folder.put_part(CHUNK, TABLE.copy())
    assert before.read_bytes() == content
    assert str(tmp_path).encode() not in content


@pytest.mark.parametrize(
    "other",
    [
        TABLE.assign(point=4),
        TABLE.assign(world=range(4)),
        TABLE.iloc[:3],
        TABLE.iloc[:0],
        TABLE.iloc[::-1],
        TABLE.drop(columns="world"),
        TABLE.drop(columns="point"),
        pd.concat([TABLE, TABLE]),
    ],
)
def test_a_part_that_does_not_hold_what_its_name_says_is_damaged(
    folder: StudyFolder, other: pd.DataFrame
) -> None:
    folder.put_part(CHUNK, other)
    with pytest.raises(DamagedPartError, match=CHUNK.name):
        folder.part(CHUNK)


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1" * 200, bytes(5000)])
def test_a_part_that_cannot_be_read_is_damaged(folder: StudyFolder, content: bytes) -> None:
    folder.put_part(CHUNK, TABLE)
    (path,) = (folder.path / "parts").iterdir()
    path.write_bytes(content)
    with pytest.raises(DamagedPartError, match="damaged or missing"):
        folder.part(CHUNK)


def test_every_cut_of_a_part_is_noticed(folder: StudyFolder) -> None:
    folder.put_part(CHUNK, TABLE)
    (path,) = (folder.path / "parts").iterdir()
    whole = path.read_bytes()
    for length in range(0, len(whole), 37):
        path.write_bytes(whole[:length])
        with pytest.raises(DamagedPartError):
            folder.part(CHUNK)


def test_a_part_that_is_not_there_is_told_of(folder: StudyFolder) -> None:
    with pytest.raises(DamagedPartError, match="missing"):
        folder.part(CHUNK)


def test_files_that_are_no_parts_are_no_chunks(folder: StudyFolder) -> None:
    for name in (".unfinished-0000001-000000000-0100.parquet", "notes.parquet", "1-2-3.parquet"):
        (folder.path / "parts" / name).write_bytes(b"")
    assert folder.chunks() == set()


# ── Failures ─────────────────────────────────────────────────────────────────────────


def test_a_failure_is_a_row_until_the_chunk_is_there(folder: StudyFolder) -> None:
    assert folder.failures().empty
    assert [*folder.failures().columns] == ["point", "first_world", "worlds", "error"]
    folder.put_failure(CHUNK, "ValueError: «no»\nand no again")
    folder.put_failure(Chunk(1, 0, 5), "KeyError: 'x'")
    assert folder.failures()["point"].tolist() == [1, 3]
    assert folder.failures()["error"].tolist() == [
        "KeyError: 'x'",
        "ValueError: «no»\nand no again",
    ]
    folder.put_part(CHUNK, TABLE)
    assert folder.failures()["point"].tolist() == [1]
    folder.reopen()
    assert folder.chunks(FAILED) == set()


# ── The end ──────────────────────────────────────────────────────────────────────────


def test_the_manifest_lists_every_other_file(folder: StudyFolder) -> None:
    folder.put_part(CHUNK, TABLE)
    folder.put_analysis({"summary": pd.DataFrame({"outcome": ["strike"], "mean": [0.5]})})
    folder.finish()
    listed = json.loads((folder.path / "manifest.json").read_text())["files"]
    assert {*listed, "manifest.json"} == {*files_in(folder.path)}
    assert folder.changed_files() == []


def test_a_file_that_was_changed_or_taken_away_is_noticed(folder: StudyFolder) -> None:
    folder.put_part(CHUNK, TABLE)
    folder.finish()
    (folder.path / "scenario.yaml").write_text("title: another\n")
    folder.drop_part(CHUNK)
    assert folder.changed_files() == [f"parts/{CHUNK.name}.parquet", "scenario.yaml"]


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"files": {"x": 1}}', "3"])
def test_a_damaged_manifest_vouches_for_nothing(folder: StudyFolder, text: str) -> None:
    (folder.path / "manifest.json").write_text(text)
    assert folder.changed_files() in ([], ["x"])


def test_tables_of_an_earlier_analysis_do_not_stay(folder: StudyFolder) -> None:
    folder.put_analysis({"sobol": TABLE, "summary": TABLE})
    folder.put_analysis({"summary": TABLE})
    assert [path.name for path in (folder.path / "analysis").iterdir()] == ["summary.csv"]


@pytest.mark.parametrize("text", ["", "{", "[]", '"x"', "\x00", "NaN"])
def test_settings_that_cannot_be_read_are_no_study(folder: StudyFolder, text: str) -> None:
    (folder.path / "study.json").write_text(text)
    with pytest.raises(StudyFolderError, match=r"study\.json: "):
        folder.settings()


def test_settings_that_are_not_utf8_are_no_study(folder: StudyFolder) -> None:
    (folder.path / "study.json").write_bytes(b"\xff\xfe{}")
    with pytest.raises(StudyFolderError, match=r"study\.json: "):
        folder.settings()
