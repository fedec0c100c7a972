"""The page of a verb about reasons, and its charts as pictures beside it."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from realpolitik.sim.cli.explain.reasoned import Subject
from realpolitik.sim.report.exhibits import Exhibit

if TYPE_CHECKING:
    from realpolitik.sim.pictures import Format


def check_pictures(formats: Sequence["Format"], out: Path | None) -> None:
    """Makes sure, before the work, that pictures that are wanted have a place and can be drawn.

    Raises:
        UsageError: there is no page beside which they could go.
        InputError: there is no browser to draw with.
    """
    if not formats:
        return
    from realpolitik.sim.cli.picturing import check_browser

    if out is None:
        raise click.UsageError(f"--{formats[0]} draws the charts of the page: say --out FILE.html")
    if not out.suffix:
        raise click.UsageError(f"{out}: pictures go into a folder named like FILE of FILE.html")
    check_browser(formats, out.with_suffix(""))


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
    put_pictures(figures_of({"": exhibits}), out.with_suffix(""), formats, credit)
