"""`realpolitik replay`: a record in; what the model makes of its weeks out."""

import datetime

import click

from realpolitik.sim.cli.delivery import Delivery, delivery_options
from realpolitik.sim.cli.options import since_option, until_option
from realpolitik.sim.cli.record import command_of, events_argument, read_typed, scenario_option


@click.command()
@events_argument
@scenario_option
@since_option
@until_option
@delivery_options
def replay(
    words: tuple[str, ...],
    scenario: str | None,
    since: datetime.date | None,
    until: datetime.date | None,
    delivery: Delivery,
) -> None:
    """Put what a record says was done in the place of drawn choices.

    EVENTS are files of acts that `realpolitik events` wrote, or files of events that it reads. What
    pairs did is put beside what the model had foreseen a week before, the weeks in which it was
    most wrong are laid open with its reasons, and so is the state at the end. Shocks of SCENARIO
    happen on their dates; those without a date do not.
    """
    from realpolitik.sim.documents.replay import replay_document
    from realpolitik.sim.record.replayed import replay_record

    with delivery.ready("replay.html"):
        record, seen_with = read_typed(words, scenario)
        found = replay_record(seen_with, record.between(since, until))
        typed = {"--scenario": scenario, "--from": since, "--to": until}
        document = replay_document(found, command_of("replay", words, typed))
        delivery.deliver(document, "replay", 0, "one world")
