"""A document as one HTML file that needs no network."""

import html
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

import jinja2
import plotly.io
from plotly.offline import get_plotlyjs

from realpolitik.sim.charts.style import Words, page_properties, without_head, words_of
from realpolitik.sim.documents.document import (
    PAGE,
    Block,
    Chart,
    Document,
    Folded,
    Heading,
    Multiline,
    Points,
    Section,
    Table,
    Text,
)
from realpolitik.sim.formatting.missing import attempt

TEMPLATES = resources.files("realpolitik.sim.documents") / "templates"
CONFIG = {
    "displayModeBar": False,
    "displaylogo": False,
    "responsive": True,
    "scrollZoom": False,
    "showSendToCloud": False,
}


@dataclass(frozen=True)
class PagePart:
    """A block as the template takes it: what kind it is, and what it holds."""

    kind: str
    holds: Any


@dataclass(frozen=True)
class CellTexts:
    """Header and rows of a table as text; the first column names the row."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Panel:
    """A chart made into HTML: its name, its words, its script, and its numbers."""

    name: str
    words: Words
    chart: str
    cells: CellTexts


def render(document: Document) -> str:
    """The page of a document; the same one gives the same text."""
    return attempt_page(document.title, lambda: _rendered(document))


def attempt_page(title: str, make: Callable[[], str]) -> str:
    """A page, or one that says why it is missing."""
    return attempt("the page", make, lambda why: _bare_page(title, why))


def _bare_page(title: str, why: str) -> str:
    return BARE.format(title=html.escape(title), why=html.escape(why))


BARE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title}</title>
</head>
<body>
<h1>{title}</h1>
<p>{why}</p>
</body>
</html>
"""


def _rendered(document: Document) -> str:
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_template),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("document.html.j2").render(
        document=document,
        sections=_with_parts(document.on(PAGE)),
        style=page_properties() + _template("document.css"),
        script=_template("document.js"),
        plotly=get_plotlyjs(),
    )


def _template(name: str) -> str:
    """The text of a template, style sheet or script."""
    return (TEMPLATES / name).read_text(encoding="utf-8")


# ── Blocks ───────────────────────────────────────────────────────────────────────────


def _with_parts(sections: Iterable[Section]) -> list[tuple[Section, list[PagePart]]]:
    """Sections with their parts; one that holds nothing is left out."""
    every = ((one, _parts_of(one)) for one in sections)
    return [(one, parts) for one, parts in every if parts]


def _parts_of(section: Section) -> list[PagePart]:
    what = f"the part “{section.heading}”"
    return attempt(what, lambda: _parts(section.body(PAGE)), _missing)


def _parts(blocks: Iterable[Block]) -> list[PagePart]:
    return [part for block in blocks for part in _guarded(block)]


def _guarded(block: Block) -> list[PagePart]:
    """The parts of a block; of one that cannot be made, the reason."""
    match block:
        case str() | Text():
            return [PagePart("text", block if isinstance(block, str) else block.text)]
        case Heading():
            return [PagePart("heading", block.text)]
        case Points():
            return [PagePart("points", block.items)] if block.items else []
        case Folded():
            return [PagePart("folded", (block.summary, _parts(block.shown(PAGE))))]
        case Table():
            return attempt("a table", lambda: _table(block), _missing)
        case Chart():
            return attempt(f"the chart {block.name}", lambda: _chart(block), _missing)


def _missing(why: str) -> list[PagePart]:
    return [PagePart("missing", why)]


def _table(block: Table) -> list[PagePart]:
    parts = [PagePart("table", cells_of(block))]
    return parts + [PagePart("text", block.left_out)] * bool(block.left_out)


def cells_of(block: Table) -> CellTexts:
    """A table as a page shows it; numbers stay on their line."""
    columns = block.shown(PAGE)
    rows = [
        [
            _unbroken(cell) if column.right else cell
            for column, cell in zip(columns, cells, strict=True)
        ]
        for cells in block.cells(PAGE)
    ]
    return CellTexts([column.head(PAGE) for column in columns], rows)


def _unbroken(cell: str) -> str:
    if isinstance(cell, Multiline):
        return Multiline(map(_unbroken, cell.parts))
    return cell.replace(" ", "\u00a0")


def _chart(block: Chart) -> list[PagePart]:
    figure = block.draw()
    bare = without_head(figure)
    # Plotly escapes <, > and / within the script, so that no text of a scenario can end it.
    script = plotly.io.to_html(
        bare,
        config=CONFIG,
        include_plotlyjs=False,
        include_mathjax=False,
        full_html=False,
        default_width="100%",
        default_height=f"{bare.layout.height:.0f}px",
        div_id=f"chart-{block.name}",
    )
    return [PagePart("chart", Panel(block.name, words_of(figure), script, cells_of(block.table)))]
