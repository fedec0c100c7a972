import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realpolitik.sim.formatting.markdown import escaped, table

BAR = re.compile(r"(?<!\\)\|")
CELLS = st.lists(st.text(st.characters(codec="ascii", exclude_characters="\\")), max_size=4)


@given(CELLS)
def test_whatever_a_cell_holds_the_columns_stay_as_many(cells: list[str]) -> None:
    lines = table([""] * len(cells), [cells, [escaped(one) for one in cells]]).split("\n")
    assert len(lines) == 4
    assert len({len(BAR.findall(line)) for line in lines}) == 1


def test_markdown_in_a_cell_stays_markdown() -> None:
    assert table(("A", "B"), [("**a**", "`b|c`")]) == "\n".join(
        ["| A | B |", "| --- | --- |", r"| **a** | `b\|c` |"]
    )


def test_columns_of_numbers_stand_flush_right() -> None:
    assert table(("A", "B"), [], right={1}).split("\n")[1] == "| --- | ---: |"


def test_escaped_text_is_shown_as_it_stands() -> None:
    assert escaped("a|b *c* [d]") == r"a\|b \*c\* \[d\]"
    assert table(("A",), [(escaped("a|b"),)]).endswith(r"| a\|b |")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x0b"])
def test_a_line_break_in_a_text_breaks_no_line(end: str) -> None:
    assert escaped(f"a{end}b") == "a b"
    assert table(("Head",), [(f"a{end}b",)]).splitlines()[-1] == "| a b |"
