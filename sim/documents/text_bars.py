"""Steps that add up, drawn with letters."""

from collections.abc import Sequence

FULL, HATCHED, TOTAL, ZERO = "█", "░", "▓", "│"


WIDTH = 40
"""Letters in a line."""


def step_bars(steps: Sequence[float]) -> list[str]:
    """A line a step, each beginning where the one before ended; the last is their sum, from 0.

    Full to the right, hatched to the left, with a point at the end.
    """
    starts, ends = list[float](), list[float]()
    at = 0.0
    for step in steps[:-1]:
        starts.append(at)
        at += step
        ends.append(at)
    starts.append(0.0)
    ends.append(steps[-1])
    low, high = min(0.0, *starts, *ends), max(0.0, *starts, *ends)
    scale = (WIDTH - 1) / (high - low) if high > low else 0.0

    def column(value: float) -> int:
        return round((value - low) * scale)

    zero = column(0.0)
    lines = [
        _line(column(start), column(end), zero, forward=step >= 0)
        for step, start, end in zip(steps[:-1], starts[:-1], ends[:-1], strict=True)
    ]
    return [*lines, _total(column(ends[-1]), zero)]


def _line(start: int, end: int, zero: int, *, forward: bool) -> str:
    row = [" "] * WIDTH
    row[zero] = ZERO
    first, last = sorted((start, end))
    row[first : last + 1] = (FULL if forward else HATCHED) * (last - first + 1)
    row[end] = "▶" if forward else "◀"
    return "".join(row).rstrip()


def _total(end: int, zero: int) -> str:
    row = [" "] * WIDTH
    first, last = sorted((zero, end))
    row[first : last + 1] = TOTAL * (last - first + 1)
    row[zero] = ZERO
    return "".join(row).rstrip()
