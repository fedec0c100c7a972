"""A test of many cases names those that offend, and cannot pass without any case."""

import pytest

from tests.offenders import each


def run(cases: list[int], check: object = None) -> str:
    """What the test of these cases fails with; odd ones offend."""

    @each("case", cases)
    def test(case: int) -> None:
        assert case % 2 == 0, "it is odd"

    try:
        test()
    except AssertionError as error:
        return str(error)
    return ""


def test_all_that_offend_are_named_with_the_reason() -> None:
    told = run([1, 2, 3])
    assert told.startswith("2 of 3\n1: AssertionError: it is odd")
    assert "\n3: " in told
    assert run([2, 4]) == ""


def test_no_case_is_an_offence() -> None:
    assert "no case" in run([])


@each("case", ["a", "b"])
def test_fixtures_are_passed_on(case: str, request: pytest.FixtureRequest) -> None:
    assert request.node.name == "test_fixtures_are_passed_on"
    assert case in "ab"
