"""Charts of several scenarios: ladders, bars, curves, words and deeds, relations, partings."""

from collections import Counter

import numpy as np
import pandas as pd
import pytest

from realpolitik.sim.charts import (
    Sides,
    arrival_curves,
    gaps,
    help_bars,
    ladders,
    most_changed,
    outcome_bars,
    parting_weeks,
    relations_over_time,
)
from realpolitik.sim.charts.partings import half_by, parting_said
from realpolitik.sim.charts.style import words_of

SIDES = Sides({"a": "As it was", "b": "With words"}, "1,000 worlds each, seed 0")
WEEK = np.arange(1, 11)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def rungs(key: str, peak: float) -> pd.DataFrame:
    middle = np.where(WEEK == 4, peak, 3.0)
    edges = {"q05": middle - 1, "q25": middle, "q50": middle, "q75": middle, "q95": middle + 1}
    return pd.DataFrame({"scenario": key, "week": WEEK, **edges})


def shocks(*pairs: tuple[int, str]) -> pd.DataFrame:
    return pd.DataFrame(list(pairs), columns=["week", "label"])


OPENING = shocks((1, "Opening"))
SHOCKS = {"a": OPENING, "b": shocks((1, "Opening"), (6, "Insult"))}


def test_ladders_say_where_the_peaks_differ() -> None:
    weeks = pd.concat([rungs("a", 6.0), rungs("b", 7.0)])
    assert words_of(ladders(weeks, SHOCKS, SIDES)).title == (
        "The weekly median peaks at rung 7.0 (repeated exchange) in week 4 in “With words”, "
        "at rung 6.0 (limited direct strike) in week 4 in “As it was”"
    )


def test_ladders_that_are_alike_are_said_to_be_so() -> None:
    weeks = pd.concat([rungs("a", 6.0), rungs("b", 6.0)])
    assert words_of(ladders(weeks, SHOCKS, SIDES)).title.endswith("the medians hardly part at all")


def test_shocks_are_named_where_they_are_new_and_marked_everywhere() -> None:
    layout = ladders(pd.concat([rungs("a", 6.0), rungs("b", 7.0)]), SHOCKS, SIDES).layout
    texts = [note.text for note in layout.annotations]
    assert (texts.count("Opening"), texts.count("Insult")) == (1, 1)
    assert sorted((line.xref, line.x0) for line in layout.shapes) == [
        ("x", 1),
        ("x2", 1),
        ("x2", 6),
    ]


def test_scenario_without_shocks_is_drawn_without_them() -> None:
    felt = {"a": OPENING, "b": shocks()}
    layout = ladders(pd.concat([rungs("a", 6.0), rungs("b", 7.0)]), felt, SIDES).layout
    assert [line.xref for line in layout.shapes] == ["x"]


def test_plots_of_the_ladder_have_the_same_axes() -> None:
    layout = ladders(pd.concat([rungs("a", 6.0), rungs("b", 7.0)]), SHOCKS, SIDES).layout
    assert layout.yaxis.range == layout.yaxis2.range
    assert layout.xaxis.range == layout.xaxis2.range
    heights = [axis.domain[1] - axis.domain[0] for axis in (layout.yaxis, layout.yaxis2)]
    assert heights[0] == pytest.approx(heights[1])


def levels(first: float, second: float) -> pd.DataFrame:
    rows = [("a", first), ("b", second)]
    table = pd.DataFrame(rows, columns=["scenario", "mean"])
    table = table.assign(outcome="war", label="War comes", worlds=1000)
    return table.assign(low=table["mean"] - 0.02, high=table["mean"] + 0.02)


def test_bars_of_shares_say_where_the_share_goes_farthest_apart() -> None:
    figure = outcome_bars(levels(0.2, 0.3), SIDES)
    assert words_of(figure).title == (
        "War comes: in 20 of 100 worlds in “As it was”, in 30 of 100 worlds in “With words”"
    )
    assert "No share is seen to differ" in words_of(outcome_bars(levels(0.2, 0.2), SIDES)).title


