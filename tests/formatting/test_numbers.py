"""Numbers in words: shares, lists, Bayes factors."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realpolitik.sim.formatting.numbers import (
    TINY,
    factor_span,
    format_factor,
    frequency,
    in_worlds,
    in_worlds_each,
    listing,
    number,
    percent,
    possessive,
    sentence,
    short,
    short_percent,
)


@pytest.mark.parametrize(
    ("share", "worlds", "said"),
    [
        (0.63, 1000, "in 63 of 100 worlds"),
        (0.745, 1000, "in 75 of 100 worlds"),
        (0.002, 1000, "in 2 of 1,000 worlds"),
        (0.998, 1000, "in 998 of 1,000 worlds"),
        (0.0, 1000, "in none of 1,000 worlds"),
        (1.0, 1000, "in all 1,000 worlds"),
        (0.00002, 100_000, "in 2 of 100,000 worlds"),
        (0.5, 8, "in 4 of 8 worlds"),
        (1.0, 1, "in 1 of 1 world"),
        (0.0, 1, "in 0 of 1 world"),
        (math.nan, 1000, "in an unknown share of worlds"),
    ],
)
def test_share_is_said_as_natural_frequency(share: float, worlds: int, said: str) -> None:
    assert in_worlds(share, worlds) == said


@given(st.integers(1, 100_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_what_happens_sometimes_is_never_said_to_be_never_or_always(pair: tuple[int, int]) -> None:
    hits, worlds = pair
    found = frequency(hits / worlds, worlds)
    assert (found.count == 0) == (hits == 0)
    assert (found.count == found.of) == (hits == worlds)


def test_several_shares_name_their_whole_once() -> None:
    said = in_worlds_each([0.4, 0.2, 0.0, 0.002, 0.1], 1000)
    assert said == [
        "in 40 of 100 worlds",
        "in 20",
        "in none of 1,000 worlds",
        "in 2 of 1,000 worlds",
        "in 10 of 100 worlds",
    ]


@pytest.mark.parametrize(
    ("value", "said"), [(-0.251, "−0.25"), (1234.5, "1,234.50"), (-0.001, "0.00"), (math.nan, "–")]
)
def test_number_has_real_minus_and_no_minus_zero(value: float, said: str) -> None:
    assert number(value) == said


@pytest.mark.parametrize(
    ("value", "said"), [(12.3, "12"), (1.23, "1.2"), (0.05, ".05"), (0.001, TINY), (0, "")]
)
def test_cell_of_a_chart_is_short(value: float, said: str) -> None:
    assert short(value) == said


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.63, "63"), (0.004, "0.4"), (0.0001, "<0.1"), (0.9999, ">99.9"), (0, "0"), (1, "100")],
)
def test_label_of_a_line_is_short(share: float, said: str) -> None:
    assert short_percent(share) == said


def test_percent_does_not_break() -> None:
    assert percent(0.745) == "74.5\u00a0%"


def test_words_are_joined() -> None:
    assert listing(["a", "b", "c"]) == "a, b and c"
    assert listing(["a"]) == "a"
    assert possessive("Iran") == "Iran’s"
    assert possessive("the Houthis") == "the Houthis’"
    assert sentence("war breaks out") == "War breaks out."


@pytest.mark.parametrize(
    ("factor", "told"),
    [
        (4383.5, "4,400"),
        (12.3, "12"),
        (0.0812, "0.081"),
        (1.0, "1"),
        (2e9, "> 10,000"),
        (2e-9, "< 0.0001"),
        (float("nan"), "unknown"),
    ],
)
def test_factors_have_two_figures(factor: float, told: str) -> None:
    assert format_factor(factor) == told


def test_an_interval_that_does_not_exist_is_a_dash() -> None:
    assert factor_span(float("nan"), float("nan")) == "–"
    assert factor_span(0.5, 3.0) == "0.5 to 3"
