"""The chart of the effects behind verdicts: where dots lie, in which group, and what is said."""

import math
from collections import Counter
from typing import Any

import pandas as pd
import pytest

from realpolitik.sim.charts.claims import ANY, FARTHEST, GROUPS, SIZED, claim_effects, placed
from realpolitik.sim.charts.style import words_of


def claims(*rows: dict[str, Any]) -> pd.DataFrame:
    usual = {"verdict": "holds", "expect": "higher", "effect": 0.04, "low": 0.02, "high": 0.06}
    named = [
        {"claim": f"Claim {place}.", "by": 0.01} | usual | row for place, row in enumerate(rows)
    ]
    return pd.DataFrame(named)


def notes(table: pd.DataFrame) -> list[str]:
    return [note.text for note in claim_effects(table, SIZED).layout.annotations]


def test_effects_are_in_units_of_the_smallest_that_matters() -> None:
    found = placed(claims({})).iloc[0]
    assert (found["x"], found["x_low"], found["x_high"]) == pytest.approx((4, 2, 6))


@pytest.mark.parametrize("expect", ["lower", "below"])
def test_right_is_what_the_claim_says(expect: str) -> None:
    found = placed(claims({"expect": expect, "effect": -0.04, "low": -0.06, "high": -0.02}))
    assert found[["x", "x_low", "x_high"]].iloc[0].tolist() == pytest.approx([4, 2, 6])


def test_where_any_effect_counts_half_the_interval_is_the_unit() -> None:
    found = placed(claims({"by": 0.0})).iloc[0]
    assert (found["x"], found["x_low"], found["x_high"]) == pytest.approx((2, 1, 3))


@pytest.mark.parametrize(("effect", "x"), [(0.0, 0.0), (1e-9, FARTHEST), (-1e-9, -FARTHEST)])
def test_an_interval_without_width_divides_by_nothing(effect: float, x: float) -> None:
    row = {"by": 0.0, "effect": effect, "low": effect, "high": effect}
    assert placed(claims(row))["x"].tolist() == [x]


def test_what_is_far_away_stays_on_the_paper() -> None:
    assert placed(claims({"effect": 1e9, "high": 2e9}))["x_high"].tolist() == [FARTHEST]


def test_groups_come_in_one_order_with_their_numbers_and_signs() -> None:
    table = claims({}, {"verdict": "undecided"}, {"verdict": "fails"}, {})
    assert notes(table) == [
        "<b>✗ fails</b> (1)",
        "Claim 2.",
        "<b>? undecided</b> (1)",
        "Claim 1.",
        "<b>✓ holds</b> (2)",
    ]


def test_names_of_claims_are_made_once_each(marks_made: Counter[str]) -> None:
    counts = []
    for failed in (20, 40):
        marks_made.clear()
        assert len(notes(claims(*({"verdict": "fails"} for _ in range(failed))))) == failed + 1
        counts.append(marks_made["Annotation"])
    assert counts[1] <= 2 * counts[0]


def test_verdicts_differ_in_shape_and_not_in_colour_alone() -> None:
    figure = claim_effects(claims(*({"verdict": verdict} for verdict in GROUPS)), SIZED)
    assert len({trace.marker.symbol[0] for trace in figure.data}) == len(GROUPS)


def test_what_should_stay_the_same_is_a_square() -> None:
    figure = claim_effects(claims({"expect": "same"}, {}), SIZED)
    assert sorted(figure.data[0].marker.symbol) == ["circle", "square"]


def test_rows_lie_below_each_other_and_within_the_axis() -> None:
    table = claims(*({"verdict": verdict} for verdict in GROUPS for _ in range(5)))
    figure = claim_effects(table, SIZED)
    heights = [y for trace in figure.data for y in trace.y]
    assert heights == sorted(heights)
    bottom, top = figure.layout.yaxis.range
    assert top < heights[0]
    assert heights[-1] < bottom


def test_title_counts_the_verdicts() -> None:
    table = claims({}, {}, {"verdict": "fails"}, {"verdict": "undecided"})
    assert words_of(claim_effects(table, ANY)).title == (
        "Of 4 claims where any effect counts, or a level, 2 hold, 1 fail and 1 stay undecided"
    )


def test_a_claim_without_an_interval_is_counted_and_not_drawn() -> None:
    nothing = {"verdict": "undecided", "effect": math.nan, "low": math.nan, "high": math.nan}
    figure = claim_effects(claims({}, nothing), SIZED)
    assert sum(len(trace.y) for trace in figure.data) == 1
    assert "Not drawn: 1 without an interval." in words_of(figure).caption


def test_nothing_to_draw_is_an_empty_chart() -> None:
    assert not claim_effects(claims({"low": math.nan}), SIZED).data


def test_a_claim_is_not_taken_for_markup() -> None:
    table = claims({"verdict": "fails", "claim": "<b>Bold</b> & bad"})
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; bad" in notes(table)
