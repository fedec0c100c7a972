"""Files in pieces: what is in them comes out, however they are packed and cut."""

import gzip
import json
import zipfile
from pathlib import Path

import numpy as np
import pytest

from realpolitik.sim.files.json_text import RecordError
from realpolitik.sim.record import reading
from realpolitik.sim.record.reading import Piece, parts_of
from tests.event_files import FILES, write_files

HEAD = "date,source,target,cameo\n"


def pieces(path: Path) -> list[Piece]:
    return [piece for part in parts_of(path) for piece in part.pieces()]


def texts(path: Path, column: str) -> list[str]:
    """The cells of a column, in the order of the rows."""
    columns = [piece.columns[column] for piece in pieces(path) if piece.rows]
    return [text for one in columns for text in one.mapped(str, object)]


@pytest.mark.parametrize("name", FILES)
def test_all_rows_of_a_file_are_read(tmp_path: Path, name: str) -> None:
    write_files(tmp_path)
    assert sum(piece.rows for piece in pieces(tmp_path / name)) == {"acled.csv": 2}.get(
        name, 3 if name == "weekly.csv" else 4
    )


def test_a_long_file_is_read_in_pieces_that_follow_each_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "PIECE", 4096)
    rows = [f"2021-03-02,A{n},B,112" for n in range(2000)]
    path = tmp_path / "long.csv"
    path.write_text(HEAD + "\n".join(rows), encoding="utf-8")
    parts = pieces(path)
    assert len(parts) > 5
    assert [one.first for one in parts] == [*np.cumsum([1, *(one.rows for one in parts[:-1])])]
    assert texts(path, "source") == [f"A{n}" for n in range(2000)]


def test_lines_of_json_are_read_in_pieces_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LINES", 3)
    event = {"date": "2021-03-02", "event": "AID", "target": "B"}
    lines = [json.dumps({**event, "source": f"A{n}"}) for n in range(8)]
    path = tmp_path / "events.jsonl"
    path.write_text("\n\n".join(lines), encoding="utf-8")
    assert texts(path, "source") == [f"A{n}" for n in range(8)]


def test_each_source_of_an_event_acts_on_each_target_and_without_one_on_each_other(
    tmp_path: Path,
) -> None:
    both = [{"code": "A"}, {"code": "B"}]
    events = [
        {"date": "2021-03-02", "event": "AGREE", "source": both, "target": ""},
        {"date": "2021-03-02", "event": "AID", "source": both, "target": [{"code": "C"}]},
    ]
    path = tmp_path / "events.jsonl"
    path.write_text("\n".join(map(json.dumps, events)), encoding="utf-8")
    found = [*zip(texts(path, "source"), texts(path, "target"), strict=True)]
    assert found == [("A", "B"), ("B", "A"), ("A", "C"), ("B", "C")]


def test_all_files_of_a_zip_are_read(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for name, made in FILES.items():
            packed.writestr(name, made())
    assert [part.place for part in parts_of(path)] == [f"{path}/{name}" for name in FILES]


def test_bytes_that_are_no_text_are_shown_and_not_fatal(tmp_path: Path) -> None:
    path = tmp_path / "latin.csv"
    path.write_bytes(HEAD.encode() + b"2021-03-02,Ir\xe1n,B,112\n")
    assert texts(path, "source") == ["Ir\ufffdn"]


def test_rows_with_other_numbers_of_cells_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "torn.csv"
    path.write_text(HEAD + "2021-03-02,A\n2021-03-02,A,B,112\n1,2,3,4,5\n", encoding="utf-8")
    parts = pieces(path)
    assert sum(piece.rows for piece in parts) == 1
    assert parts[-1].broken == 2


@pytest.mark.parametrize("cut", [1, 30, 200])
def test_a_gzip_that_broke_off_is_refused(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "events.csv.gz"
    rows = "".join(f"2021-03-02,A{n * n},B,112\n" for n in range(5000))
    path.write_bytes(gzip.compress((HEAD + rows).encode())[:-cut])
    with pytest.raises(RecordError, match="ends in the middle"):
        pieces(path)


def test_a_gzip_with_a_flipped_bit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "events.csv.gz"
    rows = "".join(f"2021-03-02,A{n * n},B,112\n" for n in range(5000))
    content = bytearray(gzip.compress((HEAD + rows).encode()))
    content[len(content) // 2] ^= 255
    path.write_bytes(content)
    with pytest.raises(RecordError, match=str(path)):
        pieces(path)