def test_bars_of_shares_differ_in_pattern_and_stand_on_all_worlds() -> None:
    bars = outcome_bars(levels(0.2, 0.3), SIDES).data
    named = [bar for bar in bars if bar.name]
    assert len({bar.marker.pattern.shape for bar in named}) == 2
    assert [bar.x[0] for bar in bars if not bar.name] == [100, 100]
    assert [bar.x[0] for bar in named] == pytest.approx([20, 30])


def test_numbers_beside_bars_are_made_once_each(marks_made: Counter[str]) -> None:
    counts = []
    for outcomes in (20, 40):
        tables = [levels(0.2, 0.3).assign(outcome=f"o{n}", label=f"{n}") for n in range(outcomes)]
        marks_made.clear()
        figure = outcome_bars(pd.concat(tables), SIDES)
        assert len(figure.layout.annotations) == 3 * outcomes  # a label, and a number a scenario
        counts.append(marks_made["Annotation"])
    assert counts[1] <= 2 * counts[0]


def test_bars_of_categories_fill_all_worlds() -> None:
    rows = [("a", "0", "nothing", 0.4), ("a", "1", "words", 0.6), ("b", "0", "nothing", 0.1)]
    rows.append(("b", "1", "words", 0.9))
    table = pd.DataFrame(rows, columns=["scenario", "category", "label", "share"])
    figure = help_bars(table.assign(worlds=1000), "Help", SIDES)
    assert [sum(bar.x[row] for bar in figure.data) for row in (0, 1)] == pytest.approx([100, 100])
    assert words_of(figure).title == (
        "Help: “nothing” in 10 of 100 worlds in “With words”, in 40 of 100 worlds in “As it was”"
    )


def times(final: dict[str, float]) -> pd.DataFrame:
    tables = []
    for key, share in final.items():
        by_then = np.where(WEEK < 3, 0.0, np.where(WEEK < 6, share / 2, share))
        band = {"low": by_then * 0.9, "high": by_then * 1.05}
        known = {"scenario": key, "week": WEEK, "share_by_then": by_then, **band, "at_risk": 1000}
        tables.append(pd.DataFrame(known))
    return pd.concat(tables)


def test_curves_of_arrival_end_at_the_share_that_saw_it() -> None:
    figure = arrival_curves(times({"a": 0.6, "b": 0.8}), "Until war", SIDES)
    lines = [trace for trace in figure.data if trace.name]
    assert [trace.y[-1] for trace in lines] == pytest.approx([60, 80])
    assert {trace.line.shape for trace in figure.data} == {"hv"}
    assert words_of(figure).title == (
        "Until war: it comes in 80 of 100 worlds (half of them by week 3) in “With words”, "
        "in 60 of 100 worlds (half of them by week 3) in “As it was”"
    )
    assert "are censored there" in words_of(figure).caption


def test_what_never_comes_is_said_to_never_come() -> None:
    figure = arrival_curves(times({"a": 0.0, "b": 0.0}), "Until war", SIDES)
    assert words_of(figure).title == "Until war: it never comes in any scenario"


def test_gap_between_words_and_deeds_is_said_for_each() -> None:
    rows = [("a", "words", 0.12), ("a", "deeds", 0.03), ("b", "words", 0.17), ("b", "deeds", 0.02)]
    table = pd.DataFrame(rows, columns=["scenario", "side", "mean"])
    table = table.assign(low=table["mean"] - 0.01, high=table["mean"] + 0.01)
    figure = gaps(table, "Alignment of Russia with Iran", SIDES)
    assert words_of(figure).title == (
        "Alignment of Russia with Iran: words exceed deeds by 0.15 in “With words”, "
        "0.09 in “As it was”"
    )
    symbols = {trace.name: trace.marker.symbol for trace in figure.data if trace.name}
    assert symbols == {"words": "circle", "deeds": "diamond"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((0.1, 0.6), "words exceed deeds by 0.30 in “With words”, fall short of deeds by 0.20 in"),
        ((0.1, 0.2), "words fall short of deeds by 0.10 in “With words”, 0.20 in"),
    ],
)
def test_words_behind_deeds_are_said_to_fall_short(words: tuple[float, float], said: str) -> None:
    deeds = 0.3
    rows = [("a", "words", words[0]), ("b", "words", words[1])]
    rows += [(key, "deeds", deeds) for key in "ab"]
    table = pd.DataFrame(rows, columns=["scenario", "side", "mean"])
    table = table.assign(low=table["mean"] - 0.01, high=table["mean"] + 0.01)
    assert said in words_of(gaps(table, "Alignment", SIDES)).title


