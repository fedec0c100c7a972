"""How far a run is: a bar on stderr."""

import contextlib
import sys
from collections.abc import Callable, Iterator

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from realpolitik.sim.cli.streams import styled

SIMULATING = "Simulating"


@contextlib.contextmanager
def progress_bar(wanted: bool, last: str = SIMULATING) -> Iterator[Callable[[int, int], None]]:
    """A bar, if stderr is a terminal; what it gives is called with how much is done, and of what.

    It says `last` once all worlds are run, and goes when all is done.
    """
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
    )
    shown = wanted and sys.stderr.isatty()
    console = Console(file=styled(sys.stderr))
    with Progress(*columns, console=console, transient=True, disable=not shown) as bar:
        task = bar.add_task(SIMULATING, total=None)

        def tell(done: int, total: int) -> None:
            doing = SIMULATING if done < total else last
            bar.update(task, completed=done, total=total, description=doing)

        yield tell
