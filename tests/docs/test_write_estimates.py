"""The shipped rates and weights are well formed."""

import csv
from collections import defaultdict
from itertools import permutations

from realpolitik.sim.engine.actions import NAMED
from realpolitik.sim.engine.parameters import ESTIMATED
from realpolitik.sim.engine.rates import rate_address
from realpolitik.sim.engine.roles import RELATIONS
from realpolitik.sim.engine.tables import read_table
from realpolitik.sim.record.estimates_file import SHIPPED
from realpolitik.sim.record.rates import PAIR_COLUMNS, RELATION_COLUMNS, STEP_BACK
from realpolitik.sim.scenario.vocabulary import vocabulary
from tests.test_house import committed_files

WORDS = vocabulary()
PAIRS = [*permutations(sorted(WORDS.actors), 2)]
OF_PAIRS = read_table("realpolitik.agents", "rates.csv")
WEIGHTS = read_table("realpolitik.agents", "weights.csv")
OF_RELATIONS = read_table("realpolitik.sim.engine", "relation_rates.csv")


# ── What is shipped ──────────────────────────────────────────────────────────────────


def test_tables_have_the_columns_that_are_written() -> None:
    assert all(tuple(row) == PAIR_COLUMNS for row in OF_PAIRS)
    assert all(tuple(row) == RELATION_COLUMNS for row in OF_RELATIONS)


def test_every_rate_is_a_probability_in_its_interval() -> None:
    for row in (*OF_PAIRS, *OF_RELATIONS):
        low, rate, high = (row.number(name) for name in ("low", "rate", "high"))
        assert 0 <= low <= rate <= high <= 1, row.place
        assert rate < 1, row.place
        assert rate > 0 or (row["action"] == STEP_BACK and row["seen"] == "0"), row.place


def test_relations_have_no_row_twice_and_none_of_strikes() -> None:
    places = [(row["relation"], row["action"]) for row in OF_RELATIONS]
    assert len({*places}) == len(places)
    assert {kind for kind, _ in places} == {*RELATIONS}
    assert not any(NAMED[action].strike for _, action in places)


def test_weeks_are_those_of_the_record() -> None:
    assert all(0 <= row.number("seen") <= row.number("weeks") <= 115 for row in OF_PAIRS)
    assert {row.number("weeks") for row in OF_PAIRS} == {115, 64}, "the Houthis are not in 2014"


def test_what_a_pair_can_do_in_one_choice_leaves_room_for_holding() -> None:
    """What the rates add up to, since nothing is taken off them where they do not fit."""
    totals: dict[tuple[str, str], float] = defaultdict(float)
    for address in (address for address in WORDS.parameters if address.startswith("rate.")):
        _, pair, action = address.split(".")
        totals[pair, NAMED[action].choice] += WORDS.parameters[address].default
    assert max(totals.values()) <= 1 - WORDS.parameters["world.least_hold"].default


def test_rates_of_pairs_are_estimated() -> None:
    for row in OF_PAIRS:
        address = rate_address(row["of"], row["toward"], row["action"])
        assert WORDS.provenance(WORDS.parameters[address]) == ESTIMATED, address


def test_weights_lie_in_what_was_declared_and_in_their_intervals() -> None:
    declared = {one.address: one for actor in WORDS.actors.values() for one in actor.parameters()}
    for row in WEIGHTS:
        low, value, high = (row.number(name) for name in ("low", "estimate", "high"))
        one = declared[row["address"]]
        assert tuple(row) == SHIPPED
        assert one.low - 1e-4 <= low <= value <= high <= one.high + 1e-4, row.place


def test_weights_that_a_record_told_are_estimated() -> None:
    for row in WEIGHTS:
        assert WORDS.provenance(WORDS.parameters[row["address"]]) == ESTIMATED, row["address"]


def test_no_event_is_shipped() -> None:
    for path in committed_files():
        if path.suffix == ".csv":
            with path.open(encoding="utf-8", newline="") as file:
                columns = {*next(csv.reader(file))}
            assert columns.isdisjoint({"week_start", "n_gov", "n_raw"}), path
