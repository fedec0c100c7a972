"""What changes no world makes no other scenario."""

from typing import Any

import pytest

from realpolitik.sim.scenario.loading import load_scenario, read_scenario
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.serialise import essence

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
        *("levers", "expects", "episode"),
    }
