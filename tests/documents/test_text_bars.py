"""Waterfalls drawn with letters."""

from realpolitik.sim.documents.text_bars import WIDTH, step_bars

MIDDLE = WIDTH // 2


def test_steps_to_the_right_are_full_and_to_the_left_hatched() -> None:
    right, left, total = step_bars([4.0, -2.0, 2.0])
    assert right == "█" * (WIDTH - 1) + "▶"
    assert left == f"│{' ' * (MIDDLE - 1)}◀{'░' * (WIDTH - MIDDLE - 1)}"
    assert total == "│" + "▓" * MIDDLE


def test_steps_below_zero_end_at_the_line_of_zero() -> None:
    down, up, total = step_bars([-4.0, 2.0, -2.0])
    assert down == "◀" + "░" * (WIDTH - 1)
    assert up.index("▶") == total.index("▓")
    assert {line.rindex("│") for line in (up, total)} == {WIDTH - 1}


def test_nothing_to_draw_is_a_line() -> None:
    assert step_bars([0.0, 0.0]) == ["▶", "│"]
