"""Waterfalls drawn with letters."""

from realpolitik.sim.cli.explain.text_bars import step_bars


def test_steps_to_the_right_are_full_and_to_the_left_hatched() -> None:
    right, left, total = step_bars([4.0, -2.0, 2.0], width=5)
    assert right == "████▶"
    assert left == "│ ◀░░"
    assert total == "│▓▓"


def test_steps_below_zero_end_at_the_line_of_zero() -> None:
    down, up, total = step_bars([-4.0, 2.0, -2.0], width=5)
    assert down == "◀░░░░"
    assert up == "██▶ │"
    assert total == "  ▓▓│"


def test_nothing_to_draw_is_a_line() -> None:
    assert step_bars([0.0, 0.0], width=5) == ["▶", "│"]
