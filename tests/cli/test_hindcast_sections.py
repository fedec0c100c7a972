"""The parts of `docs/validation.md` on the hindcast, and on what would change our mind."""

from dataclasses import replace

import pytest

from realpolitik.sim.cli.validation.doubts import MISSED_WORDS, doubts, omissions
from realpolitik.sim.cli.validation.hindcast_sections import (
    against_plain,
    episodes_section,
    scores_section,
)
from realpolitik.sim.study.hindcast.hindcasting import Hindcast, hindcast
from realpolitik.sim.study.validation import read_record


@pytest.fixture(scope="module")
def found() -> Hindcast:
    return hindcast(worlds=2)


def test_a_row_a_rival_and_set_of_cases(found: Hindcast) -> None:
    head, _, *rows = scores_section(found).splitlines()
    assert len(rows) == 3 * len(found.titles)
    assert {row.count(" | ") for row in rows} == {head.count(" | ")}
    assert sum(row.startswith("| the plain base rate |") for row in rows) == 3


def test_each_episode_says_what_its_base_rate_is_of_and_even_ones_are_named(
    found: Hindcast,
) -> None:
    table, told = episodes_section(found).split("\n\n")
    assert table.count("none: even") == len(found.without_record) > 0
    assert all(name in told.replace("\\", "") for name in found.without_record)


def test_three_sentences_say_what_is_beaten(found: Hindcast) -> None:
    assert len(against_plain(found)) == 3


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
