"""Numbers that are drawn for each world: which, from what, and always the same."""

import numpy as np
import pandas as pd
import pytest

from realpolitik.sim.engine.parameters import ASSUMED, ESTIMATED, FIXED
from realpolitik.sim.engine.streams import BLOCK
from realpolitik.sim.experiments.drawing import (
    Knowledge,
    drawn_numbers,
    free_numbers,
    knowledge_of,
    points_of,
)
from realpolitik.sim.files.json_text import RecordError
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.vocabulary import vocabulary

TIES = "RUS.israel_ties.diaspora"
RATE = "rate.RUS-USA.denounce"
PRECISION = "world.precision"


def addresses(scenario: Scenario) -> set[str]:
    """What is free in a scenario."""
    return {one.address for one in free_numbers(scenario)}


# ── Which are free ───────────────────────────────────────────────────────────────────


def test_numbers_of_every_kind_are_free_and_sums_are_not(haniyeh: Scenario) -> None:
    found = addresses(haniyeh)
    assert {TIES, RATE, PRECISION, "action.support.base_rate"} <= found
    assert "RUS.israel_ties" not in found
    assert any(one.startswith("initial.hostility.") for one in found)


def test_what_the_scenario_sets_is_not_drawn(haniyeh: Scenario) -> None:
    """A sum stands for its parts, and a base rate for the rates that follow it."""
    given = {"RUS.israel_ties": 0.2, PRECISION: 9.0, "action.denounce.base_rate": 0.1}
    found = addresses(haniyeh.with_parameters(given))
    assert addresses(haniyeh) - found >= {TIES, PRECISION, RATE, "action.denounce.base_rate"}
    assert "rate.RUS-USA.support" in found


def test_the_start_that_the_scenario_gives_is_not_drawn(haniyeh: Scenario) -> None:
    start = haniyeh.model_copy(update={"initial": {"hostility": {"IRN<>ISR": 0.5}}})
    gone = addresses(haniyeh.model_copy(update={"initial": {}})) - addresses(start)
    assert gone == {"initial.hostility.IRN-ISR", "initial.hostility.ISR-IRN"}


def test_nothing_is_drawn_of_shocks_or_of_who_is_absent(haniyeh: Scenario) -> None:
    spec = haniyeh.model_copy(update={"actors": ("IRN", "ISR"), "outcomes": {}})
    firsts = {one.partition(".")[0] for one in addresses(spec)}
    assert firsts == {"IRN", "ISR", "world", "action", "rate", "initial"}


def test_an_act_that_was_never_seen_stays_none(haniyeh: Scenario) -> None:
    words = vocabulary()
    never = {address for address, one in words.rates.items() if not one.parameter.default}
    assert never
    assert never.isdisjoint(addresses(haniyeh))


def test_a_rate_of_which_only_the_action_is_known_follows_it(haniyeh: Scenario) -> None:
    words = vocabulary()
    drawn = [words.provenance(one) for one in free_numbers(haniyeh) if one.follows]
    assert set(drawn) == {ESTIMATED}


# ── From what ────────────────────────────────────────────────────────────────────────


def test_each_number_is_drawn_by_what_is_known_of_it(haniyeh: Scenario) -> None:
    words, known = vocabulary(), knowledge_of(haniyeh)
    assert {words.provenance(one) for one in known.rates} == {ESTIMATED}
    assert {words.provenance(one) for one in known.ranges}.isdisjoint({ESTIMATED, FIXED})
    assert ASSUMED in {words.provenance(one) for one in known.ranges}
    told = known.facts
    assert told["numbers"] == len(known.rates) + len(known.weights) + len(known.ranges)
    assert told["estimated"] == len(known.rates) + len(known.weights)


def test_ranges_are_kept_and_rates_are_probabilities(haniyeh: Scenario) -> None:
    known = knowledge_of(haniyeh)
    drawn = drawn_numbers(haniyeh, 200, 1)
    for one in known.ranges:
        assert one.low <= drawn[one.address].min() < drawn[one.address].max() <= one.high
    for one in known.rates:
        assert 0 <= drawn[one.address].min() <= drawn[one.address].max() <= 1
        middle = drawn[one.address].mean()
        assert middle == pytest.approx(one.default, abs=0.2 * max(one.high - one.low, 0.01))


# ── Always the same ──────────────────────────────────────────────────────────────────


def test_a_world_has_the_same_numbers_however_many_there_are(haniyeh: Scenario) -> None:
    few, many = (drawn_numbers(haniyeh, worlds, 4) for worlds in (5, BLOCK + 3))
    for address, values in few.items():
        assert values.tolist() == many[address][:5].tolist()
        assert len(set(many[address].tolist())) > 1
        assert len(many[address]) == BLOCK + 3


def test_a_number_is_the_same_whichever_others_are_drawn(haniyeh: Scenario) -> None:
    whole = knowledge_of(haniyeh)
    alone = Knowledge((), (), tuple(one for one in whole.ranges if one.address == TIES))
    assert alone.values(4, 1, 9)[TIES].tolist() == whole.values(4, 1, 9)[TIES].tolist()


def test_seeds_and_blocks_have_other_numbers(haniyeh: Scenario) -> None:
    known = knowledge_of(haniyeh)
    several = [known.values(*place, 3)[TIES].tolist() for place in ((0, 0), (1, 0), (0, 1))]
    assert len({tuple(one) for one in several}) == 3


# ── What a calibration left ──────────────────────────────────────────────────────────


POINTS = pd.DataFrame({PRECISION: [6.0, 7.0, 8.0], "IRN.domestic_pressure": [0.1, 0.2, 0.3]})


def test_points_are_drawn_whole_and_alike_often(haniyeh: Scenario) -> None:
    drawn = points_of("here", POINTS, haniyeh).values(3, 0, 900)
    assert drawn["IRN.domestic_pressure"] == pytest.approx((drawn[PRECISION] - 5) / 10)
    times = np.unique(drawn[PRECISION], return_counts=True)[1]
    assert times == pytest.approx([300] * 3, abs=60)


def test_points_leave_alone_what_the_scenario_sets(haniyeh: Scenario) -> None:
    kept = points_of("here", POINTS, haniyeh.with_parameters({PRECISION: 9.0}))
    assert list(kept.values(0, 0, 2)) == ["IRN.domestic_pressure"]


def test_points_that_say_nothing_are_refused(haniyeh: Scenario) -> None:
    with pytest.raises(RecordError, match="here: no point is left"):
        points_of("here", POINTS.head(0), haniyeh)
    with pytest.raises(RecordError, match="nothing that haniyeh_2024 leaves open"):
        points_of("here", POINTS[[PRECISION]], haniyeh.with_parameters({PRECISION: 9.0}))


def test_other_points_have_another_digest(haniyeh: Scenario) -> None:
    one, other = (points_of("x", table, haniyeh).facts for table in (POINTS, POINTS.head(2)))
    assert (one["numbers"], one["points"], other["points"]) == (2, 3, 2)
    assert one["digest"] != other["digest"]
