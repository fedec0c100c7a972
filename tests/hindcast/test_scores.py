"""Means, skill, differences and Bayes factors over cases, against direct computations."""

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from realpolitik.sim.engine.world import Array
from realpolitik.sim.hindcast.scores import (
    FEWEST,
    against_table,
    among,
    by_crisis,
    calibration_table,
    difference,
    evidence,
    skill,
    skill_interval,
    summary_table,
)

DRAWS = np.random.default_rng(7)
N = 10
OURS, THEIRS, SURE = (
    DRAWS.uniform(0.1, 0.5, N),
    DRAWS.uniform(0.1, 0.5, N),
    DRAWS.uniform(0.5, 1, N),
)
CRISES = ["a", "a", *"bcdefghi"]
"""Nine crises of ten cases: the first two are of one."""


def scores() -> pd.DataFrame:
    """Three rivals on ten cases, one of them the article's."""
    told = {"reading": OURS, "ally": THEIRS, "base_rate": np.full(N, 0.25)}
    return pd.DataFrame(
        {
            "episode": f"e{place}",
            "hypothesis": name,
            "rps": values[place],
            "log_score": 2 * values[place],
            "observed": "yes",
            "in_article": place == 0,
            "certainty": SURE[place],
            "crisis": CRISES[place],
        }
        for name, values in told.items()
        for place in range(N)
    )


def without(crisis: str) -> np.ndarray:
    return np.array([one != crisis for one in CRISES])


# ── Skill and differences ────────────────────────────────────────────────────────────


def test_skill_is_what_is_saved_of_the_reference() -> None:
    found = skill(np.array([0.1, 0.4]), np.array([0.2, 0.6]), np.array([1, 0.5]))
    assert found == pytest.approx(1 - (0.1 + 0.2) / (0.2 + 0.3))
    assert skill(OURS, OURS, SURE) == pytest.approx(0)
    assert math.isnan(skill(OURS[:0], THEIRS[:0], SURE[:0]))


def test_a_difference_is_the_weighted_mean_of_what_lies_between() -> None:
    found = difference(OURS, THEIRS, SURE, CRISES)
    assert found.rps_difference == pytest.approx(np.average(OURS - THEIRS, weights=SURE))


def test_interval_of_a_difference_is_the_jack_knife_over_crises_computed_directly() -> None:
    left_out = [
        np.average((OURS - THEIRS)[without(crisis)], weights=SURE[without(crisis)])
        for crisis in sorted(set(CRISES))
    ]
    variance = 8 / 9 * sum((one - np.mean(left_out)) ** 2 for one in left_out)
    half = stats.t.ppf(0.975, 8) * math.sqrt(variance)
    found = difference(OURS, THEIRS, SURE, CRISES)
    assert found.rps_difference_low == pytest.approx(found.rps_difference - half)
    assert found.rps_difference_high == pytest.approx(found.rps_difference + half)


def test_differences_turn_round_with_their_intervals() -> None:
    there, back = difference(OURS, THEIRS, SURE, CRISES), difference(THEIRS, OURS, SURE, CRISES)
    assert there.rps_difference == pytest.approx(-back.rps_difference)
    assert there.rps_difference_low == pytest.approx(-back.rps_difference_high)


def test_a_case_told_twice_in_one_crisis_makes_the_interval_no_narrower() -> None:
    crises = [f"c{place}" for place in range(N)]
    once = difference(OURS, THEIRS, np.ones(N), crises)
    twice = difference(np.tile(OURS, 2), np.tile(THEIRS, 2), np.ones(2 * N), [*crises, *crises])
    assert twice.rps_difference_low == pytest.approx(once.rps_difference_low)


def test_below_the_fewest_crises_there_is_no_interval() -> None:
    one_crisis = ["a"] * N
    for crises in (one_crisis, [*CRISES[: FEWEST - 1], *["a"] * (N - FEWEST + 1)]):
        assert len(set(crises)) < FEWEST
        assert math.isnan(difference(OURS, THEIRS, SURE, crises).rps_difference_low)
        assert math.isnan(evidence(OURS, THEIRS, SURE, crises).bayes_high)
    assert math.isnan(difference(OURS[:0], THEIRS[:0], SURE[:0], []).rps_difference)


def test_interval_of_a_skill_is_that_of_crises_drawn_anew() -> None:
    found = skill_interval(OURS, THEIRS, SURE, CRISES)
    assert found.skill == pytest.approx(skill(OURS, THEIRS, SURE))
    assert found.skill_low < found.skill < found.skill_high
    assert found == skill_interval(OURS, THEIRS, SURE, CRISES)
    order = DRAWS.permutation(N)
    other = skill_interval(OURS[order], THEIRS[order], SURE[order], [CRISES[n] for n in order])
    assert other.skill_low == pytest.approx(found.skill_low)
    assert math.isnan(skill_interval(OURS, THEIRS, SURE, ["a"] * N).skill_low)


def test_a_skill_that_is_the_same_in_every_crisis_is_sure() -> None:
    found = skill_interval(0.7 * THEIRS, THEIRS, SURE, CRISES)
    assert [found.skill_low, found.skill_high] == pytest.approx([0.3, 0.3])


# ── Bayes factors ────────────────────────────────────────────────────────────────────


def factor(ours: Array, theirs: Array, weights: Array) -> float:
    """The Bayes factor where each case is a crisis of its own."""
    return evidence(ours, theirs, weights, [f"{n}" for n in range(len(ours))]).bayes_factor


def test_bayes_factor_is_the_ratio_of_likelihoods() -> None:
    ours, theirs = -np.log([0.8, 0.5]), -np.log([0.2, 0.25])
    assert factor(ours, theirs, np.ones(2)) == pytest.approx((0.8 / 0.2) * (0.5 / 0.25))


