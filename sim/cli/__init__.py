"""The command `realpolitik`: the only part that reads arguments and prints.

Nothing heavy is imported before a verb needs it, so that help and completion are there at once.
"""

import signal
import sys
import warnings

from realpolitik.sim.cli.streams import guard_streams
from realpolitik.sim.scenario.characters import on_one_line


def main() -> None:
    """Runs the command and leaves with its exit code."""
    warnings.formatwarning = lambda message, *_, **__: f"{on_one_line(str(message))}\n"
    try:
        guard_streams()
        from realpolitik.sim.cli.commands import cli

        cli()
    except KeyboardInterrupt:  # so early, or so late, that the command could not take it
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        sys.stderr.write("\nInterrupted.\n")
        sys.exit(130)
