"""Scenarios as texts that go to other processes."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realpolitik.sim.scenario.loading import load_scenario, read_scenario, shipped_scenarios
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.serialise import dump_scenario, essence, pack, unpack, unpack_yaml
from tests.offenders import each

SHIPPED = {name: load_scenario(name) for name in shipped_scenarios()}
VARIANTS = [f"{name}#{variant}" for name, one in SHIPPED.items() for variant in one.variants]
NAMELESS = {"name": "", "variants": ()}


@each("name", [*SHIPPED, *VARIANTS])
def test_every_shipped_scenario_comes_back_equal_but_for_its_name(name: str) -> None:
    scenario = SHIPPED.get(name) or load_scenario(name)
    text = pack(scenario)
    assert unpack(text) == unpack_yaml(dump_scenario(scenario))
    assert unpack(text) == scenario.model_copy(update=NAMELESS)
    assert pack(unpack(text)) == text


def test_some_shipped_scenario_has_variants() -> None:
    assert VARIANTS


@given(value=st.floats(allow_nan=False, allow_infinity=False))
@settings(max_examples=60, deadline=None)
def test_a_parameter_keeps_its_last_bit(value: float) -> None:
    scenario = SHIPPED["no_shock"].with_parameters({"RUS.israel_ties": value})
    assert unpack(pack(scenario)).settings == scenario.settings


@given(
    title=st.text(st.characters(exclude_categories=("C", "Z"), include_characters=" "), min_size=1)
)
@settings(max_examples=60, deadline=None)
def test_words_come_back_as_they_were(title: str) -> None:
    scenario = SHIPPED["no_shock"].model_copy(update={"title": title})
    assert unpack(pack(scenario)).title == title


def test_a_large_scenario_is_not_too_large_to_be_packed() -> None:
    """The text says every default, and so may be larger than a file may be."""
    note = "a word or two " * 45
    shocks = "".join(
        f"  - {{id: s{number}, kind: insult, week: 1, by: USA, at: RUS, note: {note}}}\n"
        for number in range(1400)
    )
    head = "title: t\nquestion: q\nstart: 2024-08-05\nweeks: 2\nactors: [RUS, USA]\nshocks:\n"
    scenario = read_scenario(head + shocks, "large.yaml")
    assert len(head + shocks) < 1_000_000 < len(pack(scenario))
    assert unpack(pack(scenario)) == scenario.model_copy(update=NAMELESS)


@pytest.mark.parametrize(
    "text", ["", "[1, 2]", "title: only", "{", "title: [", "weeks: 3\nweeks: 4"]
)
def test_what_is_no_packed_scenario_is_refused(text: str) -> None:
    for read in (unpack, unpack_yaml):
        with pytest.raises(ValueError):  # noqa: PT011 - whose message it is depends on the fault
            read(text)


def test_the_same_text_is_read_once() -> None:
    text = pack(SHIPPED["no_shock"])
    assert unpack(text) is unpack(text)
    assert isinstance(unpack(text), Scenario)


# ── What changes no world makes no other scenario ──────────────────────────────────


TEXT = """
title: A short quarrel
question: Does Iran strike?
start: 2024-08-05
weeks: 3
actors: [RUS, IRN, ISR, USA]
shocks:
  - {id: killed, kind: assassination, week: 1, by: ISR, against: IRN, note: A killing, source: me}
outcomes:
  note: {measure: direct_strike, by: IRN, target: ISR, label: Iran strikes}
levers:
  - {parameter: RUS.israel_ties, label: Ties}
sources: [A paper]
"""


def essence_of(text: str) -> dict[str, Any]:
    """What determines the worlds of a scenario in a text."""
    return essence(read_scenario(text, "small.yaml").model_dump(mode="json"))


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("title: A short", "title: A long", True),
        ("Does Iran strike?", "Is there war?", True),
        ("note: A killing", "note: A murder", True),
        ("source: me", "source: you", True),
        ("label: Iran strikes", "label: Iran hits", True),
        ("label: Ties", "label: Bonds", True),
        ("[A paper]", "[A book]", True),
        ("  note: {", "  source: {", False),
        ("week: 1", "week: 2", False),
        ("target: ISR", "target: USA", False),
        ("weeks: 3", "weeks: 4", False),
    ],
)
def test_prose_changes_nothing_and_all_else_does(old: str, new: str, same: bool) -> None:
    assert old in TEXT
    assert (essence_of(TEXT.replace(old, new)) == essence_of(TEXT)) == same


def test_an_outcome_may_be_called_what_prose_is_called() -> None:
    assert [*essence_of(TEXT)["outcomes"]] == ["note"]


def test_nothing_that_the_engine_reads_is_left_out() -> None:
    """Every field of a scenario stands in its essence, but those that only people read."""
    whole = load_scenario("haniyeh_2024").model_dump(mode="json")
    assert {*Scenario.model_fields} - {*essence(whole)} == {
        *("name", "variants", "schema_version", "title", "question", "sources"),
        *("levers", "expects", "episode", "aftermath", "starts_from"),
    }
