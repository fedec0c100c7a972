import pandas as pd
import pytest

from realpolitik.sim.charts import (
    Sides,
    parting_weeks,
)
from realpolitik.sim.charts.partings import describe_parting, half_by
from realpolitik.sim.charts.style import words_of

SIDES = Sides({"a": "As it was", "b": "With words"}, "1,000 worlds each, seed 0")


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def parted(shares: list[float]) -> pd.DataFrame:
    table = pd.DataFrame({"week": range(len(shares)), "share": shares, "scenario": "b"})
    return table.assign(worlds=(1000 * table["share"]).round().astype(int))


def test_partings_say_how_many_pairs_they_are_of() -> None:
    rows = parted([0.2, 0.3, 0.2, 0.3]).assign(worlds=[20, 30, 20, 30])
    assert (
        "Shares are of 100 pairs whose deeds are known"
        in words_of(parting_weeks(rows, SIDES)).caption
    )


def test_week_by_which_half_have_parted_counts_all_pairs() -> None:
    assert half_by(parted([0.2, 0.3, 0.2, 0.3])) == 2
    assert half_by(parted([0.6, 0.2, 0.2])) == 0
    assert half_by(parted([1.0, 0.0])) == 0


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        (
            [0.2, 0.3, 0.2, 0.3],
            "by week 2 half of the histories have parted; in 20 of 100 worlds they never do",
        ),
        ([0.0, 1.0], "by week 1 half of the histories have parted; all do in the end"),
        ([1.0, 0.0], "most never part; in all 1,000 worlds they never do"),
    ],
)
def test_parting_is_said_in_weeks_and_worlds(shares: list[float], said: str) -> None:
    assert describe_parting(parted(shares)) == said


def test_partings_are_drawn_by_week_without_those_that_never_part() -> None:
    figure = parting_weeks(parted([0.2, 0.3, 0.2, 0.3]), SIDES)
    (bars,) = figure.data
    assert list(bars.y) == pytest.approx([30, 20, 30])
    assert words_of(figure).title == "Half of the histories have parted by week 2"
    assert "never 20.0 %" in plain(words_of(figure).alt)
