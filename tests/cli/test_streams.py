"""Standard output and error, whatever they are and whatever is printed on them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realpolitik.sim.cli import output
from realpolitik.sim.cli.streams import encodable, is_width, stand_in

ROOT = Path(__file__).parents[2]
GUARDED = "import sys; from realpolitik.sim.cli.streams import guard_streams; guard_streams()\n"
COMMAND = "from realpolitik.sim.cli import main; main()"


def done(script: str, *words: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    """What a script gives and says."""
    return subprocess.run(
        [sys.executable, "-c", script, *words],
        capture_output=True,
        check=False,
        timeout=120,
        env=os.environ | env,
    )


def sh(line: str, folder: Path, **env: str) -> subprocess.CompletedProcess[bytes]:
    """What a line of bash gives and says, in which `realpolitik` is the command."""
    command = f'realpolitik() {{ "{sys.executable}" -c "{COMMAND}" "$@"; }}\n'
    return subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}{line}"],
        cwd=folder,
        capture_output=True,
        check=False,
        timeout=300,
        env=os.environ | env,
    )


def test_whoever_prints_nothing_reaches_the_terminal_that_it_would_obey() -> None:
    script = "import warnings; warnings.warn('a\\x1b[2J'); print('b\\x9b\\u202e\\udcff')"
    found = done(GUARDED + script, PYTHONUTF8="1")
    assert found.stdout == rb"b\x9b\u202e\xff" + b"\n"
    assert rb"a\x1b[2J" in found.stderr


def test_colours_pass_and_nothing_else_with_them() -> None:
    script = (
        "from realpolitik.sim.cli.streams import styled\n"
        "styled(sys.stdout).write('\\x1b[1mbold\\x1b[0m \\x1b]0;title\\x07 \\u202e')"
    )
    found = done(GUARDED + script, PYTHONUTF8="1")
    assert found.stdout == b"\x1b[1mbold\x1b[0m " + rb"\x1b]0;title\x07 \u202e"


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&- <&-", "2>/dev/full", "2>&1 | head -1"])
@pytest.mark.parametrize(("words", "code"), [("--help", 0), ("run", 2)])
def test_streams_that_are_closed_change_no_exit_code(
    tmp_path: Path, closed: str, words: str, code: int
) -> None:
    found = sh(f"realpolitik {words} {closed}", tmp_path)
    assert found.returncode == code
    assert b"Traceback" not in found.stdout + found.stderr


def test_a_run_without_standard_error_leaves_all_that_it_should(tmp_path: Path) -> None:
    found = sh("realpolitik run no_shock --worlds 2 --out out 2>&- >&-", tmp_path)
    assert found.returncode == 0
    assert len(list(tmp_path.glob("out/report.html"))) == 1


@pytest.mark.parametrize(
    ("columns", "width"),
    [*((odd, 10_000) for odd in ("0", "-5", "abc", "", "9" * 5000)), ("1", 40), ("70", 70)],
)
def test_columns_count_where_they_are_a_width(
    monkeypatch: pytest.MonkeyPatch, columns: str, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert output.width() == width
    assert is_width(columns) is (width < 10_000)


def test_what_is_no_width_is_kept_from_libraries() -> None:
    script = "from rich.console import Console; print(Console(stderr=True).width)"
    assert done(GUARDED + script, COLUMNS="0").stdout == b"80\n"


def test_a_narrow_encoding_gets_look_alikes_and_whole_json(tmp_path: Path) -> None:
    scenario = tmp_path / "other.yaml"
    scenario.write_text("extends: no_shock\ntitle: “−1” × Ж\n", encoding="utf-8")
    line = "realpolitik compare no_shock other.yaml --worlds 2 --out c"
    table = sh(line, tmp_path, PYTHONIOENCODING="cp1252")
    told = sh(f"{line} --json", tmp_path, PYTHONIOENCODING="cp1252")
    assert table.returncode == told.returncode == 0, table.stderr + told.stderr
    assert r"“-1” × \u0416".encode("cp1252") in table.stdout
    assert b"?" not in table.stdout + table.stderr
    titles = [one["title"] for one in json.loads(told.stdout)["manifest"]["scenarios"]]
    assert titles[1] == "“−1” × Ж"


# ── Where an encoding lacks a character ──────────────────────────────────────────────


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("ascii", '-35.0 points, 2-3 x "a..."'),
        ("latin-1", '-35.0 points, 2-3 × "a..."'),
        ("cp1252", "-35.0 points, 2–3 × “a…”"),
        ("utf-8", "−35.0 points, 2–3 × “a…”"),
    ],
)
def test_only_what_the_encoding_lacks_is_replaced(encoding: str, shown: str) -> None:
    assert encodable("−35.0 points, 2–3 × “a…”", encoding) == shown


def test_every_sign_that_the_code_uses_has_a_look_alike() -> None:
    files = {*(ROOT / "sim").rglob("*.py")} - {ROOT / "sim" / "scenario" / "characters.py"}
    text = "".join(path.read_text(encoding="utf-8") for path in files)  # letters that look Latin
    signs = {sign for sign in set(text) if not sign.isascii()}
    assert {sign for sign in signs if "\\" in stand_in(sign)} == set()


@given(st.text(), st.sampled_from(["ascii", "latin-1", "cp1252", "cp437", "koi8-r", "utf-8"]))
def test_no_text_is_lost_in_a_question_mark(text: str, encoding: str) -> None:
    assert encodable(text, encoding).count("?") == text.count("?")
