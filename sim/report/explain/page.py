"""Pages about reasons: a choice, an ensemble, what a conclusion hangs on, what incentives do."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from realpolitik.sim.documents.exhibits import Exhibit, TextTable
from realpolitik.sim.documents.missing import attempt_page
from realpolitik.sim.documents.page import render_page
from realpolitik.sim.documents.panels import panel
from realpolitik.sim.report.explain.records import Asked

PLAIN = {
    "log odds": "How much likelier one option is than another, on a scale where steps add up: 0 is "
    "as likely, +0.69 twice, +2.3 ten times as likely, and minus the same the other way.",
    "reason": "An incentive that an actor’s class declares, with a weight, a range and a source. "
    "What it adds to an option is worked out in each week of each world.",
    "base rate": "How often an option is taken when nothing is at stake.",
    "range": "How far the declaration of a parameter allows it to be moved.",
}
"""What the words mean that the pages use."""


@dataclass(frozen=True)
class Section:
    """A part of a page: anchor, name in the list of sections, heading, and what it holds."""

    anchor: str
    name: str
    heading: str
    intro: str = ""
    exhibits: Sequence[Exhibit] = ()
    tables: Sequence[tuple[str, TextTable]] = ()  # heading, table


@dataclass(frozen=True)
class Page:
    """A page: what kind it is, its answer, the facts beside that, and its sections."""

    kind: str
    answer: Sequence[str]
    facts: Sequence[tuple[str, str]]
    sections: Sequence[Section]
    words: Sequence[str] = field(default=tuple(PLAIN))


def drawn(sections: Sequence[Section]) -> list[dict[str, object]]:
    """The sections as the templates take them; one that holds nothing is left out."""
    return [
        {
            "anchor": each.anchor,
            "name": each.name,
            "heading": each.heading,
            "intro": each.intro,
            "panels": [panel(exhibit) for exhibit in each.exhibits],
            "tables": each.tables,
        }
        for each in sections
        if each.exhibits or each.tables
    ]


def render_explained(asked: Asked, page: Page) -> str:
    """One HTML file that needs no network. The same input gives the same text."""
    return attempt_page(f"{page.kind}: {asked.title}", lambda: _rendered(asked, page))


def _rendered(asked: Asked, page: Page) -> str:
    context = {
        "asked": asked,
        "page": page,
        "sections": drawn(page.sections),
        "glossary": {word: PLAIN[word] for word in page.words},
    }
    return render_page("explain.html.j2", context)
