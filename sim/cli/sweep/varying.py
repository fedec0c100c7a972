"""What `sweep --set` takes: the address of a parameter, or a glob, and how far it is varied."""

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from realpolitik.sim.study.plans.asked import Asked


class Varying(click.ParamType):  # type: ignore[type-arg]
    """PATH=a:b:step, PATH=a:b, PATH=x,y,z or PATH alone, where PATH may be a glob."""

    name = "varying"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """How help shows it."""
        return "PATH=A:B:STEP|PATH=X,Y,Z|PATH"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> "Asked":
        """The address and its range; whether they exist is not looked at here."""
        from realpolitik.sim.study.plans.asked import Asked, asked_by

        if isinstance(value, Asked):
            return value
        try:
            return asked_by(str(value))
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
