"""Back-tests: scores by hand, what may be known beforehand, and which weeks are scored."""

import math
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from realpolitik.sim.files.json_text import RecordError
from realpolitik.sim.record.backtest import (
    ALL,
    DYAD_RATE,
    FORECASTS,
    MODEL,
    NEAR,
    Backtest,
    Foreseen,
    Scores,
    backtest,
    split,
)
from realpolitik.sim.record.classes import CLASSES
from realpolitik.sim.record.icews import LEARNT
from realpolitik.sim.record.replayed import replay_record
from realpolitik.sim.record.weekly import ANY, Record
from realpolitik.sim.scenario.vocabulary import vocabulary
from realpolitik.sim.stats.blocks import BLOCK
from tests.made_up_record import FIRST, Act, drawn_record, quiet, record_of

WORLDS = 8
AHEAD = FIRST + timedelta(weeks=14)


def parts(*more: Act) -> tuple[Record, Record]:
    """14 weeks to learn on, and 14 to foresee, with some acts more."""
    drawn = drawn_record(quiet(), 28, 2)
    acts = drawn.acts[drawn.acts["action"] != ANY]
    columns = (acts[name].tolist() for name in ("week", "of", "toward", "action"))
    rows: list[Act] = [*zip(*columns, strict=True)]
    return split(record_of([*rows, *more], range(28)), AHEAD)


@pytest.fixture(scope="module")
def found() -> Backtest:
    return backtest(quiet(), *parts(), worlds=WORLDS)


# ── Scores ───────────────────────────────────────────────────────────────────────────


def foreseen(chances: dict[str, float], happened: list[bool]) -> Scores:
    """Scores of chances that are the same for each week of one pair and class."""
    weeks = len(happened)
    shape = (len(CLASSES), weeks, 1)
    came = np.broadcast_to(np.array(happened)[None, :, None], shape)
    told = {name: np.full(shape, chances.get(name, 0.5)) for name in FORECASTS}
    days = 7 * np.arange(weeks)
    one = Foreseen(told, came, days, np.ones(weeks, dtype=np.int64))
    return Scores(one.cases(np.ones(weeks, dtype=np.bool_), np.ones(1, dtype=np.bool_)))


def test_scores_are_those_worked_out_by_hand() -> None:
    table = foreseen({MODEL: 0.8}, [True, False]).table()
    told = {(row["class"], row["forecast"]): row for row in table.to_dict("records")}
    row = told["denounce", MODEL]
    assert (row["n"], row["positive"]) == (2, 1)
    assert row["log_score"] == pytest.approx(-(math.log(0.8) + math.log(0.2)) / 2)
    assert row["brier"] == pytest.approx((0.04 + 0.64) / 2)
    assert told[ALL, MODEL]["n"] == 2 * len(CLASSES)


def test_who_is_sure_and_wrong_is_scored_as_if_a_little_doubt_were_left() -> None:
    scores = foreseen({MODEL: 0.0}, [True])
    assert scores.log_score(MODEL) == pytest.approx(-math.log(0.001))


def test_a_difference_is_the_mean_less_that_of_the_other() -> None:
    scores = foreseen({MODEL: 0.8, DYAD_RATE: 0.4}, [True] * 8 * BLOCK)
    apart = scores.difference(DYAD_RATE)
    assert apart.difference == pytest.approx(math.log(0.4) - math.log(0.8))
    assert (apart.low, apart.high) == pytest.approx((apart.difference, apart.difference))
    assert scores.difference(MODEL, forecast=DYAD_RATE).difference == -apart.difference


def test_too_few_weeks_give_no_interval() -> None:
    apart = foreseen({MODEL: 0.8}, [True] * BLOCK).difference(DYAD_RATE)
    assert math.isnan(apart.low)
    assert math.isnan(apart.high)


# ── What may be known ────────────────────────────────────────────────────────────────


def test_every_class_and_pair_is_scored_in_each_week_after_the_lead(found: Backtest) -> None:
    table = found.scores.table().set_index(["class", "forecast"])
    assert found.weeks == 10
    assert set(table["n"][:-5]) == {10 * 12}
    assert table.loc[(ALL, MODEL), "n"] == len(CLASSES) * 10 * 12
    assert [len(one.weeks) for one in found.free] == [10, 6, 2]


