"""`realpolitik backtest`: a record in; how well its weeks were foreseen out."""

import datetime

import click

from realpolitik.sim.cli.delivery import Delivery, delivery_options
from realpolitik.sim.cli.options import WholeNumber, seed_option, since_option, until_option
from realpolitik.sim.cli.record import command_of, events_argument, read_typed, scenario_option

MOST_WORLDS = 1024  # a block


@click.command()
@events_argument
@scenario_option
@since_option
@until_option
@click.option(
    "--worlds",
    type=WholeNumber(1, MOST_WORLDS),
    default=400,
    show_default=True,
    help="Worlds that run freely from each start.",
)
@seed_option("Seed of those worlds.")
@delivery_options
def backtest(
    words: tuple[str, ...],
    scenario: str | None,
    since: datetime.date | None,
    until: datetime.date | None,
    worlds: int,
    seed: int,
    delivery: Delivery,
) -> None:
    """Score forecasts of weekly acts on weeks that nothing was fitted to.

    EVENTS are files of acts that `realpolitik events` wrote, or files of events that it reads.
    Weeks are scored one week ahead, and running freely from every fourth week; beside the model,
    how often each pair did so in the weeks before --from, and what was done of late. Without
    --from, scored are the weeks after those that the shipped numbers were fitted to.
    """
    from realpolitik.sim.cli.progress import progress_bar
    from realpolitik.sim.documents.backtest import backtest_document
    from realpolitik.sim.record.backtest import backtest as scored
    from realpolitik.sim.record.backtest import split

    with delivery.ready("backtest.html"):
        record, seen_with = read_typed(words, scenario)
        earlier, ahead = split(record, since, until)
        with progress_bar(delivery.progress) as tell:
            found = scored(seen_with, earlier, ahead, worlds, seed, tell)
        typed = {"--scenario": scenario, "--from": since, "--to": until}
        command = command_of("backtest", words, {**typed, "--worlds": worlds, "--seed": seed})
        document = backtest_document(found, command)
        delivery.deliver(document, "backtest", seed, f"{worlds:,} worlds from each start")
