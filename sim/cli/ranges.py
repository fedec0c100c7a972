"""How much may be asked for."""

import click

from realpolitik.sim.study.bounds import MOST_WORLDS


def worlds(least: int = 1) -> click.IntRange:
    """The type of a number of worlds: no more of them than a study may have at a point."""
    return click.IntRange(least, MOST_WORLDS)
