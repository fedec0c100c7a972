"""Claims and their tests as values: what has to be simulated, and what is said of a test."""

from dataclasses import replace

from realpolitik.sim.claims.claim import ClaimCase, ClaimOutcome, ClaimTest, words_of
from realpolitik.sim.scenario.loading import read_scenario
from tests.quarrel import TEXT

SCENARIO = read_scenario(TEXT, "small.yaml")
CASE = ClaimCase("small", SCENARIO, {})
STRIKE = ClaimOutcome(CASE, SCENARIO.outcomes["strike"], "strike")
HEIGHT = ClaimOutcome(CASE, SCENARIO.outcomes["height"], "height")


def changed(**parameters: float) -> ClaimTest:
    """A test whose change is these parameters."""
    case = replace(CASE, parameters={key.replace("__", "."): at for key, at in parameters.items()})
    return ClaimTest(STRIKE, replace(STRIKE, case=case), "lower", 0.0)


def test_cases_with_the_same_parameters_are_one_however_they_are_ordered() -> None:
    one, other = {"a": 1.0, "b": 2.0}, {"b": 2.0, "a": 1.0}
    assert replace(CASE, parameters=one).key == replace(CASE, parameters=other).key
    assert replace(CASE, parameters=one).key != CASE.key


def test_the_column_of_an_outcome_says_all_of_its_measure() -> None:
    assert words_of(SCENARIO.outcomes["strike"]) == ["direct_strike", "IRN", "ISR"]
    assert STRIKE.column == "direct_strike IRN ISR"


def test_a_change_is_told_by_what_differs() -> None:
    assert ClaimTest(STRIKE, None, "above", 0.0, (0.5, 0.5)).change == ""
    assert changed(RUS__israel_ties=0.5).change == "RUS.israel_ties = 0.5"
    assert changed().change == "nothing"
    assert ClaimTest(STRIKE, HEIGHT, "lower", 0.0).change == "height instead"


def test_worlds_that_are_left_out_are_told_with_the_outcome() -> None:
    test = ClaimTest(HEIGHT, None, "above", 0.0, (5.0, 5.0), STRIKE)
    assert test.outcome == "height where strike"


def test_all_that_has_to_be_simulated_is_told_of_the_test_and_of_the_one_without_motives() -> None:
    test = ClaimTest(HEIGHT, None, "above", 0.0, (5.0, 5.0), STRIKE)
    assert test.sides == (HEIGHT, STRIKE)
    assert replace(test, without=test).sides == (HEIGHT, STRIKE, HEIGHT, STRIKE)
