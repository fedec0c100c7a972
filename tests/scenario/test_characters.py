"""What a terminal would obey, or not show, is made visible."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realpolitik.sim.scenario.characters import on_one_line, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", r"\x1b[31mred"),
        ("\x9b31m", r"\x9b31m"),
        ("\x7f", r"\x7f"),
        ("a\rb", r"a\rb"),
        ("\u202eevil", r"\u202eevil"),
        ("\u200f\u200e\u061c", r"\u200f\u200e\u061c"),
        ("\u2028", r"\u2028"),
        ("\u00ad\u200b\ufeff", r"\xad\u200b\ufeff"),
        ("\U000e0041", r"\U000e0041"),
        ("caf\udce9.yaml", r"caf\xe9.yaml"),
        ("\ud800", r"\ud800"),
    ],
)
def test_what_a_terminal_would_obey_or_hide_is_shown(text: str, shown: str) -> None:
    assert visible(text) == on_one_line(text) == shown


@pytest.mark.parametrize(
    "text", ["Хания", "hostilité − 0.5 × 3 …", "می\u200cخواهم", "a\u00a0b", "🕊"]
)
def test_letters_signs_and_joiners_stay(text: str) -> None:
    assert visible(text) == on_one_line(text) == text


@given(st.text())
def test_a_line_stays_one_line_and_a_text_keeps_its_lines(text: str) -> None:
    assert len(on_one_line(text).splitlines()) <= 1
    assert visible(text).count("\n") == text.count("\n")
