"""What `docs/validation.md` owns up to: what would change our mind, lacks, and fits."""

from dataclasses import replace

import pytest

from realpolitik.sim.calibrate.patterns import load_patterns
from realpolitik.sim.hindcast.hindcasting import Hindcast, hindcast
from realpolitik.sim.scenario.vocabulary import vocabulary
from validation_doubts import (
    FITTED,
    MISSED_WORDS,
    describe_fitted,
    describe_search,
    describe_younger,
    doubts,
    omissions,
)
from validation_record import read_record


@pytest.fixture(scope="module")
def found() -> Hindcast:
    return hindcast(worlds=2)


def test_doubts_name_the_heading_that_they_are_given() -> None:
    assert any("*7. Tuning*" in one for one in doubts("7. Tuning"))


@pytest.mark.parametrize(("observed", "told"), [(True, ": it did, "), (False, ": it did not, ")])
def test_what_is_missed_is_told_as_it_was_observed(
    found: Hindcast, observed: bool, told: str
) -> None:
    name = next(iter(MISSED_WORDS))
    cases = [
        replace(case, episode=case.episode.model_copy(update={"observed": observed}))
        if case.name == name
        else case
        for case in found.cases
    ]
    first = next(
        one
        for one in omissions(read_record(), replace(found, cases=tuple(cases)))
        if one.startswith(MISSED_WORDS[name])
    )
    assert told in first


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
