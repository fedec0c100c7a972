"""The verbs and their arguments. What a verb does lies in a module of its own, imported by it."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from realpolitik.sim.cli.calibrate.command import calibrate
from realpolitik.sim.cli.claims.command import claims
from realpolitik.sim.cli.compare.command import compare
from realpolitik.sim.cli.exits import USAGE, Command, note
from realpolitik.sim.cli.explain.ablate_command import ablate
from realpolitik.sim.cli.explain.explain_command import explain
from realpolitik.sim.cli.explain.flips_command import flips
from realpolitik.sim.cli.hindcast.command import hindcast
from realpolitik.sim.cli.picture_options import picture_options
from realpolitik.sim.cli.ranges import worlds as worlds_range
from realpolitik.sim.cli.sweep.command import sweep

if TYPE_CHECKING:
    from realpolitik.sim.pictures import Format

TOPICS = ("scenarios", "studies", "actors", "actions", "incentives", "parameters", "outcomes")


class Setting(click.ParamType):  # type: ignore[type-arg]
    """PATH=VALUE: the address of a parameter, and a number."""

    name = "setting"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """How help shows it."""
        return "PATH=VALUE"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, float]:
        """The address and the number."""
        from realpolitik.sim.scenario.scalars import NotFiniteError, resolve

        address, equals, text = str(value).partition("=")
        if not (address and equals):
            self.fail(f"{value!r} is not PATH=VALUE, such as RUS.israel_ties=0", param, ctx)
        try:
            number = resolve(text)
        except NotFiniteError:
            number = None
        if isinstance(number, bool) or not isinstance(number, int | float):
            self.fail(f"{text!r} in {value!r} is not a finite number", param, ctx)
        return address, float(number)


full_option = click.option(
    "--full", is_flag=True, help="Add to the report what would flip it, and the claims (slow)."
)


@click.group(
    cls=Command,
    invoke_without_command=True,
    subcommand_metavar="COMMAND [ARGS]...",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 well, 1 the input is wrong, 2 usage, 3 a run failed, 130 interrupted.",
)
@click.pass_context
def cli(context: click.Context) -> None:
    """Simulate an international crisis, thousands of times, from a scenario file."""
    if context.invoked_subcommand is None:
        note(context.get_help())
        context.exit(USAGE)


@cli.command()
@click.argument("scenario", metavar="FILE_OR_NAME")
@click.option(
    "--worlds", type=worlds_range(), default=1000, show_default=True, help="Worlds to run."
)
@click.option(
    "--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Seed of all draws."
)
@click.option(
    "--set",
    "settings",
    type=Setting(),
    multiple=True,
    help="Give a parameter another value; may be repeated. See `list parameters`.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default="results",
    show_default=True,
    help="Folder for the results.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of a table.")
@click.option("--no-progress", is_flag=True, help="Show no progress bar.")
@full_option
@picture_options
def run(
    scenario: str,
    worlds: int,
    seed: int,
    settings: tuple[tuple[str, float], ...],
    out: Path,
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
    order = Order(scenario, worlds, seed, dict(settings), out, as_json, shown, full, formats)
    carry_out(order)


@cli.command("list")
@click.argument("topic", type=click.Choice(TOPICS), required=False, metavar="[TOPIC]")
@click.option("--parameters", is_flag=True, help="The same as the topic parameters.")
def list_names(topic: str | None, parameters: bool) -> None:
    """List what there is: of one topic, or a little of each.

    TOPIC is scenarios, studies, actors, actions, incentives, parameters or outcomes.
    """
    if parameters and topic not in (None, "parameters"):
        raise click.UsageError(f"--parameters and the topic {topic} are two; name one")
    from realpolitik.sim.cli.scenario.listing import print_list

    print_list("parameters" if parameters else topic)


@cli.command()
@click.argument("scenarios", metavar="FILE_OR_NAME", nargs=-1, required=True)
@click.option("--resolved", "how", flag_value="resolved", help="Print all of it as one YAML file.")
@click.option("--timeline", "how", flag_value="timeline", help="Draw what happens on a line.")
@click.option("--diff", "how", flag_value="diff", help="Tell how a second scenario differs.")
def show(scenarios: tuple[str, ...], how: str | None) -> None:
    """Show a scenario: who, when, what happens, and what is asked.

    FILE_OR_NAME may end in #VARIANT. With --diff there are two of them.
    """
    wanted = 2 if how == "diff" else 1
    if len(scenarios) != wanted:
        number = "two scenarios" if wanted == 2 else "one scenario"
        raise click.UsageError(f"{number} wanted, {len(scenarios)} given")
    from realpolitik.sim.cli.scenario.showing import print_as

    print_as(how, scenarios)


@cli.command()
@click.argument("name")
@click.option("--from", "base", metavar="FILE_OR_NAME", help="Begin with changes to a scenario.")
def new(name: str, base: str | None) -> None:
    """Write NAME.yaml, a scenario to begin with, into this folder."""
    from realpolitik.sim.cli.scenario.starting import write_starter

    write_starter(name, base)


@cli.command()
@click.argument("files", metavar="FILE_OR_NAME...", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array for programs.")
def validate(files: tuple[str, ...], as_json: bool) -> None:
    """Check scenario files with their variants; every fault has its line."""
    from realpolitik.sim.cli.scenario.validating import print_json, print_verdicts

    (print_json if as_json else print_verdicts)(files)


@cli.command()
def schema() -> None:
    """Print the JSON Schema of scenario files, for editors."""
    from realpolitik.sim.cli.scenario.schema import print_schema

    print_schema()


@cli.command()
@click.argument("run_dir", type=click.Path(path_type=Path))
@full_option
@picture_options
def report(run_dir: Path, full: bool, formats: tuple["Format", ...]) -> None:
    """Write the report of a run folder, or the page of a study, anew."""
    from realpolitik.sim.cli.run.reporting import print_report_path

    print_report_path(run_dir, formats, full=full)


@cli.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("docs") / "gallery",
    show_default=True,
    help="Folder for the pictures.",
)
def gallery(out: Path) -> None:
    """Draw every kind of chart there is, from small runs, on one page."""
    from realpolitik.sim.cli.gallery import write_gallery

    write_gallery(out)


for verb in (ablate, calibrate, claims, compare, explain, flips, hindcast, sweep):
    cli.add_command(verb)
