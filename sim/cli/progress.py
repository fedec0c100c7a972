"""How far a run or a study is: a bar on stderr, which goes when all is done."""

import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from realpolitik.sim.cli.streams import styled

if TYPE_CHECKING:
    from realpolitik.sim.experiments.runner import Standing

SIMULATING = "Simulating"


@contextlib.contextmanager
def progress_bar(wanted: bool, last: str = SIMULATING) -> Iterator[Callable[[int, int], None]]:
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
                description=said(standing, speed),
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


def said(standing: "Standing", speed: float) -> str:
    """Such as `12 of 21 points, 2,310 worlds/s, 1 failed`."""
    if standing.points_done == standing.points:
        return "Analysing"
    parts = [f"{standing.points_done:,} of {standing.points:,} points"]
    if standing.run:
        parts.append(f"{speed:,.0f} worlds/s")
    if standing.failures:
        parts.append(f"{standing.failures:,} failed")
    return ", ".join(parts)
