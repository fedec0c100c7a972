import pandas as pd

from realpolitik.sim.charts import (
    Sides,
    most_changed,
    relations_over_time,
)
from realpolitik.sim.charts.style import words_of

SIDES = Sides({"a": "As it was", "b": "With words"}, "1,000 worlds each, seed 0")


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


def test_relations_are_drawn_as_changes_on_the_same_axis() -> None:
    pairs = most_changed(relations(), SIDES)
    named = [f"{actor} toward {on}" for actor, on in pairs]
    figure = relations_over_time(relations(), pairs, named, SIDES)
    assert words_of(figure).title == (
        "Hostility of X toward Y ends +0.20 in “With words”, 0.00 in “As it was”"
    )
    assert {trace.y[0] for trace in figure.data} == {0.0}
    assert len({figure.layout[f"yaxis{place}"].range for place in ("", 2, 3)}) == 1
