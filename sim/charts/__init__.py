"""A table in, a Plotly figure out."""

from realpolitik.sim.charts.compare.arrival_curves import arrival_curves
from realpolitik.sim.charts.compare.differences import difference_dots
from realpolitik.sim.charts.compare.help_bars import help_bars
from realpolitik.sim.charts.compare.ladders import ladders
from realpolitik.sim.charts.compare.lanes import lanes
from realpolitik.sim.charts.compare.outcome_bars import outcome_bars
from realpolitik.sim.charts.compare.partings import parting_weeks
from realpolitik.sim.charts.compare.relations import most_changed, relations_over_time
from realpolitik.sim.charts.compare.say_do_gaps import gaps
from realpolitik.sim.charts.compare.sides import Sides
from realpolitik.sim.charts.credit import with_credit
from realpolitik.sim.charts.run.alignment import Pair, words_and_deeds
from realpolitik.sim.charts.run.arrivals import arrivals
from realpolitik.sim.charts.run.bars import share_bar
from realpolitik.sim.charts.run.deeds import deeds_map
from realpolitik.sim.charts.run.ladder import ladder
from realpolitik.sim.charts.run.shares import outcome_shares
from realpolitik.sim.charts.study.boxes import box_limits
from realpolitik.sim.charts.study.curves import curves
from realpolitik.sim.charts.study.heat_map import heat_map
from realpolitik.sim.charts.study.indices import sobol_dots
from realpolitik.sim.charts.study.parallel import Case, parallel
from realpolitik.sim.charts.study.peeling import peeling
from realpolitik.sim.charts.study.screening import morris_dots
from realpolitik.sim.charts.study.tornado import tornado
from realpolitik.sim.formatting.scales import Measure, Varied

__all__ = [
    "Case",
    "Measure",
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
