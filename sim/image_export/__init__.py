"""Figures in; PNG, SVG and PDF files out, drawn by the Chromium of the system."""

from realpolitik.sim.image_export.browser import NoBrowserError, find_browser
from realpolitik.sim.image_export.drawing import DrawingError, Format
from realpolitik.sim.image_export.writing import write_pictures

__all__ = [
    "DrawingError",
    "Format",
    "NoBrowserError",
    "find_browser",
    "write_pictures",
]
