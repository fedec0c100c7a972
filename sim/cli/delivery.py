"""How an answer is wanted, the same for verbs about reasons: a page, its pictures, JSON, a bar."""

import contextlib
import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from realpolitik.sim.cli.exits import InputError
from realpolitik.sim.cli.options import (
    Verb,
    json_option,
    page_option,
    picture_options,
    progress_option,
)

if TYPE_CHECKING:
    from realpolitik.sim.documents.document import Document
    from realpolitik.sim.files.folder import Folder
    from realpolitik.sim.image_export import Format

MARK = ".realpolitik"
"""File that shows that a folder of pictures is ours, where no other file does."""


@dataclass(frozen=True)
class Delivery:
    """What was typed of it.

    Attributes:
        out: File of the page; None for no page.
        formats: Those in which the charts of the page are drawn too, beside it.
        as_json: Whether JSON is printed instead of tables.
        progress: Whether a bar may be shown.
    """

    out: Path | None
    formats: tuple["Format", ...]
    as_json: bool
    progress: bool

    @contextlib.contextmanager
    def ready(self, name: str) -> Iterator[None]:
        """Makes sure, before the work, that all has its place; `name` is a good one for the page.

        Raises:
            UsageError: pictures are wanted, but no page beside which they could go.
            InputError: there is no browser to draw with, or something cannot be written.
        """
        from realpolitik.sim.cli.files import room_for_page

        self._check_pictures()
        with room_for_page(self.out, name):
            yield

    def deliver(
        self,
        document: "Document",
        what: str,
        seed: int,
        worlds: str,
        *,
        as_markdown: bool = False,
    ) -> None:
        """Writes, prints and draws it; name, seed and worlds stand at the foot of a picture.

        Raises:
            InputError: it cannot be written.
        """
        from realpolitik.sim.cli.emit import emit
        from realpolitik.sim.cli.files import write_page
        from realpolitik.sim.documents.html_page import render

        if self.out:
            write_page(self.out, render(document))
        emit(document, as_json=self.as_json, as_markdown=as_markdown, page=self.out)
        if self.out and self.formats:
            from realpolitik.sim.cli.images import credit_line, put_pictures
            from realpolitik.sim.files.ours import PICTURES

            home = _home_of(self.out)
            credit = credit_line(document.version, what, seed, worlds)
            put_pictures(document.figures(), home.path, self.formats, credit)
            home.make(PICTURES)
            home.write_text(f"{PICTURES}/{MARK}", "Pictures of a page of realpolitik.\n")

    def _check_pictures(self) -> None:
        if not self.formats:
            return
        from realpolitik.sim.cli.images import check_browser
        from realpolitik.sim.files.ours import PICTURES, refuse_foreign

        out = self.out
        if out is None:
            first = self.formats[0]
            raise click.UsageError(f"--{first} draws the charts of the page: say --out FILE.html")
        if not out.suffix:
            raise click.UsageError(f"{out}: pictures go into a folder named like FILE of FILE.html")
        check_browser(self.formats, out.with_suffix(""))
        try:
            refuse_foreign(_home_of(out).below(PICTURES), MARK)
        except OSError as error:
            raise InputError(f"{error.filename}: {error.strerror}") from None


def _home_of(out: Path) -> "Folder":
    """The folder `FILE` beside `FILE.html`."""
    from realpolitik.sim.files.folder import Folder

    return Folder(out.with_suffix(""))


def delivery_options(verb: Verb) -> Verb:
    """The verb with these options, which it takes as one `delivery`."""

    @functools.wraps(verb)
    def with_delivery(
        *,
        out: Path | None,
        formats: tuple["Format", ...],
        as_json: bool,
        progress: bool,
        **options: Any,
    ) -> Any:
        return verb(delivery=Delivery(out, formats, as_json, progress), **options)

    taking: Any = with_delivery
    for option in (progress_option, picture_options, json_option(), page_option):
        taking = option(taking)
    done: Verb = taking
    return done
