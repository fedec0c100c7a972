"""What is said of a hindcast, on every medium."""

import dataclasses
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup

from realpolitik.sim.documents.document import PAGE, Document
from realpolitik.sim.documents.hindcast import episodes, hindcast_document, score_table
from realpolitik.sim.documents.html_page import render
from realpolitik.sim.documents.markdown import section
from realpolitik.sim.formatting.numbers import number
from realpolitik.sim.hindcast.hindcasting import Hindcast, hindcast

EPISODES = Path(__file__).parents[2] / "scenarios" / "episodes"
TRIGGERS = (
    *("burgas_2012", "quneitra_2015", "kuntar_2015", "t4_2018", "il20_2018", "kerch_2018"),
    *("soleimani_2020", "khodaei_2022", "mq9_2023"),
)
SINGLE = """\
extends: consulate_2024
title: No jets
weeks: 8
episode:
  outcome: russian_arms_to_houthis
  observed: false
  date: 2024-04-02
  in_article: true
  source: A paper
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Hindcast:
    """Nine triggers of nine crises, and a single choice of which the record says nothing."""
    single = tmp_path_factory.mktemp("single") / "no_jets.yaml"
    single.write_text(SINGLE, encoding="utf-8")
    return hindcast([*(EPISODES / f"{name}.yaml" for name in TRIGGERS), single], worlds=2)


@pytest.fixture(scope="module")
def document(found: Hindcast) -> Document:
    return hindcast_document(found, "realpolitik hindcast --worlds 2")


def test_the_page_says_the_verdict_first_and_how_to_make_it_again(
    document: Document, found: Hindcast
) -> None:
    page = render(document)
    body = page[page.index("<main>") :]
    assert body.index("Set against the plain base rate") < body.index('id="scores"')
    assert "realpolitik hindcast --worlds 2" in body
    assert all(str(Markup.escape(case.scenario.title)) in body for case in found.cases)
    assert render(document) == page


def test_every_row_has_its_numbers_in_markdown_as_on_the_page(
    document: Document, found: Hindcast
) -> None:
    head, _, *rows = section(document, "scores").split("\n\n")[0].splitlines()
    assert len(rows) == 3 * len(found.titles)
    assert {row.count(" | ") for row in rows} == {head.count(" | ")}
    cells = score_table(found).cells(PAGE)
    assert [[cell.strip() for cell in row.strip("|").split(" | ")][2:5] for row in rows] == [
        row[2:5] for row in cells
    ]


def test_each_episode_says_what_its_base_rate_is_of_and_even_ones_are_named(
    document: Document, found: Hindcast
) -> None:
    told = section(document, "episodes")
    assert found.without_record == ("no_jets",)
    assert told.count("| none: even |") == len(found.without_record) > 0
    last = told.split("\n\n")[-1].replace("\\", "")
    assert all(f"({name})" in last for name in found.without_record)


def test_an_episode_gives_each_rival_the_chance_of_what_was_observed(found: Hindcast) -> None:
    frame = episodes(found).set_index("name")
    chances = found.forecasts.set_index(["episode", "hypothesis", "category"])["probability"]
    case = found.cases[0]
    observed = case.categories[case.observed]
    for rival in found.titles:
        assert frame.loc[case.name, rival] == chances[case.name, rival, observed]


def test_each_trigger_has_a_line_with_a_link_and_mean_scores(
    document: Document, found: Hindcast
) -> None:
    told = section(document, "episodes")
    for name in TRIGGERS:
        (line,) = [line for line in told.splitlines() if f"episodes/{name}.yaml" in line]
        own = found.scores[found.scores["episode"].str.startswith(f"{name}/")]
        mean = own[own["hypothesis"] == found.base]["rps"].mean()
        yes = own[own["hypothesis"] == found.base]["observed"].eq("yes").sum()
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        assert cells[1:3] == [str(len(own) // len(found.titles)), str(yes)]
        assert cells[3] == number(mean, 3)


def test_each_question_has_a_line_a_window(document: Document, found: Hindcast) -> None:
    told = section(document, "questions")
    assert told.count("| the victim strikes the perpetrator |") == 3
    assert len([line for line in told.splitlines() if line.startswith("|")]) == 2 + len(
        found.questions
    )


def test_without_a_trigger_there_are_no_questions(found: Hindcast) -> None:
    none = dataclasses.replace(found, questions=found.questions.head(0))
    assert "There is no trigger" in section(hindcast_document(none, ""), "questions")


def test_the_base_reading_has_no_factor_over_itself_and_the_base_rate_no_difference(
    found: Hindcast,
) -> None:
    cells = score_table(found).cells(PAGE)
    rows = dict(zip(found.titles, cells[:: len(cells) // len(found.titles)], strict=True))
    assert rows[found.base][-2:] == ["–", "–"]
    assert rows["base_rate"][7] == rows["base_rate"][9] == "–"


def test_numbers_that_do_not_exist_are_a_dash(found: Hindcast) -> None:
    missing = ["rps_difference_low", "rps_difference_high", "bayes_low", "bayes_high"]
    nothing = dict.fromkeys(missing, float("nan"))
    few = dataclasses.replace(found, summary=found.summary.assign(**nothing))
    cells = [cell for row in score_table(few).cells(PAGE) for cell in row]
    assert not [cell for cell in cells if "nan" in cell.lower() or cell.startswith("– to")]


def test_texts_of_episodes_are_no_markup(found: Hindcast) -> None:
    case = found.cases[0]
    scenario = case.scenario.model_copy(update={"title": "A <script>ban</script>"})
    other = dataclasses.replace(
        found, cases=(dataclasses.replace(case, scenario=scenario), *found.cases[1:])
    )
    page = render(hindcast_document(other, ""))
    assert "<script>ban" not in page
    assert "&lt;script&gt;ban" in page


def test_it_reads_well_on_a_desk_and_on_a_telephone(
    document: Document, browser: Any, chromium: Any, tmp_path: Path
) -> None:
    path = tmp_path / "hindcast.html"
    path.write_text(render(document), encoding="utf-8")
    for width in browser.WIDTHS:
        assert chromium.look(path, width).faults() == []
