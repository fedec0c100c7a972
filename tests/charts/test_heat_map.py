import itertools
import math

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from realpolitik.sim.charts import MeasuredOutcome, Varied, heat_map
from realpolitik.sim.charts.heat_map import round_levels, round_step, steps
from realpolitik.sim.charts.style import words_of

ARMS = MeasuredOutcome("Russia arms Iran", "share")
TIES, FEAR = Varied("RUS.ties", 0.0, 0.8, 0.3), Varied("RUS.fear", 0.0, 1.0, 0.5)


def cells(count: int, half: float = 0.02) -> pd.DataFrame:
    """Means rise with both addresses, from 0 to 1."""
    places = np.linspace(0, 1, count)
    table = pd.DataFrame(itertools.product(0.8 * places, places), columns=["across", "up"])
    mean = (table["across"] / 0.8 + table["up"]) / 2
    return table.assign(mean=mean, low=mean - half, high=mean + half, n=1000, points=1)


def effects(ties: float = 0.5, half: float = 0.05) -> pd.DataFrame:
    """What the ties and the fear do from end to end; the fear nothing that could be told."""
    table = pd.DataFrame({"address": ["RUS.ties", "RUS.fear"], "difference": [ties, 0.01]})
    low, high = table["difference"] - half, table["difference"] + half
    return table.assign(value_low=0.0, value_high=0.8, low=low, high=high)


def map_of(table: pd.DataFrame, ties: Varied = TIES) -> go.Figure:
    return heat_map(table, effects(), ties, FEAR, ARMS, 0.5)


def test_title_says_what_each_address_does_that_can_be_told_from_chance() -> None:
    # The intervals of all cells overlap: pairs of worlds tell what cells alone do not.
    words = words_of(map_of(cells(3, half=0.9)))
    assert words.title == (
        "Russia arms Iran: +50.0 percentage points (+45.0 to +55.0) as RUS.ties goes from 0 to 0.8"
    )


def test_title_claims_no_difference_that_chance_may_explain() -> None:
    title = words_of(heat_map(cells(3), effects(ties=0.04), TIES, FEAR, ARMS, 0.5)).title
    assert title == (
        "Russia arms Iran: no difference between the ends of RUS.ties or RUS.fear can be told "
        "from chance, at most by 9.0 percentage points"
    )


def test_caption_says_least_and_most_and_where() -> None:
    caption = words_of(map_of(cells(3))).caption.replace("\u00a0", " ")
    assert (
        "Least: 0.0 % (RUS.ties 0, RUS.fear 0); most: 100.0 % (RUS.ties 0.8, RUS.fear 1)."
    ) in caption


def test_caption_says_over_how_many_points_a_cell_is_averaged() -> None:
    caption = words_of(map_of(cells(3).assign(n=400, points=3))).caption
    assert caption.startswith("400 worlds at each of 3 points a cell")


def test_shades_span_at_least_two_intervals() -> None:
    flat = cells(3).assign(mean=0.5, low=0.4, high=0.6)
    shades = map_of(flat).data[0]
    assert (shades.zmin, shades.zmax) == pytest.approx((30, 70))
    shades = map_of(cells(3)).data[0]
    assert (shades.zmin, shades.zmax) == pytest.approx((0, 100))


def test_few_cells_bear_numbers_and_a_tilde_where_the_interval_holds_the_level() -> None:
    text = map_of(cells(3)).data[0].text
    assert [list(row) for row in text] == [
        ["0", "25", "~50"],
        ["25", "~50", "75"],
        ["~50", "75", "100"],
    ]


def test_many_cells_are_told_by_labelled_contours() -> None:
    figure = map_of(cells(12))
    contours = [trace for trace in figure.data if trace.type == "contour"]
    assert figure.data[0].texttemplate is None
    assert {trace.contours.start for trace in contours} == {20, 40, 50, 60, 80}
    thick = [trace for trace in contours if trace.line.width > 2]
    assert {trace.contours.start for trace in thick} == {50}


def test_ring_stands_at_the_scenario_between_its_cells() -> None:
    ring = map_of(cells(3)).data[-1]
    assert (ring.x[0], ring.y[0]) == pytest.approx((0.75, 1.0))


def test_scenario_off_the_map_is_said_and_not_drawn() -> None:
    far = Varied("RUS.ties", 0.0, 0.8, 2.0)
    figure = map_of(cells(3), far)
    rings = [each for each in figure.data if each.type == "scatter" and each.mode == "markers"]
    assert rings == []
    assert "off the map" in words_of(figure).caption


@given(arrays.arrays(float, (4, 5), elements=st.sampled_from([0.0, 1.0, math.nan])))
def test_line_of_steps_parts_each_pair_of_unlike_neighbours_once(values: np.ndarray) -> None:
    pairs = [
        *zip(values[:-1].ravel(), values[1:].ravel(), strict=True),
        *zip(values[:, :-1].ravel(), values[:, 1:].ravel(), strict=True),
    ]
    unlike = sum(one + other == 1 for one, other in pairs)
    edges = list(steps(values, 0.5))
    assert len(edges) == len(set(edges)) == unlike
    assert all(math.dist(*edge) == 1 for edge in edges)


@given(st.floats(1e-6, 1e6))
def test_round_step_is_at_least_the_step_and_less_than_thrice(step: float) -> None:
    assert step * (1 - 1e-6) <= round_step(step) <= 2.5 * step * (1 + 1e-6)


def test_round_levels_lie_within_the_values() -> None:
    assert round_levels(np.array([[0.0, 100.0]])) == [20, 40, 60, 80]
    assert round_levels(np.array([[3.0, 3.0]])) == []
    assert round_levels(np.array([[math.nan]])) == []
