"""--png, --svg and --pdf: what is drawn, where it goes, what it leaves alone."""

import re
import struct
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from realpolitik.sim import image_export
from realpolitik.sim.cli.commands import cli
from realpolitik.sim.cli.images import credit_of_run, credit_of_study
from realpolitik.sim.cli.options import FORMATS
from realpolitik.sim.documents.html_page import render
from realpolitik.sim.documents.run import run_document
from realpolitik.sim.experiments.run_folder import Run, read_run
from realpolitik.sim.image_export import (
    CHOICE,
    Drawing,
    Format,
    NoBrowserError,
    find_browser,
)

SCENARIO = """\
title: Will nothing come of this?
question: What comes of it?
start: 2024-08-05
weeks: 3
actors: [RUS, USA, IRN, ISR]
outcomes:
  strike: {measure: direct_strike, by: IRN, target: ISR}
  peak: {measure: highest_rung}
"""


def tiny_png() -> bytes:
    """A PNG of one white pixel."""
    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0\xff\xff\xff")), (b"IEND", b"")]
    packed = [
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Drawing]:
    """What would have been drawn: a pixel stands for each picture."""
    seen = list[Drawing]()

    def draw(drawings: Sequence[Drawing], browser: Path) -> list[bytes]:
        seen.extend(drawings)
        return [tiny_png()] * len(drawings)

    monkeypatch.setattr(image_export, "draw", draw)
    monkeypatch.setenv(CHOICE, "true")
    return seen


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a short scenario, in which the command is typed."""
    (tmp_path / "short.yaml").write_text(SCENARIO, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def type_in(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, [*map(str, words)])


def well(*words: str | Path) -> Result:
    done = type_in(*words)
    assert done.exit_code == 0, done.output
    return done


RUN = ("run", "short.yaml", "--worlds", "20")
SWEEP = ("sweep", "short.yaml", "--set", "RUS.israel_ties=0,0.4", "--worlds", "20", "--out", "s")


def the_run(here: Path) -> Path:
    (folder,) = (here / "results" / "short").iterdir()
    return folder


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


# ── Runs ─────────────────────────────────────────────────────────────────────────────


def test_a_run_is_drawn_into_its_folder(here: Path, drawn: list[Drawing]) -> None:
    told = well(*RUN, "--png", "--pdf").stderr
    pictures = the_run(here) / "pictures"
    assert {"shares.png", "shares.pdf", "rungs.png"} <= names_in(pictures)
    assert f"{len(drawn)} pictures in {pictures.relative_to(here)}" in told
    assert {each.format for each in drawn} == {"png", "pdf"}


def test_there_is_an_option_for_every_format() -> None:
    assert get_args(Format) == FORMATS


def test_without_an_option_nothing_is_drawn(here: Path, drawn: list[Drawing]) -> None:
    well(*RUN)
    assert not (the_run(here) / "pictures").exists()
    assert drawn == []


@pytest.mark.drawn
def test_pictures_are_the_charts_of_the_report_under_the_names_they_have_there(here: Path) -> None:
    well(*RUN)
    document = run_document(read_run(the_run(here)))
    ids = re.findall(r'<div id="chart-([\w-]+)"', render(document))
    assert sorted(document.figures()) == sorted(ids)


@pytest.mark.drawn
def test_pictures_of_a_full_run_are_all_the_charts_of_its_report(
    here: Path, drawn: list[Drawing]
) -> None:
    well(*RUN, "--full", "--svg", "--no-progress")
    page = (the_run(here) / "report.html").read_text(encoding="utf-8")
    ids = re.findall(r'<div id="chart-([\w-]+)"', page)
    assert {"shares", "weeks-1"} <= set(ids)
    assert names_in(the_run(here) / "pictures") == {f"{name}.svg" for name in ids}


def test_pictures_leave_the_manifest_of_a_run_as_it_is(here: Path, drawn: list[Drawing]) -> None:
    well(*RUN)
    before = (the_run(here) / "manifest.json").read_bytes()
    told = well("report", the_run(here), "--svg")
    assert told.stdout == f"{the_run(here) / 'report.html'}\n"
    assert (the_run(here) / "manifest.json").read_bytes() == before
    well("report", the_run(here))


def test_pictures_of_charts_that_are_gone_go_and_other_formats_stay(
    here: Path, drawn: list[Drawing]
) -> None:
    well(*RUN, "--svg")
    pictures = the_run(here) / "pictures"
    for name in ("gone.png", "gone.svg", "notes.txt"):
        (pictures / name).write_bytes(b"old")
    well("report", the_run(here), "--png")
    assert {"gone.svg", "notes.txt", "shares.svg", "shares.png"} <= names_in(pictures)
    assert "gone.png" not in names_in(pictures)


# ── Studies ──────────────────────────────────────────────────────────────────────────


def test_a_study_is_drawn_beside_what_its_manifest_lists(here: Path, drawn: list[Drawing]) -> None:
    well(*SWEEP)
    before = (here / "s" / "manifest.json").read_bytes()
    well(*SWEEP, "--png")
    assert "curves-1.png" in names_in(here / "s" / "pictures")
    well("report", "s", "--svg")
    assert "curves-1.svg" in names_in(here / "s" / "pictures")
    assert (here / "s" / "manifest.json").read_bytes() == before


def test_pictures_of_a_study_go_when_it_is_extended(here: Path, drawn: list[Drawing]) -> None:
    well(*SWEEP, "--png")
    well("sweep", "s", "--worlds", "30", "--extend")
    assert not (here / "s" / "pictures").exists()


# ── Where nothing can draw ───────────────────────────────────────────────────────────


@pytest.mark.parametrize("words", [RUN, SWEEP])
def test_a_missing_browser_is_told_before_anything_is_run(
    here: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv(CHOICE, raising=False)
    done = type_in(*words, "--png")
    assert done.exit_code == 1
    assert done.stderr.startswith("pictures need Chromium")
    assert "apt-get install chromium" in done.stderr
    assert names_in(here) == {"short.yaml"}


# ── Credits ──────────────────────────────────────────────────────────────────────────


def test_the_credit_of_a_run_says_what_repeats_it() -> None:
    manifest = {"tool": {"version": "1.2"}, "scenario": {"name": "x"}, "seed": 3, "worlds": 1000}
    expected = "realpolitik 1.2 · x · seed 3 · 1,000 worlds · a model, not a forecast"
    frames = (pd.DataFrame(),) * 4
    assert credit_of_run(Run(Path(), manifest, *frames)) == expected


def test_the_credit_of_a_study_says_that_worlds_are_those_of_a_point() -> None:
    study = {"version": "1.2", "name": "s", "scenario": {"name": "x"}, "seed": 3, "worlds": 40}
    assert credit_of_study(study | {"until": None}) == (
        "realpolitik 1.2 · s (x) · seed 3 · 40 worlds a point · a model, not a forecast"
    )
    assert "40 worlds a point and more" in credit_of_study(study | {"until": {"most": 90}})


def test_every_picture_is_signed(here: Path, drawn: list[Drawing]) -> None:
    well(*RUN, "--png")
    assert all("short · seed 0 · 20 worlds" in str(each.figure.to_dict()) for each in drawn)


# ── In truth ─────────────────────────────────────────────────────────────────────────


def test_a_run_is_drawn(here: Path) -> None:
    try:
        find_browser()
    except NoBrowserError as error:
        pytest.skip(str(error))
    well(*RUN, "--png")
    for path in (the_run(here) / "pictures").iterdir():
        assert path.read_bytes().startswith(b"\x89PNG")
        assert path.stat().st_size > 10_000
