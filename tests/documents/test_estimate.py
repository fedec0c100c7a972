"""What is said of an estimate, on every medium."""

from dataclasses import replace

import pytest

from realpolitik.sim.documents.document import PAGE, SCREEN, Document
from realpolitik.sim.documents.estimate import by_incentive, estimate_document
from realpolitik.sim.documents.html_page import render
from realpolitik.sim.documents.markdown import render as markdown
from realpolitik.sim.record.estimated import Estimated
from tests.record.test_estimated import estimated


@pytest.fixture
def document() -> Document:
    return estimate_document(estimated(), "mine", "realpolitik estimate acts.parquet --out mine")


def with_told(*addresses: str) -> Estimated:
    """An estimate that tells these weights alone."""
    found = estimated()
    weights = found.estimate.weights
    told = weights["address"].isin(addresses)
    return replace(found, estimate=replace(found.estimate, weights=weights.assign(told=told)))


def test_the_answer_says_what_the_record_speaks_for_and_what_stays(document: Document) -> None:
    first, second, last = document.answer
    assert "1 choices" not in first
    assert "tells 3 of 4 weights" in first
    assert "for momentum (RUS) and cost (RUS)" in second
    assert "neither for nor against reaction (USA)" in second
    assert "The other 1 weight stays" in second
    assert last == "The numbers are in mine."


def test_nothing_is_spoken_for_if_nothing_is_told() -> None:
    found = with_told()
    made = estimate_document(found, "mine", "")
    assert "It speaks" not in made.answer[1]
    assert "All 4 weights stay" in made.answer[1]
    assert made.figures() == {}
    assert "None: the record" in markdown(made)


def test_all_may_be_told() -> None:
    every = [str(one) for one in estimated().estimate.weights["address"]]
    made = estimate_document(with_told(*every), "mine", "")
    assert "were declared" not in made.answer[1]
    assert "No weight: the record tells all of them." in markdown(made)


def test_an_incentive_is_named_once_with_its_actors() -> None:
    weights = estimated().estimate.weights
    assert by_incentive(weights) == "momentum (RUS), cost (RUS, USA) and reaction (USA)"


def test_told_weights_have_a_chart_and_a_table_the_others_are_folded(document: Document) -> None:
    assert set(document.figures()) == {"weights"}
    page = render(document)
    for one in ("told", "untold"):
        assert f'id="{one}"' in page
    assert "What the record would have said of them" in page
    told, untold = document.sections
    assert len(told.body(SCREEN)) == 1
    assert len(untold.body(SCREEN)) == 1
    assert len(untold.body(PAGE)) == 2


def test_programs_get_all_weights(document: Document) -> None:
    told = document.data()
    assert told["effects"] == ["RUS.momentum", "RUS.cost"]
    assert told["either_way"] == ["USA.reaction"]
    assert len(told["weights"]) == 4
    assert (told["scenario"], told["folder"], told["choices"]) == ("quiet", "mine", 1)
