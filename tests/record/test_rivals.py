"""Plain forecasts: rates and persistence by hand, and the logistic of the last weeks."""

from pathlib import Path

import numpy as np
import pytest

from realpolitik.sim.record.classes import CLASSES, acts_of
from realpolitik.sim.record.icews import SCORED, learnt, read_icews
from realpolitik.sim.record.replay import LEAD
from realpolitik.sim.record.rivals import RIVALS, Learnt, looked_back
from realpolitik.sim.record.weekly import Record
from realpolitik.sim.scenario.vocabulary import vocabulary
from tests.made_up_record import record_of

DENOUNCE = [*CLASSES].index("denounce")


def denounced(*in_weeks: int, weeks: int = 8) -> Record:
    """A denounces B in some weeks of two actors; B only once supports A."""
    acts = [(week, "A", "B", "denounce") for week in in_weeks]
    return record_of([*acts, (0, "B", "A", "support")], range(weeks))


def test_the_one_rate_is_the_share_of_weeks_of_pairs() -> None:
    learnt = Learnt.of([denounced(0, 2, 5, 6)])
    assert learnt.one_rate[DENOUNCE] == pytest.approx(4 / 16)


def test_what_nobody_ever_did_counts_as_half_a_week() -> None:
    assert Learnt.of([denounced(0)]).one_rate[[*CLASSES].index("strike")] == pytest.approx(0.5 / 16)


def test_the_own_rate_is_shrunk_toward_it_by_four_weeks() -> None:
    learnt = Learnt.of([denounced(0, 2, 5, 6)])
    assert learnt.dyad_rate[DENOUNCE].tolist() == pytest.approx([(4 + 1) / 12, (0 + 1) / 12])


def test_persistence_says_what_the_last_week_had() -> None:
    record = denounced(0, 3, 4, 6)
    told = Learnt.of([record]).forecasts(acts_of(record))["persistence"]
    assert told[DENOUNCE, :, 0].tolist() == [1, 1, 0, 1]
    assert not told[DENOUNCE, :, 1].any()


def test_the_last_weeks_are_looked_back_on() -> None:
    record, own = denounced(0, 3, 4, 6), np.array([0.5, 0.1])
    rows = looked_back(acts_of(record)[DENOUNCE], own)
    assert rows.shape == (4, 2, 4)
    assert rows[:, 0].tolist() == [[1, 0, 1, 0.5], [1, 0, 1, 0.5], [1, 0, 0, 0.5], [1, 0, 1, 0.75]]


def test_all_rivals_foresee_the_weeks_after_the_lead() -> None:
    record = denounced(0, 3, 4, 6)
    told = Learnt.of([record]).forecasts(acts_of(record))
    assert tuple(told) == RIVALS
    for chances in told.values():
        assert chances.shape == (len(CLASSES), 4, 2)
        assert np.all((chances >= 0) & (chances <= 1))


def test_the_logistic_learns_that_acts_come_in_runs() -> None:
    runs = [week for week in range(80) if week // 8 % 2]
    record = denounced(*runs, weeks=80)
    told = Learnt.of([record]).forecasts(acts_of(record))["last_weeks"][DENOUNCE, :, 0]
    last = acts_of(record)[DENOUNCE, 3:-1, 0]
    assert told[last].mean() > 0.8
    assert told[~last].mean() < 0.2


def test_spells_no_longer_than_the_lead_teach_the_rates_alone() -> None:
    learnt = Learnt.of([denounced(0, weeks=3), denounced(1, weeks=2)])
    assert learnt.weeks == 5
    assert learnt.weights[DENOUNCE].tolist() == [0, 1, 0, 0]
    assert learnt.dyad_rate[DENOUNCE, 0] == pytest.approx((2 + 4 * 0.2) / 9)


RECORD = Path(__file__).parents[3] / "shared" / "data" / "events"


def test_on_the_record_beside_the_project_rates_score_as_they_were_measured() -> None:
    if not RECORD.is_dir():
        pytest.skip("the record of events is not beside the project")
    record = read_icews(RECORD, vocabulary().actors)
    acts = acts_of(record.between(*SCORED))
    happened = acts[:, LEAD:]
    told = Learnt.of([*learnt(record).values()]).forecasts(acts)
    scores = {
        name: -np.log(np.clip(np.where(happened, one, 1 - one), 0.001, 1)).mean()
        for name, one in told.items()
    }
    assert happened.size == 18_792
    assert scores["one_rate"] == pytest.approx(0.246, abs=0.001)
    assert scores["dyad_rate"] == pytest.approx(0.1445, abs=0.001)
    assert scores["last_weeks"] == pytest.approx(0.138, abs=0.001)
