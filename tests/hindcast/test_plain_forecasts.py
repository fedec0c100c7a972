"""The simplest rivals: the record, and the logistic model fitted around each case."""

from typing import Any

import numpy as np
import pytest
from scipy.optimize import approx_fprime

from realpolitik.sim.hindcast.cases import (
    base_rate_forecast,
    grades_of_record,
    has_record,
    reference_class,
    shipped_cases,
    shortened,
    uniform_forecast,
    whole_crisis_forecast,
)
from realpolitik.sim.hindcast.forecasts import (
    COVARIATES,
    PRIOR_SD,
    covariates,
    fit,
    log_score,
    logistic_forecast,
    tempered,
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


# ── The logistic model ───────────────────────────────────────────────────────────────


def test_it_has_three_covariates_read_off_the_situation(small: Any) -> None:
    more = "initial: {embargo: {IRN: 1}, flow: {IRN-RUS: 0.4}}\n"
    arms = small.case(outcome="arms", observed=True, more=more)
    assert len(COVARIATES) == 3
    assert covariates(arms) == pytest.approx([1, 1, 0.4])
    assert covariates(small.case(more=more)) == pytest.approx([0, 1, 0.4])
    assert covariates(small.case(outcome="deaths", observed=False)) == pytest.approx([0, 0, 0])


def test_without_cases_to_learn_from_it_is_the_base_rate(small: Any) -> None:
    case = small.case()
    assert fit([]) == pytest.approx(np.zeros(4))
    expected = tempered(base_rate_forecast(case))
    assert logistic_forecast(case, []) == pytest.approx(expected)


def test_a_case_is_left_out_when_it_is_forecast(small: Any) -> None:
    others = [small.case(f"o{place}", outcome="strike", observed=True) for place in range(3)]
    forecasts = [
        logistic_forecast(one, [*others, one])
        for one in (small.case("x", observed=0), small.case("x", observed=6))
    ]
    assert forecasts[0] == pytest.approx(forecasts[1])


def test_cases_of_the_same_crisis_are_left_out_too(small: Any) -> None:
    crisis = "  crisis: One\n"
    known = [small.case(f"o{n}", crisis, outcome="arms", observed=True) for n in range(5)]
    fresh = small.case("fresh", crisis, outcome="strike", observed=True)
    assert logistic_forecast(fresh, known) == pytest.approx(logistic_forecast(fresh, []))


def test_the_same_act_under_another_name_is_left_out(small: Any) -> None:
    known = [small.case(f"o{n}", outcome="strike", observed=True) for n in range(5)]
    fresh = small.case("fresh", outcome="strike", observed=True)
    assert logistic_forecast(fresh, known) == pytest.approx(logistic_forecast(fresh, []))


def test_it_learns_what_the_cases_have_in_common(small: Any) -> None:
    known = [small.case(f"o{place}", outcome="arms", observed=True) for place in range(8)]
    fresh = small.case("fresh", outcome="strike", observed=True)
    assert logistic_forecast(fresh, known)[1] > base_rate_forecast(fresh)[1] + 0.1


def test_forecasts_of_grades_are_distributions(small: Any) -> None:
    found = logistic_forecast(small.case(), shipped_cases())
    assert found.sum() == pytest.approx(1)
    assert (found > 0).all()


def test_coefficients_are_those_of_highest_posterior_density(small: Any) -> None:
    """At them the slope of the density vanishes, computed from forecasts alone."""
    cases = [
        small.case("a", outcome="strike", observed=True, certainty=0.9),
        small.case("b", outcome="strike", observed=True),
        small.case("c", observed=2, certainty=0.5),
    ]
    best = fit(cases)

    def density(coefficients: Any) -> float:
        shifted = -0.5 * float(np.sum((coefficients / PRIOR_SD) ** 2))
        for case in cases:
            chance = _by_hand(case, coefficients)
            shifted -= case.certainty * log_score(chance, case.observed)
        return shifted

    assert approx_fprime(best, density, 1e-6) == pytest.approx(np.zeros(4), abs=1e-3)


def _by_hand(case: Any, coefficients: Any) -> Any:
    reached = 1 - np.cumsum(tempered(base_rate_forecast(case)))[:-1]
    odds = reached / (1 - reached) * np.exp(coefficients[0] + coefficients[1:] @ covariates(case))
    ends = np.concatenate(([1.0], odds / (1 + odds), [0.0]))
    return ends[:-1] - ends[1:]
