"""Codes of events, and which of our acts they are."""

import pytest

from realpolitik.sim.engine.actions import NAMED
from realpolitik.sim.engine.tables import read_table
from realpolitik.sim.record.codes import (
    CODINGS,
    LARGE_STRIKE,
    PLOVER,
    STRIKE,
    TABLE,
    acled_code,
    cameo_code,
    plover_code,
    read_coding,
    readings,
)
from tests.offenders import each

ROWS = read_table("realpolitik.sim.record", TABLE)
NARROW, WIDE = map(read_coding, CODINGS)


@each("row", ROWS)
def test_every_row_is_of_an_action_that_exists(row: dict[str, str]) -> None:
    assert row["action"] in NAMED


@each("row", ROWS)
def test_every_code_of_the_table_is_one(row: dict[str, str]) -> None:
    for code in f"{row['narrow']} {row['wide']}".split():
        if code[0].isdigit():
            assert cameo_code(code) == code
        elif code.split("-")[0].split("/")[0].isupper():
            assert code.split("-")[0].split("/")[0] in PLOVER
        else:
            assert acled_code(code) == code


@each("row", ROWS)
def test_what_means_an_act_also_may(row: dict[str, str]) -> None:
    narrow, wide = row["narrow"].split(), row["wide"].split()
    assert all({*readings(code)} & {*wide} for code in narrow)
    assert len({*narrow}) == len(narrow)
    assert len({*wide}) == len(wide)


@each("row", [row for row in ROWS if row["action"] not in (STRIKE, LARGE_STRIKE)])
def test_the_code_that_an_action_has_is_among_its_own(row: dict[str, str]) -> None:
    assert NAMED[row["action"]].cameo in row["wide"].split()


def test_actions_without_codes_are_only_those_by_proxy() -> None:
    assert {*NAMED} - {row["action"] for row in ROWS} == {"proxy_strike"}


def test_codes_give_acts() -> None:
    assert NARROW.acts("163") == ("sanction",)
    assert NARROW.acts("072") == ("defensive_aid", "offensive_arms")
    assert NARROW.acts("036") == ("offer_deal", "propose_talks")
    assert NARROW.acts("010") == ()
    assert "sanction" in WIDE.acts("172")


def test_a_context_may_decide_what_an_event_of_plover_is() -> None:
    assert NARROW.acts("AID/economic;military") == ("defensive_aid", "offensive_arms")
    assert NARROW.acts("AID") == ()
    assert NARROW.acts("SUPPORT/diplomatic") == ("support",)
    assert NARROW.acts("ACCUSE-investigate") == ()


def test_strikes_are_no_act_of_a_single_code() -> None:
    assert NARROW.acts("195") == ()
    assert NARROW.is_aimed("195")
    assert NARROW.is_force("195")
    assert NARROW.is_force("190")
    assert not NARROW.is_aimed("190")
    assert not NARROW.is_force("111")
    assert NARROW.is_aimed("ASSAULT-aerial/military")
    assert NARROW.is_aimed("Air/drone_strike")


def test_strikes_are_the_same_in_both_codings() -> None:
    assert (NARROW.aimed, NARROW.force) == (WIDE.aimed, WIDE.force)
    assert NARROW.aimed < NARROW.force


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *[("043", "043"), ("43", "043"), ("43.0", "043"), ("10", "010"), (" 112 ", "112")],
        *[("0256", "0256"), ("256", "0256"), ("1951", "1951"), ("20", "020"), ("204", "204")],
        *[("", ""), ("999", ""), ("0", ""), ("197", ""), ("112x", ""), ("---", ""), ("11299", "")],
    ],
)
def test_a_code_of_cameo_may_have_lost_its_zero(text: str, code: str) -> None:
    assert cameo_code(text) == code


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (("ACCUSE",), "ACCUSE"),
        (("accuse", "Disapprove"), "ACCUSE-disapprove"),
        (("ASSAULT-heavy-weapons",), "ASSAULT-heavy-weapons"),
        (("AID", "None", "military, economic"), "AID/military;economic"),
        (("SHOUT", "loud"), ""),
        (("",), ""),
    ],
)
def test_an_event_of_plover_is_type_mode_and_contexts(said: tuple[str, ...], code: str) -> None:
    assert plover_code(*said) == code


def test_only_codes_of_plover_have_contexts() -> None:
    assert [*readings("Air/drone_strike")] == ["Air/drone_strike"]
    assert [*readings("AID/military")] == ["AID", "AID/military"]
