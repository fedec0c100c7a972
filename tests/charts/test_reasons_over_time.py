import pandas as pd

from realpolitik.sim.charts.reasons_over_time import MOST, reasons_over_time
from realpolitik.sim.charts.style import words_of


def weekly(*levels: float, slope: float = 0.0, weeks: int = 4) -> pd.DataFrame:
    rows = [
        {"week": week, "reason": f"reason {n}", "mean": level + slope * (week - 1), "n": 100}
        for n, level in enumerate(levels)
        for week in range(1, weeks + 1)
    ]
    table = pd.DataFrame(rows, columns=["week", "reason", "mean", "n"])
    return table.assign(low=table["mean"] - 0.1, high=table["mean"] + 0.1)


def names(table: pd.DataFrame) -> list[str]:
    figure = reasons_over_time(table, "Russia sends arms", "holds", "100 worlds.")
    return [trace.name for trace in figure.data if trace.name]


def test_strongest_have_lines_and_the_rest_is_one() -> None:
    table = weekly(*(0.1 * n for n in range(MOST + 3)))
    assert names(table) == [*(f"reason {n}" for n in range(7, 2, -1)), "2 weaker together"]


def test_rest_is_the_sum_of_what_has_no_line() -> None:
    figure = reasons_over_time(weekly(3, 3, 3, 3, 3, -1, 0.25), "It", "that", "n.")
    rest = next(trace for trace in figure.data if trace.name == "2 weaker together")
    assert list(rest.y) == [-0.75] * 4


def test_reasons_that_add_nothing_have_no_line() -> None:
    assert names(weekly(1.0, 0.0)) == ["reason 0"]


def test_every_line_has_its_name_beside_it() -> None:
    figure = reasons_over_time(weekly(1.0, -1.0), "It", "that", "n.")
    assert [note.text for note in figure.layout.annotations] == ["reason 0", "reason 1"]


def test_title_says_where_the_strongest_goes() -> None:
    title = words_of(reasons_over_time(weekly(1.0, slope=0.5), "It", "that", "n.")).title
    assert title == (
        "It: reason 0 speaks most strongly for it, from +1.00 in the first week to +2.50 in the "
        "last"
    )
    level = words_of(reasons_over_time(weekly(-1.0), "It", "that", "n.")).title
    assert level == "It: reason 0 speaks most strongly against it, about −1.00 throughout"


def test_no_reason_is_told_of_too() -> None:
    words = words_of(reasons_over_time(weekly(0.0), "It", "that", "n."))
    assert "no reason" in words.title
