"""Figures and words in one HTML file."""

from realpolitik.sim.report.compare.page import render_comparison
from realpolitik.sim.report.run.page import render_report
from realpolitik.sim.report.study.page import render_study

__all__ = ["render_comparison", "render_report", "render_study"]
