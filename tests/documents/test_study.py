"""The page of a study: what it says, and that it is whole, safe and the same each time."""

import html.parser
import itertools
import json
import re
from typing import Any

import pandas as pd
import pytest

from realpolitik.sim.charts import MeasuredOutcome
from realpolitik.sim.documents.study import groups, study_document, undrawn_curves
from realpolitik.sim.documents.study_answer import findings
from tests.documents.study_sample import sample as made_up

ATTACK = '</script><script>window.taken = 1</script><img src=x onerror="window.taken=1">\'&%{x}'
SAMPLERS = ("grid", "one_at_a_time", "latin_hypercube", "sobol", "morris")


class Page(html.parser.HTMLParser):
    """Tags and their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, *names: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag in names]


def own(text: str) -> str:
    """The page without the plotting library, spaces made plain."""
    return text[text.index("</head>") :].replace("\u00a0", " ").replace("&nbsp;", " ")


@pytest.fixture(scope="module", params=SAMPLERS)
def sampler(request: pytest.FixtureRequest) -> str:
    """Each sampler."""
    return str(request.param)


@pytest.fixture
def study(sampler: str) -> Any:
    """A study of it, which a test may spoil."""
    return made_up(sampler, 3)


@pytest.fixture(scope="module")
def text(sampler: str) -> str:
    """The page of the study."""
    return made_up(sampler, 3).page()


def test_same_study_gives_same_bytes_and_is_left_alone(study: Any, text: str) -> None:
    before = json.dumps(study.study), {name: table.copy() for name, table in study.tables.items()}
    assert study.page() == text
    assert json.dumps(study.study) == before[0]
    for name, table in study.tables.items():
        pd.testing.assert_frame_equal(table, before[1][name])


def test_nothing_is_loaded_and_the_network_is_forbidden(text: str) -> None:
    page = Page(text)
    assert not [attributes for _, attributes in page.tags if "src" in attributes]
    assert page.all("link", "iframe", "object", "embed", "base") == []
    assert all(str(each["href"]).startswith("#") for each in page.all("a"))
    policy = next(each for each in page.all("meta") if "http-equiv" in each)
    assert str(policy["content"]).startswith("default-src 'none';")


def test_headings_are_in_order_and_links_lead_somewhere(text: str) -> None:
    page = Page(text)
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert (levels[0], levels.count(1)) == (1, 1)
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {str(each["href"])[1:] for each in page.all("a")} <= set(map(str, ids))


def test_each_chart_has_title_words_for_the_blind_and_a_table_with_n(text: str) -> None:
    page = Page(text)
    described = [each for each in page.all("div") if each.get("role") == "img"]
    assert len(described) == len(page.all("figure")) > 0
    assert all(len(str(each["aria-label"])) > 40 for each in described)
    for part in own(text).split("<figure ")[1:]:
        table = part.split("</figure>")[0].split("<table>")[1]
        assert re.search(r"Worlds|Points", table)


@pytest.mark.usefixtures("no_charts")
def test_page_says_what_was_asked_and_done_and_how_to_take_it() -> None:
    text = own(made_up("grid", 2).page())
    expected = (
        "How much must Arcadia value the Boroughs before Doria stops arming it?",
        "At which value of the ties do offensive arms become rare?",
        "A quarrel between Arcadia and the Boroughs (made_up)",
        "a model, not a forecast",
        "<code>realpolitik sweep ties</code>",
        "1,000 a point, 26 weeks each",
        "What AAA.b_ties is worth.",
        "0 to 1",
        "How the intervals are made",
        "Points differ by",
        "analysis/*.csv",
    )
    assert [said for said in expected if said not in text] == []


FIGURES = {
    "grid": ["curves", "heat", "effects", "parallel"],
    "one_at_a_time": ["curves", "effects"],
    "latin_hypercube": ["parallel", "box", "peeling"],
    "sobol": ["sobol", "parallel", "box", "peeling"],
    "morris": ["morris"],
}


def test_each_sampler_has_the_charts_that_its_tables_give() -> None:
    drawn = {sampler: study_document(made_up(sampler, 3).made()).figures() for sampler in SAMPLERS}
    kinds = {
        sampler: list(dict.fromkeys(name.split("-")[0] for name in figures))
        for sampler, figures in drawn.items()
    }
    assert kinds == FIGURES


def test_answer_and_charts_say_the_same(sampler: str, study: Any, text: str) -> None:
    if sampler != "latin_hypercube":
        page = own(text)
        finding = findings(study.view())[0]
        assert page.count(f"{finding.measure.label}: {finding.said}".replace("\u00a0", " ")) > 1


def test_charts_without_room_are_named() -> None:
    said = undrawn_curves(made_up("one_at_a_time", 5).view())
    assert said.startswith("Not drawn, but in the folder: Highest rung against AAA.fear_of_war, ")
    assert "Weeks to the first strike (never = week 26) against AAA.b_ties, " in said
    assert undrawn_curves(made_up("grid", 1).view()) == ""


def test_counts_of_different_things_share_no_axis() -> None:
    scales = {"a": "share", "deals": "number", "b": "share", "deaths": "number"}
    seen = {name: MeasuredOutcome(name, scale) for name, scale in scales.items()}
    assert [list(group) for group in groups(seen)] == [["a", "b"], ["deals"], ["deaths"]]


@pytest.mark.usefixtures("no_charts")
def test_the_command_that_was_typed_is_shown() -> None:
    sample = made_up("grid", 1)
    sample.study["command"] = "realpolitik sweep made_up --set AAA.b_ties=0:0.8:0.05"
    assert "<code>realpolitik sweep made_up --set AAA.b_ties=0:0.8:0.05</code>" in own(
        sample.page()
    )


@pytest.mark.usefixtures("no_charts")
def test_failures_and_notes_are_shown() -> None:
    sample = made_up("grid", 1)
    assert 'id="failures"' not in sample.page()
    rows = {
        "point": [3],
        "first_world": [0],
        "worlds": [40],
        "error": ["ValueError: no such thing"],
    }
    sample.failures, sample.notes = pd.DataFrame(rows), ["Beyond the declared range."]
    text = own(sample.page())
    assert "ValueError: no such thing" in text
    assert "1 block of worlds could not be computed" in text
    assert "<p>Beyond the declared range.</p>" in text


@pytest.mark.usefixtures("no_charts")
def test_stopping_rule_is_told() -> None:
    sample = made_up("grid", 1)
    sample.study["until"] = {"outcome": "arms", "width": 0.01, "most": 20_000}
    assert "was at most 1.0 percentage points wide, or 20,000 worlds" in own(sample.page())


@pytest.mark.usefixtures("no_charts")
def test_points_that_stopped_too_early_are_counted() -> None:
    sample = made_up("grid", 1)
    sample.study["until"] = {"outcome": "arms", "width": 0.06, "most": 1000}
    assert "points stopped at" not in own(sample.page())
    sample.study["until"]["width"] = 0.04
    assert "17 of 17 points stopped at 1,000 worlds before the interval of" in own(sample.page())
    assert "it is up to 5.0 percentage points wide, and 4.0" in own(sample.page())


def test_curve_of_a_grid_is_the_line_on_which_its_threshold_was_looked_for() -> None:
    found = made_up("grid", 3).view()
    line = found.line_nearest(found.varied["AAA.b_ties"])
    points = found.points.set_index("point").loc[line["point"]]
    assert set(points["AAA.fear_of_war"].round(9)) == {0.3}
    assert set(points["BBB.pride"].round(9)) == {0.3}
    assert line.groupby("outcome")["value"].is_monotonic_increasing.all()


def test_addresses_are_ranked_by_what_they_move() -> None:
    for sampler in SAMPLERS:
        found = made_up(sampler, 5).view()
        assert found.ranking("arms")[0].address == "AAA.b_ties"


def test_case_is_the_favoured_one_else_the_upper_quarter() -> None:
    favoured = made_up("latin_hypercube", 3).view()
    case = favoured.case()
    assert case is not None
    assert case[1] == "in more than 15 % of worlds"
    means = favoured.at_points("arms")["mean"]
    assert favoured.inside("arms").equals(means > 0.15)
    other = made_up("grid", 3).view()
    upper = other.case()
    assert upper is not None
    assert upper[1].endswith("of worlds or more (the upper quarter)")
    assert 0.2 < other.inside("arms").mean() < 0.3


def spoil(found: Any) -> Any:
    """The same with an attack in every text, but in those that code compares."""
    if isinstance(found, dict):
        kept = {"sampler", "scale", "address", "name", "side"}
        return {key: each if key in kept else spoil(each) for key, each in found.items()}
    if isinstance(found, list):
        return [spoil(each) for each in found]
    return found + ATTACK if isinstance(found, str) else found


def attacked(sample: Any) -> Any:
    """The study with an attack in its texts, its addresses and its errors."""
    sample.study = spoil(sample.study)
    names = {each["address"]: each["address"] + ATTACK for each in sample.study["vary"]}
    for each in sample.study["vary"]:
        each["address"] = names[each["address"]]
    sample.points = sample.points.rename(columns=names)
    for name, table in sample.tables.items():
        if "address" in table:
            sample.tables[name] = table.assign(address=table["address"].map(names))
    sample.notes = [ATTACK]
    sample.failures = pd.DataFrame(
        {"point": [1], "first_world": [0], "worlds": [40], "error": [ATTACK]}
    )
    return sample


def test_no_text_of_a_study_can_become_markup(study: Any, text: str) -> None:
    page = Page(attacked(study).page())
    assert (len(page.all("script")), page.all("img")) == (len(Page(text).all("script")), [])


@pytest.mark.parametrize("name", ["grid", "sobol", "morris"])
def test_no_text_of_a_study_is_run_in_a_chart(name: str, chromium: Any, tmp_path: Any) -> None:
    path = tmp_path / "study.html"
    path.write_text(attacked(made_up(name, 3)).page(), encoding="utf-8")
    sight = chromium.look(path, width=1280)
    assert chromium.evaluate("typeof window.taken") == "undefined"
    assert (sight.errors, sight.requests, sight.seen["undrawn"]) == ([], [], [])
