"""The same worlds without an incentive."""

import math

import pandas as pd
import pytest

from realpolitik.sim.claims.claims_file import load_claims
from realpolitik.sim.experiments.ensemble import simulate
from realpolitik.sim.explain.ablation import ablate, reading, smallest
from realpolitik.sim.scenario.errors import ScenarioError
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.vocabulary import vocabulary
from realpolitik.sim.stats.intervals import Interval, paired_shares

WORLDS = 150


@pytest.fixture(scope="module")
def iran(quarrel: Scenario) -> pd.DataFrame:
    """What Iran's incentives do, pairs too."""
    return ablate(quarrel, "IRN", 60, seed=2, pairs=True)


@pytest.fixture(scope="module")
def russia(quarrel: Scenario) -> pd.DataFrame:
    """What Russia's incentives do when two of them have no weight."""
    bare = quarrel.with_parameters({"RUS.israel_ties": 0.0, "RUS.saudi_ties": 0.0})
    return ablate(bare, "RUS", WORLDS, seed=2)


def test_an_incentive_of_weight_0_changes_nothing_exactly(russia: pd.DataFrame) -> None:
    rows = russia[russia["address"].str.startswith(("RUS.israel_ties", "RUS.saudi_ties"))]
    assert set(rows["kind"]) == {"incentive", "part"}
    assert (rows["difference"].dropna() == 0).all()
    assert (rows["before"].fillna(-1) == rows["after"].fillna(-1)).all()
    assert set(rows["reading"]) <= {"redundant", "undecided", ""}


def test_every_incentive_and_every_part_has_a_row_for_every_outcome(
    quarrel: Scenario, russia: pd.DataFrame
) -> None:
    declared = [parameter.address for parameter in vocabulary().actors["RUS"].parameters()]
    assert list(dict.fromkeys(russia["address"])) == declared
    assert len(russia) == len(declared) * len(quarrel.outcomes)
    parts = set(russia.loc[russia["kind"] == "part", "address"])
    assert {address for address in declared if address.count(".") == 2} == parts


def test_the_effect_is_the_difference_of_two_ensembles(
    quarrel: Scenario, iran: pd.DataFrame
) -> None:
    off = simulate(quarrel, 60, 2, {"IRN.domestic_pressure": 0.0}).runs
    own = simulate(quarrel, 60, 2).runs
    rows = iran[(iran["kind"] == "incentive") & (iran["address"] == "IRN.domestic_pressure")]
    seen = {row["outcome"]: row for row in rows.to_dict("records")}
    for name in ("strike", "height", "weeks_to_strike"):
        change = off[name].fillna(quarrel.weeks) - own[name].fillna(quarrel.weeks)
        row = seen[name]
        assert row["n"] == len(change) == 60
        assert row["difference"] == pytest.approx(change.mean())
        assert row["difference"] == pytest.approx(row["after"] - row["before"])
    weeks = seen["weeks_to_strike"]
    assert (weeks["before_came"], weeks["after_came"]) == (
        own["strike"].mean(),
        off["strike"].mean(),
    )


def test_pressure_decides_the_strike(iran: pd.DataFrame) -> None:
    rows = iran.query("address == 'IRN.domestic_pressure' and outcome == 'strike'")
    row = rows.to_dict("records")[0]
    assert row["high"] < 0
    assert row["reading"] == "decides"


def test_each_pair_stands_there_once_with_what_it_does_beyond_its_two(iran: pd.DataFrame) -> None:
    pairs = iran[iran["kind"] == "pair"]
    wholes = list(dict.fromkeys(iran.loc[iran["kind"] == "incentive", "address"]))
    found = set(zip(pairs["address"], pairs["second"], strict=True))
    assert len(found) == math.comb(len(wholes), 2)
    single = iran[iran["kind"] == "incentive"].set_index(["address", "outcome"])["difference"]
    for row in pairs[pairs["outcome"] == "height"].to_dict("records"):
        alone = single[row["address"], "height"] + single[row["second"], "height"]
        assert row["extra"] == pytest.approx(row["difference"] - alone, abs=1e-12)
    assert iran.loc[iran["kind"] != "pair", "extra"].isna().all()


@pytest.mark.parametrize(
    ("scale", "before", "after", "expected"),
    [
        ("share", 0.6, 0.45, "decides"),  # crosses one half
        ("share", 0.4, 0.3, "moves"),
        ("share", 0.1, 0.04, "decides"),  # falls to less than half
        ("rung", 6.0, 7.0, "moves"),
        ("rung", 3.0, 6.0, "decides"),
        ("alignment", 0.1, -0.09, "decides"),  # turns its sign
        ("number", 4.0, 0.0, "decides"),
    ],
)
def test_readings_keep_to_the_rule(scale: str, before: float, after: float, expected: str) -> None:
    change = after - before
    sure = Interval(change, change - 0.01, change + 0.01)
    assert reading(scale, before, after, sure) == expected
    assert reading(scale, before, after, Interval(change, -9, 9)) == "undecided"
    assert reading(scale, before, after, Interval(math.nan, math.nan, math.nan)) == ""


@pytest.mark.parametrize("scale", ["share", "alignment", "rung", "weeks", "number"])
def test_redundant_is_only_what_lies_within_the_smallest_change_that_matters(scale: str) -> None:
    near, far = 0.9 * smallest(scale), 1.1 * smallest(scale)
    assert reading(scale, 0.3, 0.3, Interval(0, -near, near)) == "redundant"
    assert reading(scale, 0.3, 0.3, Interval(0, -near, far)) == "undecided"
    assert reading(scale, 0.3, 0.3, Interval(0, -far, near)) == "undecided"


def test_few_worlds_in_which_nothing_changes_leave_a_share_undecided() -> None:
    few, many = (paired_shares(0, 0, n) for n in (100, 1000))
    assert reading("share", 0, 0, few) == "undecided"
    assert reading("share", 0, 0, many) == "redundant"


def test_the_smallest_changes_are_those_of_the_claims_audit() -> None:
    about = load_claims().about
    assert f"{smallest('share')} of a share" in about
    assert f"{smallest('alignment')} of an alignment" in about
    assert f"{smallest('number')} of a deal" in about


def test_it_is_the_same_every_time_and_tells_how_far_it_is(quarrel: Scenario) -> None:
    told: list[tuple[int, int]] = []
    one, other = (
        ablate(quarrel, "USA", 8, seed=1, progress=lambda *steps: told.append(steps))
        for _ in range(2)
    )
    pd.testing.assert_frame_equal(one, other)
    total = len(dict.fromkeys(one["address"])) + 1
    assert told == 2 * [(step, total) for step in range(1, total + 1)]


def test_faults_are_named(quarrel: Scenario) -> None:
    with pytest.raises(ScenarioError, match="unknown actor 'SAU'"):
        ablate(quarrel, "SAU")
    with pytest.raises(ValueError, match="worlds must be at least 2"):
        ablate(quarrel, "RUS", worlds=1)
