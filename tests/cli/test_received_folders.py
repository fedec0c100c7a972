"""Folders received from a stranger: no verb hangs at what is in them, leaves them or dies of it."""

import json
import os
import shutil
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager
from hashlib import sha256
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from realpolitik.sim import image_export
from realpolitik.sim.cli.commands import cli
from realpolitik.sim.experiments.sealing import sealed
from realpolitik.sim.image_export import CHOICE
from tests.cli.verbs import QUARREL

SWEEP = ("sweep", "short.yaml", "--set", "RUS.israel_ties=0,0.4", "--worlds", "20", "--jobs", "1")
PATIENCE = 60  # seconds
OURS = {"run": "r", "study": "s", "comparison": "k"}

VERBS: dict[str, tuple[tuple[str, ...], ...]] = {
    "run": (
        ("report", "r", "--png"),
        ("explain", "r", "--actor", "IRN"),
        ("compare", "r", "short.yaml", "--out", "k2"),
    ),
    "study": (
        ("report", "s", "--png"),
        ("sweep", "s", "--resume"),
        ("sweep", "s", "--worlds", "30", "--extend", "--jobs", "1"),
    ),
    "comparison": (("compare", "short.yaml", "r", "--worlds", "20", "--out", "k", "--png"),),
}
"""What is done with a folder of each kind, that may write into it."""


def type_in(*words: str) -> Result:
    return CliRunner().invoke(cli, [*words])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run `r`, a study `s` and a comparison `k`, as they were made, and somebody's folder."""
    here = tmp_path_factory.mktemp("made")
    (here / "short.yaml").write_text(QUARREL, encoding="utf-8")
    with chdir(here):
        for words in (("run", "short.yaml", "--worlds", "20"), (*SWEEP, "--out", "s")):
            assert type_in(*words, "--no-progress").exit_code == 0
        (run,) = (here / "results" / "short").glob("*Z-*")
        run.rename(here / "r")
        shutil.rmtree(here / "results")
        assert type_in(*VERBS["comparison"][0][:-1], "--no-progress").exit_code == 0
    (here / "theirs").mkdir()
    for name in ("a.csv", "summary.csv", "a.png", "curves-1.png", "0000000-000000000-0020.parquet"):
        (here / "theirs" / name).write_text("theirs")
    return here


