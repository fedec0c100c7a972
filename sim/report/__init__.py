"""Figures and words in one HTML file."""

from realpolitik.sim.report.run.page import render_report

__all__ = ["render_report"]
