"""Tables that code and documents share: what is wrong in one is told with its file and line."""

from collections.abc import Callable
from importlib import resources
from pathlib import Path

import pytest

from realpolitik.sim.engine import parameters, world
from realpolitik.sim.engine.actions import read_actions
from realpolitik.sim.engine.tables import Row, TableError, read_table

ENGINE = "realpolitik.sim.engine"


def damaged(
    name: str, old: str, new: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Row, ...]:
    """The rows of one of our tables with a text in it replaced."""
    text = (resources.files(ENGINE) / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    monkeypatch.setattr(resources, "files", lambda _: folder)
    return read_table(ENGINE, name)


def read_constants(rows: tuple[Row, ...]) -> object:
    """The constants in these rows."""
    return [parameters.constant_of(row) for row in rows]


def read_quantities(rows: tuple[Row, ...]) -> object:
    """The quantities in these rows."""
    return [world.quantity_of(row) for row in rows]


CONSTANT = "precision,1/utility,5,10,15"
QUANTITY = "hostility,dyad,0,0.05,1,yes"
RATES = ",0.0033,0.013,0.033,"  # of appeal_for_calm


@pytest.mark.parametrize(
    ("name", "read", "old", "new", "told"),
    [
        ("constants.csv", read_constants, CONSTANT, "precision,1/utility,5,ten,15", "'ten'"),
        ("constants.csv", read_constants, CONSTANT, "precision,1/utility,5,nan,15", "'nan'"),
        ("constants.csv", read_constants, CONSTANT, "precision,1/utility,5,inf,15", "'inf'"),
        ("constants.csv", read_constants, CONSTANT, "precision,1/utility,5,25,15", "25"),
        ("constants.csv", read_constants, CONSTANT, "precision,1/utility,15,10,5", "15 to 5"),
        ("constants.csv", read_constants, CONSTANT, "precision,1/utility,-5,10,15", "-5 to 15"),
        ("constants.csv", read_constants, CONSTANT, "precision,1/utility,5", "cells"),
        ("quantities.csv", read_quantities, QUANTITY, "hostility,dyad,0,1.5,1,yes", "1.5"),
        ("quantities.csv", read_quantities, QUANTITY, "hostility,pair,0,0.5,1,yes", "'pair'"),
        ("actions.csv", read_actions, RATES, ",0.0033,nan,0.033,", "'nan'"),
        ("actions.csv", read_actions, RATES, ",-0.01,0.013,0.033,", "-0.01"),
        ("actions.csv", read_actions, RATES, ",0.0033,0.2,0.033,", "0.2"),
        ("actions.csv", read_actions, "words,appeal", "talk,appeal", "'talk'"),
    ],
)
def test_a_faulty_number_is_told_with_its_file_and_line(
    name: str,
    read: Callable[[tuple[Row, ...]], object],
    old: str,
    new: str,
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(TableError) as caught:
        read(damaged(name, old, new, tmp_path, monkeypatch))
    assert str(caught.value).startswith(f"realpolitik/sim/engine/{name}:2: ")
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_column_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = damaged("constants.csv", "default", "Default", tmp_path, monkeypatch)
    with pytest.raises(TableError, match="'default' is missing"):
        read_constants(rows)


def test_a_table_that_is_no_text_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "constants.csv").write_bytes(b"\xff\xfe\x00")
    monkeypatch.setattr(resources, "files", lambda _: tmp_path)
    with pytest.raises(TableError, match=r"constants\.csv: no CSV"):
        read_table(ENGINE, "constants.csv")


def test_a_mark_of_byte_order_does_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = damaged("constants.csv", "name,", "\ufeffname,", tmp_path, monkeypatch)
    assert rows == read_table(ENGINE, "constants.csv")
    assert rows[0]["name"] == "precision"
