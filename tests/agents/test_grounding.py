"""What the record says of our actors, worked by hand from the tables."""

import re

import pytest

from realpolitik.agents import grounding
from realpolitik.agents.grounding import Derived, derived_values, lag_hazards
from realpolitik.sim.scenario.vocabulary import vocabulary
from tests.offenders import each

DERIVED = {one.address: one for one in derived_values()}
TABLES = ("rivalries", "ideal_points", "capabilities", "treaties", "promises", "response_lags")
WIDEST = 2.2177 + 1.5810  # United States to Syria


@pytest.mark.parametrize(
    ("dyad", "rival", "distance"),
    [
        ("IRN-ISR", 1, 1.7686 + 1.3904),
        ("IRN-SAU", 1, 1.3904 - 0.5158),
        ("RUS-ISR", 0, 1.7686 + 0.4113),
        ("RUS-EUR", 0, (1.1401 + 1.3610 + 1.6622) / 3 + 0.4113),
    ],
)
def test_hostility_is_half_rivalry_and_half_distance(
    dyad: str, rival: float, distance: float
) -> None:
    one = DERIVED[f"initial.hostility.{dyad}"]
    assert one.value == pytest.approx((rival + distance / WIDEST) / 2)
    assert one.low < one.value < one.high


def test_hostility_is_the_same_both_ways() -> None:
    there, back = (DERIVED[f"initial.hostility.{dyad}"] for dyad in ("IRN-ISR", "ISR-IRN"))
    assert (there.value, there.low, there.high) == (back.value, back.low, back.high)


def test_the_interval_of_hostility_holds_errors_and_the_other_estimate() -> None:
    one = DERIVED["initial.hostility.RUS-USA"]
    error = ((0.5654 - 0.2603) ** 2 + (2.4290 - 2.0103) ** 2) ** 0.5 / 2
    assert one.low == pytest.approx((1 + (2.2177 + 0.4113 - error) / WIDEST) / 2)
    assert one.high == pytest.approx((1 + (1.9868 + 1.2724) / (1.9868 + 1.8329)) / 2)


def test_endurance_is_capability_over_that_of_the_strongest() -> None:
    assert DERIVED["initial.endurance.ISR"].value == pytest.approx(0.00378 / 0.12357)
    europe = (0.01247 + 0.01094 + 0.01503) / 0.12357
    assert DERIVED["initial.endurance.EUR"].value == pytest.approx(europe)
    assert DERIVED["initial.endurance.USA"].value == 1


def test_alliances_that_rest_on_a_pact_are_worth_the_rate_at_which_pacts_were_kept() -> None:
    for address in ("EUR.us_alliance", "USA.europe_alliance"):
        one = DERIVED[address]
        assert (one.low, one.value, one.high) == (0.22, 0.41, 0.41)


def test_no_treaty_bids_russia_help_iran() -> None:
    (treaty,) = [
        row for row in grounding.table("treaties") if {row["one"], row["other"]} == {"RUS", "IRN"}
    ]
    assert (treaty["defence"], treaty["neutrality"]) == ("0", "1")


def test_three_in_five_answer_in_the_first_week_and_fewer_of_the_rest_later() -> None:
    hazards = [hazard for _, _, hazard in lag_hazards()]
    assert hazards == pytest.approx([0.6, 1 - 0.625 ** (7 / 11), 1 - 0.4 ** (7 / 33)])
    assert hazards == sorted(hazards, reverse=True)


def test_armed_movements_have_no_record_to_derive_from() -> None:
    assert not [address for address in DERIVED if {"HEZ", "HOU"} & set(DERIVED[address].place)]


def test_every_row_names_a_source_that_there_is() -> None:
    keys = set(vocabulary().sources)
    for name in TABLES:
        for row in grounding.table(name):
            assert row["source"].split()[0] in keys, (name, row)


def test_nothing_was_measured_after_2023() -> None:
    years = [
        int(row[column])
        for name in TABLES
        for row in grounding.table(name)
        for column in ("year", "since", "until")
        if column in row
    ]
    assert max(years) == 2023


KNOWN = [one for one in DERIVED.values() if one.address in vocabulary().parameters]


@each("one", KNOWN)
def test_what_the_record_gives_is_the_default_or_stands_beside_it_with_the_reason(
    one: Derived,
) -> None:
    parameter = vocabulary().parameters[one.address]
    if parameter.source.startswith("assumed"):
        assert f"the record gives {one.rounded:.2f}".replace(" 0.", " .") in parameter.source
        assert re.search(r"out of range|, but ", parameter.source)
    else:
        assert (parameter.default, parameter.source) == (one.rounded, one.source)


@each("one", derived_values())
def test_a_derived_value_lies_in_its_interval_and_on_the_scale(one: Derived) -> None:
    assert 0 <= one.low <= one.value <= one.high <= 1
