"""The shipped rates are well formed, and a record gives back the rates that made it."""

import csv
from collections import defaultdict
from collections.abc import Mapping
from itertools import permutations

import numpy as np
import pytest

from realpolitik.sim.engine.actions import NAMED
from realpolitik.sim.engine.parameters import ESTIMATED
from realpolitik.sim.engine.rates import rate_address
from realpolitik.sim.engine.roles import RELATIONS
from realpolitik.sim.engine.tables import read_table
from realpolitik.sim.record.icews import learnt, read_icews
from realpolitik.sim.scenario.vocabulary import vocabulary
from tests.test_house import committed_files
from tests.weekly_counts import mondays, write_record
from write_rates import (
    PAIR_COLUMNS,
    RATED,
    RELATION_COLUMNS,
    STEP_BACK,
    Counts,
    Records,
    can_fight,
    design_effect,
    interval,
    is_rated,
    offsets,
    pair_rows,
    relation_rows,
    written,
)

WORDS = vocabulary()
PAIRS = [*permutations(sorted(WORDS.actors), 2)]
OF_PAIRS = read_table("realpolitik.agents", "rates.csv")
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


def test_pairs_have_a_row_for_each_act_that_they_have_and_the_record_tells() -> None:
    places = [(row["of"], row["toward"], row["action"]) for row in OF_PAIRS]
    wanted = [(*pair, act) for pair in PAIRS for act in RATED if is_rated(WORDS.actors, pair, act)]
    lacking = [place for place in wanted if place not in places]
    assert places == [place for place in wanted if place not in lacking]
    assert all(act == STEP_BACK and can_fight(WORDS.actors, (a, b)) for a, b, act in lacking)


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


def test_offsets_of_rows_are_kept() -> None:
    kept = offsets()
    assert len(kept) == len(OF_PAIRS)
    assert all(kept[row["of"], row["toward"], row["action"]] == row["offset"] for row in OF_PAIRS)


def test_no_event_is_shipped() -> None:
    for path in committed_files():
        if path.suffix == ".csv":
            with path.open(encoding="utf-8", newline="") as file:
                columns = {*next(csv.reader(file))}
            assert columns.isdisjoint({"week_start", "n_gov", "n_raw"}), path


# ── What a record gives ──────────────────────────────────────────────────────────────

CODE_OF = {"denounce": "111", "sanction": "163"}
TRUE_RATES = {"denounce": 0.3, "sanction": 0.05}
SETS = {
    "icews14k": ("2014-01-06", 51),
    "icews18": ("2018-01-01", 43),
    "icews1819raw": ("2018-10-29", 22),
    "icews21z": ("2021-01-04", 4),
}


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Records:
    """Two periods of weeks that have nothing to do with each other, at rates that are known."""
    folder, draw = tmp_path_factory.mktemp("record"), np.random.default_rng(5)
    sets = {name: mondays(*weeks) for name, weeks in SETS.items()}
    weeks = [(name, week, True) for name, of_set in sets.items() for week in of_set]
    events = [
        (name, (week, *pair, CODE_OF[action], 1))
        for name, week, _ in weeks
        for pair in PAIRS
        for action, rate in TRUE_RATES.items()
        if draw.random() < rate
    ]
    write_record(folder, weeks, events)
    return learnt(read_icews(folder, WORDS.actors))


def rows_of(records: Records, kept: Mapping[tuple[str, ...], str]) -> list[dict[str, str]]:
    """Rows of the table of pairs, as they would be read."""
    rows = pair_rows(records, WORDS.actors, kept)
    return [dict(zip(PAIR_COLUMNS, map(str, row), strict=True)) for row in rows]


def test_a_record_gives_back_the_rates_that_made_it(records: Records) -> None:
    rows = rows_of(records, {})
    for action, true in TRUE_RATES.items():
        found = [row for row in rows if row["action"] == action]
        inside = [float(row["low"]) <= true <= float(row["high"]) for row in found]
        rates = [float(row["rate"]) for row in found]
        assert np.mean(inside) >= 0.93
        assert np.mean(rates) == pytest.approx(true, abs=0.01)


def test_what_never_happens_has_the_least_rate(records: Records) -> None:
    never = [row for row in rows_of(records, {}) if row["action"] == "threaten"]
    assert {(row["low"], row["rate"], row["high"]) for row in never} == {("0", "0.0001", "0.032")}


def test_a_record_gives_back_the_rates_of_relations(records: Records) -> None:
    rows = [
        dict(zip(RELATION_COLUMNS, row, strict=True))
        for row in relation_rows(records, WORDS.actors)
    ]
    rates = [float(str(row["rate"])) for row in rows if row["action"] == "denounce"]
    assert rates == pytest.approx([0.3] * len(RELATIONS), abs=0.03)


def test_independent_weeks_count_in_full(records: Records) -> None:
    assert design_effect(records, WORDS.actors) == pytest.approx(1.0, abs=0.25)


def test_offsets_that_there_were_are_taken_over(records: Records) -> None:
    kept: dict[tuple[str, ...], str] = {("RUS", "ISR", "denounce"): "0.125"}
    rows = rows_of(records, kept)
    known = {row["offset"] for row in rows if (row["of"], row["toward"], row["action"]) in kept}
    assert known == {"0.125"}
    assert {row["offset"] for row in rows} == {"0", "0.125"}


# ── Arithmetic ───────────────────────────────────────────────────────────────────────


def test_what_was_never_seen_has_the_exact_bound() -> None:
    counts = Counts([("A", "B"), ("A", "C")], np.array([0.0, 50.0]), np.array([100.0, 100.0]))
    low, high = interval(counts, 1.0)
    assert low[0] == 0
    assert high[0] == pytest.approx(1 - 0.025**0.01)
    assert (low[1], high[1]) == pytest.approx((0.398, 0.602), abs=0.003)


def test_fewer_weeks_widen_the_interval() -> None:
    counts = Counts([("A", "B")], np.array([50.0]), np.array([100.0]))
    narrow, wide = (np.ptp(interval(counts, effect)) for effect in (1.0, 8.0))
    assert wide > 2 * narrow


def test_ends_are_rounded_outward() -> None:
    assert written(0.01239, 0.01236, 0.0501) == ("0.012", "0.0124", "0.051")
