"""What `sweep --set` takes: the address of a parameter, or a glob, and how far it is varied."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from realpolitik.sim.cli.paths import Location, file_named
from realpolitik.sim.cli.ranges import Whole

if TYPE_CHECKING:
    from realpolitik.sim.experiments.vary import Asked


class Varying(click.ParamType):  # type: ignore[type-arg]
    """PATH=a:b:step, PATH=a:b, PATH=x,y,z, PATH=x or PATH, which may be a glob; or @FILE."""

    name = "varying"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """How help shows it."""
        return "PATH=A:B:STEP|PATH=X,Y,Z|PATH|@FILE"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple["Asked", ...]:
        """Addresses with their ranges; whether they exist is not looked at here.

        Raises:
            ScenarioError: something is wrong in a file.
        """
        from realpolitik.sim.experiments.vary import asked_by, asked_by_file

        if isinstance(value, tuple):
            return value
        if str(value).startswith("@"):
            return tuple(asked_by_file(file_named(str(value), param, ctx)))
        try:
            return (asked_by(str(value)),)
        except ValueError as error:
            self.fail(str(error), param, ctx)


class Level(click.ParamType):  # type: ignore[type-arg]
    """OUTCOME=LEVEL."""

    name = "level"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """How help shows it."""
        return "OUTCOME=LEVEL"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, float]:
        """The name and the number."""
        outcome, _, text = str(value).partition("=")
        try:
            return outcome, float(text)
        except ValueError:
            self.fail(f"{value!r} is not OUTCOME=LEVEL, such as full_scale_war=0.1", param, ctx)


class Points(click.ParamType):  # type: ignore[type-arg]
    """N, or FILE.csv."""

    name = "points"
    _file = Location()

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """How help shows it."""
        return "N|FILE.csv"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> int | Path:
        """The number, or the path of the file."""
        if isinstance(value, int | Path):
            return value
        try:
            float(value)
        except ValueError:
            return self._file.convert(value, param, ctx)
        return Whole().convert(value, param, ctx)
