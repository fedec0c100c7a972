"""Figures and words in one HTML file."""

from realpolitik.sim.report.compare_page import render_comparison
from realpolitik.sim.report.render import render_report
from realpolitik.sim.report.study_page import render_study

__all__ = ["render_comparison", "render_report", "render_study"]
