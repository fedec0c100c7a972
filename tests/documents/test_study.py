"""The page of a study: what it says, and that it is whole, safe and the same each time."""

import html.parser
import itertools
import json
import re
from typing import Any

import numpy as np
import pandas as pd
import pytest

from realpolitik.sim.charts import Measure
from realpolitik.sim.documents.study import groups, study_document, undrawn_curves
from realpolitik.sim.documents.study_answer import answer, findings
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


def test_answer_says_the_tipping_point_and_what_the_scenario_has() -> None:
    first = answer(made_up("grid", 1).view())[0].replace("\u00a0", " ")
    assert first == (
        "Doria sends Arcadia offensive arms: in fewer than 5 % of worlds once AAA.b_ties reaches "
        "0.58 (0.52 to 0.66); in the scenario it is 0.3."
    )


@pytest.mark.parametrize(
    ("sampler", "said"),
    [
        ("one_at_a_time", "AAA.b_ties moves it most, from 19.2 % of worlds at 0 to 2.9 % at 0.8"),
        ("sobol", "AAA.b_ties accounts alone for 62 % (54 % to 70 %) of the variance"),
        ("morris", "AAA.b_ties moves it most, by 10.0 percentage points (8.0 to 12.0)"),
        ("latin_hypercube", "at 76 % of the points where AAA.b_ties is at most 0.21 and"),
    ],
)
def test_answer_says_what_matters_most(sampler: str, said: str) -> None:
    told = " ".join(answer(made_up(sampler, 3).view())).replace("\u00a0", " ")
    assert said in told
    assert "over the" in told


def told(sample: Any) -> str:
    return " ".join(answer(sample.view())).replace("\u00a0", " ")


def only_one_moves(sample: Any, name: str) -> Any:
    """The same, but that chance may explain the effects on all other outcomes."""
    effects, thresholds = sample.tables["effects"], sample.tables.pop("tipping")
    sample.study["thresholds"] = {}
    effects.loc[effects["outcome"] != name, ["low", "high"]] = -9.0, 9.0
    assert len(thresholds)
    return sample


def ask_for_all(sample: Any) -> Any:
    """As of a sweep in which no outcome was named."""
    sample.study["measures"] = {each["name"]: {} for each in sample.study["outcomes"]}
    return sample


def test_without_outcomes_asked_for_the_one_most_surely_moved_leads() -> None:
    sample = ask_for_all(only_one_moves(made_up("grid", 1), "strike"))
    first = answer(sample.view())[0].replace("\u00a0", " ")
    assert first.startswith("Arcadia strikes Boroughs: from 6")
    assert "as AAA.b_ties goes from 0 to 0.8, a change of −2" in first
    assert "moves it most" not in first
    assert "No other outcome is moved beyond chance." in told(sample)
    assert (
        study_document(sample.made()).figures()["curves-1"].data[1].name.startswith("<b>A</b> Arc")
    )


def test_an_outcome_asked_for_leads_and_the_one_most_surely_moved_follows() -> None:
    sample = only_one_moves(made_up("one_at_a_time", 3), "strike")
    assert answer(sample.view())[0].startswith(
        "Doria sends Arcadia offensive arms: no address is seen to move it, at most by "
    )
    assert "Arcadia strikes Boroughs: AAA.b_ties moves it most, from" in told(sample)
    assert "Points differ" not in told(sample)


def test_outcomes_that_are_moved_as_well_are_named_with_what_moves_them() -> None:
    said = told(made_up("one_at_a_time", 3))
    assert "Also moved beyond chance: " in said
    assert "Highest rung (AAA.b_ties −" in said


def test_answer_and_charts_say_the_same(sampler: str, study: Any, text: str) -> None:
    if sampler != "latin_hypercube":
        page = own(text)
        finding = findings(study.view())[0]
        assert page.count(f"{finding.measure.label}: {finding.said}".replace("\u00a0", " ")) > 1


def test_what_cannot_be_told_from_chance_is_not_told_of_points_either() -> None:
    sample = made_up("sobol", 3)
    table = sample.tables["sobol"]
    numbers = table.columns.drop(["outcome", "address", "n", "points"])
    table.loc[table["outcome"] == "arms", numbers] = np.nan
    assert "its differences between points cannot be told from chance, so that" in told(sample)
    assert "Points differ" not in told(sample)


def test_charts_without_room_are_named() -> None:
    said = undrawn_curves(made_up("one_at_a_time", 5).view())
    assert said.startswith("Not drawn, but in the folder: Highest rung against AAA.fear_of_war, ")
    assert "Weeks to the first strike (never = week 26) against AAA.b_ties, " in said
    assert undrawn_curves(made_up("grid", 1).view()) == ""


def test_counts_of_different_things_share_no_axis() -> None:
    scales = {"a": "share", "deals": "number", "b": "share", "deaths": "number"}
    seen = {name: Measure(name, scale) for name, scale in scales.items()}
    assert [list(group) for group in groups(seen)] == [["a", "b"], ["deals"], ["deaths"]]


def test_the_command_that_was_typed_is_shown() -> None:
    sample = made_up("grid", 1)
    sample.study["command"] = "realpolitik sweep made_up --set AAA.b_ties=0:0.8:0.05"
    assert "<code>realpolitik sweep made_up --set AAA.b_ties=0:0.8:0.05</code>" in own(
        sample.page()
    )


def test_answer_of_nothing_says_so() -> None:
    sample = made_up("grid", 2)
    sample.tables = {"summary": pd.DataFrame()}
    assert answer(sample.view()) == [
        "No outcome has a value at any point: nothing was measured, or it never came."
    ]


def test_answer_without_any_table_does_not_say_that_nothing_came() -> None:
    sample = made_up("grid", 2)
    sample.tables = {}
    assert answer(sample.view()) == ["The tables are missing that would tell."]


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


def test_stopping_rule_is_told() -> None:
    sample = made_up("grid", 1)
    sample.study["until"] = {"outcome": "arms", "width": 0.01, "most": 20_000}
    assert "was at most 1.0 percentage points wide, or 20,000 worlds" in own(sample.page())


def test_points_that_stopped_too_early_are_counted() -> None:
    sample = made_up("grid", 1)
    sample.study["until"] = {"outcome": "arms", "width": 0.06, "most": 1000}
    assert "points stopped at" not in own(sample.page())
    sample.study["until"]["width"] = 0.04
    assert "17 of 17 points stopped at 1,000 worlds before the interval of" in own(sample.page())
    assert "it is up to 5.0 percentage points wide, and 4.0" in own(sample.page())


def test_long_tables_are_cut_and_say_so() -> None:
    sample = made_up("latin_hypercube", 5)
    rows = len(sample.points) * 4 - 300
    assert f"{rows:,} more rows are in the folder." in own(sample.page())


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
