"""Paths as they are typed: `~` is expanded here, once, for every verb and option.

A shell expands `~/x` but not `--out=~/x`, nor `"~/x.yaml#variant"`. `$HOME` stays as it is written.
"""

import os
from pathlib import Path
from typing import Any

import click


class Location(click.ParamType):  # type: ignore[type-arg]
    """The path of a file or folder."""

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path, a home folder put in the place of its `~`."""
        if not str(value):
            self.fail("a path is wanted, and this is empty", param, ctx)
        return Path(os.path.expanduser(value))  # noqa: PTH111 - keeps ~nobody, as a shell does


class PageFile(Location):
    """The path of a file for a page; a folder is refused where it can be told from the name."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path of the file."""
        if str(value).endswith(os.sep):
            self.fail(f"{value!r} names a folder; FILE.html is wanted", param, ctx)
        return super().convert(value, param, ctx)


class Reference(click.ParamType):  # type: ignore[type-arg]
    """The path of a file or folder, or the name of something shipped; #VARIANT may follow."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """What was typed; with a leading `~` or `-` it is a path, and is written in full."""
        text = os.path.expanduser(str(value))  # noqa: PTH111 - keeps ./ and ~nobody
        return f".{os.sep}{text}" if text.startswith("-") else text


def file_named(value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
    """The path in `@PATH`."""
    return str(Location().convert(value.removeprefix("@"), param, ctx))
