"""Lines, texts and JSON on standard output."""

import ast
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from realpolitik.sim.cli.exits import InputError
from realpolitik.sim.cli.output import pairs, say, say_json, say_text, show, table

CLI = Path(__file__).parents[2] / "sim" / "cli"
HOSTILE = "a\x1b[31m\x9b\u202e\nFolder  /etc\r\udcff"
SHOWN = r"a\x1b[31m\x9b\u202e\nFolder  /etc\r\xff"


def test_a_line_that_is_said_stays_one(capsys: pytest.CaptureFixture[str]) -> None:
    say(HOSTILE)
    InputError(HOSTILE).show()
    assert capsys.readouterr() == (f"{SHOWN}\n", f"{SHOWN}\n")


def test_text_in_blocks_and_cells_stays_where_it_belongs(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show(HOSTILE, table(("Head",), [(HOSTILE,)]), pairs([(HOSTILE, "x")]))
    lines = capsys.readouterr().out.splitlines()
    assert [line.strip() for line in lines if "Folder" in line] == [SHOWN, SHOWN, f"{SHOWN}  x"]
    assert len(lines) == 5


def test_a_text_keeps_its_lines(capsys: pytest.CaptureFixture[str]) -> None:
    say_text("a: 1\nb: \x1b\n")
    assert capsys.readouterr().out == "a: 1\nb: \\x1b\n"


TEXT = st.text(st.characters(), max_size=8)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(st.dictionaries(TEXT, TEXT | st.floats(allow_nan=False, allow_infinity=False)))
def test_json_is_read_back_as_it_was(
    capsys: pytest.CaptureFixture[str], value: dict[str, Any]
) -> None:
    say_json({**value, "none": float("nan"), "control": "\x9b\u202e\x1b\udcff"})
    text = capsys.readouterr().out
    assert json.loads(text) == {**value, "none": None, "control": "\x9b\u202e\x1b\udcff"}
    assert not {"\x9b", "\u202e", "\x1b", "\udcff"} & set(text)


def test_nothing_else_of_the_command_writes_on_the_streams() -> None:
    ours = {"output.py", "exits.py", "streams.py"}
    written = [
        f"{path.relative_to(CLI)}:{node.lineno}"
        for path in CLI.rglob("*.py")
        if path.relative_to(CLI).as_posix() not in ours | {"__init__.py"}
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func)
        in {"print", "click.echo", "sys.stdout.write", "sys.stderr.write", "sys.stdout.writelines"}
    ]
    assert written == []
