"""CSV that a spreadsheet does not run, and that is read back as it was."""

import ast
import io
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from realpolitik.sim.files.csv_text import csv_text, read_rows

SIM = Path(__file__).parents[2] / "sim"
FORMULAS = ["=cmd|'/C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "\t=1", "\r=1", "\n=1", "\uff1d1"]


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_text_begins_as_a_formula(formula: str) -> None:
    frame = pd.DataFrame({"label": [formula, "plain"], formula: [1, 2]})
    written = pd.read_csv(io.StringIO(csv_text(frame)))
    assert str(written.columns[1]).startswith("'")
    assert str(written["label"][0]).startswith("'")
    assert written["label"][1] == "plain"


def test_numbers_stay_numbers() -> None:
    frame = pd.DataFrame({"n": [-35, 2], "x": [-0.5, 1e-300], "mixed": [-1.5, "a"]})
    assert csv_text(frame) == "n,x,mixed\n-35,-0.5,-1.5\n2,1e-300,a\n"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1))
def test_texts_are_read_back_unchanged_but_for_the_kind_of_line_end(texts: list[str]) -> None:
    frame = pd.DataFrame({"text": texts, "number": 1})
    read = [row["text"] for row in read_rows(csv_text(frame))]
    assert read == [text.replace("\r\n", "\n").replace("\r", "\n") for text in texts]


def test_every_table_goes_this_way() -> None:
    strays = [
        f"{path.relative_to(SIM)}:{node.lineno}"
        for path in SIM.rglob("*.py")
        if path.name != "csv_text.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"to_csv", "to_excel", "DictWriter"}
    ]
    assert strays == []
