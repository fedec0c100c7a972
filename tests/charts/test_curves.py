import math

import pandas as pd
import plotly.graph_objects as go
import pytest

from realpolitik.sim.charts import MeasuredOutcome, Varied, curves
from realpolitik.sim.charts.style import words_of

TIES = Varied("RUS.ties", 0.0, 0.8, 0.3)
ARMS = {"arms": MeasuredOutcome("Russia arms Iran", "share")}
COLUMNS = ["outcome", "threshold", "value", "low", "high", "direction"]
NEVER = ("arms", 0.05, math.nan, math.nan, math.nan, "never")
ONCE = ("arms", 0.05, 0.42, 0.38, 0.47, "falling")


def rows(means: tuple[float, ...], half: float = 0.01, outcome: str = "arms") -> pd.DataFrame:
    values = [0.8 * place / (len(means) - 1) for place in range(len(means))]
    table = pd.DataFrame(
        {"outcome": outcome, "value": values, "mean": means, "n": 1000, "points": 1}
    )
    return table.assign(low=table["mean"] - half, high=table["mean"] + half)


def effects(table: pd.DataFrame, half: float) -> pd.DataFrame:
    """The paired difference between the ends of each outcome."""
    ends = table.groupby("outcome", sort=False)["mean"].agg(at_low="first", at_high="last")
    found = ends.reset_index().assign(address="RUS.ties", value_low=0.0, value_high=0.8)
    difference = found["at_high"] - found["at_low"]
    return found.assign(difference=difference, low=difference - half, high=difference + half)


def drawn(
    table: pd.DataFrame,
    *tipping: tuple[object, ...],
    measures: dict[str, MeasuredOutcome] = ARMS,
    half: float = 0.02,
    beside: str = "",
) -> go.Figure:
    found = pd.DataFrame(list(tipping), columns=COLUMNS)
    return curves(table, found, effects(table, half), TIES, measures, beside)


def title(means: tuple[float, ...], *tipping: tuple[object, ...], half: float = 0.02) -> str:
    return words_of(drawn(rows(means), *tipping, half=half)).title.replace("\u00a0", " ")


def test_title_says_where_the_threshold_is_crossed() -> None:
    assert title((0.2, 0.1, 0.01), ONCE) == (
        "Russia arms Iran: in fewer than 5 % of worlds once RUS.ties reaches 0.42 (0.38 to 0.47)"
    )


def test_title_names_every_crossing() -> None:
    back = ("arms", 0.05, 0.7, 0.6, 0.75, "rising")
    assert title((0.2, 0.01, 0.2), ONCE, back).endswith(
        ", then in more than 5 % of worlds once it reaches 0.7 (0.6 to 0.75)"
    )


@pytest.mark.parametrize(
    ("means", "said"),
    [
        ((0.2, 0.3), "in more than 5 % of worlds wherever RUS.ties lies between 0 and 0.8"),
        (
            (0.01, 0.045),
            "in fewer than 5 % of worlds wherever RUS.ties lies between 0 and 0.8, "
            "though intervals reach that level",
        ),
    ],
)
def test_title_says_that_a_threshold_is_never_crossed(means: tuple[float, ...], said: str) -> None:
    assert title(means, NEVER) == f"Russia arms Iran: {said}"


@pytest.mark.parametrize(
    ("means", "half", "said"),
    [
        (
            # The bands overlap, of one hundredth each: the pairs of worlds tell more.
            (0.2, 0.19),
            0.005,
            "from 20.0 % of worlds to 19.0 % as RUS.ties goes from 0 to 0.8, "
            "a change of −1.0 percentage points (−1.5 to −0.5)",
        ),
        (
            (0.2, 0.1),
            0.2,
            "no difference between the ends can be told from chance as RUS.ties goes from 0 to 0.8",
        ),
        (
            (0.2, 0.1),
            math.nan,
            "no difference between the ends can be told from chance as RUS.ties goes from 0 to 0.8",
        ),
        ((math.nan, math.nan), 0.01, "no value at any setting of RUS.ties"),
    ],
)
def test_title_without_threshold_says_what_pairs_of_worlds_tell(
    means: tuple[float, ...], half: float, said: str
) -> None:
    assert title(means, half=half) == f"Russia arms Iran: {said}"


