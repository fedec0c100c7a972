"""The rule by which a claim holds, on intervals that are made up."""

import math

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from realpolitik.sim.claims.claim import EXPECTED, VERDICTS, Expected, Verdict
from realpolitik.sim.claims.verdict import joint, judge, reason
from realpolitik.sim.stats.intervals import Interval

NUMBERS = st.floats(-10, 10)
SIZES = st.floats(0, 5)
DIRECTIONS = st.sampled_from(("higher", "lower", "above", "below"))
NO_DIRECTION = st.sampled_from(("same", "within"))
TURNED: dict[Expected, Expected] = {
    "higher": "lower",
    "lower": "higher",
    "above": "below",
    "below": "above",
}


def made_up(low: float, high: float) -> Interval:
    """An interval with its middle."""
    return Interval((low + high) / 2, low, high)


INTERVALS = st.tuples(NUMBERS, NUMBERS).map(lambda ends: made_up(min(ends), max(ends)))


@pytest.mark.parametrize(
    ("low", "high", "expect", "by", "verdict"),
    [
        (0.1, 0.2, "higher", 0, "holds"),
        (0.1, 0.2, "higher", 0.1, "undecided"),
        (0.11, 0.2, "higher", 0.1, "holds"),
        (-0.1, 0.2, "higher", 0, "undecided"),
        (-0.2, -0.1, "higher", 0, "fails"),
        (-0.2, -0.1, "lower", 0, "holds"),
        (-0.05, 0.05, "higher", 0.1, "fails"),
        (0.01, 0.05, "higher", 0.1, "fails"),
        (0.0, 0.0, "higher", 0, "fails"),
        (0.0, 0.0, "lower", 0, "fails"),
        (-0.05, 0.05, "same", 0.1, "holds"),
        (-0.15, 0.05, "same", 0.1, "undecided"),
        (0.11, 0.2, "same", 0.1, "fails"),
        (-0.2, -0.11, "within", 0.1, "fails"),
    ],
)
def test_worked_cases(low: float, high: float, expect: Expected, by: float, verdict: str) -> None:
    assert judge(made_up(low, high), expect, by) == verdict


@given(interval=INTERVALS, expect=DIRECTIONS, by=SIZES)
def test_turning_effect_and_expectation_leaves_the_verdict(
    interval: Interval, expect: Expected, by: float
) -> None:
    turned = Interval(-interval.mean, -interval.high, -interval.low)
    assert judge(turned, TURNED[expect], by) == judge(interval, expect, by)


@given(interval=INTERVALS, expect=DIRECTIONS, by=SIZES)
@example(interval=made_up(0, 0), expect="higher", by=0)
def test_an_interval_that_contains_nothing_never_holds_where_a_difference_is_expected(
    interval: Interval, expect: Expected, by: float
) -> None:
    assume(interval.low <= 0 <= interval.high)
    assert judge(interval, expect, by) != "holds"


@given(interval=INTERVALS, expect=DIRECTIONS, by=SIZES)
def test_what_holds_one_way_fails_the_other(
    interval: Interval, expect: Expected, by: float
) -> None:
    if judge(interval, expect, by) == "holds":
        assert judge(interval, TURNED[expect], by) == "fails"


@given(interval=INTERVALS, expect=DIRECTIONS, by=SIZES)
def test_a_difference_that_holds_is_not_the_same(
    interval: Interval, expect: Expected, by: float
) -> None:
    if judge(interval, expect, by) == "holds":
        assert judge(interval, "same", by) == "fails"


@given(interval=INTERVALS, expect=st.sampled_from(EXPECTED), by=SIZES, share=st.floats(0, 1))
def test_more_worlds_never_turn_a_verdict_that_is_decided(
    interval: Interval, expect: Expected, by: float, share: float
) -> None:
    verdict = judge(interval, expect, by)
    width = interval.high - interval.low
    low = interval.low + share * width / 2
    narrower = made_up(low, max(low, min(interval.high, low + width / 2)))
    if verdict != "undecided":
        assert judge(narrower, expect, by) == verdict


@given(interval=INTERVALS, expect=NO_DIRECTION, by=SIZES, more=SIZES)
def test_a_wider_tolerance_never_makes_the_same_fail(
    interval: Interval, expect: Expected, by: float, more: float
) -> None:
    if judge(interval, expect, by) == "holds":
        assert judge(interval, expect, by + more) == "holds"


@given(interval=INTERVALS, expect=DIRECTIONS, by=SIZES, more=SIZES)
def test_a_larger_size_that_matters_never_makes_a_claim_hold(
    interval: Interval, expect: Expected, by: float, more: float
) -> None:
    if judge(interval, expect, by) != "holds":
        assert judge(interval, expect, by + more) != "holds"


@pytest.mark.parametrize("expect", EXPECTED)
def test_without_an_interval_nothing_is_decided(expect: Expected) -> None:
    nothing = Interval(0.3, math.nan, math.nan)
    assert judge(nothing, expect, 0.1) == "undecided"
    assert reason(nothing, expect, 0.1) == "too few worlds have a value"


@given(st.lists(st.sampled_from(("holds", "fails", "undecided"))))
def test_all_tests_of_a_claim_must_hold(verdicts: list[Verdict]) -> None:
    found = joint(verdicts)
    assert found in VERDICTS
    assert (found == "holds") == (set(verdicts) == {"holds"})
    assert (found == "fails") == ("fails" in verdicts)
    assert (found == "not testable") == (not verdicts)


def test_the_reason_says_where_the_interval_lies_and_where_it_should() -> None:
    interval = made_up(-0.031, -0.012)
    said = "the interval (−0.031 to −0.012) lies "
    assert reason(interval, "lower", 0.01) == said + "wholly below −0.01"
    assert reason(interval, "lower", 0.02) == said + "only partly below −0.02"
    assert reason(interval, "higher", 0) == said + "nowhere above 0"
    assert reason(interval, "below", 0) == said + "wholly below the level"