def test_bayes_factor_of_a_doubtful_case_counts_for_less() -> None:
    ours, theirs = -np.log([0.8]), -np.log([0.2])
    assert factor(ours, theirs, np.array([0.5])) == pytest.approx(2)


def test_bayes_factors_turn_round() -> None:
    there, back = factor(OURS, THEIRS, SURE), factor(THEIRS, OURS, SURE)
    assert there * back == pytest.approx(1)


def test_a_great_many_cases_give_a_number_still() -> None:
    assert math.isfinite(factor(np.zeros(500), np.full(500, 5.3), np.ones(500)))


def test_interval_of_a_factor_is_that_of_a_sum_over_crises() -> None:
    logs = by_crisis(SURE * (THEIRS - OURS), CRISES)
    assert len(logs) == 9
    half = stats.t.ppf(0.975, 8) * math.sqrt(9 * logs.var(ddof=1))
    found = evidence(OURS, THEIRS, SURE, CRISES)
    assert found.bayes_factor == pytest.approx(math.exp(np.sum(SURE * (THEIRS - OURS))))
    assert math.log(found.bayes_low) == pytest.approx(logs.sum() - half)
    assert math.log(found.bayes_high) == pytest.approx(logs.sum() + half)


def test_the_crisis_that_a_factor_hangs_on_is_named() -> None:
    ours, theirs = np.array([0.1, 0.1, 2.0, 0.1]), np.array([1.0, 1.0, 0.5, 0.2])
    found = evidence(ours, theirs, np.ones(4), ["April", "April", "June", "July"])
    assert (found.least_without, found.most_without) == ("April", "June")
    assert found.bayes_least == pytest.approx(math.exp(-1.5 + 0.1))
    assert found.bayes_most == pytest.approx(math.exp(1.8 + 0.1))


# ── Tables ───────────────────────────────────────────────────────────────────────────


def test_sets_of_cases_are_the_articles_the_others_and_all() -> None:
    found = {name: set(among(scores(), name)["episode"]) for name in ("article", "omitted", "all")}
    assert found["article"] == {"e0"}
    assert found["all"] == found["article"] | found["omitted"]
    assert not found["article"] & found["omitted"]


def row_of(table: pd.DataFrame, name: str, cases: str) -> pd.Series:
    """What the summary says of a rival on a set of cases."""
    return table[(table["hypothesis"] == name) & (table["cases"] == cases)].iloc[0]


def test_summary_has_weighted_means_and_factors_for_each_set() -> None:
    table = summary_table(scores(), "reading")
    assert len(table) == 9
    reading = row_of(table, "reading", "all")
    assert reading["rps"] == pytest.approx(np.average(OURS, weights=SURE))
    assert reading["bayes_factor"] == pytest.approx(1)
    assert reading["rps_difference"] == pytest.approx(reading["rps"] - 0.25)
    ally = row_of(table, "ally", "all")
    assert (ally["n"], ally["crises"]) == (10, 9)
    base = row_of(table, "base_rate", "all")
    assert (base["skill"], base["rps_difference_low"]) == pytest.approx((0, 0))
    expected = factor(2 * OURS[1:], 2 * THEIRS[1:], SURE[1:])
    assert row_of(table, "ally", "omitted")["bayes_factor"] == pytest.approx(expected)


def test_factors_of_two_sets_multiply_to_that_of_all() -> None:
    table = against_table(scores(), "reading")
    told, left, every = table[table["rival"] == "ally"]["bayes_factor"]
    assert told * left == pytest.approx(every)


def test_a_set_without_cases_has_no_numbers() -> None:
    left = scores().query("not in_article")
    row = row_of(summary_table(left, "reading"), "ally", "article")
    assert (row["n"], row["crises"]) == (0, 0)
    words = ["hypothesis", "cases", "n", "crises", "least_without", "most_without"]
    assert row.drop(words).isna().all()


def test_order_of_cases_does_not_matter() -> None:
    shuffled = scores().sample(frac=1, random_state=1).sort_values("hypothesis")
    first = summary_table(scores(), "reading").set_index(["hypothesis", "cases"]).sort_index()
    second = summary_table(shuffled, "reading").set_index(["hypothesis", "cases"]).sort_index()
    pd.testing.assert_frame_equal(first, second)


# ── Calibration: events in bins ────────────────────────────────────────────────────


def test_a_yes_or_no_is_one_event_and_a_grade_six(small: Any) -> None:
    strike, helped = small.case("s", outcome="strike", observed=True), small.case("h", observed=1)
    forecasts = {
        ("s", "reading"): np.array([0.3, 0.7]),
        ("h", "reading"): np.array([0.1, 0.6, 0.3, 0, 0, 0, 0]),
    }
    table = calibration_table([strike, helped], forecasts, ["reading"])
    assert table["n"].sum() == 7
    numbers = table[["bin", "forecast", "observed", "n"]].to_numpy()
    # At least grade 2 with .3 (not so); 3 to 6 with 0 (not so); at least 1 with .9; a strike, .7.
    assert numbers == pytest.approx(
        np.array([[0, 0, 0, 4], [1, 0.3, 0, 1], [3, 0.7, 1, 1], [4, 0.9, 1, 1]])
    )


def test_a_certain_event_falls_into_the_last_bin(small: Any) -> None:
    case = small.case("s", outcome="strike", observed=True)
    table = calibration_table([case], {("s", "x"): np.array([0.0, 1.0])}, ["x"])
    assert table[["bin", "low", "high", "n"]].to_numpy().tolist() == [[4, 0.8, 1.0, 1]]
