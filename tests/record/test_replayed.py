"""What a replay shows."""

import numpy as np
import pytest

from realpolitik.sim.files.json_text import RecordError
from realpolitik.sim.record.replayed import MOST, PRIOR, Replayed, log_odds, replay_record
from tests.made_up_record import drawn_record, quiet, record_of


@pytest.fixture(scope="module")
def found() -> Replayed:
    return replay_record(quiet(), drawn_record(quiet(), 14, 3))


def test_the_lead_is_left_out(found: Replayed) -> None:
    assert found.cases["week"].nunique() == 10
    assert found.cases["place"].min() == 4


def test_log_scores_are_of_the_chance_given_to_what_came(found: Replayed) -> None:
    cases = found.cases
    given = np.where(cases["happened"], cases["chance"], 1 - cases["chance"])
    np.testing.assert_allclose(cases["log"], -np.log(np.clip(given, 0.001, 0.999)))


def test_shares_are_means_of_the_cases(found: Replayed) -> None:
    for table in (found.weeks(), found.pairs(), found.classes()):
        assert table["cases"].sum() == len(found.cases)
        seen = (table["cases"] * table["observed"]).sum()
        assert seen == pytest.approx(found.cases["happened"].sum())


def test_surprises_are_the_worst_cases_first(found: Replayed) -> None:
    logs = found.surprises["log"].tolist()
    assert len(logs) == MOST
    assert logs == sorted(found.cases["log"], reverse=True)[:MOST]


def test_reasons_add_up_to_the_log_odds_against_doing_nothing(found: Replayed) -> None:
    for watched in found.spells[0].actors:
        options = watched.actor.options
        for option in np.flatnonzero(watched.told.options)[:6]:
            group = next(one for one in options.groups if one.start <= option < one.stop)
            hold = next(one for one in options.holds if group.start <= one < group.stop)
            odds = watched.weights[9, option] / watched.weights[9, hold]
            told = log_odds(watched, 9, int(option))["log_odds"].sum()
            if odds > 0:
                assert told == pytest.approx(np.log(odds))


def test_each_surprise_has_its_reasons(found: Replayed) -> None:
    reasons = found.reasons
    assert set(reasons["surprise"]) == set(range(MOST))
    assert (reasons["address"] == PRIOR).sum() >= MOST
    for number, row in found.surprises.iterrows():
        own = reasons[reasons["surprise"] == number]["address"]
        assert {one.split(".")[0] for one in own if one != PRIOR} == {row["of"]}


def test_the_end_is_the_state_after_the_last_week(found: Replayed) -> None:
    end, world = found.end(), found.spells[-1].world
    assert len(end) == 12
    assert end["rung"].is_monotonic_decreasing
    row = end.iloc[0]
    place = (world.index[row["of"]], world.index[row["toward"]])
    assert row["hostility"] == world.hostility[0][place]


def test_a_record_without_weeks_on_end_is_refused() -> None:
    short = record_of([(0, "RUS", "USA", "denounce")], range(4))
    with pytest.raises(RecordError, match="no 5 weeks on end"):
        replay_record(quiet(), short)
