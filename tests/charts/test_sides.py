from realpolitik.sim.charts import Sides
from realpolitik.sim.charts.sides import LONGEST, MOST

FIVE = Sides({key: f"Title {key}" for key in "abcde"}, "100 worlds each, seed 3")


def test_a_chart_holds_four_scenarios_and_says_what_it_leaves_out() -> None:
    assert FIVE.drawn == list("abcd")
    assert len(FIVE.drawn) == MOST
    assert FIVE.caption("bars.") == (
        "100 worlds each, seed 3; bars. Not drawn, as a chart holds 4 scenarios: Title e. "
        "A model, not a forecast."
    )


def test_marks_tell_all_drawn_scenarios_apart() -> None:
    marks = [FIVE.mark(key) for key in FIVE.drawn]
    for look in ("colour", "dash", "symbol"):
        assert len({getattr(mark, look) for mark in marks}) == MOST


def test_baseline_is_called_so_even_where_its_title_is_cut() -> None:
    long = Sides({"a": "word " * 30, "b": "B"}, "1 world")
    assert long.named("b") == "B"
    assert long.short("a").endswith(" … (baseline)")
    assert len(long.short("a")) <= LONGEST
