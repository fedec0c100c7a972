import pandas as pd
import pytest

from realpolitik.sim.charts.reasons import (
    MOST,
    MOST_LINES,
    format_odds,
    reasons_over_time,
    signed,
    waterfall,
)
from realpolitik.sim.charts.style import words_of

DEED, OTHER, SAMPLE = "Russia sends arms", "leaves supplies as they are", "One world."


def terms(*gains: float, usual: float = 0.0) -> pd.DataFrame:
    reasons = [f"reason {n}" for n in range(len(gains))]
    names = ["base rate", "ordinary weeks", *reasons, "in all"]
    steps = [-4.0, usual, *gains]
    return pd.DataFrame({"term": names, "log_odds": [*steps, sum(steps)]})


def drawn(table: pd.DataFrame) -> list[str]:
    notes = waterfall(table, DEED, OTHER, SAMPLE).layout.annotations
    return [note.text for note in notes if note.text]


def test_strongest_reason_comes_first_whatever_its_sign() -> None:
    assert drawn(terms(0.5, -2.0, 1.0)) == [
        "base rate <b>−4.00</b>",
        "reason 1 <b>−2.00</b>",
        "reason 2 <b>+1.00</b>",
        "reason 0 <b>+0.50</b>",
        "in all <b>−4.50</b>",
    ]


def test_what_is_usual_is_taken_off_after_the_base_rate_and_is_no_reason() -> None:
    table = terms(0.5, usual=-1.5)
    assert drawn(table)[:3] == [
        "base rate <b>−4.00</b>",
        "ordinary weeks <b>−1.50</b>",
        "reason 0 <b>+0.50</b>",
    ]
    figure = waterfall(table, DEED, OTHER, SAMPLE)
    assert words_of(figure).title == "Russia sends arms: reason 0 speaks most for it (+0.50)"
    assert {trace.name: list(trace.x) for trace in figure.data if trace.name} == {
        "speaks for it": [-5.0]
    }
    start = next(trace for trace in figure.data if trace.type == "bar" and len(trace.x) == 2)
    assert (list(start.base), list(start.x)) == ([0.0, -4.0], [-4.0, -1.5])


def test_each_step_begins_where_the_one_before_ended() -> None:
    figure = waterfall(terms(1.0, -0.5), DEED, OTHER, SAMPLE)
    points = [trace for trace in figure.data if trace.name]
    ends = {trace.name: list(trace.x) for trace in points}
    assert ends == {"speaks for it": [-3.0], "speaks against it": [-3.5]}


def test_directions_differ_by_more_than_colour() -> None:
    figure = waterfall(terms(1.0, -0.5), DEED, OTHER, SAMPLE)
    assert len({trace.marker.symbol for trace in figure.data if trace.name}) == 2
    assert {trace.marker.pattern.shape for trace in figure.data if trace.type == "bar"} >= {"/"}


def test_title_names_the_strongest_on_each_side() -> None:
    title = words_of(waterfall(terms(0.5, -2.0, 1.0), DEED, OTHER, SAMPLE)).title
    assert title == (
        "Russia sends arms: reason 2 speaks most for it (+1.00), reason 1 most against it (−2.00)"
    )


def test_without_reasons_the_title_says_so() -> None:
    words = words_of(waterfall(terms(), DEED, OTHER, SAMPLE))
    assert words.title == "Russia sends arms: no reason speaks for it or against it"


def test_weaker_reasons_are_summed_and_silent_ones_counted() -> None:
    table = terms(*(0.1 * n for n in range(MOST + 4)), 0.001)
    shown = drawn(table)
    assert len(shown) == MOST + 3
    assert shown[-2] == "3 weaker reasons together <b>+0.60</b>"
    caption = words_of(waterfall(table, DEED, OTHER, SAMPLE)).caption
    assert "2 reasons add next to nothing." in caption


@pytest.mark.parametrize(
    ("log_odds", "said"),
    [
        (0.0, "about as likely as"),
        (0.6931, "2.0 times more likely than"),
        (-3.31, "27 times less likely than"),
        (float("nan"), "not to be compared with"),
    ],
)
def test_odds_are_said_in_times(log_odds: float, said: str) -> None:
    assert format_odds(log_odds) == said


def test_signs_are_real_ones() -> None:
    assert [signed(value) for value in (1.234, -0.5, 0.0)] == ["+1.23", "−0.50", "0.00"]


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
    table = weekly(*(0.1 * n for n in range(MOST_LINES + 3)))
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
