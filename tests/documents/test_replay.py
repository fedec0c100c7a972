"""What is said of a replay, on every medium."""

import pytest

from realpolitik.sim.documents.document import Document
from realpolitik.sim.documents.html_page import render
from realpolitik.sim.documents.markdown import render as markdown
from realpolitik.sim.documents.replay import ReplayView, reason_of, replay_document
from realpolitik.sim.record.replayed import Replayed, replay_record
from realpolitik.sim.scenario.loading import read_scenario
from tests.made_up_record import QUIET, drawn_record, quiet

SHOCKS = """\
shocks:
  - {id: f16_for_iran, kind: assassination, date: 2021-02-10, by: ISR, against: IRN, pressure: 0.9}
  - {id: undated, kind: assassination, week: 2, by: ISR, against: IRN, pressure: 0.9}
outcomes:"""


@pytest.fixture(scope="module")
def found() -> Replayed:
    scenario = read_scenario(QUIET.replace("outcomes:", SHOCKS), "quiet.yaml")
    return replay_record(scenario, drawn_record(quiet(), 12, 3))


@pytest.fixture(scope="module")
def document(found: Replayed) -> Document:
    return replay_document(found, "realpolitik replay acts.parquet")


def test_the_answer_names_chances_the_greatest_surprise_and_the_end(
    document: Document, found: Replayed
) -> None:
    first, second, third = document.answer
    assert f"({found.cases['happened'].sum():,} acts)" in first
    assert f"in the week of {found.surprises['week'].iloc[0]}" in second
    assert "highest rung is" in third


def test_a_surprise_is_told_with_its_deed_and_its_reasons(found: Replayed) -> None:
    table = ReplayView(found).surprises()
    assert all(why.startswith("base rate ") for why in table["why"])
    assert all(deed[0].isupper() for deed in table["deed"])


def test_a_reason_is_called_by_the_incentive_of_its_weight() -> None:
    assert reason_of("RUS.israel_ties.rapport") == "Israel ties · rapport"
    assert reason_of("RUS.momentum") == "momentum"
    assert reason_of("base_rate") == "base rate"


def test_shocks_that_are_dated_within_the_record_are_marked(found: Replayed) -> None:
    shocks = ReplayView(found).shocks()
    assert shocks.to_numpy().tolist() == [["2021-02-08", "F16 for iran"]]


def test_every_medium_has_every_part(document: Document) -> None:
    page = render(document)
    for one in ("weeks", "pairs", "surprises", "reliability", "end"):
        assert f'id="{one}"' in page
    assert "After the last week" in markdown(document)
    assert set(document.figures()) == {"weeks", "calibration"}


def test_programs_get_all_of_it(document: Document, found: Replayed) -> None:
    told = document.data()
    assert len(told["pairs"]) == len(found.pairs())
    assert told["surprises"][0]["chance"] == found.surprises["chance"].iloc[0]
    assert {"action", "address", "log_odds"} == set(told["surprises"][0]["reasons"].columns)
    assert len(told["end"]) == 12
