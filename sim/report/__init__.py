"""Figures and words in one HTML file."""

from realpolitik.sim.report.run.page import render_report
from realpolitik.sim.report.study.page import render_study

__all__ = ["render_report", "render_study"]
