"""The arguments of `realpolitik list`, `show`, `new`, `validate` and `schema`."""

import click

from realpolitik.sim.cli.options import Reference, json_option

TOPICS = ("scenarios", "studies", "actors", "actions", "incentives", "parameters", "outcomes")


@click.command("list")
@click.argument("topic", type=click.Choice(TOPICS), required=False, metavar="[TOPIC]")
@click.option("--parameters", is_flag=True, help="The same as the topic parameters.")
@json_option("Print the parameters as one JSON object, by address.")
def list_names(topic: str | None, parameters: bool, as_json: bool) -> None:
    """List what there is: of one topic, or a little of each.

    TOPIC is scenarios, studies, actors, actions, incentives, parameters or outcomes.
    """
    if parameters and topic not in (None, "parameters"):
        raise click.UsageError(f"--parameters and the topic {topic} are two; name one")
    chosen = "parameters" if parameters else topic
    if as_json and chosen != "parameters":
        raise click.UsageError("--json is of parameters alone: realpolitik list parameters --json")
    from realpolitik.sim.cli.listing import print_list, print_parameters

    print_parameters() if as_json else print_list(chosen)


@click.command()
@click.argument("scenarios", metavar="FILE_OR_NAME", nargs=-1, required=True, type=Reference())
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
    from realpolitik.sim.cli.show import print_as

    print_as(how, scenarios)


@click.command()
@click.argument("name")
@click.option(
    "--from",
    "base",
    metavar="FILE_OR_NAME",
    type=Reference(),
    help="Begin with changes to a scenario.",
)
def new(name: str, base: str | None) -> None:
    """Write NAME.yaml, a scenario to begin with, into this folder."""
    from realpolitik.sim.cli.new import write_starter

    write_starter(name, base)


@click.command()
@click.argument("files", metavar="FILE_OR_NAME...", nargs=-1, required=True, type=Reference())
@json_option("Print one JSON array for programs.")
def validate(files: tuple[str, ...], as_json: bool) -> None:
    """Check scenarios, variants, studies and calibrations; every fault has its line."""
    from realpolitik.sim.cli.validate import print_json, print_verdicts

    (print_json if as_json else print_verdicts)(files)


@click.command()
def schema() -> None:
    """Print the JSON Schema of scenario files, for editors."""
    from realpolitik.sim.cli.output import say_text
    from realpolitik.sim.scenario.json_schema import schema_text

    say_text(schema_text())
