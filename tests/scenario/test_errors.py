"""Faults: their order and number, how they read, and the nearest right name."""

import pytest

from realpolitik.sim.scenario.errors import (
    MOST_FAULTS,
    Fault,
    Known,
    Place,
    ScenarioError,
    is_between,
    nearest,
    number,
    number_between,
    quoted,
    refusal,
    unknown,
)

HERE = Place("x.yaml", 3, 5)


def test_a_fault_reads_as_place_problem_and_what_was_expected() -> None:
    assert str(Fault(HERE, "weeks is 'many'", "a whole number")) == (
        "x.yaml:3:5: weeks is 'many'; expected a whole number"
    )
    assert str(Fault(Place("x.yaml"), "the file is empty")) == "x.yaml: the file is empty"


def test_a_name_like_the_wrong_one_is_suggested_in_the_place_of_a_list() -> None:
    assert str(unknown(HERE, "action", "stirke", ["strike", "sanction"])) == (
        "x.yaml:3:5: unknown action 'stirke'; did you mean 'strike'?"
    )
    assert str(unknown(HERE, "action", "xyz", ["strike", "sanction"])).endswith(
        "expected one of sanction, strike"
    )


def test_faults_are_in_the_order_of_the_file_and_not_without_end() -> None:
    places = [Place("x", line) for line in range(MOST_FAULTS + 5, 0, -1)]
    found = ScenarioError(Fault(place, "wrong") for place in places).faults
    assert [fault.place.line for fault in found[:3]] == [1, 2, 3]
    assert len(found) == MOST_FAULTS + 1
    assert found[-1].problem == f"more than {MOST_FAULTS} faults"


def test_a_name_that_was_refused_tells_why() -> None:
    known = Known({"RUS": 1}, {"TUR": "it has no title"})
    assert refusal(known, "TUR") == "it has no title"
    assert refusal(known, "RUS") == ""
    assert "cannot be used: it has no title" in str(unknown(HERE, "actor", "TUR", known))
    with pytest.raises(ScenarioError, match="TUR: cannot be used"):
        known["TUR"]
    with pytest.raises(KeyError):
        known["USA"]


@pytest.mark.parametrize(
    ("name", "found"), [("rus", "RUS"), ("“RUS”", "RUS"), ("zzz", ""), ("R" * 101, "")]
)
def test_the_nearest_name_minds_neither_case_nor_quotation_marks(name: str, found: str) -> None:
    assert nearest(name, ["USA", "RUS"]) == found


def test_of_names_that_are_equally_near_the_one_that_begins_alike_is_taken() -> None:
    assert nearest("strik", ["trike", "strike"]) == "strike"


def test_numbers_and_ranges_are_written_as_a_person_would() -> None:
    assert (number(3.0), number(0.1 + 0.2)) == ("3", "0.3")
    assert number_between(0, 1) == "a number from 0 to 1"
    assert number_between(2, float("inf"), "a whole number") == "a whole number of at least 2"
    assert number_between(1, 1) == "1"


def test_an_end_of_a_range_may_be_off_by_its_rounding() -> None:
    assert is_between(0, 1 + 1e-12, 1)
    assert not is_between(0, 1.001, 1)


def test_a_long_text_is_cut_and_stays_on_its_line() -> None:
    assert len(quoted("x" * 500)) < 70
    assert "\n" not in quoted("a\nb")
