"""What is said of a back-test, on every medium."""

from datetime import timedelta
from typing import Any

import pandas as pd
import pytest

from realpolitik.sim.documents.backtest import backtest_document, score_table
from realpolitik.sim.documents.document import PAGE, SCREEN, Document
from realpolitik.sim.documents.html_page import render
from realpolitik.sim.documents.markdown import render as markdown
from realpolitik.sim.record.backtest import Backtest, Scores, backtest, split
from tests.made_up_record import FIRST, drawn_record, quiet

CLASSES = ("denounce", "strike")


@pytest.fixture(scope="module")
def found() -> Backtest:
    parts = split(drawn_record(quiet(), 20, 2), FIRST + timedelta(weeks=10))
    return backtest(quiet(), *parts, worlds=4)


@pytest.fixture(scope="module")
def document(found: Backtest) -> Document:
    return backtest_document(found, "realpolitik backtest acts.parquet")


def scores(model: float, blocks: int = 8) -> Scores:
    """The own rate scores 1, the others as said."""
    names = {"model": model, "one_rate": 2.0, "dyad_rate": 1.0, "persistence": 2.0}
    rows = [
        {"week": week, "class": name, "forecast": forecast, "log": log, "brier": 0.1, "n": 1}
        for week in range(4 * blocks)
        for name in CLASSES
        for forecast, log in {**names, "last_weeks": 0.5}.items()
    ]
    return Scores(pd.DataFrame(rows).assign(positive=0))


@pytest.mark.parametrize(
    ("model", "blocks", "told"),
    [
        (0.9, 8, "beats the pair’s own rate by 10.0\u00a0% (95 % interval 10.0 to 10.0\u00a0%)"),
        (1.1, 8, "is beaten by the pair’s own rate by 10.0\u00a0%"),
        (1.0, 8, "does not beat the pair’s own rate"),
        (0.9, 2, "is ahead of the pair’s own rate by 10.0\u00a0%, in too few weeks"),
    ],
)
def test_the_first_sentence_is_the_verdict(
    found: Backtest, model: float, blocks: int, told: str
) -> None:
    made = Fixed(found, scores(model, blocks))
    first = backtest_document(made, "").answer[0]
    assert first.startswith(f"One week ahead the model {told}")
    assert f"running freely to week 8 it {told}" in first


def test_the_second_says_what_it_does_not_beat(found: Backtest) -> None:
    second = backtest_document(Fixed(found, scores(0.9)), "").answer[1]
    assert "“own rate and last weeks” over all acts" in second
    assert "denunciations" not in second
    worse = backtest_document(Fixed(found, scores(1.1)), "").answer[1]
    assert "the pair’s own rate on denunciations" in worse
    assert "in weeks 1 to 8 of running freely" in worse


class Fixed(Backtest):
    """A back-test with these scores."""

    def __init__(self, found: Backtest, scores: Scores) -> None:
        """Of another."""
        super().__init__(**vars_of(found))
        every = pd.concat([scores.cases.assign(**{"class": one}) for one in ALL_CLASSES])
        told = Scores(every)
        self.__dict__["scores"] = told
        self.__dict__["free_scores"] = {"weeks 1 to 8": told}


def vars_of(found: Backtest) -> dict[str, Any]:
    return {name: getattr(found, name) for name in Backtest.__dataclass_fields__}


ALL_CLASSES = (
    *("denounce", "threaten", "support", "offer", "sanction"),
    *("arms", "show_of_force", "step_back", "strike"),
)


def test_every_class_has_a_row_with_all_forecasts(found: Backtest) -> None:
    table = score_table(found.scores.table())
    assert len(table.cells(SCREEN)) == len(ALL_CLASSES) + 1
    assert len(table.shown(PAGE)) == 3 + 5 + 1
    assert table.cells(SCREEN)[-1][0] == "all acts"


def test_every_medium_has_every_part(document: Document) -> None:
    page = render(document)
    for one in ("scores", "free", "reliability"):
        assert f'id="{one}"' in page
    assert "Weeks 1 to 8" in markdown(document)
    assert set(document.figures()) == {"differences", "calibration"}


def test_programs_get_every_score_by_class(document: Document) -> None:
    told = document.data()
    assert list(told["classes"]) == list(ALL_CLASSES)
    for one in (told["all"], *told["classes"].values(), told["states"]["all"]):
        assert set(one) == {"n", "positive", "log_score", "brier", "difference"}
        assert set(one["log_score"]) == {
            *("model", "one_rate", "dyad_rate", "persistence", "last_weeks")
        }
        apart = one["log_score"]["model"] - one["log_score"]["dyad_rate"]
        assert one["difference"]["log_score"] == pytest.approx(apart)
    assert set(told["free"]) == {"weeks 1 to 8"}
    assert 0 < told["own"] < 1
