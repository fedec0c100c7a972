"""The audit that is kept: it gives the same table, and knows what it is not of."""

from pathlib import Path

import pandas as pd
import pytest

from realpolitik.sim.claims.audit import audit
from realpolitik.sim.claims.claim import Claim
from realpolitik.sim.claims.claims_file import load_claims
from realpolitik.sim.claims.record import (
    WHATS,
    StaleRecordError,
    declared,
    read_record,
    record_text,
    recorded,
    stale_tests,
    tried,
)
from tests.claims.small import SCENARIO, claims_in, folder_with_scenario, text_of

CHANGE = "{change: {variant: calm}, outcome: strike, expect: lower, by: 0.05}"
LEVEL = "{outcome: height, expect: within, level: [2, 9]}"
NEVER = (
    "{outcome: weeks_to_strike, parameters: {IRN.domestic_pressure: 0}, expect: below, level: 1}"
)


@pytest.fixture
def where(tmp_path: Path) -> Path:
    return folder_with_scenario(tmp_path)


def claims_of(where: Path, *tests: str) -> tuple[Claim, ...]:
    return claims_in(text_of(*tests), where).claims


def test_the_record_gives_the_table_of_the_audit_to_the_last_digit(where: Path) -> None:
    claims = claims_of(where, f"[{CHANGE}, {LEVEL}]", NEVER)
    table = audit(claims, worlds=40, seed=2)
    record = read_record(record_text(claims, table, 40, 2, "0123abcd"))
    assert (record.worlds, record.seed, record.playthroughs) == (40, 2, "0123abcd")
    pd.testing.assert_frame_equal(recorded(claims, record), table, check_exact=True)


def test_the_record_keeps_what_came_of_it_without_motives(where: Path) -> None:
    text = "without_motives: bare.yaml\n" + text_of(LEVEL, NEVER).replace("IRN\n", "RUS\n")
    claims = claims_in(text, where).claims
    table = audit(claims, worlds=40)
    record = read_record(record_text(claims, table, 40, 0, "a"))
    assert (table["without_finding"] != "").all()
    pd.testing.assert_frame_equal(recorded(claims, record), table, check_exact=True)


def test_a_record_is_asked_for_some_claims_only(where: Path) -> None:
    claims = claims_of(where, CHANGE, LEVEL)
    record = read_record(record_text(claims, audit(claims, worlds=5), 5, 0, "a"))
    assert recorded(claims[1:], record)["id"].tolist() == ["c2"]


def test_a_test_that_was_not_tried_is_told_of(where: Path) -> None:
    claims = claims_of(where, CHANGE)
    record = read_record(record_text(claims, audit(claims, worlds=5), 5, 0, "a"))
    more = claims_of(where, CHANGE, LEVEL)
    assert stale_tests(more, record) == [("c2", 1)]
    with pytest.raises(StaleRecordError, match="not tried in this form: c2 1; run the audit again"):
        recorded(more, record)


def test_another_expectation_needs_no_new_audit(where: Path) -> None:
    """What is expected is judged anew; the worlds do not hang on it."""
    claims = claims_of(where, CHANGE)
    record = read_record(record_text(claims, audit(claims, worlds=50), 50, 0, "a"))
    other = claims_of(where, CHANGE.replace("lower", "higher"))
    assert recorded(claims, record)["verdict"].tolist() == ["holds"]
    assert recorded(other, record)["verdict"].tolist() == ["fails"]


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("title: A short quarrel", "title: Another title", True),
        ("label: Iran strikes", "label: Iran hits", True),
        ("weeks: 3", "weeks: 4", False),
        ("deaths: 500", "deaths: 501", False),
        ("base_rate: 0.04}", "base_rate: 0.03}", False),
    ],
)
def test_what_bears_on_the_worlds_makes_a_record_stale(
    where: Path, old: str, new: str, same: bool
) -> None:
    before = tried(claims_of(where, LEVEL)[0].trials[0])
    (where.parent / "small.yaml").write_text(SCENARIO.replace(old, new), encoding="utf-8")
    assert (tried(claims_of(where, LEVEL)[0].trials[0]) == before) == same


def test_a_level_is_part_of_what_was_tried(where: Path) -> None:
    one, other = claims_of(where, LEVEL, LEVEL.replace("9", "8"))
    assert tried(one.trials[0]) != tried(other.trials[0])


def test_a_record_says_how_it_was_made() -> None:
    with pytest.raises(ValueError, match="the first line is 'id,test'"):
        read_record("id,test\n")


def test_everything_that_a_claim_is_encoded_in_is_explained_once() -> None:
    claims = load_claims().claims
    found = declared(claims)
    assert sorted(found["name"]) == sorted({name for claim in claims for name in claim.encoded})
    assert set(found["what"]) <= set(WHATS)
    assert (found["meaning"] != "").all()
    parameters = found[found["value"].notna()]
    assert (
        (parameters["low"] <= parameters["value"]) & (parameters["value"] <= parameters["high"])
    ).all()
