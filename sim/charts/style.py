"""The one style of all charts: template, palette, fonts, dashes and markers, and what is said.

The palette tells apart under colour blindness (Okabe & Ito 2008); every line has a dash and a
marker of its own besides, and every area a pattern or a number: no chart needs colour alone.
"""

import html
import math
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, replace
from typing import Any

import plotly.graph_objects as go

BLUE, ORANGE, GREEN, PINK = "#0072B2", "#D55E00", "#009E73", "#CC79A7"
INK, GREY, LIGHT, RULE, FAINT = "#1F2A33", "#5B6872", "#B9C3CB", "#D5DCE1", "#E9EDF0"
PAPER, WASH, CHOSEN = "#FFFFFF", "#F4F7F9", "#FDF3D7"

SHADES = [[0, "#F1F6FA"], [0.5, "#C3DDED"], [1, "#6BB0DA"]]
"""Fills of cells from little to much, all light enough for a number in ink."""

FONT = (
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Liberation Sans', sans-serif"
)
TEXT, SMALL, HEADING = 13, 12, 17

SHEET = {
    "ink": INK,
    "grey": GREY,
    "line": RULE,
    "blue": BLUE,
    "paper": PAPER,
    "wash": WASH,
    "chosen": CHOSEN,
    "font": FONT,
}
"""What a page takes from here, by the names of its style sheet."""

LETTER = 7.4
"""Width of a letter of an axis title, on the wide side [px]."""

HEAD_LINE = 23
"""Height of a line of a chart's title, and of its caption below [px]."""

CREDIT_LINE = 17
"""Height of a line of the credit [px]."""

CREDIT_WIDTH = 130
"""Characters in a line of the credit."""


@dataclass(frozen=True)
class Mark:
    """What one series looks like: three ways to tell it from the next, and whether it is hollow."""

    colour: str
    dash: str
    symbol: str
    hollow: bool = False

    def marker(self, size: int) -> dict[str, Any]:
        """The mark as a marker of Plotly's; it covers what lies behind."""
        return {
            "symbol": self.symbol,
            "size": size,
            "color": PAPER if self.hollow else self.colour,
            "line": {"color": self.colour, "width": 2}
            if self.hollow
            else {"color": PAPER, "width": 1},
        }

    def line(self, width: float = 2, most: int = 9) -> dict[str, Any]:
        """The mark as a trace of Plotly's: a line, with so many markers at most."""
        return {
            "mode": "lines+markers",
            "line": {"color": self.colour, "dash": self.dash, "width": width},
            "marker": {"symbol": self.symbol, "size": 7, "maxdisplayed": most},
        }


MARKS = (
    Mark(BLUE, "solid", "circle"),
    Mark(ORANGE, "dash", "diamond"),
    Mark(GREEN, "dot", "square"),
    Mark(PINK, "dashdot", "triangle-up"),
    Mark(INK, "longdash", "x"),
    Mark(GREY, "longdashdot", "star"),
)
"""Series that stand for nothing in particular, in the order of drawing."""

LOOKS = {
    "words": MARKS[0],
    "deeds": MARKS[1],
    "model": MARKS[0],
    "record": replace(MARKS[1], hollow=True),
    "the scenario": Mark(INK, "solid", "diamond", hollow=True),
    "defaults": replace(MARKS[1], hollow=True),
    "best set": Mark(BLUE, "solid", "circle"),
    "low end": replace(MARKS[0], hollow=True),
    "high end": MARKS[1],
    "best value": Mark(ORANGE, "solid", "x"),
    "flip": Mark(ORANGE, "solid", "x"),
    "alone": MARKS[0],
    "in all": replace(MARKS[1], hollow=True),
    "size": MARKS[0],
    "unevenness": Mark(GREY, "solid", "triangle-up", hollow=True),
    "for": Mark(BLUE, "solid", "triangle-right"),
    "against": Mark(ORANGE, "solid", "triangle-left", hollow=True),
    "force": Mark(INK, "solid", "triangle-up"),
    "material": Mark(INK, "solid", "square"),
    "all points": Mark(INK, "solid", "circle", hollow=True),
    "the box": Mark(ORANGE, "solid", "star"),
    "rest": MARKS[5],
}
"""What stands for what, the same in all charts."""

