import math
from typing import Any

import pandas as pd
import pytest

from realpolitik.sim.formatting.scales import capped
from realpolitik.sim.report.run.page import read_run
from realpolitik.sim.report.run.records import Run
from realpolitik.sim.report.run.tables import comparisons, frame_table, outcomes_table, span


def test_every_outcome_stands_in_the_table_in_order(run: Run) -> None:
    names = [row[0] for row in outcomes_table(run).rows]
    assert names == [capped(one.label, one.scale, run.horizon) for one in run.outcomes]


def test_shares_are_said_in_percent_and_have_no_median(run: Run) -> None:
    row = outcomes_table(run).rows[0]
    assert row[1:5] == ("share of worlds", "63.0\u00a0%", "60.0\u00a0% to 66.0\u00a0%", "–")


def test_the_record_of_weeks_is_said_to_be_a_median(run: Run) -> None:
    table = zip(run.outcomes, outcomes_table(run).rows, strict=True)
    records = {each.scale: row[-1] for each, row in table if each.base_rate}
    assert records == {"share": "0.0\u00a0%", "weeks": "median 1.0"}


def test_only_outcomes_with_a_base_rate_are_compared(run: Run) -> None:
    assert [each.label for each in comparisons(run)] == [
        outcome.label for outcome in run.outcomes if outcome.base_rate
    ]


@pytest.mark.parametrize(
    ("record", "verdict"),
    [
        (0.57, "the model lies above the record; its interval does not cover it"),
        (0.62, "the model’s interval covers the record"),
        (0.80, "the model lies below the record; its interval does not cover it"),
    ],
)
def test_verdict_says_whether_the_interval_covers_the_record(
    sample: Any, record: float, verdict: str
) -> None:
    sample.manifest["outcomes"][0]["base_rate"]["value"] = record
    assert comparisons(read_run(*sample.arguments()))[0].verdict == verdict


def test_outcome_without_value_is_not_compared(sample: Any) -> None:
    nothing = dict.fromkeys(("mean", "low", "high", "median", "q05", "q95"))
    sample.manifest["outcomes"][0] |= {**nothing, "n": 0}
    found = comparisons(read_run(*sample.arguments()))[0]
    assert (found.model, found.verdict) == ("–", "no value to compare")


def test_weeks_are_compared_by_their_middle_worlds(run: Run) -> None:
    weeks = next(each for each in comparisons(run) if each.label == "weeks_to")
    assert (weeks.model, weeks.record) == ("median week 2", "week 1")
    assert weeks.verdict == "the model’s range covers the record"


def test_range_without_ends_is_a_dash() -> None:
    assert span(math.nan, 1.0, "number") == "–"


def test_frame_becomes_text() -> None:
    frame = pd.DataFrame({"week": [1, 2], "value": [-0.5, math.nan]})
    assert frame_table(frame, ("Week", "Value"), digits=1).rows == [("1", "−0.5"), ("2", "–")]
