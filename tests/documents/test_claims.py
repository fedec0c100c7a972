"""An audit said in every medium: words, links, signs, charts, safety, and how the page looks."""

import math
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from realpolitik.sim.charts.claims import SIGNS
from realpolitik.sim.claims.claim import Claim
from realpolitik.sim.documents import claims
from realpolitik.sim.documents.claims import (
    ClaimAudit,
    by_paragraph,
    cautions,
    change,
    claims_document,
    claims_section,
    conclusion,
    conclusion_table,
    counted,
    counted_conclusions,
    describe_reason,
    encoding,
    encoding_table,
    line_of_test,
    list_data,
    listing,
    size,
    verdicts_of,
)
from realpolitik.sim.documents.document import PAGE, SCREEN, Chart, Document, rows_of
from realpolitik.sim.documents.html_page import render
from realpolitik.sim.documents.markdown import render as in_markdown
from tests.browser import WIDTHS
from tests.documents.claims_sample import CONCLUSIONS, declared, row, table, untested

COMMAND = "realpolitik claims --worlds 2000 --seed 7"


@pytest.fixture(autouse=True)
def _stand_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Made-up claims are encoded in made-up things."""
    monkeypatch.setattr(claims, "declared", lambda _: declared())


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


def audited(made: pd.DataFrame | None = None) -> ClaimAudit:
    return ClaimAudit((), table() if made is None else made, 2000, 7)


def document(made: pd.DataFrame | None = None) -> Document:
    return claims_document(audited(made), COMMAND)


def page() -> str:
    return render(document())


def section() -> str:
    """The page of something else, with the claims as one of its sections."""
    whole = document()
    only = claims_section(audited(), "2,000 worlds of every case")
    return render(Document(**(vars(whole) | {"sections": [only]})))


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
    assert describe_reason({"why": "too few worlds have a value"}) == "too few worlds have a value"


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


# ── Conclusions ──────────────────────────────────────────────────────────────────────


def test_what_the_author_never_concluded_is_counted_apart() -> None:
    assert counted_conclusions(CONCLUSIONS) == [
        "Conclusions of the author: 3. Follows: 1; does not follow: 1; cannot be tested: 1.",
        "Conclusions that are inferred and that the author does not draw: 1. Does not follow: 1.",
    ]
    assert conclusion(rows_of(CONCLUSIONS)[1]).startswith(
        "Does not follow (P3, P15): What second says of the two. (inferred) ["
    )


def test_conclusions_end_with_what_was_tried_or_why_nothing_was() -> None:
    told = [*map(conclusion, rows_of(CONCLUSIONS.iloc[[0, 3]]))]
    assert told == [
        "Follows (P7): What first says of the two. [russia_material_alignment in haniyeh_2024, "
        "with RUS.israel_ties.returnees = 0: +0.054 (+0.040 to +0.070), expected higher]",
        "Cannot be tested (P20): What seventh says of the two. Reason: Not modelled.",
    ]


def test_without_conclusions_that_is_said() -> None:
    assert counted_conclusions(CONCLUSIONS.iloc[:0]) == [
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


def test_a_conclusion_leads_to_its_claim() -> None:
    ((said, place),) = conclusion_table(CONCLUSIONS.iloc[1:2]).cells(PAGE)
    assert said.startswith("What second says of the two. (inferred)\nrussia_material_alignment in")
    assert (str(place), vars(place)["to"]) == ("P3, P15", "#claim-second")


# ── Claims by paragraph, and what they are encoded in ────────────────────────────────


def test_paragraphs_are_in_order_and_hold_every_claim_once() -> None:
    found = by_paragraph(table())
    assert list(found) == [3, 7, 20]
    names = [claim["id"] for rows in found.values() for claim in rows]
    assert sorted(names) == sorted(table()["id"].unique())
    assert verdicts_of(found[7]) == "✓ 3 hold, ✗ 1 fails, ? 1 undecided"


@pytest.mark.parametrize(("place", "number"), [("P7", 7), ("P7-P8", 7), ("P13, P15", 13)])
def test_a_claim_stands_under_its_first_paragraph(place: str, number: int) -> None:
    assert list(by_paragraph(pd.DataFrame([row("x", paragraph=place)]))) == [number]


def test_a_parameter_has_value_and_range_and_a_scenario_has_none() -> None:
    cells = encoding_table(()).cells(PAGE)
    assert [each[2] for each in cells] == ["0.04 (0 to 0.1)", "–", "–"]


def test_a_list_has_a_row_a_claim_and_tells_programs_how_many_tests_it_has() -> None:
    one = Claim(
        id="c1",
        paragraph="P1",
        actor="IRN",
        kind="behaviour",
        status="opinion",
        claim="It strikes.",
        encoded=("limited_strike",),
    )
    assert listing([one]).cells(SCREEN) == [
        ["P1", "c1", "IRN", "behaviour", "opinion", "It strikes."]
    ]
    assert list_data([one])[0]["tests"] == 0
    assert not {"trials", "test"} & set(list_data([one])[0])


# ── Terminal and Markdown ────────────────────────────────────────────────────────────


def test_a_terminal_has_the_conclusions_last_and_no_tables() -> None:
    found = document().on(SCREEN)
    assert [one.anchor for one in found] == ["p3", "p7", "p20", "last"]


def test_markdown_has_a_row_a_claim_with_links_where_there_are_any() -> None:
    found = ClaimAudit((), table(), 2000, 7, lambda name: f"tables.md#{len(name)}")
    linked = in_markdown(claims_document(found, ""))
    plain = in_markdown(document())
    assert "[RUS.israel\\_ties.returnees](tables.md#25)<br>" in linked
    assert "](" not in plain
    for text in (linked, plain):
        assert text.count("| Claim | Verdict | Tests | Encoded in |") == 3
        assert "Worlds: 2,000 of every case; Seed: 7." in text
        assert "<script>" not in text


# ── The page ─────────────────────────────────────────────────────────────────────────


def test_same_audit_gives_same_bytes_and_leaves_its_input_alone() -> None:
    given = table()
    assert render(document(given)) == page()
    pd.testing.assert_frame_equal(given, table())


@pytest.mark.parametrize("made", [page, section], ids=["page", "section"])
def test_links_lead_somewhere_and_anchors_are_unique(made: Any) -> None:
    found = Page(made())
    assert len(found.ids) == len(set(found.ids))
    inside = {link.removeprefix("#") for link in found.links if link.startswith("#")}
    assert inside <= set(found.ids)
    assert {encoding("RUS.israel_ties.returnees"), "claim-second"} <= inside


@pytest.mark.parametrize("made", [page, section], ids=["page", "section"])
def test_every_verdict_has_a_sign_and_a_word(made: Any) -> None:
    text = made()
    for word, sign in SIGNS.items():
        told = f"{sign} {word}".replace(" ", "\u00a0")
        claims_of = table()["verdict"][table()["verdict"] == word].groupby(table()["id"])
        assert text.count(f">{told}<") == claims_of.ngroups


def test_claims_of_a_scenario_are_text_and_not_markup() -> None:
    for text in (page(), section()):
        assert "<img src=x" not in text
        assert "<script>window.taken" not in text
    assert "img" not in Page(section()).tags


def charts_of(made: pd.DataFrame) -> dict[str, Chart]:
    found = (block for one in document(made).on(PAGE) for block in one.body(PAGE))
    return {block.name: block for block in found if isinstance(block, Chart)}


def test_claims_are_drawn_by_what_their_effect_is_measured_in() -> None:
    found = charts_of(table())
    assert {name: len(one.table.frame) for name, one in found.items()} == {"sized": 4, "any": 2}
    assert all(isinstance(one.draw(), go.Figure) for one in found.values())


def test_claims_that_cannot_be_tested_need_no_chart() -> None:
    alone = pd.DataFrame([untested("x")])
    assert charts_of(alone) == {}
    text = render(document(alone))
    assert 'href="#effects"' not in text
    assert "Not modelled." in text


def test_the_page_says_that_it_is_a_model_and_how_to_repeat_it() -> None:
    text = page()
    assert "it is no evidence about the world" in text
    assert COMMAND in text


# ── What a person sees ───────────────────────────────────────────────────────────────

LONG = "A claim that goes on and on, as claims in articles do, " * 5


def many() -> pd.DataFrame:
    """Very many claims, long ones among them, with effects from none to huge."""
    verdicts = ("holds", "fails", "undecided")
    rows = [
        row(
            f"claim_{n}",
            verdicts[n % 3],
            claim=LONG if n % 7 == 0 else f"Claim {n}.",
            paragraph=f"P{1 + n % 20}",
            effect=10.0 ** (n % 9 - 5),
            low=-(10.0 ** (n % 5 - 4)),
            high=10.0 ** (n % 9 - 4),
            by=0.01 * (n % 2),
        )
        for n in range(150)
    ]
    return pd.DataFrame(rows)


@pytest.mark.parametrize(("made", "widths"), [(table, (390,)), (many, WIDTHS)], ids=["few", "many"])
def test_the_page_reads_well(
    made: Any, widths: tuple[int, ...], chromium: Any, tmp_path: Path
) -> None:
    path = tmp_path / "claims.html"
    path.write_text(render(document(made())), encoding="utf-8")
    for width in widths:
        sight = chromium.look(path, width)
        assert sight.faults() == []
        assert sight.seen["charts"] == ["chart-sized", "chart-any"]
        assert chromium.evaluate("window.taken === undefined")


def test_a_link_in_the_section_opens_what_it_leads_to(
    browser: Any, chromium: Any, tmp_path: Path
) -> None:
    path = tmp_path / "section.html"
    path.write_text(section(), encoding="utf-8")
    for width in browser.WIDTHS:
        assert chromium.look(path, width).faults() == []
        chromium.evaluate(f"location.hash = '#{encoding('RUS.israel_ties.returnees')}'")
        assert chromium.evaluate("document.querySelector(':target').closest('details').open")
