"""Numbers as they are typed: 1000, 1_000, 1e3 or 1000.0, within what may be asked for."""

import math
from typing import Any

import click

from realpolitik.sim.experiments.bounds import MOST_WORLDS


class Whole(click.IntRange):
    """A whole number; one that is broken, or none, is refused with what was expected."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number."""
        text = str(value).strip()
        try:
            given = int(text)
        except ValueError:
            given = self._of_float(text, param, ctx)
        return int(super().convert(given, param, ctx))

    def _of_float(self, text: str, param: click.Parameter | None, ctx: click.Context | None) -> int:
        try:
            given = float(text)
        except ValueError:
            given = math.nan
        if not math.isfinite(given) or given != int(given):
            self.fail(f"{text!r} is not a whole number", param, ctx)
        return int(given)


class Finite(click.ParamType):  # type: ignore[type-arg]
    """A number that is finite."""

    name = "float"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """The number."""
        try:
            given = float(value)
        except ValueError:
            given = math.nan
        if not math.isfinite(given):
            self.fail(f"{value!r} is not a finite number", param, ctx)
        return given


def worlds(least: int = 1) -> click.IntRange:
    """The type of a number of worlds: no more of them than a study may have at a point."""
    return Whole(least, MOST_WORLDS)


jobs_option = click.option("--jobs", type=Whole(min=1), help="Processes.  [the cores there are]")
