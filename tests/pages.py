"""A how-to page put to the test: its files, its commands, and what it quotes of their output."""

import contextlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from realpolitik.sim.cli.commands import cli

HOW_TO = Path(__file__).parents[1] / "docs" / "how-to"
FILE = re.compile(r"^`([\w./]+)`\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PYTHON = re.compile(r"(?<!`\n\n)^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TEXT = re.compile(r"^```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#:]+)")
OPTION = re.compile(r"(?<![\w-])--[a-z]+(?:-[a-z]+)*")
PROMPT = "$ realpolitik "


@dataclass(frozen=True)
class Command:
    """A command of a page, without the program's name, and the lines quoted below it."""

    line: str
    quoted: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """A how-to page."""

    path: Path
    text: str

    @classmethod
    def named(cls, name: str) -> "Page":
        """The page of that name."""
        path = HOW_TO / f"{name}.md"
        return cls(path, path.read_text(encoding="utf-8"))

    @property
    def commands(self) -> tuple[Command, ...]:
        """All commands of the page, from the top down."""
        return tuple(one for block in CONSOLE.findall(self.text) for one in _commands(block))

    @property
    def quotations(self) -> tuple[str, ...]:
        """Lines that the page quotes from elsewhere than a command."""
        return tuple(line for block in TEXT.findall(self.text) for line in block.splitlines())

    @property
    def scripts(self) -> tuple[str, ...]:
        """The Python of the page that is no file."""
        return tuple(PYTHON.findall(self.text))

    def write_files(self, home: Path) -> list[str]:
        """Writes the files of the page into a folder; their names."""
        files = FILE.findall(self.text)
        for name, text in files:
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            (home / name).write_text(text, encoding="utf-8")
        return [name for name, _ in files]

    def faults(self) -> list[str]:
        """Links that lead nowhere, and options that no command has."""
        known = {
            option for verb in cli.commands.values() for one in verb.params for option in one.opts
        }
        links = [link for link in LINK.findall(self.text) if not (self.path.parent / link).exists()]
        return links + sorted(set(OPTION.findall(self.text)) - known - {"--help"})


def run(command: Command) -> str:
    """Runs a command in the folder that is the current one; what it prints, errors included."""
    words = [word.strip("'") for word in command.line.split()]
    done = CliRunner().invoke(cli, words)
    assert done.exit_code == 0, (command.line, done.output)
    return done.output


def printed(code: str) -> str:
    """What the Python of a page prints; a warning is an error, as everywhere in the tests."""
    with contextlib.redirect_stdout(io.StringIO()) as told:
        exec(compile(code, "page.py", "exec"), {"__name__": "__main__"})
    return told.getvalue()


def missing(quoted: tuple[str, ...], output: str) -> list[str]:
    """The quoted lines that do not stand in the output; blanks do not count, nor do rules."""
    found = _plain(output)
    return [line for line in quoted if _plain(line) not in found]


def _plain(text: str) -> str:
    return " ".join(text.split())


def _commands(block: str) -> Iterator[Command]:
    for part in re.split(rf"^{re.escape(PROMPT)}", block, flags=re.MULTILINE)[1:]:
        line, *quoted = part.splitlines()
        yield Command(line, tuple(one for one in quoted if one.strip()))
