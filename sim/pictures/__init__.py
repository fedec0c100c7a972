"""Figures in; PNG, SVG and PDF files out, drawn by the Chromium of the system."""

from realpolitik.sim.pictures.browser import NoBrowserError, find_browser
from realpolitik.sim.pictures.drawing import DrawingError, Format
from realpolitik.sim.pictures.writing import write_pictures

__all__ = [
    "DrawingError",
    "Format",
    "NoBrowserError",
    "find_browser",
    "write_pictures",
]
