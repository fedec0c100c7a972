import pandas as pd

from realpolitik.sim.charts import Sides, lanes
from realpolitik.sim.charts.lanes import MOST, SAID
from realpolitik.sim.charts.style import words_of

SIDES = Sides({"a": "As it was", "b": "With words"}, "1,000 worlds each, seed 0")
ROWS = [
    (3, 1, "Iran", "force", "both", "shows force"),
    (3, 4, "Iran", "force", "before", "makes a limited strike on Israel"),
    (3, 5, "Iran", "material", "after", "imposes sanctions on Israel"),
    (3, 5, "Israel", "force", "both", "shows force"),
    (7, 9, "Russia", "material", "after", "sends offensive arms to Iran"),
]
DEEDS = pd.DataFrame(ROWS, columns=["world", "week", "actor", "track", "side", "label"])
PARTED = {3: 4, 7: 2}


def test_title_counts_worlds_weeks_and_deeds() -> None:
    assert words_of(lanes(DEEDS, PARTED, 10, "b", SIDES)).title == (
        "“With words”: two pairs of worlds part in weeks 2 and 4; "
        "3 of 5 deeds of force and arms happen on one side only"
    )


def test_actors_that_do_the_same_in_both_have_no_lane() -> None:
    layout = lanes(DEEDS, PARTED, 10, "b", SIDES).layout
    assert layout.yaxis.ticktext == ("Iran",)
    assert layout.yaxis2.ticktext == ("Russia",)


def test_week_of_parting_is_marked_in_each_plot() -> None:
    lines = lanes(DEEDS, PARTED, 10, "b", SIDES).layout.shapes
    assert [(line.xref, line.x0) for line in lines] == [("x", 3.5), ("x2", 1.5)]


def test_sides_differ_in_place_fill_and_size_and_tracks_in_shape() -> None:
    drawn = [one for one in lanes(DEEDS, {3: 4}, 10, "b", SIDES).data if one.showlegend is False]
    both, before, after = (
        next(one for one in drawn if one.name == SAID[side]) for side in ("both", "before", "after")
    )
    assert before.y[0] < both.y[0] < after.y[0]
    assert (before.marker.symbol, after.marker.symbol) == (("triangle-up-open",), ("square",))
    assert both.marker.size < before.marker.size


def test_legend_tells_sides_apart_by_size_and_fill_and_has_no_shape_of_a_track() -> None:
    keys = [one for one in lanes(DEEDS, PARTED, 10, "b", SIDES).data if one.showlegend is not False]
    looks = {key.name: (*key.marker.symbol, key.marker.size) for key in keys}
    assert len(keys) == len(looks) == 3
    assert {symbol.removesuffix("-open") for symbol, _ in looks.values()} == {"circle"}
    assert len(set(looks.values())) == 3


def test_lanes_stay_few_enough_to_be_read() -> None:
    many = [(3, 4, f"Actor {n}", "force", "before", "shows force") for n in range(MOST + 3)]
    figure = lanes(pd.DataFrame(many, columns=DEEDS.columns), {3: 4}, 10, "b", SIDES)
    assert len(figure.layout.yaxis.ticktext) == MOST
