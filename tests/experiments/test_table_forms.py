"""Columns are looked at before they are counted on."""

import numpy as np
import pandas as pd
import pytest

from realpolitik.sim.experiments.table_forms import (
    GAPPY,
    NUMBER,
    TEXT,
    WHOLE,
    ColumnForm,
    forms_of_run,
    misfits,
    of_outcome,
)
from realpolitik.sim.stats.intervals import Scale


@pytest.mark.parametrize(
    ("form", "values", "told"),
    [
        (WHOLE, [1, 2], ""),
        (WHOLE, [1.5], "found float64; expected numbers"),
        (NUMBER, [1.0, np.nan], "found nan"),
        (GAPPY, [1.0, np.nan], ""),
        (GAPPY, [np.inf], "found inf"),
        (ColumnForm("iuf", 0, 1), [0.5, 2.0], "found 2; expected 0 to 1"),
        (ColumnForm("iuf", 0), [-1], "found -1; expected 0 or more"),
        (TEXT, [3], "found int64; expected text"),
        (ColumnForm("O", among=frozenset({"RUS"})), ["RUS", "XXX"], "found 'XXX'"),
        (NUMBER, [], ""),
    ],
)
def test_what_does_not_fit_is_told(form: ColumnForm, values: list[object], told: str) -> None:
    assert form.misfit(pd.Series(values)) == told


def test_a_column_that_is_missing_or_comes_twice_is_told() -> None:
    table = pd.DataFrame([[1, 2]], columns=["a", "a"])
    assert list(misfits(table, {"a": NUMBER, "b": NUMBER})) == [
        "a: two columns of this name",
        "b: missing",
    ]


def test_only_a_week_may_be_missing_or_lie_beyond_the_horizon() -> None:
    week, share = (of_outcome(Scale.of(name, 26)) for name in ("weeks", "share"))
    assert week.misfit(pd.Series([np.nan, 40.0])) == ""
    assert share.misfit(pd.Series([np.nan])) == "found nan; expected 0 to 1"


def test_a_run_speaks_of_its_own_worlds_weeks_and_actors() -> None:
    forms = forms_of_run({}, worlds=3, weeks=2, codes=["RUS"])
    deed = {name: ["x"] for name in ("date", "track", "action", "label")}
    events = pd.DataFrame({"world": [3], "week": [0], "actor": ["IRN"], "on": ["RUS"], **deed})
    assert [told.partition(":")[0] for told in misfits(events, forms["events"])] == [
        "world",
        "week",
        "actor",
    ]
