"""The verdict in words."""

from typing import Any

import pandas as pd
import pytest

from realpolitik.sim.hindcast.hindcasting import standing, verdict
from realpolitik.sim.hindcast.scores import FEWEST

ALLY, BASE, EVEN = "automatic_ally", "base_rate", "uniform"
TITLES = {"realpolitik": "the article's reading", ALLY: "an ally", BASE: "", EVEN: ""}
AHEAD = {
    "crises": 9,
    "skill": 0.3,
    "rps_difference": -0.1,
    "rps_difference_low": -0.2,
    "rps_difference_high": -0.05,
    "bayes_factor": 12.0,
    "bayes_low": 4.0,
    "bayes_high": 36.0,
    "bayes_least": 6.0,
    "least_without": "April",
    "bayes_most": 20.0,
    "most_without": "June",
    "bayes_less_doubt": 13.0,
    "bayes_more_doubt": 11.0,
}
BEHIND = {"rps_difference": 0.2, "rps_difference_low": 0.1, "rps_difference_high": 0.3}


def table(**changes: dict[str, Any]) -> pd.DataFrame:
    """The article's reading against three rivals, ahead of all; `all` of one may be changed."""
    rows = []
    for rival in (ALLY, BASE, EVEN):
        for cases, n in (("article", 2), ("omitted", 30)):
            few = {"crises": 2, "bayes_low": float("nan")} if cases == "article" else {}
            rows.append({"rival": rival, "cases": cases, "n": n, **AHEAD, **few})
        rows.append({"rival": rival, "cases": "all", "n": 32, **AHEAD, **changes.get(rival, {})})
    return pd.DataFrame(rows)


def sentences(found: pd.DataFrame, titles: dict[str, str] = TITLES) -> str:
    return "\n".join(verdict(found, found[found["rival"] == BASE], titles))


def duels(*factors: tuple[float, float, float]) -> pd.DataFrame:
    """Least, whole and greatest factor over each rival."""
    return pd.DataFrame(
        {
            "bayes_least": least,
            "bayes_factor": factor,
            "bayes_most": most,
            "least_without": f"April {place}",
            "most_without": f"June {place}",
        }
        for place, (least, factor, most) in enumerate(factors)
    )


@pytest.mark.parametrize(
    ("factors", "told"),
    [
        ([(3.0, 9.0, 9.0), (40.0, 100.0, 200.0)], "supported"),
        ([(2.9, 9.0, 9.0), (40.0, 100.0, 200.0)], "ahead, but that hangs on one crisis (April 0)"),
        ([(40.0, 100.0, 200.0), (1.0, 2.9, 9.0)], "undecided"),
        ([(0.1, 0.2, 0.3), (40.0, 100.0, 200.0)], "contradicted"),
        ([(40.0, 100.0, 200.0), (0.1, 0.2, 0.4)], "behind, but that hangs on one crisis (June 1)"),
        ([(0.5, 1.0, 2.0)], "undecided"),
    ],
)
def test_a_word_holds_only_if_it_holds_whichever_crisis_is_left_out(
    factors: list[tuple[float, float, float]], told: str
) -> None:
    assert standing(duels(*factors)) == told


def test_it_says_on_which_cases_the_reading_is_supported_and_where_they_are_too_few() -> None:
    told = sentences(table(automatic_ally={"bayes_factor": 1.0, "bayes_least": 0.5}))
    assert (
        "the article's reading is supported on the 30 that it leaves out and undecided on all 32, "
        "while the 2 cases that the article tells of (2 crises) are too few to say"
    ) in told
    assert "Over an ally its Bayes factor is 12 (article), 12 (omitted; 95 % interval 4" in told


def test_another_base_than_the_articles_goes_by_its_own_name() -> None:
    titles = {"mine": "blind to Israel", **{name: TITLES[name] for name in (ALLY, BASE, EVEN)}}
    told = sentences(table(), titles)
    assert "Set against the other readings of Russia, blind to Israel is supported" in told
    assert "the article's reading" not in told


def test_factors_at_other_doubts_are_told() -> None:
    assert "a doubt of .001 instead of .01 makes it 13, one of .05 11" in sentences(table())


def test_what_is_not_beaten_is_said_plainly() -> None:
    ahead = {"rps_difference": -0.01, "rps_difference_high": 0.02}
    told = sentences(
        table(base_rate={**BEHIND, "bayes_least": 0.1, "bayes_most": 0.3}, uniform=ahead)
    )
    assert "The simulator does not beat the plain base rate (mean RPS 0.200 higher" in told
    assert "contradicted on all 32" in told
    assert "ahead of a uniform forecast, but by no more than chance may explain" in told
    assert "has not been shown to beat it" in told


def test_what_is_beaten_is_said_as_plainly() -> None:
    assert (
        "The simulator beats the plain base rate (mean RPS 0.100 lower, 95 % interval of the "
        "difference −0.200 to −0.050; skill 0.30)"
    ) in sentences(table())


def test_sets_without_cases_are_left_out() -> None:
    found = table()
    found.loc[found["cases"] == "article", ["n", "crises"]] = 0
    told = sentences(found)
    assert "(article" not in told
    assert "the 0" not in told


@pytest.mark.parametrize(
    ("n", "crises", "told"),
    [
        (1, 1, "One case is too few to say who forecasts better"),
        (2, 2, "2 cases, of 2 crises, are too few to say who forecasts better"),
        (40, 1, "40 cases, of 1 crisis, are too few to say who forecasts better"),
    ],
)
def test_of_few_crises_nothing_is_said_but_that_they_are_few(
    n: int, crises: int, told: str
) -> None:
    assert crises < FEWEST
    found = table()
    found.loc[found["cases"] == "all", ["n", "crises"]] = n, crises
    said = sentences(found)
    assert said.startswith(told)
    for word in ("supported", "contradicted", "undecided", "beat", "Bayes"):
        assert word not in said
