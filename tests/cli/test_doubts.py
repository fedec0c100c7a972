"""The part of `docs/validation.md` on what would change our mind."""

from dataclasses import replace

import pytest

from realpolitik.sim.cli.validation.doubts import MISSED_WORDS, doubts, omissions
from realpolitik.sim.cli.validation.record import read_record
from realpolitik.sim.hindcast.hindcasting import Hindcast, hindcast


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