def relations() -> pd.DataFrame:
    slopes = {("X", "Y"): (0.0, 0.02), ("Y", "X"): (0.01, 0.01), ("X", "Z"): (0.0, 0.0)}
    rows = [
        (key, week, actor, on, 0.5 + slope * week)
        for (actor, on), pair in slopes.items()
        for key, slope in zip("ab", pair, strict=True)
        for week in range(11)
    ]
    return pd.DataFrame(rows, columns=["scenario", "week", "actor", "on", "mean"])


def test_pairs_are_ranked_by_how_far_scenarios_differ_not_by_how_far_they_move() -> None:
    table = relations()
    apart = (table["actor"] == "X") & (table["on"] == "Z") & (table["scenario"] == "b")
    table.loc[apart, "mean"] += 0.01
    moved = (table["actor"] == "Y") & (table["on"] == "X")
    table.loc[moved, "mean"] += 0.1 * table.loc[moved, "week"]
    assert most_changed(table, SIDES) == [("X", "Y"), ("X", "Z"), ("Y", "X")]


def test_curves_of_unlike_length_are_set_side_by_side_over_the_weeks_that_both_have() -> None:
    table = times({"a": 0.6, "b": 0.8})
    longer = times({"b": 0.8}).assign(share_by_then=0.99, week=lambda rows: rows["week"] + 10)
    words = words_of(arrival_curves(pd.concat([table, longer]), "War", SIDES))
    assert words.title.startswith("War, up to week 10: it comes in 80 of 100 worlds")
    assert "by the last week of a scenario" in words.caption


def test_partings_say_how_many_pairs_they_are_of() -> None:
    rows = parted([0.2, 0.3, 0.2, 0.3]).assign(worlds=[20, 30, 20, 30])
    assert (
        "Shares are of 100 pairs whose deeds are known"
        in words_of(parting_weeks(rows, SIDES)).caption
    )


def test_relations_are_drawn_as_changes_on_the_same_axis() -> None:
    pairs = most_changed(relations(), SIDES)
    named = [f"{actor} toward {on}" for actor, on in pairs]
    figure = relations_over_time(relations(), pairs, named, SIDES)
    assert words_of(figure).title == (
        "Hostility of X toward Y ends +0.20 in “With words”, 0.00 in “As it was”"
    )
    assert {trace.y[0] for trace in figure.data} == {0.0}
    assert len({figure.layout[f"yaxis{place}"].range for place in ("", 2, 3)}) == 1


def parted(shares: list[float]) -> pd.DataFrame:
    table = pd.DataFrame({"week": range(len(shares)), "share": shares, "scenario": "b"})
    return table.assign(worlds=(1000 * table["share"]).round().astype(int))


def test_week_by_which_half_have_parted_counts_all_pairs() -> None:
    assert half_by(parted([0.2, 0.3, 0.2, 0.3])) == 2
    assert half_by(parted([0.6, 0.2, 0.2])) == 0
    assert half_by(parted([1.0, 0.0])) == 0


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        (
            [0.2, 0.3, 0.2, 0.3],
            "by week 2 half of the histories have parted; in 20 of 100 worlds they never do",
        ),
        ([0.0, 1.0], "by week 1 half of the histories have parted; all do in the end"),
        ([1.0, 0.0], "most never part; in all 1,000 worlds they never do"),
    ],
)
def test_parting_is_said_in_weeks_and_worlds(shares: list[float], said: str) -> None:
    assert parting_said(parted(shares)) == said


def test_partings_are_drawn_by_week_without_those_that_never_part() -> None:
    figure = parting_weeks(parted([0.2, 0.3, 0.2, 0.3]), SIDES)
    (bars,) = figure.data
    assert list(bars.y) == pytest.approx([30, 20, 30])
    assert words_of(figure).title == "Half of the histories have parted by week 2"
    assert "never 20.0 %" in plain(words_of(figure).alt)
