"""The names there are: parameters by address, values at the start, base rates, provenance."""

import pickle

import pytest

from realpolitik.sim import load_scenario
from realpolitik.sim.engine.parameters import KINDS, provenance_of_sum
from realpolitik.sim.scenario.vocabulary import places, starting_address, vocabulary

WORDS = vocabulary()


@pytest.mark.parametrize(
    ("key", "found"),
    [
        ("RUS", [("RUS",)]),
        ("RUS-IRN", [("RUS", "IRN")]),
        ("RUS>IRN", [("RUS", "IRN")]),
        ("RUS<>IRN", [("RUS", "IRN"), ("IRN", "RUS")]),
        ("RUS--IRN", [("RUS", "IRN"), ("IRN", "RUS")]),
    ],
)
def test_a_key_names_one_place_or_both_ways(key: str, found: list[tuple[str, ...]]) -> None:
    assert places(key) == found


def test_every_parameter_is_found_by_its_address_and_lies_in_its_range() -> None:
    assert all(address == one.address for address, one in WORDS.parameters.items())
    assert all(one.low <= one.default <= one.high for one in WORDS.parameters.values())
    assert {name.partition(".")[0] for name in WORDS.parameters} == {
        *WORDS.actors,
        *("world", "action", "rate", "initial"),
    }
    assert starting_address("hostility", ("IRN", "ISR")) in WORDS.parameters


def test_numbers_of_every_kind_are_declared_and_a_sum_is_no_surer_than_its_parts() -> None:
    kinds = {one.address: WORDS.provenance(one) for one in WORDS.parameters.values()}
    assert set(kinds.values()) == set(KINDS)
    sums = [one for one in WORDS.parameters.values() if one.parts]
    assert sums
    for one in sums:
        assert kinds[one.address] == provenance_of_sum({kinds[part] for part in one.parts})


def test_overrides_take_the_place_of_defaults() -> None:
    values = WORDS.values({"RUS.israel_ties.returnees": 0.1})
    assert values["RUS.israel_ties.returnees"] == 0.1
    assert values["IRN.heeded_advice"] == WORDS.parameters["IRN.heeded_advice"].default


def test_at_the_start_a_parameter_comes_before_the_scenario_and_that_before_the_table() -> None:
    bare = load_scenario("haniyeh_2024").model_copy(update={"parameters": {}, "initial": {}})
    dyad, address = ("IRN", "ISR"), "initial.hostility.IRN-ISR"
    given = bare.model_copy(update={"initial": {"hostility": {"IRN<>ISR": 0.25}}})
    both = given.with_parameters({address: 0.75})
    found = [WORDS.start(one, one.settings)["hostility"][dyad] for one in (bare, given, both)]
    assert found == [WORDS.parameters[address].default, 0.25, 0.75]


def test_values_at_the_start_of_actors_who_take_no_part_are_left_out() -> None:
    alone = load_scenario("haniyeh_2024").model_copy(update={"actors": ("RUS", "IRN")})
    alone = alone.model_copy(update={"initial": {}, "parameters": {}})
    codes = {
        code
        for values in WORDS.start(alone, alone.settings).values()
        for place in values
        for code in place
    }
    assert codes <= {"RUS", "IRN"}


def test_base_rates_have_a_unit_that_some_measure_gives() -> None:
    units = {measure.scale for measure in WORDS.measures.values()}
    assert {rate.unit for rate in WORDS.base_rates.values()} <= units
    assert all(0 <= rate.value <= 1 for rate in WORDS.base_rates.values() if rate.unit == "share")


def test_a_scenario_comes_back_from_a_pickle_with_the_type_that_is_installed() -> None:
    scenario = load_scenario("haniyeh_2024")
    again = pickle.loads(pickle.dumps(scenario))
    assert again == scenario
    assert type(again) is WORDS.scenario_type
