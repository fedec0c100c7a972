"""`realpolitik events`: files of events in; weekly acts, and what was not matched, out."""

import contextlib
import datetime
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from realpolitik.sim.cli.delivery import Delivery
from realpolitik.sim.cli.exits import InputError
from realpolitik.sim.cli.files import room_for_results
from realpolitik.sim.cli.options import (
    Location,
    extra_page_option,
    json_option,
    since_option,
    until_option,
)
from realpolitik.sim.record.codes import CODINGS

NARROW = CODINGS[0]
DEFAULT = "acts.parquet"


@click.command()
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=Location())
@click.option(
    "--out",
    type=Location(),
    default=DEFAULT,
    show_default=True,
    help="File for the acts; one of acts that is there is replaced.",
)
@click.option(
    "--codes",
    type=click.Choice(CODINGS),
    default=NARROW,
    show_default=True,
    help="Which codes count as an act: those that mean it, or those that may.",
)
@click.option(
    "--actors",
    type=Location(),
    metavar="TABLE",
    help="CSV with the columns actor and name: more names of actors. A third, kind, may say "
    "`country`, which stands for its state bodies too.",
)
@since_option
@until_option
@click.option(
    "--dataset",
    "datasets",
    multiple=True,
    help="Take weeks from this dataset; may be repeated, the first that has a week counts.  "
    "[the one with most events in it]",
)
@extra_page_option
@json_option()
def events(
    paths: tuple[Path, ...],
    out: Path,
    codes: str,
    actors: Path | None,
    since: datetime.date | None,
    until: datetime.date | None,
    datasets: tuple[str, ...],
    page: Path | None,
    as_json: bool,
) -> None:
    """Read records of events into weekly acts between actors.

    FILE is a table of GDELT 1.0 or 2.0, ICEWS, POLECAT or ACLED, events of PLOVER as JSON lines, or
    a CSV table with the columns date or week_start, source, target, cameo or plover, and n; as it
    is, gzipped or zipped. What it is, is found out from what it holds. A table with the columns
    week_start and full says which weeks are whole.
    """
    from realpolitik.sim.documents.events import events_document
    from realpolitik.sim.record.actors import names_of
    from realpolitik.sim.record.acts import find_acts
    from realpolitik.sim.record.codes import read_coding
    from realpolitik.sim.record.weekly import write_acts
    from realpolitik.sim.scenario.vocabulary import vocabulary

    delivery = Delivery(page, (), as_json, progress=False)
    with delivery.ready("events.html"), _room_for_acts(out):
        names = names_of(vocabulary().actors, actors)
        found = find_acts(paths, names, read_coding(codes), datasets, since, until)
        write_acts(out, found.record, found.events)
        options = {"--out": out, "--codes": codes, "--actors": actors, "--from": since}
        command = _command(paths, {**options, "--to": until}, datasets)
        delivery.deliver(events_document(found, str(out), command), "events", 0, "")


@contextlib.contextmanager
def _room_for_acts(out: Path) -> Iterator[None]:
    """Makes sure, before the work, that the file of acts can be written, and replaces no other."""
    from realpolitik.sim.files.json_text import RecordError
    from realpolitik.sim.record.weekly import read_acts

    if out.is_dir():
        raise InputError(f"{out}: is a folder; a file such as {out / DEFAULT} is wanted")
    try:
        if out.exists():
            read_acts(out)
    except (RecordError, OSError):
        told = "is there already, and is no file of acts; --out takes another"
        raise InputError(f"{out}: {told}") from None
    with room_for_results(out.absolute().parent):
        yield


def _command(
    paths: tuple[Path, ...], options: Mapping[str, object], datasets: tuple[str, ...]
) -> str:
    """What makes the same again."""
    words = ["realpolitik", "events", *map(str, paths)]
    for name, value in [*options.items(), *(("--dataset", one) for one in datasets)]:
        words += [name, str(value)] if value else []
    return shlex.join(words)
