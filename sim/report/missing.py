"""What a page says in the place of a part that could not be made; all other parts stand.

Worlds may have taken hours: nothing that is wrong with a chart or a sentence costs them their page.
"""

import html
import re
import warnings
from collections.abc import Callable, Iterable
from typing import TypeVar

import plotly.graph_objects as go

from realpolitik.sim.report.exhibits import Exhibit
from realpolitik.sim.report.run.tables import Table

Made = TypeVar("Made")


def attempt(what: str, make: Callable[[], Made], otherwise: Callable[[str], Made]) -> Made:
    """What `make` gives; if that fails, a warning, and what `otherwise` makes of the reason."""
    try:
        return make()
    except Exception as error:  # noqa: BLE001 - whatever it is, the other parts are to stand
        text = " ".join(str(error).split())
        why = f"{what} could not be made ({type(error).__name__}{text and ': '}{text[:200]})"
        warnings.warn(why, stacklevel=2)
        return otherwise(f"{why[:1].upper()}{why[1:]}.")


def attempt_exhibits(what: str, make: Callable[[], Iterable[Exhibit]]) -> list[Exhibit]:
    """Charts, or one that says why they are missing."""
    return attempt(what, lambda: list(make()), lambda why: [missing_exhibit(what, why)])


def attempt_table(what: str, make: Callable[[], Table]) -> Table:
    """A table, or one that says why it is missing."""
    return attempt(what, make, lambda why: Table(("Missing",), [(why,)]))


def attempt_texts(what: str, make: Callable[[], Iterable[str]]) -> list[str]:
    """Sentences, or one that says why they are missing."""
    return attempt(what, lambda: list(make()), lambda why: [why])


def attempt_page(title: str, make: Callable[[], str]) -> str:
    """A page, or one that says why it is missing and where the numbers are."""
    return attempt("the page", make, lambda why: _bare_page(title, why))


def missing_exhibit(what: str, why: str) -> Exhibit:
    """What stands in the place of a chart: the reason why there is none."""
    name = re.sub(r"[^a-z0-9]+", "-", what.lower()).strip("-")
    return Exhibit(f"missing-{name}", go.Figure(), Table((), []), why)


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
