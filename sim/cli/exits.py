"""How the command ends: each way of ending has its exit code, and none shows a traceback.

0 well, 1 the input is wrong, 2 usage, 3 a run failed, 130 interrupted. Under `python -X dev` an
error that nobody foresaw is shown in full.
"""

import os
import sys
from collections.abc import Callable
from typing import IO, Any

import click

from realpolitik.sim.cli.streams import STDOUT
from realpolitik.sim.files.reading import RefusedFileError
from realpolitik.sim.scenario.characters import on_one_line

WELL, WRONG_INPUT, USAGE, FAILED, INTERRUPTED = 0, 1, 2, 3, 130


class InputError(click.ClickException):
    """An input that is wrong, told in a line, or in several."""

    exit_code = WRONG_INPUT

    def __init__(self, *lines: str) -> None:
        """What is wrong; text in a line that would break it is shown."""
        super().__init__("\n".join(lines))
        self.lines = lines

    def show(self, file: IO[Any] | None = None) -> None:
        """Says it on stderr, without more."""
        note(*self.lines)


class LostError(InputError):
    """Work that cannot go on, told in one line."""

    exit_code = FAILED


class NobodyReadsError(Exception):
    """The reader of stdout has gone, as `head` does; click would make an error of that."""


class Command(click.Group):
    """A group of verbs, helped in the order given, that ends in one of the ways above."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs in the order in which they were added."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the verb."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise NobodyReadsError from None

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Runs the command, and leaves with its exit code."""
        kwargs["standalone_mode"] = False
        sys.exit(exit_code(lambda: super(Command, self).main(*args, **kwargs)))


def exit_code(run: Callable[[], Any]) -> int:
    """Exit code of what is run, after a word about what went wrong."""
    from realpolitik.sim.engine.tables import TableError
    from realpolitik.sim.files.json_text import RecordError
    from realpolitik.sim.scenario.errors import ScenarioError

    try:
        result = run()
        sys.stdout.flush()
    except (click.Abort, KeyboardInterrupt):
        note("Interrupted.")
        return INTERRUPTED
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "realpolitik"
        note(f"{command}: {error.format_message()}")
        return USAGE
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except ScenarioError as error:
        note(*map(str, error.faults))
        return WRONG_INPUT
    except RecordError as error:
        note(*error.lines)
        return WRONG_INPUT
    except TableError as error:
        note(str(error))
        return WRONG_INPUT
    except RefusedFileError as error:
        note(f"{error.filename}: {error.strerror}")
        return WRONG_INPUT
    except (NobodyReadsError, BrokenPipeError):
        _let_go_of_stdout()
        return WELL
    except Exception as error:  # noqa: BLE001 - the last resort: a line instead of a traceback
        return _failed(error)
    return result if isinstance(result, int) else WELL


def note(*lines: str) -> None:
    """Says something that is not data, in lines; what would break one is shown."""
    sys.stderr.writelines(f"{on_one_line(line)}\n" for line in lines)
    sys.stderr.flush()


def _failed(error: Exception) -> int:
    if sys.flags.dev_mode:
        raise error
    if isinstance(error, OSError) and not _can_print():
        note(f"standard output cannot be written: {error.strerror}")
        _let_go_of_stdout()
        return FAILED
    reason = str(error).strip().partition("\n")[0] or "no reason was given"
    note(f"realpolitik failed: {type(error).__name__}: {reason}")
    return FAILED


def _can_print() -> bool:
    """Whether stdout takes what is still to be written, or at least nothing."""
    try:
        sys.stdout.flush()
        os.write(STDOUT, b"")
    except OSError:
        return False
    return True


def _let_go_of_stdout() -> None:
    """Whatever is still to be written to stdout goes nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
