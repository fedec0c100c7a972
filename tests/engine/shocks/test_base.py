"""What all shocks have in common: when they happen, and which numbers they take."""

import datetime
import math
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from realpolitik.sim.engine.shocks import Election, Embargo, Posture, SetQuantity, When
from realpolitik.sim.engine.shocks.base import Trigger
from realpolitik.sim.scenario.vocabulary import vocabulary
from tests.engine.shocks.worlds import KINDS, shock

START = datetime.date(2024, 8, 5)


@pytest.mark.parametrize("days", [0, 6, 7, -1])
def test_a_date_falls_into_the_week_that_counts_from_the_start(days: int) -> None:
    dated = shock(Posture, by="A", protecting="B", date=START + datetime.timedelta(days))
    assert dated.felt_in_week(START) == {0: 1, 6: 1, 7: 2, -1: 0}[days]


def test_an_election_is_felt_when_the_winner_takes_office() -> None:
    election = shock(Election, of="A", week=3, inaugurated_after_weeks=11)
    assert election.seen_in_week(START) == 3
    assert election.felt_in_week(START) == 14


def test_a_shock_that_hangs_on_a_condition_has_no_week() -> None:
    waiting = shock(Embargo, target="A", when={"outcome": "strike"})
    assert waiting.felt_in_week(START) is None


@pytest.mark.parametrize("when", [{}, {"week": 1, "date": START}, {"week": 1, "when": "x"}])
def test_a_shock_has_just_one_time(when: dict[str, Any]) -> None:
    given_when = {"outcome": "strike"} if "when" in when else None
    fields = when | ({"when": given_when} if given_when else {})
    with pytest.raises(ValidationError, match="just one of week, date and when"):
        Embargo(kind="embargo", id="it", target="A", **fields)


def test_a_condition_has_at_most_one_bound() -> None:
    with pytest.raises(ValidationError, match="either at_least or at_most"):
        When(outcome="rung", at_least=1, at_most=2, delay_weeks=1)


@pytest.mark.parametrize(
    ("bound", "holds"),
    [
        ({}, [False, True, True, False]),
        ({"at_least": 2}, [False, False, True, False]),
        ({"at_most": 1}, [True, True, False, False]),
    ],
)
def test_bounds_include_themselves_and_what_never_came_meets_none(
    bound: dict[str, float], holds: list[bool]
) -> None:
    values = np.array([0.0, 1.0, 2.0, np.nan])
    assert When(outcome="it", **bound).holds(values).tolist() == holds


def test_a_trigger_fires_once_after_its_delay_from_the_first_week_that_meets_it() -> None:
    trigger = Trigger(When(outcome="it", delay_weeks=2), 0, worlds=3)
    after = [[0, 0, 1], [1, 0, 1], [0, 0, 0], [1, 0, 1], [1, 0, 1], [1, 0, 1]]
    due = [trigger.due(np.array(values), week) for week, values in enumerate(after, start=1)]
    fired = [[week for week, now in enumerate(due, start=1) if now[world]] for world in range(3)]
    assert fired == [[3], [], [2]]


def test_a_trigger_of_an_election_waits_for_the_inauguration_besides() -> None:
    trigger = Trigger(When(outcome="it", delay_weeks=2), 3, worlds=1)
    fired = [week for week in range(1, 12) if trigger.due(np.array([week >= 3]), week)[0]]
    assert fired == [7]


def test_a_shock_happens_in_about_its_share_of_worlds() -> None:
    draw = np.array([0.0, 0.1, 0.2, 0.3])
    sure, rare = (shock(Embargo, target="A", probability=p) for p in (1.0, 0.2))
    assert sure.happens(draw).all()
    assert rare.happens(draw).tolist() == [True, True, False, False]
    lost = shock(Election, of="A", probability=0.5, challenger_wins=0.4)
    assert lost.happens(draw).tolist() == [True, True, False, False]


def test_every_kind_of_ours_is_tested_here() -> None:
    ours = {name for name, kind in vocabulary().shocks.items() if "realpolitik" in kind.__module__}
    assert set(KINDS.values()) == ours


@pytest.mark.parametrize("number", [math.nan, math.inf])
def test_a_shock_takes_no_number_that_is_none(number: float) -> None:
    with pytest.raises(ValidationError, match="value"):
        SetQuantity(id="x", kind="set", week=1, quantity="rapport", of="RUS", value=number)
    with pytest.raises(ValidationError, match="at_least"):
        When(outcome="height", at_least=number)
