"""Grounded, assumed or fixed: a rule of form, kept by every table and class."""

import re

import numpy as np
import pytest

from realpolitik.sim.engine.parameters import (
    ASSUMED,
    ESTIMATED,
    FIXED,
    GROUNDED,
    ON_DATA,
    Parameter,
    added_up,
    cited,
    provenance,
    provenance_of_sum,
    read_sources,
)
from realpolitik.sim.scenario.vocabulary import vocabulary

KEYS = ("ABC2001", "XYZ2002")
KEY = re.compile(r"[A-Z]+\d+(?: \+ [A-Z]+\d+)*:")


def parameter(source: str, high: float = 1.0, level: float = 0.0) -> Parameter:
    """A number of that source."""
    return Parameter("world.made_up", 0.0, 0.0, high, source, "Made up", level=level)


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("ABC2001: table 2", GROUNDED),
        ("ABC2001 + XYZ2002: product of the two", GROUNDED),
        ("ABC2001", ASSUMED),
        ("ABC2001 + nobody: product of the two", ASSUMED),
        ("assumed; compare ABC2001: table 2", ASSUMED),
        ("assumed", ASSUMED),
        ("P7; weight assumed", ASSUMED),
    ],
)
def test_a_number_is_grounded_if_its_source_opens_with_keys_and_a_colon(
    source: str, kind: str
) -> None:
    assert provenance(parameter(source), KEYS) == kind


def test_a_number_without_freedom_is_fixed_whatever_its_source() -> None:
    assert provenance(parameter("ABC2001: table 2", high=0.0), KEYS) == FIXED


def test_a_number_of_a_source_whose_range_is_an_interval_is_estimated() -> None:
    assert provenance(parameter("ABC2001: 3 of 8 weeks", level=0.95), KEYS) == ESTIMATED
    assert provenance(parameter("assumed", level=0.95), KEYS) == ASSUMED


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        ({GROUNDED}, GROUNDED),
        ({GROUNDED, FIXED}, GROUNDED),
        ({GROUNDED, ESTIMATED}, GROUNDED),
        ({ESTIMATED, FIXED}, ESTIMATED),
        ({ESTIMATED, ASSUMED, GROUNDED}, ASSUMED),
        ({FIXED}, FIXED),
    ],
)
def test_a_sum_is_no_surer_than_any_of_its_parts(parts: set[str], whole: str) -> None:
    assert provenance_of_sum(parts) == whole


def test_a_source_without_a_colon_cites_nothing() -> None:
    assert cited("ABC2001 + XYZ2002") == ()


def test_no_key_is_misspelt() -> None:
    words = vocabulary()
    opening = [p for p in words.parameters.values() if KEY.match(p.source)]
    assert opening
    assert all(words.provenance(p) in (*ON_DATA, FIXED) for p in opening)


def test_keys_are_told_apart_and_cite_something() -> None:
    sources = [
        *read_sources("realpolitik.sim.engine"),
        *read_sources("realpolitik.agents"),
    ]
    assert len({source.key for source in sources}) == len(sources) == len(vocabulary().sources)
    for source in sources:
        assert KEY.match(f"{source.key}:"), source.key
        assert len(source.citation) > 20, source.key
        assert not source.doi or re.fullmatch(r"10\.\d{4,}/\S+", source.doi), source.key


def test_numbers_and_arrays_are_added_to_the_same_bits() -> None:
    values = [0.1, 0.2, 0.7, 1e-17, 0.3] * 3
    assert added_up(values) == added_up([np.array([value]) for value in values])[0]
    assert added_up([]) == 0.0
