"""The arguments of `realpolitik run` and `realpolitik report`."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from realpolitik.sim.cli.paths import Location, Reference, file_named
from realpolitik.sim.cli.picture_options import picture_options
from realpolitik.sim.cli.ranges import Whole
from realpolitik.sim.cli.ranges import worlds as worlds_range

if TYPE_CHECKING:
    from realpolitik.sim.pictures import Format


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
        from realpolitik.sim.engine.names import address_of
        from realpolitik.sim.scenario.parameter_files import read_settings
        from realpolitik.sim.scenario.scalars import NotFiniteError, resolve

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


full_option = click.option(
    "--full", is_flag=True, help="Add to the report what would flip it, and the claims (slow)."
)


@click.command()
@click.argument("scenario", metavar="FILE_OR_NAME", type=Reference())
@click.option(
    "--worlds", type=worlds_range(), default=1000, show_default=True, help="Worlds to run."
)
@click.option("--seed", type=Whole(min=0), default=0, show_default=True, help="Seed of all draws.")
@click.option(
    "--set",
    "settings",
    type=Setting(),
    multiple=True,
    help="Give a parameter another value; may be repeated. See `list parameters`. @FILE takes "
    "several from YAML, JSON or a row of CSV.",
)
@click.option(
    "--out",
    type=Location(),
    help="Folder of the run, new or empty.  [results/SCENARIO/TIME-HASH]",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of a table.")
@click.option("--no-progress", is_flag=True, help="Show no progress bar.")
@full_option
@picture_options
def run(
    scenario: str,
    worlds: int,
    seed: int,
    settings: tuple[tuple[tuple[str, float], ...], ...],
    out: Path | None,
    as_json: bool,
    no_progress: bool,
    full: bool,
    formats: tuple["Format", ...],
) -> None:
    """Run a scenario many times, and write tables and a report.

    FILE_OR_NAME is a scenario file, or the name of one that is shipped (see `list scenarios`);
    #VARIANT behind it runs one of its variants.
    """
    from realpolitik.sim.cli.run.running import Order, carry_out

    shown = not no_progress
    parameters = dict(pair for each in settings for pair in each)
    order = Order(scenario, worlds, seed, parameters, out, as_json, shown, full, formats)
    carry_out(order)


@click.command()
@click.argument("run_dir", type=Location())
@full_option
@picture_options
def report(run_dir: Path, full: bool, formats: tuple["Format", ...]) -> None:
    """Write the report of a run folder, or the page of a study, anew."""
    from realpolitik.sim.cli.run.reporting import print_report_path

    print_report_path(run_dir, formats, full=full)
