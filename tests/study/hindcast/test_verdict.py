"""The verdict in words."""

from typing import Any

import pandas as pd
import pytest

from realpolitik.sim.study.hindcast.verdict import factor_said, standing, verdict

COLUMNS = ["rival", "cases", "n", "skill", "skill_low", "skill_high", "bayes_factor"]
ALLY, BASE, EVEN = "automatic_ally", "base_rate", "uniform"


def table(**changes: tuple[Any, ...]) -> pd.DataFrame:
    """The article's reading against three rivals, ahead of all; `all` of one may be changed."""
    rows = []
    for rival in (ALLY, BASE, EVEN):
        usual = (0.3, 0.1, 0.5, 12.0)
        rows += [(rival, "article", 2, *usual), (rival, "omitted", 3, *usual)]
        rows += [(rival, "all", 5, *changes.get(rival, usual))]
    return pd.DataFrame(rows, columns=COLUMNS)


def sentences(found: pd.DataFrame) -> str:
    return "\n".join(verdict(found, {ALLY: "An ally"}))


@pytest.mark.parametrize(
    ("factors", "told"),
    [
        ([3.0, 100.0], "supported"),
        ([2.9, 100.0], "undecided"),
        ([0.3, 100.0], "contradicted"),
        ([1.0], "undecided"),
    ],
)
def test_support_needs_all_rivals_and_contradiction_one(factors: list[float], told: str) -> None:
    assert standing(factors) == told


def test_it_says_on_which_cases_the_reading_is_supported() -> None:
    told = sentences(table(automatic_ally=(0.0, -0.1, 0.1, 1.0)))
    assert (
        "the article's is supported on the 2 cases that the article tells of, supported on the 3 "
        "that it leaves out and undecided on all 5"
    ) in told
    assert "Over an automatic ally of Tehran its Bayes factor is 12 (article)" in told


def test_what_is_not_beaten_is_said_plainly() -> None:
    told = sentences(table(base_rate=(-0.2, -0.5, 0.1, 0.2), uniform=(0.1, -0.1, 0.3, 1.5)))
    assert "The simulator does not beat the plain base rate (skill −0.20" in told
    assert "contradicted on all 5: Bayes factor" in told
    assert "ahead of a uniform forecast, but by no more than chance may explain" in told
    assert "has not been shown to beat it" in told


def test_what_is_beaten_is_said_as_plainly() -> None:
    told = sentences(table())
    assert (
        "The simulator beats the plain base rate (skill 0.30, 95 % interval 0.10 to 0.50)" in told
    )


def test_sets_without_cases_are_left_out() -> None:
    found = table()
    found.loc[found["cases"] == "article", ["n"]] = 0
    told = sentences(found)
    assert "(article" not in told
    assert "the 0" not in told


def test_a_single_case_has_no_interval() -> None:
    nan = float("nan")
    told = sentences(table(uniform=(0.4, nan, nan, 3.0)))
    assert "no interval from a single case" in told
    assert "has not been shown to beat it" in told


@pytest.mark.parametrize(
    ("factor", "told"),
    [(4383.5, "4,400"), (12.3, "12"), (0.0812, "0.081"), (1.0, "1"), (float("nan"), "unknown")],
)
def test_factors_have_two_figures(factor: float, told: str) -> None:
    assert factor_said(factor) == told
