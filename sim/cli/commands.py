"""The verbs. The arguments of each stand in a module that imports nothing heavy."""

import click

from realpolitik.sim.cli.ablate import ablate
from realpolitik.sim.cli.backtest import backtest
from realpolitik.sim.cli.calibrate import calibrate
from realpolitik.sim.cli.claims import claims
from realpolitik.sim.cli.compare import compare
from realpolitik.sim.cli.estimate import estimate
from realpolitik.sim.cli.events import events
from realpolitik.sim.cli.exits import USAGE, Command, note
from realpolitik.sim.cli.explain import explain
from realpolitik.sim.cli.flips import flips
from realpolitik.sim.cli.hindcast import hindcast
from realpolitik.sim.cli.replay import replay
from realpolitik.sim.cli.report import report
from realpolitik.sim.cli.run import run
from realpolitik.sim.cli.scenario import list_names, new, schema, show, validate
from realpolitik.sim.cli.sweep import sweep


@click.group(
    cls=Command,
    invoke_without_command=True,
    subcommand_metavar="COMMAND [ARGS]...",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 well, 1 the input is wrong, 2 usage, 3 a run failed, 130 interrupted.",
)
@click.pass_context
def cli(context: click.Context) -> None:
    """Simulate an international crisis, thousands of times, from a scenario file."""
    if context.invoked_subcommand is None:
        note(*context.get_help().splitlines())
        context.exit(USAGE)


for verb in (
    *(run, report, sweep, compare),
    *(explain, flips, ablate, claims, hindcast, calibrate),
    *(events, estimate, replay, backtest),
    *(list_names, show, new, validate, schema),
):
    cli.add_command(verb)