READINGS = {
    "decides": MARKS[1],
    "moves": MARKS[0],
    "undecided": Mark(GREY, "dot", "circle", hollow=True),
    "redundant": Mark(GREY, "dot", "square", hollow=True),
}
"""What is said of an incentive that was taken away → its mark."""

VERDICTS = {
    "fails": Mark(ORANGE, "solid", "x"),
    "undecided": Mark(PINK, "dot", "diamond"),
    "holds": Mark(BLUE, "solid", "circle"),
}
"""Verdict on a claim → its mark, in the order in which they are drawn."""

SAME = "square"
"""Symbol of a claim that nothing should change."""


@dataclass(frozen=True)
class Fill:
    """What an area looks like: its colour, a pattern on it, and the colours of the rest."""

    colour: str
    pattern: str = ""
    ink: str = INK
    stripes: str = PAPER
    edge: str = PAPER

    def marker(self) -> dict[str, Any]:
        """The fill as a marker of Plotly's bars; `ink` is for a number in it."""
        pattern = {"shape": self.pattern, "bgcolor": self.colour, "fgcolor": self.stripes}
        return {
            "color": self.colour,
            "line": {"color": self.edge, "width": 1.2},
            "pattern": {**pattern, "size": 7, "solidity": 0.25, "fgopacity": 0.7},
        }


CATEGORIES = (
    Fill(LIGHT),
    Fill("#9CC9E3", "/"),
    Fill(BLUE, ink=PAPER),
    Fill("#8FD3BE", "\\"),
    Fill("#2DB18B"),
    Fill("#E5782B", "|"),
    Fill(PINK, "."),
)
"""Ordered categories, from the least to the most; numbers have a contrast of 4.5 or more."""

PATTERNS = ("", "/", ".", "x")
"""Patterns of bars, by series: colour alone does not tell them apart."""

FILLS = {
    "none": Fill(FAINT, edge=FAINT),
    "for": Fill(BLUE, edge=BLUE),
    "against": Fill(PAPER, "/", stripes=ORANGE, edge=ORANGE),
    "start": Fill(GREY, edge=GREY),
    "end": Fill(INK, edge=INK),
}
"""Areas that stand for something."""

ZERO = {"color": GREY, "width": 1.2}
REFERENCE = {"color": GREY, "width": 1.2, "dash": "dot"}
THRESHOLD = {"color": INK, "width": 1.2, "dash": "dash"}
HALF = {"color": INK, "width": 1.2, "dash": "dot"}
SHOCK = {"color": ORANGE, "width": 1.2, "dash": "dot"}
UNSURE = {"color": GREY, "width": 1.5, "dash": "dot"}
DOUBT = "#F2B48C"
"""Strip in which something may lie as well."""

KEY_ABOVE = {
    "orientation": "h",
    "x": 0,
    "xanchor": "left",
    "y": 1,
    "yanchor": "bottom",
    "font": {"size": SMALL},
}
"""A key above the plot, in one line where the page is wide enough."""

RING, DOTTED = "circle-open", "dot"

CLEAR = "rgba(255,255,255,0.8)"
"""Behind text that stands on a plot."""

AXIS = {
    "automargin": True,
    "fixedrange": True,
    "gridcolor": FAINT,
    "linecolor": LIGHT,
    "showline": False,
    "tickcolor": LIGHT,
    "tickfont": {"size": SMALL, "color": GREY},
    "ticks": "",
    "title": {"font": {"size": SMALL, "color": GREY}, "standoff": 10},
    "zeroline": False,
}

TEMPLATE = go.layout.Template(
    layout={
        "colorway": [mark.colour for mark in MARKS],
        "dragmode": False,
        "font": {"family": FONT, "size": TEXT, "color": INK},
        "hoverlabel": {"bgcolor": PAPER, "bordercolor": LIGHT, "font": {"color": INK}},
        "legend": {"font": {"size": TEXT}, "itemclick": False, "itemdoubleclick": False},
        "margin": {"l": 10, "r": 16, "t": 12, "b": 10, "pad": 4},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "title": {
            "font": {"size": HEADING, "color": INK},
            "x": 0,
            "xref": "container",
            "xanchor": "left",
            "yref": "container",
            "y": 1,
            "yanchor": "top",
            "pad": {"t": 24, "l": 10},
        },
        "xaxis": AXIS,
        "yaxis": AXIS,
    }
)