def test_title_without_pairs_claims_no_change() -> None:
    none = pd.DataFrame(columns=["outcome"])
    figure = curves(rows((0.2, 0.1)), pd.DataFrame(columns=COLUMNS), none, TIES, ARMS)
    said = words_of(figure).title.replace("\u00a0", " ")
    assert said == "Russia arms Iran: 20.0 % of worlds at 0 and 10.0 % at 0.8, not paired"


def test_title_says_where_a_curve_cannot_be_told_from_its_threshold() -> None:
    wavering = ("arms", 0.05, 0.42, 0.3, 0.5, "wavering")
    assert title((0.2, 0.04, 0.2), wavering) == (
        "Russia arms Iran: not told from 5 % where RUS.ties is near 0.42 (0.3 to 0.5)"
    )


def test_line_stands_at_percent_within_its_band() -> None:
    band, line = drawn(rows((0.2, 0.1))).data
    assert list(line.y) == pytest.approx([20, 10])
    assert list(band.y) == pytest.approx([21, 11, 9, 19])


def test_scenario_threshold_and_crossing_are_marked() -> None:
    figure = drawn(rows((0.2, 0.01)), ONCE)
    texts = [note.text for note in figure.layout.annotations]
    assert texts == ["scenario 0.3", "<b>tipping point 0.42</b>", "threshold 5\u00a0%"]
    strip = next(shape for shape in figure.layout.shapes if shape.type == "rect")
    assert (strip.x0, strip.x1) == (0.38, 0.47)


def test_interval_is_not_drawn_beyond_the_range() -> None:
    wide = ("arms", 0.05, 0.42, -1.0, math.nan, "falling")
    figure = drawn(rows((0.2, 0.01)), wide)
    strip = next(shape for shape in figure.layout.shapes if shape.type == "rect")
    assert (strip.x0, strip.x1) == (0.0, 0.8)


def test_interval_that_reaches_an_end_may_go_on_beyond_it() -> None:
    wide = ("arms", 0.05, 0.42, 0.0, 0.8, "falling")
    assert title((0.2, 0.01), wide).endswith(
        "reaches 0.42 (start of the range to end of the range)"
    )


def test_several_curves_bear_letters_and_at_most_four_are_drawn() -> None:
    names = "abcde"
    table = pd.concat([rows((0.1, 0.2), outcome=name) for name in names])
    measures = {name: MeasuredOutcome(name, "share") for name in names}
    figure = drawn(table, measures=measures)
    letters = [note.text for note in figure.layout.annotations][1:]
    assert letters == [f"<b>{letter}</b>" for letter in "ABCD"]
    lines = [trace for trace in figure.data if trace.showlegend is not False]
    assert len({(trace.line.color, trace.line.dash, trace.marker.symbol) for trace in lines}) == 4


def test_caption_says_n_and_what_the_others_do() -> None:
    caption = words_of(drawn(rows((0.1, 0.2)), beside="All else as is.")).caption
    assert caption.startswith("1,000 worlds a value; shading 95\u00a0% intervals")
    assert caption.endswith("All else as is.")


def test_of_several_curves_that_do_not_move_the_title_names_all() -> None:
    table = pd.concat([rows((0.2, 0.21)), rows((0.5, 0.5), outcome="war")])
    said = words_of(drawn(table, measures={**ARMS, "war": MeasuredOutcome("War", "share")})).title
    assert said.startswith("Russia arms Iran and War: no difference between the ends can be told")


def test_points_that_are_averaged_are_counted_and_not_their_worlds_added_up() -> None:
    caption = words_of(drawn(rows((0.1, 0.2)).assign(n=400, points=3))).caption
    assert caption.startswith("400 worlds at each of 3 points a value;")


def test_of_several_curves_the_title_speaks_of_the_one_most_surely_moved() -> None:
    table = pd.concat(
        [
            rows((0.5, 0.5), outcome="war"),
            rows((0.2, 0.1)),
            rows((0.3, 0.29)).assign(outcome="deal"),
        ]
    )
    names = ("war", "arms", "deal")
    measures = {name: MeasuredOutcome(name, "share") for name in names}
    said = words_of(drawn(table, measures=measures)).title
    assert said.startswith("arms: from 20.0")
