"""How long something takes: a bar or, where stderr is no terminal, a line."""

import contextlib
import sys
import time
from collections.abc import Callable, Iterator

from realpolitik.sim.cli.exits import note
from realpolitik.sim.cli.progress import progress_bar
from realpolitik.sim.cli.sweep.forecasting import duration

Tell = Callable[[int, int], None]

SHARE = 0.05  # of the work, after which it is known how long the rest takes
SHORT = 10  # seconds of which nothing is said


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