@dataclass(frozen=True)
class Words:
    """What is said about a chart: the finding, how to read it, and what a blind reader hears."""

    title: str
    caption: str
    alt: str


def page_properties() -> str:
    """Colours and font as custom properties of a style sheet, such as `var(--ink)`."""
    return f":root {{ {' '.join(f'--{name}: {value};' for name, value in SHEET.items())} }}\n"


def plain(text: str) -> str:
    """Text that Plotly shows as it stands: nothing in it is taken for markup."""
    return html.escape(text, quote=False)


def wrapped(text: str, width: int) -> str:
    """Plain text broken into lines of at most `width` characters."""
    return "<br>".join(map(plain, textwrap.wrap(text, width) or [""]))


def annotate(figure: go.Figure, notes: Iterable[dict[str, Any]]) -> None:
    """Adds annotations all at once: one by one, Plotly checks all that are there each time."""
    figure.layout.annotations = (*figure.layout.annotations, *notes)


def add_shapes(figure: go.Figure, shapes: Iterable[dict[str, Any]]) -> None:
    """Adds shapes all at once, for the same reason."""
    figure.layout.shapes = (*figure.layout.shapes, *shapes)


def finish(figure: go.Figure, words: Words, height: int) -> go.Figure:
    """Gives a figure the style, its words, and a height [px] for what lies below its title."""
    words = Words(*(text.replace(" %", "\u00a0%") for text in astuple(words)))
    title = f"<b>{wrapped(words.title, 84)}</b>"
    caption = f'<span style="font-size:{SMALL}px;color:{GREY}">{wrapped(words.caption, 130)}</span>'
    head = HEAD_LINE * (lines(title) + lines(caption)) + 24
    top = figure.layout.margin.t or TEMPLATE.layout.margin.t
    return figure.update_layout(
        template=TEMPLATE,
        title={"text": f"{title}<br>{caption}"},
        height=height + head,
        margin={"t": top + head},
        meta={"title": words.title, "caption": words.caption, "alt": words.alt, "head": head},
    )


def lines(text: str) -> int:
    """Number of lines of a text in Plotly's markup."""
    return text.count("<br>") + 1


def words_of(figure: go.Figure) -> Words:
    """The words that `finish` gave a figure, unwrapped and unescaped."""
    meta = figure.layout.meta
    return Words(meta["title"], meta["caption"], meta["alt"])


def without_head(figure: go.Figure) -> go.Figure:
    """A copy without title and caption, for a page that shows them as text."""
    bare = go.Figure(figure)
    head = bare.layout.meta["head"]
    return bare.update_layout(
        title=None,
        meta=None,
        height=bare.layout.height - head,
        margin={"t": bare.layout.margin.t - head},
    )


def add_band(
    figure: go.Figure, x: Iterable[float], low: Iterable[float], high: Iterable[float], fill: str
) -> None:
    """A shaded area between two edges, without a name in the key."""
    along = list(x)
    figure.add_scatter(
        x=[*along, *reversed(along)],
        y=[*high, *reversed(list(low))],
        mode="lines",
        fill="toself",
        fillcolor=fill,
        line={"width": 0},
        hoverinfo="skip",
        showlegend=False,
    )


def name_ends(
    figure: go.Figure, x: float, texts: Iterable[str], places: Iterable[float], **look: Any
) -> None:
    """Texts (markup) to the right of where lines end, at places that are `spread` already."""
    usual = {"x": x, "xanchor": "left", "xshift": 8, "showarrow": False}
    font = {"size": SMALL, "color": INK}
    annotate(
        figure,
        (
            {**usual, "font": font, "text": text, "y": place, **look}
            for text, place in zip(texts, places, strict=True)
        ),
    )


