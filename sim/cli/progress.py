"""How far the work is: a bar on stderr, which goes when all is done, or a line of how long."""

import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from realpolitik.sim.cli.exits import note
from realpolitik.sim.cli.streams import styled

if TYPE_CHECKING:
    from realpolitik.sim.experiments.runner import Standing

Tell = Callable[[int, int], None]

SIMULATING = "Simulating"
SHARE = 0.05  # of the work, after which it is known how long the rest takes
SHORT = 10  # seconds of which nothing is said


@contextlib.contextmanager
def progress_bar(wanted: bool, last: str = SIMULATING) -> Iterator[Tell]:
    """A bar, if stderr is a terminal; what it gives is called with how much is done, and of what.

    It says `last` once all worlds are run.
    """
    with _bar(wanted) as bar:
        task = bar.add_task(SIMULATING, total=None)

        def tell(done: int, total: int) -> None:
            doing = SIMULATING if done < total else last
            bar.update(task, completed=done, total=total, description=doing)

        yield tell


@contextlib.contextmanager
def sweep_progress(wanted: bool) -> Iterator[Callable[["Standing"], None]]:
    """A bar of the worlds, if stderr is a terminal: points done, worlds a second and failures."""
    began = time.monotonic()
    with _bar(wanted) as bar:
        task = bar.add_task("Preparing", total=None)

        def tell(standing: "Standing") -> None:
            speed = standing.run / max(time.monotonic() - began, 1e-9)
            bar.update(
                task,
                completed=standing.worlds,
                total=standing.worlds_wanted or None,
                description=describe_standing(standing, speed),
            )

        yield tell


def _bar(wanted: bool) -> Progress:
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
    )
    shown = wanted and sys.stderr.isatty()
    console = Console(file=styled(sys.stderr))
    return Progress(*columns, console=console, transient=True, disable=not shown)


def describe_standing(standing: "Standing", speed: float) -> str:
    """Such as `12 of 21 points, 2,310 worlds/s, 1 failed`."""
    if standing.points_done == standing.points:
        return "Analysing"
    parts = [f"{standing.points_done:,} of {standing.points:,} points"]
    if standing.run:
        parts.append(f"{speed:,.0f} worlds/s")
    if standing.failures:
        parts.append(f"{standing.failures:,} failed")
    return ", ".join(parts)


# ── How long it takes, where there is no terminal ────────────────────────────────────


@contextlib.contextmanager
def waiting(wanted: bool, doing: str) -> Iterator[Tell]:
    """What is called with how much is done, and of what; `doing` is a clause for the line."""
    with progress_bar(wanted) as bar:
        yield bar if not wanted or sys.stderr.isatty() else Forecast(doing).tell


class Forecast:
    """Says once, when a little is done, how long the rest takes about."""

    def __init__(self, doing: str) -> None:
        """Begins before anything is done."""
        self._doing, self._silent = doing, False
        self._first: tuple[int, float] | None = None

    def tell(self, done: int, total: int) -> None:
        """So much is done; what the first piece takes, with its preparations, is left out."""
        first, began = self._first = self._first or (done, time.monotonic())
        if self._silent or done - first < SHARE * total:
            return
        self._silent = True
        left = (time.monotonic() - began) / (done - first) * (total - done)
        if left >= SHORT:
            note(f"{self._doing}; this takes about {duration(left)}.")


def duration(seconds: float) -> str:
    """Such as `40 s`, `12 min` or `3.5 h`."""
    if seconds < 90:
        return f"{max(seconds, 1):.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
