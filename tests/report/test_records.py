import math
from typing import Any

import pytest

from realpolitik.sim.report.run.page import read_run
from realpolitik.sim.report.run.records import (
    read_base_rate,
    read_interval,
    read_outcome,
    read_shocks,
)


@pytest.mark.parametrize("name", ["mean", "share"])
def test_share_of_a_category_may_be_called_mean_or_share(name: str) -> None:
    assert read_interval({name: 0.4, "low": 0.3, "high": 0.5}).mean == 0.4


def test_null_is_read_as_no_number(samples: Any) -> None:
    found = read_outcome({**samples.outcome("x", "highest_rung", "rung", 5.0), "mean": None}, 26)
    assert math.isnan(found.average.mean)
    assert not found.seen


def test_outcome_without_label_is_called_by_its_name(samples: Any) -> None:
    found = read_outcome(samples.outcome("weeks_to_strike", "weeks_to", "weeks", 2.0, label=""), 26)
    assert found.label == "Weeks to strike"


def test_target_is_read_whatever_the_measure_calls_it(samples: Any) -> None:
    for field in ("on", "to", "toward"):
        outcome = samples.outcome("x", "act", "share", 0.5, by="AAA", **{field: "BBB"})
        assert read_outcome(outcome, 26).pair == ("AAA", "BBB")


def test_base_rate_of_a_number_of_cases_has_an_interval(samples: Any) -> None:
    known = read_base_rate(samples.base_rate(0.57, 393))
    unknown = read_base_rate(samples.base_rate(0.57, None))
    assert known is not None
    assert unknown is not None
    assert known.interval == pytest.approx((0.5207, 0.6180), abs=1e-3)
    assert all(map(math.isnan, unknown.interval))


@pytest.mark.parametrize("nothing", [None, {}, {"value": None}])
def test_no_base_rate_is_none(nothing: Any) -> None:
    assert read_base_rate(nothing) is None


def test_shock_is_called_by_its_name_in_the_spelling_of_its_note() -> None:
    shock = {"id": "us_aid_for_ukraine", "week": 3, "note": "The US sends aid to Ukraine."}
    found = read_shocks({"shocks": [shock]})[0]
    assert (found.label, found.week, found.felt_week) == ("US aid for Ukraine", 3, 3)


def test_weeks_without_value_are_left_out(sample: Any) -> None:
    sample.weeks.loc[sample.weeks["week"] == 2, "mean"] = float("nan")
    assert read_run(*sample.arguments()).weekly("strike")["week"].tolist()[:2] == [1, 3]