@pytest.fixture
def here(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, in which the command is typed, with a browser that draws at once."""
    monkeypatch.setattr(image_export, "draw", lambda drawings, _: [b"\x89PNG"] * len(drawings))
    monkeypatch.setenv(CHOICE, "true")
    copied = tmp_path / "here"
    shutil.copytree(made, copied)
    monkeypatch.chdir(copied)
    return copied


def theirs(here: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in sorted((here / "theirs").iterdir())}


@contextmanager
def no_longer_than(seconds: int) -> Iterator[None]:
    """Fails what hangs."""

    def stop(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def tried(here: Path, kind: str) -> list[str]:
    """What goes wrong when every verb is tried with a folder of that kind."""
    before, faults = theirs(here), []
    for words in VERBS[kind]:
        with no_longer_than(PATIENCE):
            done = type_in(*words, *(["--no-progress"] if words[0] in ("sweep", "compare") else []))
        said = done.output + repr(done.exception or "")
        if done.exit_code not in (0, 1) or "realpolitik failed" in done.output or "Timeout" in said:
            faults.append(f"{' '.join(words)}: {done.exit_code} {done.output}")
        if theirs(here) != before:
            faults.append(f"{' '.join(words)} left the folder")
    return faults


# ── Links ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", VERBS)
def test_what_lies_behind_a_linked_folder_stays(here: Path, kind: str) -> None:
    below = {
        "run": ["pictures"],
        "study": ["pictures", "analysis", "parts", "failed"],
        "comparison": ["pictures", "tables"],
    }
    faults = []
    for name in below[kind]:
        folder = here / OURS[kind]
        kept = folder.with_name("kept")
        shutil.copytree(folder, kept)
        shutil.rmtree(folder / name, ignore_errors=True)
        (folder / name).symlink_to(here / "theirs")
        faults += tried(here, kind)
        shutil.rmtree(folder)
        kept.rename(folder)
    assert faults == []


@pytest.mark.parametrize("kind", VERBS)
def test_nothing_is_written_through_a_linked_file_or_draft(here: Path, kind: str) -> None:
    for number, path in enumerate(sorted((here / OURS[kind]).rglob("*.*"))):
        if path.suffix in (".html", ".csv"):
            path.unlink()
            (path.symlink_to if number % 2 else path.hardlink_to)(here / "theirs" / "a.csv")
        path.with_name(f".unfinished-{path.name}").symlink_to(here / "theirs" / "a.png")
    assert tried(here, kind) == []


def test_a_run_does_not_begin_where_its_place_is_a_link(here: Path) -> None:
    (here / "results").mkdir()
    (here / "results" / "short").symlink_to(here / "theirs")
    before = theirs(here)
    done = type_in("run", "short.yaml", "--worlds", "20")
    assert (done.exit_code, "is a link" in done.stderr) == (1, True), done.output
    assert "worlds in" not in done.stderr
    assert theirs(here) == before


def test_a_calibration_is_not_left_by_linked_folders(here: Path) -> None:
    (here / "fit.yaml").write_text(
        "title: A small calibration\nquestion: Which fits?\nscenario: haniyeh_2024\n"
        "vary: {IRN.domestic_pressure: }\npatterns: [strike_after_killing]\npoints: 2\n"
        "worlds: 5\nwaves: 1\nfinalists: 1\nfinal_worlds: 5\n"
    )
    words = ("calibrate", "fit.yaml", "--out", "c", "--jobs", "1", "--no-progress", "--resume")
    before = theirs(here)
    assert type_in(*words).exit_code == 0
    (here / "c" / "manifest.json").unlink()
    for folder in [path for path in (here / "c").iterdir() if path.is_dir()]:
        folder.rename(here / "kept")
        folder.symlink_to(here / "theirs")
        done = type_in(*words)
        assert (done.exit_code, "is a link" in done.output) == (1, True), done.output
        assert theirs(here) == before
        folder.unlink()
        (here / "kept").rename(folder)
    assert type_in(*words).exit_code == 0


# ── Names in a manifest ──────────────────────────────────────────────────────────────


def test_names_of_a_manifest_that_are_not_ours_are_left_alone(here: Path) -> None:
    path = here / "s" / "manifest.json"
    manifest = json.loads(path.read_text())
    for name in ("../theirs/a.csv", "parts/../../theirs/a.csv", str(here / "theirs" / "a.png")):
        manifest["files"][name] = "0" * 64
    manifest["files"]["parts/0000000-000000000-0020.parquet/../../../theirs/a.csv"] = "0" * 64
    path.write_text(json.dumps(sealed(manifest)))
    assert tried(here, "study") == []


# ── Kinds of file ────────────────────────────────────────────────────────────────────


def a_socket(path: Path) -> None:
    with chdir(path.parent), socket.socket(socket.AF_UNIX) as one:
        one.bind(path.name)


KINDS: dict[str, Callable[[Path], object]] = {
    "pipe": os.mkfifo,
    "socket": a_socket,
    "device": lambda path: path.symlink_to("/dev/zero"),
    "folder": Path.mkdir,
    "loop": lambda path: path.symlink_to(path.name),
}


@pytest.mark.parametrize("kind", VERBS)
@pytest.mark.parametrize("other", KINDS)
def test_other_things_in_the_place_of_files_are_not_waited_for(
    here: Path, kind: str, other: str
) -> None:
    names = {
        "run": ["manifest.json", "scenario.yaml", "runs.parquet", "report.html"],
        "study": ["manifest.json", "study.json", "points.parquet", "study.html"],
        "comparison": ["manifest.json", "comparison.json", "compare.html"],
    }
    faults = []
    for name in names[kind] if other in ("pipe", "folder") else names[kind][:1]:
        path = here / OURS[kind] / name
        kept = path.read_bytes()
        path.unlink()
        KINDS[other](path)
        faults += tried(here, kind)
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink(missing_ok=True)
        path.write_bytes(kept)
    assert faults == []


@pytest.mark.parametrize("verb", ["run", "validate", "sweep", "calibrate", "claims", "hindcast"])
@pytest.mark.parametrize("other", ["pipe", "device"])
def test_a_file_that_is_named_must_be_one(here: Path, verb: str, other: str) -> None:
    KINDS[other](here / "x.yaml")
    with no_longer_than(PATIENCE):
        done = type_in(verb, *(["--from"] if verb == "claims" else []), "x.yaml")
    assert done.exit_code in (1, 2), done.output
    assert "Timeout" not in done.output


# ── Size ─────────────────────────────────────────────────────────────────────────────


BOMBS = {
    "billions of rows": (pa.nulls(1_000_000, pa.float64()), "SNAPPY"),
    "long texts": (pa.array(["x" * 900_000] * 10), "SNAPPY"),
    "well packed": (pa.array(["x" * 90_000] * 10), "ZSTD"),
    "lists": (pa.array([[1.0] * 1000] * 10), "SNAPPY"),
}
TIMES = 100  # that each is written
MUCH = 200_000_000  # bytes, of 900 million


def write_bomb(path: Path, bomb: str) -> None:
    """A small file of many equal pieces, written one by one."""
    column, packed = BOMBS[bomb]
    piece = pa.table({"a": column})
    with pq.ParquetWriter(path, piece.schema, compression=packed) as writer:
        for _ in range(TIMES):
            writer.write_table(piece)


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_table_that_unpacks_to_gigabytes_is_refused_before_it_is_read(
    here: Path, bomb: str
) -> None:
    write_bomb(here / "r" / "runs.parquet", bomb)
    content = (here / "r" / "runs.parquet").read_bytes()
    assert len(content) < 6_000_000
    manifest = json.loads((here / "r" / "manifest.json").read_text())
    manifest["files"]["runs.parquet"] = sha256(content).hexdigest()
    (here / "r" / "manifest.json").write_text(json.dumps(sealed(manifest)))
    before = pa.total_allocated_bytes()
    peak = pa.default_memory_pool().max_memory()
    done = type_in("report", "r")
    assert done.exit_code == 1, done.output
    assert "runs.parquet" in done.output
    assert pa.default_memory_pool().max_memory() <= max(peak, before + MUCH)


def test_files_are_measured_before_they_are_read(here: Path) -> None:
    (part,) = (here / "s" / "parts").glob("0000000-*")
    os.truncate(part, 3_000_000_000)
    os.truncate(here / "r" / "runs.parquet", 3_000_000_000)
    with no_longer_than(PATIENCE):
        for name, told in (("r", "larger than the 2 GB"), ("s", part.name)):
            done = type_in("report", name)
            assert (done.exit_code, told in done.output) == (1, True), done.output


def test_texts_and_manifests_have_a_bound(here: Path) -> None:
    (here / "long.yaml").write_text(QUARREL.replace("Will nothing come of this?", "x" * 20_000))
    (here / "huge.yaml").write_text(QUARREL.replace("Will nothing come of this?", "x" * 5_000_000))
    for name, told in (("long.yaml", "20,000 characters"), ("huge.yaml", "too large")):
        done = type_in("run", name)
        assert (done.exit_code, told in done.output) == (1, True), done.output
    for text in ("[" * 100_000, '{"files": "' + "x" * 5_000_000 + '"}', " " * 40_000_000):
        (here / "r" / "manifest.json").write_text(text)
        assert type_in("report", "r").exit_code == 1


# ── Folders of others ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "words",
    [
        ("run", "short.yaml", "--worlds", "5"),
        ("compare", "short.yaml", "no_shock", "--worlds", "5"),
        SWEEP,
        ("calibrate", "base", "--jobs", "1"),
    ],
)
@pytest.mark.parametrize("name", ["index.md", "scenario.yaml", "tables/summary.csv", "parts/a.csv"])
def test_a_folder_that_is_not_ours_is_refused_before_the_work_and_stays_as_it_is(
    here: Path, words: tuple[str, ...], name: str
) -> None:
    mine = here / "mine" / name
    mine.parent.mkdir(parents=True)
    mine.write_text("mine")
    done = type_in(*words, "--out", "mine")
    assert done.exit_code == 1, done.output
    assert "--out takes another folder" in done.stderr
    assert [path for path in (here / "mine").rglob("*") if path.is_file()] == [mine]
    assert mine.read_text() == "mine"


@pytest.mark.parametrize("name", ["explain", "flips", "ablate"])
def test_a_page_and_pictures_of_somebody_else_stay(here: Path, name: str) -> None:
    (here / "why.html").write_text("<html>mine")
    words = {
        "explain": ("--actor", "IRN"),
        "flips": ("--outcome", "strike", "--worlds", "5", "--parameter", "RUS.israel_ties"),
        "ablate": ("--actor", "IRN", "--worlds", "2", "--outcome", "strike"),
    }[name]
    done = type_in(name, "short.yaml", *words, "--out", "why.html")
    assert (done.exit_code, "no page of realpolitik" in done.stderr) == (1, True), done.output
    (here / "other" / "pictures").mkdir(parents=True)
    (here / "other" / "pictures" / "mean.svg").write_text("mine")
    done = type_in(name, "short.yaml", *words, "--out", "other.html", "--svg")
    assert (done.exit_code, "other things" in done.stderr) == (1, True), done.output
    assert (here / "other" / "pictures" / "mean.svg").read_text() == "mine"


# ── What a kill leaves ───────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", VERBS)
def test_the_next_run_in_a_place_sweeps_up_what_a_kill_left(here: Path, kind: str) -> None:
    places = {
        "run": [here / "results" / "short", here / "r"],
        "study": [here / "s", here / "s" / "parts"],
        "comparison": [here / "k", here / "k" / "tables"],
    }
    for place in places[kind]:
        place.mkdir(parents=True, exist_ok=True)
        (place / ".unfinished-0123456789abcdef").write_text("half")
        (place / ".unfinished-abcdefgh" / "parts").mkdir(parents=True)
    assert tried(here, kind) == []
    if kind == "run":
        assert type_in("run", "short.yaml", "--worlds", "5", "--no-progress").exit_code == 0
    assert [left for place in places[kind] for left in place.glob(".unfinished-*")] == []
