"""What `docs/validation.md` owns up to: what would change our mind, lacks, and fits."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from realpolitik.sim.calibrate.patterns import load_patterns
from realpolitik.sim.hindcast.hindcasting import Hindcast, hindcast
from realpolitik.sim.scenario.vocabulary import vocabulary
from validation_doubts import (
    FITTED,
    MISSED,
    describe_fitted,
    describe_search,
    describe_younger,
    doubts,
    missed,
)


@pytest.fixture(scope="module")
def found() -> Hindcast:
    folder = Path(__file__).parents[2] / "scenarios" / "episodes"
    return hindcast([folder / "il20_2018.yaml", folder / "t4_2018.yaml"], worlds=2)


def test_doubts_name_the_heading_that_they_are_given() -> None:
    assert any("*7. Tuning*" in one for one in doubts("7. Tuning"))


def test_the_questions_that_are_missed_most_are_told(found: Hindcast) -> None:
    apart = pd.Series([0.3, -0.1, 0.1, 0.0, 0.2, 0.05], name="rps_difference")
    questions = found.questions.head(6).assign(rps_difference=apart.to_numpy())
    told = list(missed(replace(found, questions=questions)))
    assert len(told) == MISSED
    first = questions.iloc[0]
    assert f"within 1 week: {first['yes']} of {first['n']} times" in told[0]
    assert told[0].startswith("Whether the victim strikes the perpetrator")


def test_fitted_numbers_are_counted_from_the_table() -> None:
    table = list(vocabulary().parameters.values())
    fitted = [one for one in table if FITTED in one.source]
    assert describe_fitted(table).startswith(f"{len(fitted)} assumed numbers were set")
    fewer = [one for one in table if one != fitted[0]]
    assert describe_fitted(fewer).startswith(f"{len(fitted) - 1} assumed")


def test_the_arms_of_the_contest_are_those_of_the_patterns() -> None:
    moved = [
        replace(one, high=0.12) if one.id == "russian_arms_are_rare" else one
        for one in load_patterns()
    ]
    assert "at most 0.12 of worlds, an automatic ally in at least 0.8" in describe_search(moved)


def test_what_was_estimated_later_is_owned_up_to() -> None:
    assert "estimated in 2025" in describe_younger(vocabulary())
