"""What adds to forecasts is found where the model itself made the weeks."""

import pandas as pd
import pytest

from realpolitik.sim.record.adds import LEVELS, what_adds
from realpolitik.sim.record.weekly import Record
from tests.made_up_record import drawn_records, quiet

SCENARIO = quiet()
STRONG = {f"{code}.momentum": 0.4 for code in SCENARIO.actors}


@pytest.fixture(scope="module")
def records() -> list[Record]:
    """Two worlds of actors that go on with what they do."""
    return [*drawn_records(90, 2, STRONG)]


@pytest.fixture(scope="module")
def table(records: list[Record]) -> pd.DataFrame:
    """What adds to the second, fitted to the first."""
    earlier, later = records
    return what_adds(earlier, later, SCENARIO)


def test_each_kind_of_number_has_a_row(table: pd.DataFrame) -> None:
    assert tuple(table["numbers"]) == LEVELS
    assert table["score"].between(0, 5).all()


def test_differences_are_those_of_the_scores(table: pd.DataFrame) -> None:
    assert table["difference"][1:].tolist() == pytest.approx(table["score"].diff()[1:].tolist())
    assert table[["difference", "low", "high"]].iloc[0].isna().all()


def test_momentum_adds_where_it_made_the_weeks(table: pd.DataFrame) -> None:
    memory = table.set_index("numbers").loc["memory"]
    assert memory["low"] <= memory["difference"] <= memory["high"] < 0


def test_later_weeks_of_nobody_are_refused(records: list[Record]) -> None:
    empty = Record(records[1].weeks, records[1].actors, records[1].acts.head(0))
    with pytest.raises(ValueError, match="no choice in common"):
        what_adds(records[0], empty, SCENARIO)
