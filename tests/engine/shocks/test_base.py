"""What all shocks have in common: when they happen, and which numbers they take."""

import datetime
import math
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from realpolitik.sim.engine.shocks import (
    Assassination,
    Casualties,
    Election,
    Embargo,
    NewLeader,
    Posture,
    SetQuantity,
    Shock,
    When,
)
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


# ── Numbers under an address ─────────────────────────────────────────────────────────


def ranges_of(one: Shock, weeks: int = 26) -> dict[str, tuple[float, float, float]]:
    """Field → value, least and greatest of what can be set of a shock."""
    return {
        parameter.address.removeprefix("shock.it."): (
            parameter.default,
            parameter.low,
            parameter.high,
        )
        for parameter in one.parameters(START, weeks)
    }


def test_numbers_with_a_declared_range_are_parameters_and_so_is_the_week() -> None:
    killing = shock(Assassination, by="A", against="B", date=START + datetime.timedelta(8))
    assert ranges_of(killing) == {
        "probability": (1, 0, 1),
        "pressure": (0.9, 0, 1),
        "rung": (5, 0, 10),
        "hostility": (0.05, 0, 1),
        "affront": (1, 0, 1),
        "week": (2, 1, 26),
    }


def test_on_a_condition_the_delay_takes_the_place_of_the_week() -> None:
    waiting = shock(Embargo, target="A", when={"outcome": "strike", "delay_weeks": 3})
    assert ranges_of(waiting) == {"probability": (1, 0, 1), "delay_weeks": (3, 1, 26)}


def test_what_is_not_given_is_no_parameter() -> None:
    assert "administration" not in ranges_of(shock(NewLeader, of="A"))
    assert ranges_of(shock(NewLeader, of="A", administration=1))["administration"] == (1, 0, 1)


def test_a_value_that_stands_there_lies_in_its_range() -> None:
    early = shock(Election, of="A", date=START - datetime.timedelta(14))
    assert ranges_of(early)["week"] == (-1, -1, 26)
    assert ranges_of(shock(Embargo, target="A", week=30))["week"] == (30, 1, 30)


def test_only_weeks_and_deaths_take_whole_numbers() -> None:
    shocks = [
        shock(Election, of="A"),
        shock(Casualties, target="A", deaths=3, blamed="B"),
        shock(Embargo, target="A", when={"outcome": "strike"}),
    ]
    numbers = [one for shocked in shocks for one in shocked.parameters(START, 26)]
    whole = {one.address.rpartition(".")[2]: one.unit for one in numbers if one.integral}
    assert whole == {
        "week": "week",
        "inaugurated_after_weeks": "week",
        "delay_weeks": "week",
        "deaths": "1",
    }


def test_what_is_set_takes_the_place_of_what_stands_there_and_a_week_that_of_the_date() -> None:
    election = shock(Election, of="A", date=START)
    set_so = election.as_set(
        {"shock.it.week": 4.0, "shock.it.challenger_wins": 0.2, "shock.other.week": 9.0}
    )
    assert set_so == shock(Election, of="A", week=4, challenger_wins=0.2)
    assert isinstance(set_so.week, int)
    assert election.as_set({"shock.other.week": 9.0}) == election


def test_a_delay_is_set_in_the_condition() -> None:
    waiting = shock(Embargo, target="A", when={"outcome": "strike"})
    later = waiting.as_set({"shock.it.delay_weeks": 5.0})
    assert later == shock(Embargo, target="A", when={"outcome": "strike", "delay_weeks": 5})
