"""Rates of pairs and relations: a record gives back those that made it."""

from itertools import permutations

import numpy as np
import pytest

from realpolitik.sim.engine.roles import RELATIONS
from realpolitik.sim.record.icews import learnt, read_icews
from realpolitik.sim.record.rates import (
    PAIR_COLUMNS,
    RELATION_COLUMNS,
    Counted,
    Counts,
    interval,
    pair_rates,
    pair_row,
    relation_rows,
    written,
)
from realpolitik.sim.record.weekly import joined
from realpolitik.sim.scenario.loading import load_scenario
from realpolitik.sim.scenario.vocabulary import vocabulary
from tests.weekly_counts import mondays, write_record

WORDS = vocabulary()
PAIRS = [*permutations(sorted(WORDS.actors), 2)]


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
def counted(tmp_path_factory: pytest.TempPathFactory) -> Counted:
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
    record = joined([*learnt(read_icews(folder, WORDS.actors)).values()])
    return Counted.of(record, load_scenario("record_weeks"))


def rows_of(counted: Counted) -> list[dict[str, str]]:
    """Rows of the table of pairs, as they would be read."""
    rows = [pair_row(rate, 0.0, "made up") for rate in pair_rates(counted)]
    return [dict(zip(PAIR_COLUMNS, map(str, row), strict=True)) for row in rows]


def test_a_record_gives_back_the_rates_that_made_it(counted: Counted) -> None:
    rows = rows_of(counted)
    for action, true in TRUE_RATES.items():
        found = [row for row in rows if row["action"] == action]
        inside = [float(row["low"]) <= true <= float(row["high"]) for row in found]
        rates = [float(row["rate"]) for row in found]
        assert np.mean(inside) >= 0.93
        assert np.mean(rates) == pytest.approx(true, abs=0.01)


def test_what_never_happens_has_the_least_rate(counted: Counted) -> None:
    never = [row for row in rows_of(counted) if row["action"] == "threaten"]
    assert {(row["low"], row["rate"], row["high"]) for row in never} == {("0", "0.0001", "0.032")}


def test_who_never_stood_against_whom_cannot_step_back(counted: Counted) -> None:
    rates = [one for one in pair_rates(counted) if one.action == "de_escalate"]
    assert all(one.rate == 0 and not counted.can_fight(one.pair) for one in rates)


def test_a_record_gives_back_the_rates_of_relations(counted: Counted) -> None:
    found = relation_rows(counted, "made up")
    rows = [dict(zip(RELATION_COLUMNS, row, strict=True)) for row in found]
    rates = [float(str(row["rate"])) for row in rows if row["action"] == "denounce"]
    assert rates == pytest.approx([0.3] * len(RELATIONS), abs=0.03)


def test_independent_weeks_count_in_full(counted: Counted) -> None:
    assert counted.design_effect == pytest.approx(1.0, abs=0.25)


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
