"""Base rates: of the record of crises, and of answers to earlier triggers."""

from typing import Any

import numpy as np
import pytest

from realpolitik.sim.hindcast.base_rates import (
    RECORD_WEIGHT,
    EarlierAnswers,
    base_rate_forecast,
    grades_of_record,
    has_record,
    reference_class,
    shortened,
    uniform_forecast,
    whole_crisis_forecast,
)

# ── The record ───────────────────────────────────────────────────────────────────────


def test_grades_of_the_record_worked_by_hand() -> None:
    # 8, 13, 2 and 0 of 23 crises, and half a crisis more in each of the four classes.
    found = grades_of_record("RUS")
    assert found == pytest.approx(
        np.array([8.5, 13.5 / 2, 13.5 / 2, 2.5 / 3, 2.5 / 3, 2.5 / 3, 0.5]) / 25
    )


def test_a_yes_or_no_has_the_base_rate_that_its_outcome_names(small: Any) -> None:
    case = small.case(outcome="strike", observed=True)
    assert whole_crisis_forecast(case) == pytest.approx([0.43, 0.57])
    assert has_record(case)


def test_a_short_window_has_its_part_of_the_rate_of_a_crisis(small: Any) -> None:
    part = 2 / 7.4  # two weeks of a median crisis
    strike = small.case(outcome="strike", observed=True)
    assert base_rate_forecast(strike) == pytest.approx([0.43**part, 1 - 0.43**part])
    helped = small.case()
    reached = 1 - np.cumsum(base_rate_forecast(helped))[:-1]
    whole = 1 - np.cumsum(grades_of_record("RUS"))[:-1]  # type: ignore[arg-type]
    assert reached == pytest.approx(1 - (1 - whole) ** part)
    assert reference_class(strike) == "violent_response, 2 of 7.4 weeks"


def test_a_window_of_the_whole_crisis_or_longer_has_its_whole_rate() -> None:
    forecast = np.array([0.2, 0.5, 0.3])
    for part in (1, 3.5):
        assert shortened(forecast, part) == pytest.approx(forecast)
    assert shortened(shortened(forecast, 0.5), 0.5) == pytest.approx(shortened(forecast, 0.25))


def test_a_borrowed_base_rate_is_called_so(small: Any) -> None:
    case = small.case("x", "  base_rate_borrowed: true\n")
    assert reference_class(case).endswith(", borrowed")


@pytest.mark.parametrize(
    ("outcome", "observed"), [("arms", True), ("deals", False), ("iranian_help", 2)]
)
def test_where_the_record_has_nothing_the_base_rate_is_even(
    small: Any, outcome: str, observed: Any
) -> None:
    case = small.case(outcome=outcome, observed=observed)
    assert not has_record(case)
    assert base_rate_forecast(case) == pytest.approx(uniform_forecast(case))


# ── Answers to earlier triggers ──────────────────────────────────────────────────────


def earlier(small: Any) -> tuple[EarlierAnswers, Any]:
    """Answers to three triggers of 2020, and a case of the summer after the first two."""
    answers = [
        *small.trigger("a", start="2020-01-03", first="2020-01-09"),
        *small.trigger("b", start="2020-03-02", first="never"),
        *small.trigger("c", start="2020-11-02", first="2020-11-03"),
    ]
    case = small.trigger("d", start="2020-06-01", first="2020-06-02")[0]
    return EarlierAnswers([*answers, case]), case


def test_only_windows_that_had_ended_before_are_known(small: Any) -> None:
    answers, case = earlier(small)
    assert [one.name for one in answers.known(case)] == ["a/victim_strikes/1", "b/victim_strikes/1"]
    (eight,) = [one for one in small.trigger("e", start="2020-04-06") if one.weeks == 8]
    assert [one.name for one in answers.known(eight)] == ["a/victim_strikes/8"]


def test_the_share_of_yes_is_shrunk_toward_the_record(small: Any) -> None:
    # Two known answers of certainty .9, one a yes; the record weighs as much as two answers.
    answers, case = earlier(small)
    record = base_rate_forecast(case)
    yes = (RECORD_WEIGHT * record[1] + 0.9) / (RECORD_WEIGHT + 1.8)
    assert answers.forecast(case) == pytest.approx([1 - yes, yes])
    assert answers.reference_class(case) == "1 yes of 2 earlier"


def test_the_first_has_nothing_but_the_record(small: Any) -> None:
    answers, _ = earlier(small)
    first = small.trigger("a")[0]
    assert answers.forecast(first) == pytest.approx(base_rate_forecast(first))


def test_a_single_choice_has_the_record_alone(small: Any) -> None:
    case = small.case(outcome="strike", observed=True)
    answers, _ = earlier(small)
    assert answers.forecast(case) == pytest.approx(base_rate_forecast(case))
    assert answers.reference_class(case) == reference_class(case)
