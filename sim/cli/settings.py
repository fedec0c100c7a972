"""`--set` of the verbs that run a scenario as it is: addresses of parameters with numbers."""

import contextlib
from collections.abc import Iterator, Mapping
from typing import Any

import click

from realpolitik.sim.cli.paths import file_named


class Setting(click.ParamType):  # type: ignore[type-arg]
    """PATH=VALUE: the address of a parameter, and a number; @FILE: several of them."""

    name = "setting"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """How help shows it."""
        return "PATH=VALUE|@FILE"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[tuple[str, float], ...]:
        """Addresses with their numbers; whether they exist is looked at in a file only.

        Raises:
            ScenarioError: something is wrong in a file.
        """
        from realpolitik.sim.engine.actions import address_of
        from realpolitik.sim.scenario.nodes import NotFiniteError, resolve
        from realpolitik.sim.scenario.parameter_files import read_settings

        if str(value).startswith("@"):
            return tuple(read_settings(file_named(str(value), param, ctx)).items())
        address, equals, text = str(value).partition("=")
        if not (address and equals):
            hint = "; quote what holds a '>'" if address and not equals else ""
            problem = f"{value!r} is not PATH=VALUE, such as RUS.israel_ties=0{hint}"
            self.fail(problem, param, ctx)
        try:
            number = resolve(text)
        except NotFiniteError:
            number = None
        if isinstance(number, bool) or not isinstance(number, int | float):
            self.fail(f"{text!r} in {value!r} is not a finite number", param, ctx)
        return ((address_of(address), float(number)),)


def _joined(
    _ctx: click.Context, _param: click.Parameter, several: tuple[tuple[tuple[str, float], ...], ...]
) -> dict[str, float]:
    """All of them; of an address the last counts."""
    return dict(pair for each in several for pair in each)


set_option = click.option(
    "--set",
    "settings",
    type=Setting(),
    multiple=True,
    callback=_joined,
    help="Give a parameter of a scenario another value; may be repeated. See `list parameters`. "
    "@FILE takes several from YAML, JSON or a row of CSV.",
)


@contextlib.contextmanager
def checked(settings: Mapping[str, float]) -> Iterator[None]:
    """Checks what `--set` gave, beside a scenario that is read within.

    Raises:
        ScenarioError: something is wrong with them or in the scenario; it holds all faults.
    """
    from realpolitik.sim.scenario.errors import ScenarioError
    from realpolitik.sim.scenario.values import check_parameters

    faults = check_parameters(settings)
    try:
        yield
    except ScenarioError as error:
        raise ScenarioError([*error.faults, *faults]) from None
    if faults:
        raise ScenarioError(faults)
