"""A part of a page that cannot be made costs the page that part alone, and the page says why."""

import warnings
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from realpolitik.sim import charts
from realpolitik.sim.documents import panels
from realpolitik.sim.report import render_report
from realpolitik.sim.report.run import figures as run_figures
from realpolitik.sim.report.run import page as running

WHY = "the ink has run out"

Case = tuple[ModuleType, str]


def cases(module: ModuleType, *names: str) -> list[Any]:
    """A module with each of its makers of parts."""
    return [pytest.param((module, name), id=name) for name in names]


OF_RUN = [
    *cases(run_figures, "shares_exhibit", "classes_exhibits", "ladder_exhibit"),
    *cases(run_figures, "arrivals_exhibit", "alignment_exhibits", "help_exhibits", "deeds_exhibit"),
    *cases(charts, "outcome_shares", "share_bar", "ladder", "arrivals"),
    *cases(charts, "words_and_deeds", "deeds_map"),
    *cases(running, "answer", "comparisons", "outcomes_table", "story", "_shocks_table"),
    *cases(running, "_events_table", "actors_incentives", "examples_table", "settings"),
    *cases(panels, "without_head", "words_of"),
]


def broken(case: Case, monkeypatch: pytest.MonkeyPatch, render: Callable[[], str]) -> str:
    """The page while a maker fails; what is missing is warned of."""

    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError(WHY)

    monkeypatch.setattr(*case, fail)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        page = render()
    told = [str(one.message) for one in caught]
    assert told
    assert all(WHY in line for line in told)
    return page


def check_whole(page: str, last: str) -> None:
    """The reason stands on the page, and the page goes on to its end."""
    assert WHY in page
    assert last in page


@pytest.mark.parametrize("case", OF_RUN)
def test_a_part_of_a_report_that_fails_leaves_the_others(
    case: Case, sample: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = broken(case, monkeypatch, lambda: render_report(*sample.arguments()))
    check_whole(page, 'id="again"')


def test_a_page_that_fails_as_a_whole_says_why(
    sample: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = broken((running, "render_page"), monkeypatch, lambda: render_report(*sample.arguments()))
    assert WHY in page
    assert page.startswith("<!DOCTYPE html>")
