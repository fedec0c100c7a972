"""A document with something of every kind."""

from collections.abc import Iterator
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.style import Words, finish
from realpolitik.sim.documents.document import (
    IN_FULL,
    MARKDOWN,
    PAGE,
    Block,
    Chart,
    Column,
    Document,
    Folded,
    Heading,
    Points,
    Section,
    Table,
    Text,
    text,
)

FRAME = pd.DataFrame({"name": ["one", "two"], "share": [0.25, float("nan")]})


TABLE = Table(
    FRAME,
    [
        Column("Name of it", text("name"), short="Name"),
        Column("Share", text("share"), right=True),
        Column("In full", text("name"), on=IN_FULL),
    ],
)


def draw() -> go.Figure:
    figure = go.Figure(go.Bar(x=FRAME["name"], y=FRAME["share"]))
    return finish(figure, Words("One is a quarter", "How to read it", "One bar"), height=200)


def body() -> Iterator[Block]:
    yield "A sentence for all."
    yield Text("Only for a page.", frozenset({PAGE}))
    yield Chart("bars", draw, TABLE)
    yield Heading("Of a <i>part</i>")
    yield Points(["The first remark", "The second"])
    yield Points([])
    yield Folded("What is folded", ["Behind a fold.", Text("On no page.", frozenset({MARKDOWN}))])


def document_of(*sections: Section) -> Document:
    return Document(
        kind="Trial",
        title="A <b>title</b>",
        question="What?",
        answer=["The answer."],
        facts={"Worlds": "20"},
        note="How to take it.",
        sections=sections,
        command="realpolitik trial",
        version="1.2.3",
        data=lambda: {"worlds": 20, "rows": FRAME},
    )


DOCUMENT = document_of(
    Section("first", "The first", body),
    Section("empty", "Of which nothing is known", lambda: [Points([])]),
    Section("page", "On a page alone", lambda: ["Seen on a page."], frozenset({PAGE})),
)


def fail(*_: Any) -> Any:
    raise RuntimeError("the ink has run out")
