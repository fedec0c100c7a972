"""A table in, a Plotly figure out."""

from realpolitik.sim.charts.alignment import Pair, words_and_deeds
from realpolitik.sim.charts.arrivals import arrivals
from realpolitik.sim.charts.bars import share_bar
from realpolitik.sim.charts.boxes import box_limits
from realpolitik.sim.charts.curves import curves
from realpolitik.sim.charts.deeds import deeds_map
from realpolitik.sim.charts.heat_map import heat_map
from realpolitik.sim.charts.indices import sobol_dots
from realpolitik.sim.charts.ladder import ladder
from realpolitik.sim.charts.parallel import Case, parallel
from realpolitik.sim.charts.peeling import peeling
from realpolitik.sim.charts.scales import Measure, Varied
from realpolitik.sim.charts.screening import morris_dots
from realpolitik.sim.charts.shares import outcome_shares
from realpolitik.sim.charts.tornado import tornado

__all__ = [
    "Case",
    "Measure",
    "Pair",
    "Varied",
    "arrivals",
    "box_limits",
    "curves",
    "deeds_map",
    "heat_map",
    "ladder",
    "morris_dots",
    "outcome_shares",
    "parallel",
    "peeling",
    "share_bar",
    "sobol_dots",
    "tornado",
    "words_and_deeds",
]
