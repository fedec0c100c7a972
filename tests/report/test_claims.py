"""The page of an audit, and the section for other pages: words, links, signs, and safety."""

import math
import re
from html.parser import HTMLParser

import pandas as pd
import pytest

from realpolitik.sim.charts.claims import SIGNS
from realpolitik.sim.documents.page import _environment
from realpolitik.sim.report.claims.concluding import cautions, counted_conclusions, sentences
from realpolitik.sim.report.claims.page import claims_section, exhibits, render_claims
from realpolitik.sim.report.claims.records import Link, first_number, paragraphs, things
from realpolitik.sim.report.claims.words import change, counted, line_of_test, size, why_told
from tests.report.claims_sample import ABOUT, CONCLUSIONS, declared, row, table, untested


class Page(HTMLParser):
    """Anchors, links, tags, and the text that is read."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: set[str] = set()
        self.tags: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        self.ids += [str(given["id"])] if given.get("id") else []
        self.links |= {str(given["href"])} if tag == "a" else set()


def page() -> str:
    return render_claims(ABOUT, table(), CONCLUSIONS, declared())


def section() -> str:
    found = claims_section(table(), CONCLUSIONS, declared(), "2,000 worlds of every case")
    return _environment().get_template("claims_section.html.j2").render(claims=found)


# ── Words ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("value", "told"),
    [(0.0545, "+0.0545"), (-0.30001, "−0.3"), (0.00001, "0"), (-15.649, "−15.6"), (math.nan, "–")],
)
def test_effects_have_a_sign_and_three_figures(value: float, told: str) -> None:
    assert change(value) == told


@pytest.mark.parametrize(("value", "told"), [(0.7545, "0.754"), (0.00001, "0"), (1234.5, "1,234")])
def test_levels_have_no_sign(value: float, told: str) -> None:
    assert size(value) == told


def test_a_test_says_where_what_and_why() -> None:
    assert line_of_test(row("x")) == (
        "russia_material_alignment in haniyeh_2024, 0.2 → 0.255 with RUS.israel_ties.returnees = "
        "0: +0.0545 (+0.04 to +0.07); the interval lies wholly above 0.01"
    )


def test_a_level_is_told_beside_what_it_is_held_against() -> None:
    assert line_of_test(row("x", changed="")).startswith(
        "russia_material_alignment in haniyeh_2024, 0.255 against 0.2: +0.0545"
    )


def test_a_reason_without_an_interval_stays() -> None:
    assert why_told({"why": "too few worlds have a value"}) == "too few worlds have a value"


def test_counts_agree_in_number() -> None:
    found = pd.DataFrame([row("a"), row("b", "fails"), row("c", "fails"), row("c", "fails")])
    assert counted(found) == "3 claims: 1 holds, 2 fail, 0 undecided, 0 not testable"


def test_what_holds_by_construction_is_counted_apart() -> None:
    found = pd.DataFrame([row("a"), row("b", by_construction=True)])
    assert counted(found).startswith("2 claims: 2 hold (1 by construction), 0 fail")


def test_a_test_says_what_comes_of_it_without_motives() -> None:
    bare = {"without_motives": -0.04, "without_low": -0.05, "without_high": -0.03}
    told = line_of_test({**row("x"), **bare, "without_finding": "holds"})
    assert told.endswith("; without motives −0.04 (−0.05 to −0.03): holds")
    assert "without motives" not in line_of_test(row("x"))


# ── Records ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("place", "number"), [("P7", 7), ("P7-P8", 7), ("P13, P15", 13)])
def test_a_claim_stands_under_its_first_paragraph(place: str, number: int) -> None:
    assert first_number(place) == number


def test_paragraphs_are_in_order_and_hold_every_claim_once() -> None:
    found = paragraphs(table())
    assert [each.number for each in found] == [3, 7, 20]
    names = [claim.id for each in found for claim in each.claims]
    assert sorted(names) == sorted(table()["id"].unique())
    assert found[1].summary == "✓ 3 hold, ✗ 1 fails, ? 1 undecided"


def test_a_name_falls_into_pieces_that_make_it_up() -> None:
    for name in ("RUS.israel_ties", "us_conduct/wedge#alone", "initial.flow.USA-UKR", "a:b"):
        assert "".join(Link(name).parts) == name


def test_a_parameter_has_value_and_range_and_a_scenario_has_none() -> None:
    assert [each.value for each in things(declared())] == ["0.04 (0 to 0.1)", "–", "–"]


# ── The page ─────────────────────────────────────────────────────────────────────────


def test_same_audit_gives_same_bytes_and_leaves_its_input_alone() -> None:
    given, stands = table(), declared()
    first = render_claims(ABOUT, given, CONCLUSIONS, stands)
    assert first == page()
    pd.testing.assert_frame_equal(given, table())
    pd.testing.assert_frame_equal(stands, declared())


@pytest.mark.parametrize("made", [page, section], ids=["page", "section"])
def test_links_lead_somewhere_and_anchors_are_unique(made: object) -> None:
    found = Page(made())  # type: ignore[operator]
    assert len(found.ids) == len(set(found.ids))
    inside = {link.removeprefix("#") for link in found.links if link.startswith("#")}
    assert inside <= set(found.ids)
    assert {Link("RUS.israel_ties.returnees").anchor, "p3", "p7"} <= inside


@pytest.mark.parametrize("made", [page, section], ids=["page", "section"])
def test_every_verdict_has_a_sign_and_a_word(made: object) -> None:
    text = made()  # type: ignore[operator]
    said = re.findall(
        r'<span class="verdict [\w-]+"><span aria-hidden="true">(.)</span> ([\w ]+)<', text
    )
    assert {(SIGNS[word], word) for word in SIGNS} == set(said)
    assert len(said) == table()["id"].nunique()


def test_claims_of_a_scenario_are_text_and_not_markup() -> None:
    for text in (page(), section()):
        assert "<img src=x" not in text
        assert "<script>window.taken" not in text
    assert "img" not in Page(section()).tags


def test_conclusions_are_grouped_by_what_is_said_of_them() -> None:
    found = claims_section(table(), CONCLUSIONS, declared(), "")
    assert list(found.groups) == ["Follows", "Does not follow", "Cannot be tested"]
    assert found.concluded == counted_conclusions(CONCLUSIONS)
    assert found.groups["Does not follow"][0].number == 3
    assert found.groups["Cannot be tested"][0].test == ""


def test_a_name_with_brackets_stays_whole() -> None:
    odd = pd.DataFrame([row("odd", word="Follows", claim="He (P3): so. [x]", outcome="a [b] (c)")])
    found = claims_section(table(), odd, declared(), "").groups["Follows"][0]
    assert found.said == "He (P3): so. [x]"
    assert found.test.startswith("a [b] (c) in haniyeh_2024, with RUS.israel_ties.returnees = 0: ")


def test_what_the_author_never_concluded_is_counted_apart() -> None:
    assert counted_conclusions(CONCLUSIONS) == [
        "Conclusions of the author: 3. Follows: 1; does not follow: 1; cannot be tested: 1.",
        "Conclusions that are inferred and that the author does not draw: 1. Does not follow: 1.",
    ]
    said = [told for told in sentences(CONCLUSIONS) if "What second says" in told]
    assert said[0].startswith(
        "Does not follow (P3, P15): What second says of the two. (inferred) ["
    )


def test_conclusions_end_with_what_was_tried_or_why_nothing_was() -> None:
    told = list(sentences(CONCLUSIONS.iloc[[0, 3]]))[1:]
    assert told == [
        "Follows (P7): What first says of the two. [russia_material_alignment in haniyeh_2024, "
        "with RUS.israel_ties.returnees = 0: +0.054 (+0.040 to +0.070), expected higher]",
        "Cannot be tested (P20): What seventh says of the two. Reason: Not modelled.",
    ]


def test_without_conclusions_that_is_said() -> None:
    assert list(sentences(CONCLUSIONS.iloc[:0])) == [
        "The claims hold no conclusion: no conduct, past or to come."
    ]


def test_cautions_say_how_many_hold_by_chance_and_how_many_without_motives() -> None:
    bare = {**row("a"), "changed": "", "without_motives": -0.1}
    found = pd.DataFrame(
        [
            {**bare, "without_finding": "holds"},
            {**bare, "id": "b", "without_finding": "fails"},
            row("c"),
            untested("d"),
        ]
    )
    chance, motives = cautions(found)
    assert chance.startswith("3 tests: were there nothing to be found, two or three in a hundred")
    assert motives.endswith("a Russia with no motives at all as well: 1.")
    assert "Such tests: 2;" in motives
    assert cautions(found.iloc[[2]]) == [chance.replace("3 tests", "1 test")]
    assert all(one in page() for one in cautions(table()))


def test_claims_are_drawn_by_what_their_effect_is_measured_in() -> None:
    assert [(each.name, len(each.table.rows)) for each in exhibits(table())] == [
        ("sized", 4),
        ("any", 2),
    ]


def test_claims_that_cannot_be_tested_need_no_chart() -> None:
    alone = pd.DataFrame([untested("x")])
    assert exhibits(alone) == []
    text = render_claims(ABOUT, alone, CONCLUSIONS.iloc[3:], declared())
    assert 'href="#effects"' not in text
    assert "Not modelled." in text


def test_the_page_says_that_it_is_a_model_and_how_to_repeat_it() -> None:
    text = page()
    assert "it is no evidence about the world" in text
    assert "realpolitik claims --worlds 2000 --seed 7" in text
