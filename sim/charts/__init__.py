"""A table in, a Plotly figure out."""

from realpolitik.sim.charts.alignment import Pair, words_and_deeds
from realpolitik.sim.charts.arrivals import arrivals
from realpolitik.sim.charts.bars import share_bar
from realpolitik.sim.charts.deeds import deeds_map
from realpolitik.sim.charts.ladder import ladder
from realpolitik.sim.charts.shares import outcome_shares

__all__ = [
    "Pair",
    "arrivals",
    "deeds_map",
    "ladder",
    "outcome_shares",
    "share_bar",
    "words_and_deeds",
]
