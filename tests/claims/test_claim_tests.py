"""Tests of claims: what is read of them, and every fault at its place."""

from pathlib import Path

import pytest

from tests.claims.small import CHANGE, LEVEL, claims_in, faults_in, folder_with_scenario, text_of


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place beside the scenario."""
    return folder_with_scenario(tmp_path_factory.mktemp("claims"))


def fault_of(where: Path, test: str) -> str:
    """The only fault of a claim with this test, without its place."""
    (fault,) = faults_in(text_of(test), where)
    place, _, said = fault.partition(": ")
    assert place.startswith("claims.yaml:12:")
    return said


# ── What a test says ─────────────────────────────────────────────────────────────────


def test_parameters_of_a_change_come_on_top_of_those_of_the_test(where: Path) -> None:
    test = (
        "{parameters: {RUS.israel_ties: 0, RUS.saudi_ties: 0}, "
        "change: {parameters: {RUS.israel_ties: 0.5}}, outcome: strike, expect: lower}"
    )
    (trial,) = claims_in(text_of(test), where).claims[0].trials
    assert trial.changed
    assert trial.base.case.parameters == {"RUS.israel_ties": 0, "RUS.saudi_ties": 0}
    assert trial.changed.case.parameters == {"RUS.israel_ties": 0.5, "RUS.saudi_ties": 0}


def test_a_written_measure_is_one_outcome_however_often_it_is_written(where: Path) -> None:
    test = (
        "{outcome: {measure: act, action: warn, by: IRN, target: ISR}, expect: above, level: 0.5}"
    )
    one, other = (c.trials[0].base for c in claims_in(text_of(test, test), where).claims)
    assert one.column == other.column == "act warn IRN ISR"
    assert one.outcome == "warn IRN ISR"


def test_what_is_given_is_looked_at_in_the_same_worlds(where: Path) -> None:
    test = "{outcome: height, given: strike, expect: above, level: 5}"
    (trial,) = claims_in(text_of(test), where).claims[0].trials
    assert trial.given
    assert trial.given.case == trial.base.case
    assert trial.outcome == "height where strike"


# ── What is wrong with a test ────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("test", "fault"),
    [
        (LEVEL.replace("strike", "strik"), "did you mean 'strike'?"),
        (LEVEL.replace("above", "abov"), "unknown expectation 'abov'; did you mean 'above'?"),
        (LEVEL.replace("level", "bye: 0, level"), "unknown key 'bye'; did you mean 'by'?"),
        (LEVEL.replace("0.5", "[0.2, 0.5]"), "level is a list; expected a number"),
        (LEVEL.replace("above", "within"), "level is 0.5; expected two numbers"),
        (
            LEVEL.replace("above, level: 0.5", "within, level: [0.5, 0.2]"),
            "the range is upside down; expected the lower number first",
        ),
        (
            LEVEL.replace("above, level: 0.5", "higher"),
            "expect is 'higher', but nothing is changed",
        ),
        (CHANGE.replace("lower", "below, level: 0.5"), "expect is 'below'; expected higher, lower"),
        (CHANGE.replace("lower", "same"), "by is 0; expected a number above 0"),
        (CHANGE.replace("lower", "lower, by: -1"), "by is -1; expected a number of at least 0"),
        (CHANGE.replace("lower", "lower, level: 0.5"), "a level beside expect: lower"),
        (CHANGE.replace("calm", "cam"), "unknown variant 'cam'; did you mean 'calm'?"),
        (CHANGE.replace("variant: calm", ""), "nothing is changed; expected one of scenario"),
        (
            CHANGE.replace("variant: calm", "scenario: hanieh_2024"),
            "unknown scenario 'hanieh_2024'; did you mean 'haniyeh_2024'?",
        ),
        (
            CHANGE.replace("variant: calm", "scenario: no_shock, variant: calm"),
            "a variant beside a scenario; expected the one or the other",
        ),
        (
            CHANGE.replace("variant: calm", "parameters: {RUS.isreal_ties: 0}"),
            "unknown parameter 'RUS.isreal_ties'; did you mean 'RUS.israel_ties'?",
        ),
        (
            CHANGE.replace("variant: calm", "parameters: {RUS.israel_ties: 3}"),
            "RUS.israel_ties is 3; expected a number from 0 to 0.92",
        ),
        (
            CHANGE.replace("variant: calm", "parameters: {HEZ.iran_tie: 0.2}"),
            "'HEZ.iran_tie' does not bear on this scenario",
        ),
        (CHANGE.replace("variant: calm", "outcome: height"), "a share is compared with a rung"),
        (
            CHANGE.replace("expect", "given: strike, expect"),
            "given beside a change; expected given",
        ),
        (LEVEL.replace("expect", "given: height, expect"), "given is a rung; expected an outcome"),
        (LEVEL.replace("strike", "{measure: deths}"), "unknown measure 'deths'"),
        (
            LEVEL.replace("strike", "{measure: act, action: wrn, by: IRN, target: ISR}"),
            "unknown action 'wrn'; did you mean 'warn'?",
        ),
        (
            LEVEL.replace("strike", "{measure: act, action: warn, by: IRN, target: SAU}"),
            "SAU is not among the scenario's actors",
        ),
        (
            LEVEL.replace("strike", "{measure: act, action: warn, by: IRN}"),
            "missing key 'target' (measure act)",
        ),
        (LEVEL.replace("outcome: strike, ", ""), "missing key 'outcome'"),
        (LEVEL.replace("level: 0.5", ""), "missing key 'level'; expected a number"),
        ("[]", "test is an empty list; expected a test, or why there is none"),
        ("yes", "the test is 'yes'; expected a mapping"),
    ],
)
def test_a_fault_of_a_test_is_told(where: Path, test: str, fault: str) -> None:
    assert fault in fault_of(where, test)
