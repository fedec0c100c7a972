"""What all pages share: templates, style, script and the plotting library, all in one file."""

from importlib import resources
from typing import Any

import jinja2
from plotly.offline import get_plotlyjs

TEMPLATES = resources.files("realpolitik.sim.documents") / "templates"


def render_page(template: str, context: dict[str, Any]) -> str:
    """A page as one HTML file that needs no network; the same context gives the same text."""
    shared = {
        "style": read_template("report.css"),
        "script": read_template("report.js"),
        "plotly": get_plotlyjs(),
    }
    return _environment().get_template(template).render(**shared, **context)


def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FunctionLoader(read_template),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def read_template(name: str) -> str:
    """The text of a template, style sheet or script."""
    return (TEMPLATES / name).read_text(encoding="utf-8")
