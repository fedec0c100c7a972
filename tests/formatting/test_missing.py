"""What stands in the place of a part that could not be made."""

import pytest

from realpolitik.sim.formatting.missing import Missing, attempt, attempt_each, attempt_texts


def fail() -> list[str]:
    """A maker that fails, and says so in two lines."""
    raise RuntimeError("out of\nink")


WHY = "the part could not be made (RuntimeError: out of ink)"


def test_what_can_be_made_is_given_as_it_is() -> None:
    assert attempt("the part", lambda: 3, Missing) == 3
    assert attempt_texts("the part", lambda: iter(["one", "two"])) == ["one", "two"]


def test_what_fails_is_warned_of_and_gives_way_to_a_sentence() -> None:
    with pytest.warns(UserWarning, match="out of ink"):
        assert attempt("the part", fail, str.upper) == f"{WHY}.".upper()
    with pytest.warns(UserWarning, match="out of ink"):
        assert attempt_texts("the part", fail) == [f"T{WHY[1:]}."]


def test_of_several_those_that_fail_are_told_apart() -> None:
    with pytest.warns(UserWarning, match="out of ink"):
        made, why = attempt_each("part", {"good": lambda: ["well"], "bad": fail})
    assert made == {"good": ["well"]}
    assert why == (WHY.replace("the part", "The part bad") + ".",)
