"""What is said of a run: on its page, on a terminal, and to programs."""

import html.parser
import itertools
import json
import re
import warnings
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd
import pytest

from realpolitik.sim import charts
from realpolitik.sim.documents import html_page, run, run_charts
from realpolitik.sim.documents.document import PAGE, SCREEN, Section, Table
from realpolitik.sim.documents.html_page import render
from realpolitik.sim.documents.run import (
    outcome_table,
    record_beside,
    record_table,
    run_document,
    verdict,
)
from realpolitik.sim.documents.run_view import RunView
from realpolitik.sim.experiments.summary import summarise
from realpolitik.sim.formatting.scales import capped
from realpolitik.sim.scenario.loading import load_scenario
from realpolitik.sim.scenario.vocabulary import vocabulary
from tests.documents.run_sample import Sample, assume, sample

ATTACK = '</script><script>window.taken = 1</script><img src=x onerror="window.taken=1">\'&%{x}'


class Page(html.parser.HTMLParser):
    """Tags, headings and links of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, *names: str) -> list[dict[str, str | None]]:
        """The attributes of all tags of these names."""
        return [attributes for tag, attributes in self.tags if tag in names]


@pytest.fixture
def made() -> Sample:
    """A run that a test may spoil."""
    return sample()


@pytest.fixture(scope="module")
def text() -> str:
    """Its report."""
    return sample().page()


@pytest.fixture(scope="module")
def page(text: str) -> Page:
    """The tags of it."""
    return Page(text)


# ── The page ─────────────────────────────────────────────────────────────────────────


def spoil(found: Any) -> Any:
    """The same with an attack in every text, but in those that code compares."""
    if isinstance(found, dict):
        kept = {"measure", "scale", "action", "unit", "start", "code", "by", "on", "to", "toward"}
        return {key: each if key in kept else spoil(each) for key, each in found.items()}
    if isinstance(found, list):
        return [spoil(each) for each in found]
    return ATTACK if isinstance(found, str) else found


@pytest.fixture
def spoilt(made: Sample) -> Sample:
    """A run in which every text that a scenario or an actor brings is an attack."""
    names = [outcome["name"] for outcome in made.manifest["outcomes"]]
    made.manifest = spoil(made.manifest)
    for outcome, name in zip(made.manifest["outcomes"], names, strict=True):
        outcome["name"] = f"{name}{ATTACK}"
    made.runs = made.runs.rename(columns={name: f"{name}{ATTACK}" for name in names})
    known = made.weeks["measure"].isin(names)
    made.weeks["measure"] = made.weeks["measure"].where(~known, made.weeks["measure"] + ATTACK)
    made.acts["label"] += ATTACK
    made.events["label"] += ATTACK
    return made


def test_same_run_gives_same_bytes_and_is_left_alone(made: Sample, text: str) -> None:
    before = json.dumps(made.manifest), made.acts.copy(), made.weeks.copy()
    assert made.page() == text
    assert json.dumps(made.manifest) == before[0]
    pd.testing.assert_frame_equal(made.acts, before[1])
    pd.testing.assert_frame_equal(made.weeks, before[2])


def test_nothing_is_loaded_from_anywhere(page: Page) -> None:
    assert not [attributes for _, attributes in page.tags if "src" in attributes]
    assert page.all("link", "iframe", "object", "embed", "base") == []
    outward = {each["href"] for each in page.all("a") if not str(each["href"]).startswith("#")}
    assert outward == {"https://example.org/made-up"}


def test_page_forbids_itself_the_network(page: Page) -> None:
    policy = next(each for each in page.all("meta") if "http-equiv" in each)
    assert str(policy["content"]).startswith("default-src 'none';")


def test_plotly_is_embedded_once_without_upload_or_logo(text: str) -> None:
    assert text.count("plotly.js v") == 1
    own = text[text.index("</head>") :]
    assert own.count('"showSendToCloud": false') == own.count("Plotly.newPlot(") > 5
    assert own.count('"displaylogo": false') == own.count("Plotly.newPlot(")


def test_headings_are_in_order(page: Page) -> None:
    assert page.all("html") == [{"lang": "en"}]
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


ANCHORS = (
    *("answer", "record", "outcomes", "ladder", "timing", "words", "help", "deeds", "story"),
    *("assumptions", "origin", "again"),
)


def test_sections_have_anchors_that_the_page_leads_to(page: Page) -> None:
    assert [each["id"] for each in page.all("section")] == [*ANCHORS]
    assert [each["href"] for each in page.all("a")][:-1] == [f"#{name}" for name in ANCHORS[1:]]
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_further_parts_stand_between_findings_and_foundations(made: Sample) -> None:
    further = Section("reasons", "Why", lambda: ["Therefore."])
    anchors = [one.anchor for one in run_document(made.run(), [further]).sections]
    assert anchors[anchors.index("reasons") - 1 :][:3] == ["story", "reasons", "assumptions"]


def test_each_chart_has_a_title_words_for_the_blind_and_a_table(text: str, page: Page) -> None:
    drawn = [each for each in page.all("div") if each.get("class") == "plotly-graph-div"]
    described = [each for each in page.all("div") if each.get("role") == "img"]
    assert len(drawn) == len(described) == len(page.all("figure")) == 7
    assert all(len(str(each["aria-label"])) > 40 for each in described)
    assert all("<table" in part.split("</figure>")[0] for part in text.split("<figure ")[1:])


SAID = (
    "<title>Run: A quarrel between Arcadia and the Boroughs – realpolitik</title>",
    "A model, not a forecast.",
    "realpolitik run made_up --worlds 1000 --seed 7",
    "0123456789abcdef" * 4,
    "3 of them are estimated",
    "6 are grounded",
    "(together 22 %)",
    "31 are assumed",
    "Arcadia: 1 weight, 1 of them assumed",
    "python 3.12.1",
    "Set: AAA.b_enmity",
    "World 7 is told",
)


def test_report_says(text: str) -> None:
    assert [said for said in SAID if said not in text] == []


def test_text_of_a_scenario_cannot_become_markup(page: Page, spoilt: Sample) -> None:
    text = spoilt.page()
    attacked = Page(text)
    assert len(attacked.all("script")) == len(page.all("script"))
    assert attacked.all("img") == []
    assert "<script>window" not in text


def test_text_of_a_scenario_is_harmless_in_a_browser(
    spoilt: Sample, chromium: Any, tmp_path: Any
) -> None:
    path = tmp_path / "report.html"
    path.write_text(spoilt.page(), encoding="utf-8")
    sight = chromium.look(path, width=1280)
    assert chromium.evaluate("typeof window.taken") == "undefined"
    assert (sight.errors, sight.requests, sight.seen["undrawn"]) == ([], [], [])


# ── Parts that cannot be made ────────────────────────────────────────────────────────

WHY = "the ink has run out"
PARTS = [
    *((run, name) for name in ("share_charts", "ladder_charts", "arrival_charts")),
    *((run, name) for name in ("alignment_charts", "help_charts", "deed_charts")),
    *((run, name) for name in ("answer", "record_table", "outcome_table", "story", "named")),
    *((run, name) for name in ("numbers", "plain_number")),
    (run_charts, "shock_table"),
    *((charts, name) for name in ("outcome_shares", "share_bar", "ladder", "arrivals")),
    *((charts, name) for name in ("words_and_deeds", "deeds_map")),
    (html_page, "_rendered"),
]


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part[1])
def test_a_part_that_fails_says_why_and_leaves_the_others(
    part: tuple[ModuleType, str],
    made: Sample,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    if part[0] is not charts:
        request.getfixturevalue("no_charts")

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError(WHY)

    monkeypatch.setattr(*part, fail)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        page = made.page()
    told = [str(one.message) for one in caught]
    assert told
    assert all(WHY in line for line in told)
    assert WHY in page
    assert page.startswith("<!DOCTYPE html>")
    assert ('id="again"' in page) == (part[1] != "_rendered")


# ── Outcomes ─────────────────────────────────────────────────────────────────────────


def test_every_outcome_stands_in_the_table_in_order(made: Sample) -> None:
    view = made.view()
    names = [row[0] for row in outcome_table(view).cells(PAGE)]
    assert names == [capped(one["label"], one["scale"], view.weeks) for one in view.outcomes]


def test_shares_are_said_in_percent_and_have_no_median(made: Sample) -> None:
    row = outcome_table(made.view()).cells(PAGE)[0]
    assert row[1:5] == ["share of worlds", "63.0\u00a0%", "60.0\u00a0% to 66.0\u00a0%", "–"]


def test_the_record_of_weeks_is_said_to_be_a_median(made: Sample) -> None:
    view = made.view()
    rows = zip(view.outcomes, outcome_table(view).cells(PAGE), strict=True)
    records = {each["scale"]: row[-1] for each, row in rows if each["base_rate"]}
    assert records == {"share": "0.0\u00a0%", "weeks": "median 1.0"}


def test_a_terminal_has_units_and_says_how_often_it_came(made: Sample) -> None:
    made.manifest["outcomes"][2]["came"] = 0.63
    table = outcome_table(made.view())
    assert [column.heading for column in table.shown(SCREEN)] == [
        *("Outcome", "Mean", "95\u00a0% interval", "Record")
    ]
    row = table.cells(SCREEN)[2]
    assert row[0] == "weeks_to (never = week 26), in 63 of 100 worlds"
    assert (row[1], row[3]) == ("2.0 weeks", "median 1.0, here 2.0 weeks")


def test_where_nothing_is_measured_it_is_said_how(made: Sample) -> None:
    made.manifest["outcomes"] = []
    section = next(one for one in run_document(made.run()).sections if one.anchor == "outcomes")
    (told,) = section.body(SCREEN)
    assert "outcomes" in str(told)


# ── Beside the record ────────────────────────────────────────────────────────────────


def beside(outcome: str, values: list[float]) -> str:
    """What the record says beside an outcome of the main scenario in so many worlds."""
    measure = load_scenario("haniyeh_2024").outcomes[outcome]
    rate = vocabulary().base_rates[measure.base_rate] if measure.base_rate else None
    found = summarise(measure, np.array(values), rate, 26)
    value = rate and {"value": rate.value}
    return record_beside({"scale": found.scale, "median": found.median, "base_rate": value})


def test_beside_a_median_record_stands_the_median() -> None:
    assert beside("weeks_to_strike", [2, 3, 10]) == "median 1.0, here 3.0 weeks"
    assert beside("weeks_to_deescalation", [np.nan]) == "median 7.4, here –"
    assert beside("russian_offensive_arms_to_iran", [0, 1]) == "8.7\u00a0%"
    assert beside("regional_war", [0, 1]) == ""


def recorded(view: RunView) -> Table:
    """The outcomes beside the record."""
    return record_table([row for row in view.outcomes if row["base_rate"]])


def test_only_outcomes_with_a_base_rate_are_compared(made: Sample) -> None:
    view = made.view()
    labels = [row["label"] for row in view.outcomes if row["base_rate"]]
    assert [row[0] for row in recorded(view).cells(PAGE)] == labels
    for one in made.manifest["outcomes"]:
        one["base_rate"] = None
    assert 'id="record"' not in render(run_document(made.run()))


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (0.57, "The model lies above the record; its interval does not cover it."),
        (0.62, "The model’s interval covers the record."),
        (0.80, "The model lies below the record; its interval does not cover it."),
    ],
)
def test_verdict_says_whether_the_interval_covers_the_record(
    made: Sample, record: float, said: str
) -> None:
    made.manifest["outcomes"][0]["base_rate"]["value"] = record
    assert verdict(made.view().outcomes[0]) == said


def test_outcome_without_value_is_not_compared(made: Sample) -> None:
    nothing = dict.fromkeys(("mean", "low", "high", "median", "q05", "q95"))
    made.manifest["outcomes"][0] |= {**nothing, "n": 0}
    row = recorded(made.view()).cells(PAGE)[0]
    assert (row[1], row[3].partition("\n")[0]) == ("–", "No value to compare.")


def test_weeks_are_compared_by_their_middle_worlds(made: Sample) -> None:
    rows = {row[0]: row for row in recorded(made.view()).cells(PAGE)}
    assert rows["weeks_to"][1:3] == ["median week 2\n1.0 to 3.0", "week 1"]
    assert "range covers the record" in rows["weeks_to"][3]


# ── For programs ─────────────────────────────────────────────────────────────────────


def test_programs_get_the_numbers_of_each_outcome(made: Sample) -> None:
    told = run_document(made.run()).data()
    assert told["run_dir"] == "made_up"
    strike, grades = told["outcomes"]["strike"], told["outcomes"]["help"]
    assert strike == {
        "mean": 0.63,
        "low": 0.6,
        "high": 0.66,
        "n": 1000,
        "base_rate": 0.57,
        "base_rate_source": "ICB",
    }
    assert grades["shares"]["1"] == 0.4


def test_an_end_that_is_kept_to_nought_has_the_type_of_all_others(made: Sample) -> None:
    outcome = made.manifest["outcomes"][0]
    outcome["low"] = 0
    told = run_document(made.run()).data()["outcomes"][outcome["name"]]
    assert repr(told["low"]) == "0.0"


def test_what_is_assumed_stands_beside_chance_wherever_a_run_is_told(made: Sample) -> None:
    heading = "Over what is assumed"
    assert heading not in [column.heading for column in outcome_table(made.view()).columns]
    assume(made)
    table = outcome_table(made.view())
    at = [column.heading for column in table.shown(PAGE)].index(heading)
    assert table.cells(PAGE)[0][at] == "20.0\u00a0% to 90.0\u00a0%"
    document = run_document(made.run())
    assert "the second where the mean lies" in document.note
    data = document.data()
    assert data["outcomes"]["strike"]["assumed"] == {"mean": 0.5, "low": 0.2, "high": 0.9}
    assert data["uncertain"]["assumed"]["settings"] == 62
    page = render(document)
    assert "62 settings of 700 numbers" in page
    assert page.count(heading) >= 2


def test_a_run_whose_numbers_were_drawn_says_so(made: Sample) -> None:
    drawn = {"source": "what is known of them", "numbers": 700}
    made.manifest["uncertain"] = {"drawn": drawn, "assumed": None}
    facts = run_document(made.run()).facts
    assert facts["Numbers of each world"] == "drawn from what is known of them"