def whiskers(
    values: Iterable[float],
    interval: tuple[Iterable[float], Iterable[float]],
    colour: str,
    thickness: float = 2,
    cap: int = 0,
) -> dict[str, Any]:
    """Error bars of Plotly's about values, from the low to the high ends of their intervals."""
    ends = list(zip(values, *interval, strict=True))
    return {
        "type": "data",
        "symmetric": False,
        "array": [high - value for value, _, high in ends],
        "arrayminus": [value - low for value, low, _ in ends],
        "color": colour,
        "thickness": thickness,
        "width": cap,
    }


def spread(
    values: Sequence[float], gap: float, low: float = -math.inf, high: float = math.inf
) -> list[float]:
    """The values moved apart, as little as need be, until neighbours differ by `gap`.

    They stay between `low` and `high`, as far as there is room: Plotly drops what lies beyond.
    """
    order = sorted(range(len(values)), key=lambda place: (values[place], place))
    blocks: list[list[float]] = []  # [sum of (value − offset), members]
    for rank, place in enumerate(order):
        blocks.append([values[place] - rank * gap, 1])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] >= blocks[-1][0] / blocks[-1][1]:
            total, members = blocks.pop()
            blocks[-1] = [blocks[-1][0] + total, blocks[-1][1] + members]
    starts = [total / members for total, members in blocks for _ in range(int(members))]
    count = len(values)
    moved = {
        place: max(low + rank * gap, min(high - (count - 1 - rank) * gap, start + rank * gap))
        for (rank, place), start in zip(enumerate(order), starts, strict=True)
    }
    return [moved[place] for place in range(count)]


def axis_title(text: str, room: float) -> str:
    """A title of an axis in as many lines as it needs in so much room [px]."""
    return wrapped(text, max(12, int(room / LETTER)))


def week_axis(figure: go.Figure, last: int) -> None:
    """The axis of all charts over weeks: from week 1 to the last, with ticks at even distances."""
    step = next((step for step in (1, 2, 4, 13, 26, 52) if last <= 8 * step), 104)
    air = max(0.02 * last, 0.3)
    figure.update_xaxes(title="week", range=[1 - air, last + air], dtick=step, tick0=0)


def translucent(colour: str, opacity: float) -> str:
    """A colour of the palette as `rgba(…)`."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity:g})"


def with_credit(figure: go.Figure, credit: str) -> go.Figure:
    """A copy with the credit below everything else: tool and version, run, seed, worlds.

    For pictures only; a page says it once for all its charts. The credit is the title of a legend
    of its own: legends alone can stand at the foot of a picture, whatever lies above. Text without
    anything in it changes nothing.
    """
    signed = go.Figure(figure)
    if not credit.strip():
        return signed
    if not _has_key(figure):
        signed.for_each_trace(lambda trace: trace.update(showlegend=False))
    text = wrapped(credit, CREDIT_WIDTH)
    room = CREDIT_LINE * lines(text) + 14
    signed.add_scatter(
        x=[None],
        y=[None],
        mode="markers",
        name=" ",
        legend="legend9",
        showlegend=True,
        marker={"color": PAPER, "size": 1},
        hoverinfo="skip",
    )
    return signed.update_layout(
        legend9={
            "title": {"text": text, "font": {"size": SMALL, "color": GREY}, "side": "top"},
            "font": {"size": 1},
            "orientation": "h",
            "xref": "container",
            "yref": "container",
            "x": 0.008,
            "y": 0,
            "xanchor": "left",
            "yanchor": "bottom",
            "bgcolor": PAPER,
        },
        height=signed.layout.height + room,
        margin={"b": (signed.layout.margin.b or TEMPLATE.layout.margin.b) + room},
        showlegend=True,
    )


def _has_key(figure: go.Figure) -> bool:
    """Whether Plotly gives the figure a key: for several series, or for one that asks for it."""
    if figure.layout.showlegend is not None:
        return bool(figure.layout.showlegend)
    wanted = [trace.showlegend for trace in figure.data if trace.showlegend is not False]
    return len(wanted) > 1 or any(wanted)
