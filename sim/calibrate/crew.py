"""Workers that are hired once and stay, however many studies they are given."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from realpolitik.sim.experiments.workers import Workers


class Lent(Executor):
    """An executor that is given back rather than shut down, unless it has broken."""

    def __init__(self, owned: Executor) -> None:
        """Lends what its owner will shut down."""
        self.owned, self.is_gone = owned, False

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        """What the owned executor does with it."""
        return self.owned.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Given back; who does not wait has seen it break, or leaves something in flight."""
        if not wait:
            self.is_gone = True
            self.owned.shutdown(wait=False, cancel_futures=cancel_futures)


@contextmanager
def staying(workers: Workers) -> Iterator[Workers]:
    """The same workers, hired when they are first needed and let go at the end."""
    hired: list[Lent] = []

    def hire() -> Executor:
        if not hired or hired[-1].is_gone:
            hired.append(Lent(workers.hire()))
        return hired[-1]

    try:
        yield replace(workers, hire=hire)
    finally:
        for one in hired:
            one.owned.shutdown(wait=not one.is_gone)
