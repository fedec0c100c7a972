"""The documents say what the code does."""

import re
from pathlib import Path

import pytest

from realpolitik.sim.engine.actions import ACTIONS
from realpolitik.sim.engine.measures import MEASURES
from realpolitik.sim.engine.parameters import constants
from realpolitik.sim.engine.roles import RELATIONS
from realpolitik.sim.scenario.vocabulary import vocabulary
from write_tables import page

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
ODD = (DOCS / "odd.md").read_text(encoding="utf-8")


def test_the_page_of_tables_is_the_one_that_the_tables_give() -> None:
    assert (DOCS / "tables.md").read_text(encoding="utf-8") == page() + "\n", "run `make docs`"


def test_the_odd_text_has_its_seven_elements() -> None:
    headings = re.findall(r"^## (\d)\.", ODD, re.MULTILINE)
    assert headings == list("1234567")


def test_the_odd_text_explains_every_constant() -> None:
    for parameter in constants():
        name = parameter.address.removeprefix("world.")
        assert f"*{name}*" in ODD, name


def test_the_odd_text_explains_every_measure_shock_and_target() -> None:
    for name in MEASURES:
        assert name in ODD, name
    for kind in vocabulary().shocks:
        assert re.search(rf"\| [^|]*{kind}\b", ODD), kind
    for action in ACTIONS:
        assert f"| {action.target}" in ODD, action.target


def test_the_odd_text_names_no_column_that_is_gone() -> None:
    columns = set(vars(ACTIONS[0]))
    prose = {"pressure", "rung", "hostility", "value", "change", "guard", "initial", "offer_deal"}
    words = set(re.findall(r"`([a-z_]+)`", ODD))
    fields = prose | {"challenger_wins", "inaugurated_after_weeks", "expectation", "openness"}
    fields |= {"when", "delay_weeks", "at_least", "at_most", "blamed", "administration"}
    fields |= {"channel", "rapport", "isolation", "status", "in_force"}
    fields |= {"concession_value", "concession_cost", "by", "target", "to", "islamist_nonstate"}
    fields |= {"rate", "last_direct_strike", "point", *RELATIONS}
    assert words <= columns | fields, words - columns - fields


def test_no_sentence_of_a_weight_is_empty() -> None:
    for parameter in vocabulary().parameters.values():
        assert parameter.meaning, parameter.address
        assert parameter.source, parameter.address


@pytest.mark.parametrize(
    "page", sorted(ROOT.glob("*.md")) + sorted(DOCS.glob("*.md")), ids=lambda p: p.name
)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target
