"""`realpolitik estimate`: a record in; rates and weights, with their intervals, out."""

import contextlib
import datetime
from collections.abc import Iterator
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
from realpolitik.sim.cli.record import (
    command_of,
    events_argument,
    parted,
    read_typed,
    scenario_option,
)


@click.command()
@events_argument
@scenario_option
@since_option
@until_option
@click.option("--out", type=Location(), required=True, help="Folder of the tables, new or empty.")
@extra_page_option
@json_option()
def estimate(
    words: tuple[str, ...],
    scenario: str | None,
    since: datetime.date | None,
    until: datetime.date | None,
    out: Path,
    page: Path | None,
    as_json: bool,
) -> None:
    """Estimate rates and weights of actors from what a record says was done.

    EVENTS are files of acts that `realpolitik events` wrote, or files of events that it reads. The
    folder gets tables of rates and weights with their intervals and covariance, and
    parameters.yaml, which `run --set @FILE` takes. Weights that the record cannot tell stay as they
    were declared.
    """
    from realpolitik.sim.documents.estimate import estimate_document
    from realpolitik.sim.record.estimated import estimate_files

    delivery = Delivery(page, (), as_json, progress=False)
    with delivery.ready("estimate.html"), _room_for_estimate(out):
        record, seen_with = read_typed(words, scenario)
        paths, _ = parted(words, scenario)
        found = estimate_files(paths, record.between(since, until), seen_with)
        with _writing(out):
            found.write(out)
        typed = {"--scenario": scenario, "--from": since, "--to": until, "--out": out}
        document = estimate_document(found, str(out), command_of("estimate", words, typed))
        delivery.deliver(document, "estimate", 0, "")


@contextlib.contextmanager
def _room_for_estimate(out: Path) -> Iterator[None]:
    """Makes sure, before the work, that the folder can be written, and holds nothing.

    Raises:
        InputError: it cannot, or does.
    """
    with _writing(out):
        in_use = out.is_dir() and any(out.iterdir())
    if in_use:
        raise InputError(f"{out}: holds something already; --out takes a new or empty folder")
    with room_for_results(out):
        yield


@contextlib.contextmanager
def _writing(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputError(f"{out}: cannot be written: {error.strerror}") from None
