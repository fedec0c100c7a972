"""How far a study is: points done, worlds a second, time left and failures, on stderr."""

import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from realpolitik.sim.cli.streams import styled

if TYPE_CHECKING:
    from realpolitik.sim.study.sweep.conduct import Standing

Tell = Callable[["Standing"], None]


@contextlib.contextmanager
def sweep_progress(wanted: bool) -> Iterator[Tell]:
    """A bar of the worlds, if stderr is a terminal; it goes when all is done."""
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
    )
    shown = wanted and sys.stderr.isatty()
    console = Console(file=styled(sys.stderr))
    began = time.monotonic()
    with Progress(*columns, console=console, transient=True, disable=not shown) as bar:
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
