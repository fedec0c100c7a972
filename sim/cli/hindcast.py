"""`realpolitik hindcast`: episodes in; forecasts, scores and a plain verdict out."""

import shlex
from collections.abc import Sequence
from pathlib import Path

import click

from realpolitik.sim.cli.delivery import Delivery, delivery_options
from realpolitik.sim.cli.exits import InputError
from realpolitik.sim.cli.options import Location, jobs_option, seed_option, worlds_option


@click.command()
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=Location())
@click.option(
    "--hypotheses",
    type=Location(),
    help="Folder of parameter files to score.  [the three readings that are shipped]",
)
@worlds_option("Worlds behind each forecast.", default=1000)
@seed_option()
@jobs_option
@delivery_options
def hindcast(
    paths: tuple[Path, ...],
    hypotheses: Path | None,
    worlds: int,
    seed: int,
    jobs: int | None,
    delivery: Delivery,
) -> None:
    """Score rival readings of Russia against what followed.

    PATH is a file or a folder of episodes: scenarios that say under `aftermath` what followed their
    trigger, or under `episode` what came of one choice. Without one, those that are shipped are
    scored. A base rate, a uniform forecast and a logistic model of three covariates are scored
    beside the readings.
    """
    from realpolitik.sim.cli.progress import progress_bar
    from realpolitik.sim.documents.hindcast import hindcast_document
    from realpolitik.sim.experiments.workers import available_cores, executor_for
    from realpolitik.sim.hindcast.hindcasting import hindcast as scored

    with delivery.ready("hindcast.html"):
        _refuse_no_page(delivery.out)
        with (
            executor_for(jobs or available_cores(), worlds) as executor,
            progress_bar(delivery.progress) as tell,
        ):
            found = scored(paths, worlds, seed, hypotheses, tell, executor)
        document = hindcast_document(found, _command(paths, hypotheses, worlds, seed))
        delivery.deliver(document, "hindcast", seed, f"{worlds:,} worlds a forecast")


def _refuse_no_page(path: Path | None) -> None:
    if path and path.suffix.lower() not in {".html", ".htm"}:
        wanted = path.with_name(f"{path.name}.html")
        raise InputError(f"{path}: the page is HTML; a file such as {wanted} is wanted")


def _command(paths: Sequence[Path], hypotheses: Path | None, worlds: int, seed: int) -> str:
    """What makes the same again."""
    words = ["realpolitik", "hindcast", *map(str, paths), "--worlds", str(worlds)]
    words += ["--seed", str(seed), *(["--hypotheses", str(hypotheses)] if hypotheses else [])]
    return shlex.join(words)
