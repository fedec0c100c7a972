"""Ensembles whose worlds have numbers of their own, and the interval over what these may be."""

from concurrent.futures import ProcessPoolExecutor
from typing import Any

import numpy as np
import pandas as pd
import pytest

from realpolitik.sim import Result, over_numbers, simulate
from realpolitik.sim.experiments.drawing import Knowledge, drawn_numbers, knowledge_of, points_of
from realpolitik.sim.experiments.uncertain import EACH, Settings, number_of_settings
from realpolitik.sim.scenario.schema import Scenario

PRESSURE, TIES = "IRN.domestic_pressure", "RUS.israel_ties.diaspora"
ENDS = pd.DataFrame({PRESSURE: [0.0, 1.0]})


@pytest.fixture(scope="module")
def short(haniyeh: Scenario) -> Scenario:
    """The main scenario, of few weeks and outcomes."""
    kept = {name: haniyeh.outcomes[name] for name in ("strike_on_israel", "highest_rung")}
    return haniyeh.model_copy(update={"weeks": 6, "outcomes": kept, "expects": ()})


# ── Worlds with numbers of their own ─────────────────────────────────────────────────


def test_a_world_is_that_of_its_numbers(short: Scenario) -> None:
    """Worlds whose numbers lie in their ranges come out of numbers that are given, too."""
    known = knowledge_of(short)
    of_ranges = Knowledge((), (), known.ranges)
    drawn = drawn_numbers(short, 20, 3, of_ranges)
    pd.testing.assert_frame_equal(
        simulate(short, 20, 3, uncertain=of_ranges).runs,
        simulate(short, 20, 3, drawn).runs,
        check_exact=True,
    )


def test_a_world_is_the_same_in_any_ensemble_and_process(short: Scenario) -> None:
    few = simulate(short, 30, 3, uncertain=True)
    with ProcessPoolExecutor(1) as executor:
        many = simulate(short, 1030, 3, executor=executor, uncertain=True)
    pd.testing.assert_frame_equal(few.runs, many.runs.head(30), check_exact=True)
    assert few.drawing == many.drawing == knowledge_of(short)


def test_what_is_given_is_kept(short: Scenario) -> None:
    """A sum that is given stands for its parts; nothing that is drawn undoes it."""
    of_ranges = Knowledge((), (), knowledge_of(short).ranges)
    whole = {"RUS.israel_ties": np.linspace(0, 0.5, 20)}
    others = {
        address: values
        for address, values in drawn_numbers(short, 20, 3, of_ranges).items()
        if not address.startswith("RUS.israel_ties.")
    }
    pd.testing.assert_frame_equal(
        simulate(short, 20, 3, whole, uncertain=of_ranges).runs,
        simulate(short, 20, 3, others | whole).runs,
        check_exact=True,
    )


@pytest.mark.parametrize("given", ["yes", None, 1])
def test_what_is_no_drawing_is_refused(short: Scenario, given: Any) -> None:
    with pytest.raises(TypeError, match="expected True, False or a Drawing"):
        simulate(short, 2, 0, uncertain=given)


# ── Over what they may be ────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("worlds", "settings"), [(1, 0), (255, 0), (256, 16), (1000, 62), (2048, 128), (10**6, 128)]
)
def test_settings_are_a_sixteenth_of_the_worlds(worlds: int, settings: int) -> None:
    assert number_of_settings(worlds) == settings


def test_neighbouring_worlds_share_a_setting(short: Scenario) -> None:
    known = knowledge_of(short)
    of_worlds = known.values(3, 0, 128)
    for block, first in ((0, 0), (1, 64)):
        found = Settings(known, 128, EACH).values(3, block, 1024)[TIES].reshape(64, EACH)
        assert (found == of_worlds[TIES][first : first + 64, None]).all()


def test_few_worlds_have_no_second_interval(short: Scenario) -> None:
    assert over_numbers(simulate(short, 255)) is None


def test_the_second_interval_reaches_to_where_the_numbers_put_an_outcome(short: Scenario) -> None:
    """With and without pressure at home, each as often: there are the two ends."""
    result = simulate(short, 512, 3)
    assumed = over_numbers(result, points_of("ends", ENDS, short))
    assert assumed is not None
    assert (assumed.settings, assumed.each) == (32, 16)
    ends = [_share(simulate(short, 512, 3, {PRESSURE: end})) for end in (0.0, 1.0)]
    found = assumed.outcomes["strike_on_israel"]
    chosen = points_of("ends", ENDS, short).values(3, 0, 32)[PRESSURE]
    assert found.mean == pytest.approx(np.interp(chosen.mean(), [0, 1], ends), abs=0.06)
    assert found.low < ends[0] + 0.05
    assert found.high > ends[1] - 0.05


def test_numbers_without_effect_have_no_second_interval(short: Scenario) -> None:
    """What is left is chance, and that is taken off."""
    nothing = points_of("same", pd.DataFrame({PRESSURE: [0.5, 0.5]}), short)
    assumed = over_numbers(simulate(short, 1000, 3), nothing)
    assert assumed is not None
    found = assumed.outcomes["strike_on_israel"]
    assert found.high - found.low < 0.15


def test_the_numbers_of_an_ensemble_are_those_of_its_second_interval(short: Scenario) -> None:
    drawing = points_of("ends", ENDS, short)
    assumed = over_numbers(simulate(short, 256, 3, uncertain=drawing))
    assert assumed is not None
    assert assumed.drawing is drawing


def test_numbers_that_were_given_for_each_world_are_refused(short: Scenario) -> None:
    result = simulate(short, 256, 3, {PRESSURE: np.full(256, 0.5)})
    with pytest.raises(ValueError, match=f"{PRESSURE} was given a value for each world"):
        over_numbers(result)


def _share(result: Result) -> float:
    return float(result.runs["strike_on_israel"].mean())
