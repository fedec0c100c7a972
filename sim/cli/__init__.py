"""The command `realpolitik`: the only part that reads arguments and prints.

Nothing heavy is imported before a verb needs it, so that help and completion are there at once.
"""

import io
import signal
import sys
import warnings


def main() -> None:
    """Runs the command and leaves with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a narrow encoding spoils a sign, not the run
    warnings.formatwarning = lambda message, *_, **__: f"{message}\n"
    try:
        from realpolitik.sim.cli.commands import cli

        cli()
    except KeyboardInterrupt:  # so early, or so late, that the command could not take it
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        sys.stderr.write("\nInterrupted.\n")
        sys.exit(130)
