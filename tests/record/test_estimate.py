"""Rates and weights from records: those that made them come out, within what is said of them."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from realpolitik.sim.record.estimate import Estimate, estimate
from realpolitik.sim.record.weekly import WEEK, Record
from tests.made_up_record import drawn_records, quiet

WEEKS, REPLICATIONS = 100, 50
SCENARIO = quiet()
TRUE = {
    "IRN.momentum": 0.35,
    "ISR.momentum": 0.2,
    "RUS.momentum": 0.3,
    "USA.momentum": 0.25,
    "IRN.reaction": 0.25,
    "ISR.reaction": 0.1,
    "RUS.reaction": 0.25,
    "USA.reaction": 0.3,
}
"""Weights that make the records, none as declared and no two actors alike by construction."""


@pytest.fixture(scope="module")
def records() -> list[Record]:
    """One a world."""
    return [*drawn_records(WEEKS, REPLICATIONS, TRUE)]


@pytest.fixture(scope="module")
def found(records: Sequence[Record]) -> list[Estimate]:
    """What each of them says."""
    return [estimate(record, SCENARIO) for record in records]


# ── What made the record ─────────────────────────────────────────────────────────────


def told(found: Sequence[Estimate]) -> pd.DataFrame:
    """The weights that made the records, where a record told them."""
    weights = pd.concat([one.told for one in found])
    weights = weights[weights["address"].isin([*TRUE])]
    return weights.assign(true=weights["address"].map(TRUE))


def test_intervals_hold_the_weights_that_made_the_record(found: Sequence[Estimate]) -> None:
    weights = told(found)
    assert len(weights) > 0.9 * len(TRUE) * REPLICATIONS
    inside = weights["true"].between(weights["low"], weights["high"])
    assert 0.90 <= inside.mean() <= 0.98


def test_estimates_are_nearer_to_what_made_the_record_than_what_was_declared(
    found: Sequence[Estimate],
) -> None:
    weights = told(found)
    missed = (weights["estimate"] - weights["true"]).abs()
    assert missed.mean() < 0.5 * (weights["declared"] - weights["true"]).abs().mean()


def test_the_covariance_is_that_of_the_weights_that_were_told(found: Sequence[Estimate]) -> None:
    for one in found:
        addresses = [*one.told["address"]]
        assert [*one.covariance.index] == [*one.covariance.columns] == addresses
        assert np.sqrt(np.diag(one.covariance)) == pytest.approx(one.told["error"].to_numpy())
        assert np.linalg.eigvalsh(one.covariance).min() > 0


def test_estimates_lie_in_their_declared_ranges(found: Sequence[Estimate]) -> None:
    for one in found:
        weights = one.weights
        inside = weights["estimate"].between(weights["declared_low"], weights["declared_high"])
        assert inside.all()


def test_rows_in_another_order_say_the_same(
    records: Sequence[Record], found: Sequence[Estimate]
) -> None:
    record = records[0]
    mixed = record.acts.sample(frac=1, random_state=1).reset_index(drop=True)
    again = estimate(replace(record, acts=mixed), SCENARIO)
    pd.testing.assert_frame_equal(again.weights, found[0].weights)
    assert again.offsets == found[0].offsets


# ── Records that hold little ─────────────────────────────────────────────────────────


def without(record: Record, **left_out: str) -> Record:
    """The record without the acts that have one of these values in these columns."""
    acts = record.acts
    for column, value in left_out.items():
        acts = acts[acts[column] != value]
    return replace(record, acts=acts.reset_index(drop=True))


def test_an_act_that_nobody_did_leaves_an_estimate(records: Sequence[Record]) -> None:
    one = estimate(without(records[0], action="threaten"), SCENARIO)
    assert np.isfinite(one.weights[["estimate", "error"]].to_numpy()).all()
    assert np.isfinite([*one.offsets.values()]).all()
    assert {rate.seen for rate in one.rates if rate.action == "threaten"} == {0}


def test_an_actor_that_did_nothing_leaves_an_estimate(records: Sequence[Record]) -> None:
    one = estimate(without(records[0], of="RUS"), SCENARIO)
    assert np.isfinite(one.weights[["estimate", "error"]].to_numpy()).all()


def test_an_actor_that_the_record_does_not_know_has_no_row(records: Sequence[Record]) -> None:
    one = estimate(without(records[0], of="RUS", toward="RUS"), SCENARIO)
    assert not one.weights["address"].str.startswith("RUS.").any()
    assert not any("RUS" in rate.pair for rate in one.rates)


def test_a_record_of_nobody_is_refused(records: Sequence[Record]) -> None:
    nobody = replace(records[0], acts=records[0].acts.head(0))
    with pytest.raises(ValueError, match="no choice of the actors"):
        estimate(nobody, SCENARIO)


def test_two_spells_are_as_good_as_one(
    records: Sequence[Record], found: Sequence[Estimate]
) -> None:
    """Half of the weeks a year later leave the weights within their intervals."""
    record = records[0]
    weeks = [week + 52 * WEEK * (number >= 50) for number, week in enumerate(record.weeks)]
    apart = estimate(replace(record, weeks=tuple(weeks)), SCENARIO)
    assert len(replace(record, weeks=tuple(weeks)).spells()) == 2
    both = apart.told.merge(found[0].told, on="address", suffixes=("", "_one"))
    assert len(both) >= len(TRUE) - 1
    assert both["estimate"].between(both["low_one"], both["high_one"]).all()
