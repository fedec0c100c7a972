"""Where an encoding lacks a character, ASCII stands for it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realpolitik.sim.cli.streams import encodable, stand_in

ROOT = Path(__file__).parents[2]


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
