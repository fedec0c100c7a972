"""What an estimate is from, and what it speaks for."""

from pathlib import Path

import pandas as pd
import pytest

from realpolitik.sim.files.json_text import RecordError
from realpolitik.sim.record.estimate import WEIGHT_COLUMNS, Estimate
from realpolitik.sim.record.estimated import Estimated, estimate_files
from tests.made_up_record import quiet, record_of

ACTS = [(0, "RUS", "USA", "denounce")]
ROWS = [
    ("RUS.momentum", 0.3, 0.2, 0.4, 0.05, 0.2, 0.0, 0.5, True),
    ("RUS.cost", -0.3, -0.4, -0.2, 0.05, -0.2, -0.5, 0.0, True),
    ("USA.reaction", 0.1, 0.0, 0.3, 0.1, 0.2, 0.0, 0.4, True),
    ("USA.cost", 0.1, 0.05, 0.3, 0.1, 0.2, 0.0, 0.4, False),
]


def estimated() -> Estimated:
    """Four weights of a record that was made up."""
    weights = pd.DataFrame(ROWS, columns=[*WEIGHT_COLUMNS])
    found = Estimate(record_of(ACTS), [], {}, weights, pd.DataFrame(), 1)
    return Estimated(found, quiet(), {"here/acts.parquet": "0"})


def test_a_told_weight_speaks_for_an_effect_if_its_interval_excludes_0() -> None:
    found = estimated()
    assert [*found.effects["address"]] == ["RUS.momentum", "RUS.cost"]
    assert [*found.either_way["address"]] == ["USA.reaction"]
    assert [*found.untold["address"]] == ["USA.cost"]


def test_the_source_names_files_and_weeks() -> None:
    assert estimated().cited == "acts.parquet: 2021-01-04 to 2021-03-08"
    assert estimated().facts["files"] == {"here/acts.parquet": "0"}


@pytest.mark.parametrize(
    ("weeks", "told"),
    [(range(0), "no week in this period"), (range(4), "no 5 weeks on end from 2021-01-04")],
)
def test_too_few_weeks_are_refused(weeks: range, told: str) -> None:
    record = record_of([], weeks)
    with pytest.raises(RecordError, match=told):
        estimate_files([Path("acts.parquet")], record, quiet())
