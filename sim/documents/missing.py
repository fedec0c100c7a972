"""Parts of a page that say why they are missing, where they could not be made."""

import html
import re
from collections.abc import Callable, Iterable

import plotly.graph_objects as go

from realpolitik.sim.documents.exhibits import Exhibit, TextTable
from realpolitik.sim.formatting.missing import attempt


def attempt_exhibits(what: str, make: Callable[[], Iterable[Exhibit]]) -> list[Exhibit]:
    """Charts, or one that says why they are missing."""
    return attempt(what, lambda: list(make()), lambda why: [missing_exhibit(what, why)])


def attempt_table(what: str, make: Callable[[], TextTable]) -> TextTable:
    """A table, or one that says why it is missing."""
    return attempt(what, make, lambda why: TextTable(("Missing",), [(why,)]))


def attempt_texts(what: str, make: Callable[[], Iterable[str]]) -> list[str]:
    """Sentences, or one that says why they are missing."""
    return attempt(what, lambda: list(make()), lambda why: [why])


def attempt_page(title: str, make: Callable[[], str]) -> str:
    """A page, or one that says why it is missing and where the numbers are."""
    return attempt("the page", make, lambda why: _bare_page(title, why))


def missing_exhibit(what: str, why: str) -> Exhibit:
    """What stands in the place of a chart: the reason why there is none."""
    name = re.sub(r"[^a-z0-9]+", "-", what.lower()).strip("-")
    return Exhibit(f"missing-{name}", go.Figure(), TextTable((), []), why)


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