def test_a_week_that_is_scored_changes_no_forecast_of_it_or_of_weeks_before(
    found: Backtest,
) -> None:
    others = backtest(quiet(), *parts((24, "USA", "ISR", "denounce")), worlds=WORLDS)
    week = 24 - 14 - 4
    for name in FORECASTS:
        one, other = (each.one_week[0].chances[name] for each in (found, others))
        np.testing.assert_array_equal(one[:, : week + 1], other[:, : week + 1])
    for before, after in zip(found.free[:2], others.free[:2], strict=True):
        for name in FORECASTS:
            np.testing.assert_array_equal(before.chances[name], after.chances[name])
    for name in ("one_rate", DYAD_RATE):
        one, other = (each.one_week[0].chances[name] for each in (found, others))
        np.testing.assert_array_equal(one, other)


def test_where_the_model_has_no_such_act_it_says_the_own_rate(found: Backtest) -> None:
    (spell,) = found.one_week
    bare = ~found.covered
    assert 0 < bare.mean() < 1
    model, own = (spell.chances[name].swapaxes(1, 2) for name in (MODEL, DYAD_RATE))
    np.testing.assert_array_equal(model[bare], own[bare])


def test_running_freely_repeats_itself_with_its_seed(found: Backtest) -> None:
    again = backtest(quiet(), *parts(), worlds=WORLDS)
    assert again.free_scores[NEAR].table().equals(found.free_scores[NEAR].table())


def test_what_the_model_itself_made_it_foresees_better_than_a_wrong_model() -> None:
    record = drawn_record(quiet(), 40, 5)
    known = vocabulary().parameters
    pairs = [f"rate.{pair[0]}-{pair[1]}.denounce" for pair in record.pairs]
    lows = {address: known[address].low for address in pairs if address in known}
    wrong = quiet().with_parameters(lows)
    true, other = (replay_record(one, record).cases["log"].mean() for one in (quiet(), wrong))
    assert len(lows) > 6
    assert true < other


def test_states_are_scored_without_the_armed_movements(found: Backtest) -> None:
    assert found.states == {"RUS", "IRN", "ISR", "USA"}
    movements = replace(found, record=replace(found.record, actors=("HEZ", "HOU", "IRN", "ISR")))
    assert movements.states == {"IRN", "ISR"}
    assert movements.state_scores is not None
    assert movements.state_scores.table()["n"].iloc[0] == 2 * 10


def test_bins_hold_all_cases_of_a_forecast(found: Backtest) -> None:
    counts = found.reliability().groupby("hypothesis")["n"].sum()
    assert set(counts) == {len(CLASSES) * 10 * 12}
    assert set(counts.index) == set(FORECASTS)


# ── Which weeks ──────────────────────────────────────────────────────────────────────


def weeks_from(first: date, number: int) -> Record:
    return record_of([(0, "A", "B", "denounce")], range(number), first)


def test_by_default_the_weeks_after_the_fit_are_scored() -> None:
    earlier, ahead = split(weeks_from(date(2019, 3, 4), 12))
    assert str(ahead.weeks[0]) == "2019-04-01"
    assert str(earlier.weeks[-1]) == "2019-03-25"


@pytest.mark.parametrize("period", LEARNT.values(), ids=[*LEARNT])
def test_weeks_of_the_fit_are_never_scored(period: tuple[date, date]) -> None:
    record = weeks_from(period[0] - timedelta(days=period[0].weekday() + 70), 30)
    with pytest.raises(RecordError, match=r"fitted to \d+ of these weeks, from \d{4}-"):
        split(record, period[0])


@pytest.mark.parametrize(
    ("since", "until", "told"),
    [
        (FIRST, None, "no week before 2021-01-04 to learn"),
        (date(2022, 1, 1), None, "no 5 weeks on end from 2022-01-01"),
        (AHEAD, AHEAD + timedelta(weeks=3), f"no 5 weeks on end from {AHEAD} to "),
    ],
)
def test_a_period_without_weeks_is_refused(since: date, until: date | None, told: str) -> None:
    with pytest.raises(RecordError, match=told):
        split(weeks_from(FIRST, 28), since, until)
