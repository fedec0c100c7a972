"""`realpolitik schema`: what editors read to complete and check scenario files."""

import sys

from realpolitik.sim.scenario.json_schema import schema_text


def print_schema() -> None:
    """The JSON Schema of a scenario file, for everything that is installed."""
    sys.stdout.write(schema_text())
