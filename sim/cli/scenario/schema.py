"""`realpolitik schema`: what editors read to complete and check scenario files."""

from realpolitik.sim.cli.output import say_text
from realpolitik.sim.scenario.json_schema import schema_text


def print_schema() -> None:
    """The JSON Schema of a scenario file, for everything that is installed."""
    say_text(schema_text())
