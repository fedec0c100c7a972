"""A table in, a Plotly figure out."""

from realpolitik.sim.charts.alignment import Pair, gaps, words_and_deeds
from realpolitik.sim.charts.arrivals import arrival_curves, arrivals
from realpolitik.sim.charts.bars import help_bars, share_bar
from realpolitik.sim.charts.boxes import box_limits, peeling
from realpolitik.sim.charts.curves import curves
from realpolitik.sim.charts.deeds import deeds_map
from realpolitik.sim.charts.differences import difference_dots
from realpolitik.sim.charts.effects import tornado
from realpolitik.sim.charts.heat_map import heat_map
from realpolitik.sim.charts.indices import morris_dots, sobol_dots
from realpolitik.sim.charts.ladder import ladder, ladders
from realpolitik.sim.charts.lanes import lanes
from realpolitik.sim.charts.parallel import Case, parallel
from realpolitik.sim.charts.partings import parting_weeks
from realpolitik.sim.charts.relations import most_changed, relations_over_time
from realpolitik.sim.charts.shares import outcome_bars, outcome_shares
from realpolitik.sim.charts.sides import Sides
from realpolitik.sim.charts.style import with_credit
from realpolitik.sim.formatting.scales import MeasuredOutcome, Varied

__all__ = [
    "Case",
    "MeasuredOutcome",
    "Pair",
    "Sides",
    "Varied",
    "arrival_curves",
    "arrivals",
    "box_limits",
    "curves",
    "deeds_map",
    "difference_dots",
    "gaps",
    "heat_map",
    "help_bars",
    "ladder",
    "ladders",
    "lanes",
    "morris_dots",
    "most_changed",
    "outcome_bars",
    "outcome_shares",
    "parallel",
    "parting_weeks",
    "peeling",
    "relations_over_time",
    "share_bar",
    "sobol_dots",
    "tornado",
    "with_credit",
    "words_and_deeds",
]
