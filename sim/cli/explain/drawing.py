"""The page of a verb about reasons, and its charts as pictures beside it."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from realpolitik.sim.cli.exits import InputError
from realpolitik.sim.cli.subject import Subject
from realpolitik.sim.documents.exhibits import Exhibit
from realpolitik.sim.files.folder import Folder
from realpolitik.sim.files.ours import PICTURES, refuse_foreign

if TYPE_CHECKING:
    from realpolitik.sim.pictures import Format

MARK = ".realpolitik"
"""File that shows that a folder of pictures is ours, where no other file does."""


def check_pictures(formats: Sequence["Format"], out: Path | None) -> None:
    """Makes sure, before the work, that pictures that are wanted have a place and can be drawn.

    Raises:
        UsageError: there is no page beside which they could go.
        InputError: there is no browser to draw with, or other things lie where they would go.
    """
    if not formats:
        return
    from realpolitik.sim.cli.picturing import check_browser

    if out is None:
        raise click.UsageError(f"--{formats[0]} draws the charts of the page: say --out FILE.html")
    if not out.suffix:
        raise click.UsageError(f"{out}: pictures go into a folder named like FILE of FILE.html")
    check_browser(formats, out.with_suffix(""))
    try:
        refuse_foreign(_home_of(out).below(PICTURES), MARK)
    except OSError as error:
        raise InputError(f"{error.filename}: {error.strerror}") from None


def draw(
    exhibits: Sequence[Exhibit],
    out: Path,
    formats: Sequence["Format"],
    subject: Subject,
    worlds: str,
) -> None:
    """Draws the charts of the page `FILE.html` into `FILE/pictures`; `worlds` says which are meant.

    Raises:
        InputError: they cannot be written.
    """
    if not formats:
        return
    from realpolitik.sim.cli.picturing import credit_line, figures_of, put_pictures

    about = subject.asked("")
    credit = credit_line(about.version, subject.scenario.name, subject.seed, worlds)
    home = _home_of(out)
    put_pictures(figures_of({"": exhibits}), home.path, formats, credit)
    home.make(PICTURES)
    home.write_text(f"{PICTURES}/{MARK}", "Pictures of a page of realpolitik.\n")


def _home_of(out: Path) -> Folder:
    return Folder(out.with_suffix(""))
