"""`realpolitik hindcast`: episodes in; forecasts, scores and a plain verdict out."""

import contextlib
from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from realpolitik.sim.cli.exits import InputError
from realpolitik.sim.cli.hindcast.tables import about, json_of, print_scores
from realpolitik.sim.cli.page_files import room_for_page, write_page
from realpolitik.sim.cli.progress import progress_bar
from realpolitik.sim.cli.saying import say, say_json
from realpolitik.sim.study.hindcast.hindcasting import Hindcast, hindcast
from realpolitik.sim.study.sweep.workers import available_cores, local


@dataclass(frozen=True)
class Order:
    """What is to be scored, against what, and how it is told of."""

    paths: tuple[Path, ...]
    hypotheses: Path | None
    worlds: int
    seed: int
    jobs: int | None
    as_json: bool
    out: Path | None
    progress: bool


def carry_out(order: Order) -> None:
    """Scores, prints what came of it, and writes a page if one is wanted.

    Raises:
        ScenarioError: an episode or a hypothesis is wrong.
        InputError: the page cannot be written.
    """
    with room_for_page(order.out, "hindcast.html"):
        _refuse_no_page(order.out)
        found = _run(order)
        if order.out:
            _write_page(found, order.out)
    if order.as_json:
        say_json(json_of(found))
        return
    print_scores(found)
    if order.out:
        say("", f"Page  {order.out}")


def _refuse_no_page(path: Path | None) -> None:
    if path and path.suffix.lower() not in {".html", ".htm"}:
        wanted = path.with_name(f"{path.name}.html")
        raise InputError(f"{path}: the page is HTML; a file such as {wanted} is wanted")


def _run(order: Order) -> Hindcast:
    jobs = order.jobs or available_cores()
    with _executor(jobs) as executor, progress_bar(order.progress) as tell:
        return hindcast(
            order.paths,
            worlds=order.worlds,
            seed=order.seed,
            hypotheses=order.hypotheses,
            progress=tell,
            executor=executor,
        )


@contextlib.contextmanager
def _executor(jobs: int) -> Iterator[Executor | None]:
    """None for one job: the simulations are run here."""
    if jobs == 1:
        yield None
        return
    with local(jobs).hire() as executor:
        yield executor


def _write_page(found: Hindcast, page: Path) -> None:
    from realpolitik.sim.report.hindcast_page import render_hindcast

    tables = {name: getattr(found, name) for name in ("forecasts", "summary", "calibration")}
    write_page(page, render_hindcast(about(found), tables))
