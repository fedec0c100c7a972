"""Means, skill and Bayes factors over cases, against direct computations."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from realpolitik.sim.study.hindcast.summing import (
    against_table,
    among,
    bayes_factor,
    skill,
    summary_table,
)

OURS, THEIRS = np.array([0.1, 0.4, 0.2, 0.3]), np.array([0.2, 0.3, 0.5, 0.3])
SURE = np.array([1.0, 0.5, 0.8, 1.0])


def scores() -> pd.DataFrame:
    """Three rivals on four cases, one of them the article's."""
    told = {"reading": OURS, "ally": THEIRS, "base_rate": np.full(4, 0.25)}
    return pd.DataFrame(
        {
            "episode": f"e{place}",
            "hypothesis": name,
            "rps": values[place],
            "log_score": 2 * values[place],
            "observed": "yes",
            "in_article": place == 0,
            "certainty": SURE[place],
        }
        for name, values in told.items()
        for place in range(4)
    )


def test_skill_is_what_is_saved_of_the_reference() -> None:
    found = skill(OURS, THEIRS, SURE)
    assert found.value == pytest.approx(1 - (0.1 + 0.2 + 0.16 + 0.3) / (0.2 + 0.15 + 0.4 + 0.3))


def test_interval_is_that_of_the_jack_knife_computed_directly() -> None:
    left_out = []
    for place in range(4):
        keep = np.arange(4) != place
        ratio = (SURE * OURS)[keep].sum() / (SURE * THEIRS)[keep].sum()
        left_out.append(1 - ratio)
    variance = 3 / 4 * sum((one - np.mean(left_out)) ** 2 for one in left_out)
    half = stats.t.ppf(0.975, 3) * math.sqrt(variance)
    found = skill(OURS, THEIRS, SURE)
    assert found.low == pytest.approx(found.value - half)
    assert found.high == pytest.approx(min(found.value + half, 1))


def test_skill_over_oneself_is_surely_none() -> None:
    found = skill(OURS, OURS, SURE)
    assert (found.value, found.low, found.high) == pytest.approx((0, 0, 0))


def test_skill_of_one_case_has_no_interval_and_of_none_no_value() -> None:
    one = skill(OURS[:1], THEIRS[:1], SURE[:1])
    assert one.value == pytest.approx(0.5)
    assert math.isnan(one.low)
    none = skill(OURS[:0], THEIRS[:0], SURE[:0])
    assert math.isnan(none.value)


def test_bayes_factor_is_the_ratio_of_likelihoods() -> None:
    ours, theirs = -np.log([0.8, 0.5]), -np.log([0.2, 0.25])
    assert bayes_factor(ours, theirs, np.ones(2)) == pytest.approx((0.8 / 0.2) * (0.5 / 0.25))


def test_bayes_factor_of_a_doubtful_case_counts_for_less() -> None:
    ours, theirs = -np.log([0.8]), -np.log([0.2])
    assert bayes_factor(ours, theirs, np.array([0.5])) == pytest.approx(2)


def test_bayes_factors_turn_round() -> None:
    there, back = bayes_factor(OURS, THEIRS, SURE), bayes_factor(THEIRS, OURS, SURE)
    assert there * back == pytest.approx(1)


def test_sets_of_cases_are_the_articles_the_others_and_all() -> None:
    found = {name: set(among(scores(), name)["episode"]) for name in ("article", "omitted", "all")}
    assert found["article"] == {"e0"}
    assert found["omitted"] == {"e1", "e2", "e3"}
    assert found["all"] == found["article"] | found["omitted"]


def row_of(table: pd.DataFrame, name: str, cases: str) -> pd.Series:
    """What the summary says of a rival on a set of cases."""
    return table[(table["hypothesis"] == name) & (table["cases"] == cases)].iloc[0]


def test_summary_has_weighted_means_and_factors_for_each_set() -> None:
    table = summary_table(scores(), "reading")
    assert len(table) == 9
    reading = row_of(table, "reading", "all")
    assert reading["rps"] == pytest.approx(np.average(OURS, weights=SURE))
    assert reading["bayes_factor"] == pytest.approx(1)
    assert row_of(table, "ally", "all")["n"] == 4
    assert row_of(table, "base_rate", "all")["skill"] == pytest.approx(0)
    factor = bayes_factor(2 * OURS[1:], 2 * THEIRS[1:], SURE[1:])
    assert row_of(table, "ally", "omitted")["bayes_factor"] == pytest.approx(factor)


def test_factors_of_two_sets_multiply_to_that_of_all() -> None:
    table = against_table(scores(), "reading")
    told, left, every = table[table["rival"] == "ally"]["bayes_factor"]
    assert told * left == pytest.approx(every)


def test_a_set_without_cases_has_no_numbers() -> None:
    left = scores().query("not in_article")
    row = row_of(summary_table(left, "reading"), "ally", "article")
    assert row["n"] == 0
    assert row.drop(["hypothesis", "cases", "n"]).isna().all()


def test_order_of_cases_does_not_matter() -> None:
    shuffled = scores().sample(frac=1, random_state=1).sort_values("hypothesis")
    first = summary_table(scores(), "reading").set_index(["hypothesis", "cases"]).sort_index()
    second = summary_table(shuffled, "reading").set_index(["hypothesis", "cases"]).sort_index()
    pd.testing.assert_frame_equal(first, second)
