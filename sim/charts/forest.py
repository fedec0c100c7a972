"""Forest charts: rows of marks with intervals, each beneath its name, so that names need no margin.

A row has room for several marks one below the other; heights in a plot are pixels, from above.
"""

import itertools
import math
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Protocol

import plotly.graph_objects as go

from realpolitik.sim.charts.stack import Place, height_of, reference, stacked
from realpolitik.sim.charts.style import (
    CLEAR,
    INK,
    KEY_ABOVE,
    LOOKS,
    RULE,
    SMALL,
    TEXT,
    Fill,
    Mark,
    Words,
    add_shapes,
    annotate,
    finish,
    lines,
    plain,
    whiskers,
    wrapped,
)
from realpolitik.sim.formatting.scales import Varied, setting

Interval = tuple[Iterable[float], Iterable[float]]
"""The low and the high ends of the intervals of a series."""

GAP, LABEL, LINE = 6, 24, 17
"""Heights of the gap above a label, of its first line, and of a further one [px]."""

FOOT, BETWEEN, AROUND = 8, 48, 84
"""Heights below the last row, between two plots, and of key and axis around them [px]."""

WIDEST = 44
"""Characters in a line of a label that a narrow page has room for."""

NARROW, LETTER, SWATCH = 350, 6.6, 44
"""Widths of a narrow plot, of a letter of the key, and of a mark beside it [px]."""

SHARES = {"title": "share of worlds [%]", "range": [-1.5, 101.5], "tickvals": [*range(0, 101, 20)]}
"""An axis of shares."""

ENDS = {"range": [-0.03, 1.03], "tickvals": [0, 1], "ticktext": ["low end", "high end"]}
"""An axis on which every row has a range of its own; `Varied.place` says where a value lies."""


@dataclass(frozen=True)
class Row:
    """A label (markup), and room for marks `step` px apart below it; without a label a bare row."""

    label: str = ""
    marks: int = 1
    step: int = 15

    @property
    def lead(self) -> int:
        """Height of what stands above the first mark [px]."""
        return GAP + LABEL + LINE * (lines(self.label) - 1) if self.label else 0

    @property
    def height(self) -> int:
        """Height of all of it [px]."""
        return self.lead + self.step * self.marks


def rows_of(labels: Iterable[str], marks: int = 1, step: int = 15) -> list[Row]:
    """A row a label (markup)."""
    return [Row(label, marks, step) for label in labels]


def label_of(text: str, most: int | None = 2) -> str:
    """A label (markup) in so many lines at most, each short enough for a narrow page."""
    told = textwrap.wrap(text, WIDEST, max_lines=most, placeholder=" …")
    return "<br>".join(map(plain, told or [""]))


def label_with(text: str, value: str) -> str:
    """A label and, in bold, its value: behind it, or on the next line where that is full."""
    label = label_of(text)
    last = label.rpartition("<br>")[2]
    gap = " " if len(last) + len(value) < WIDEST + 4 else "<br>"
    return f"{label}{gap}<b>{plain(value)}</b>"


class Layer(Protocol):
    """Something drawn on the rows of a plot."""

    def draw(self, figure: go.Figure, plot: "Plot", number: int) -> None:
        """Adds it to the plot of that number, from 1."""


@dataclass(frozen=True)
class Plot:
    """Rows on one axis.

    Attributes:
        rows: From above.
        layers: What is drawn on them, in this order.
        axis: The axis of values, as Plotly has it.
        lines: Where lines cross all rows, and what they look like.
    """

    rows: Sequence[Row]
    layers: Sequence[Layer]
    axis: Mapping[str, Any]
    lines: Mapping[float, Mapping[str, Any]] = field(default_factory=dict)

    @cached_property
    def _tops(self) -> list[int]:
        return list(itertools.accumulate((row.height for row in self.rows), initial=0))

    @property
    def height(self) -> int:
        """Height of all rows [px]."""
        return self._tops[-1] + FOOT

    def label_at(self, row: int) -> float:
        """Where the label of a row has its lower edge."""
        return self._tops[row] + self.rows[row].lead - 2

    def at(self, row: int, place: float = 0) -> float:
        """Where a mark of a row stands."""
        return self._tops[row] + self.rows[row].lead + self.rows[row].step * (place + 0.5)


@dataclass(frozen=True)
class Points:
    """Marks that share a look and a name in the key, at most one a row.

    Attributes:
        name: As the key has it; empty: not in the key.
        mark: What they look like.
        values: Where they stand on the axis; NaN: not drawn.
        interval: Drawn about them; thickly, if there is a wider one.
        outer: A wider interval, drawn thinly.
        rows: The row of each; None: the first rows.
        place: Which of the marks of a row.
        hollow: Of each, where they differ.
        symbols: Of each, where they differ.
        hover: What is said of each.
    """

    name: str
    mark: Mark
    values: Iterable[float]
    interval: Interval | None = None
    outer: Interval | None = None
    rows: Sequence[int] | None = None
    place: float = 0
    hollow: Sequence[bool] | None = None
    symbols: Sequence[str] | None = None
    hover: Sequence[str] = ()
    size: int = 11
    thickness: float = 2
    cap: int = 4

    def draw(self, figure: go.Figure, plot: Plot, number: int) -> None:
        """A trace, and one behind it for the wider intervals; none without values."""
        values = list(self.values)
        if not values:
            return
        rows = range(len(values)) if self.rows is None else self.rows
        bars = []
        if self.outer is not None:
            bars.append(whiskers(values, self.outer, self.mark.colour, 1.2, cap=4))
        if self.interval is not None or not bars:
            inner = self.interval or (values, values)
            cap = 0 if bars else self.cap
            bars.append(whiskers(values, inner, self.mark.colour, self.thickness, cap))
        for place, bar in enumerate(bars, start=1):
            figure.add_scatter(
                x=values,
                y=[plot.at(row, self.place) for row in rows],
                mode="markers",
                marker=self._marker(),
                error_x=bar,
                **_keyed(figure, self.name, shown=place == len(bars)),
                **_hover_texts(self.hover),
                row=number,
                col=1,
            )

    def _marker(self) -> dict[str, Any]:
        looks = self.mark.marker(self.size)
        if self.hollow is not None:
            looks["color"] = [
                replace(self.mark, hollow=each).marker(self.size)["color"] for each in self.hollow
            ]
            looks["line"] = {"color": self.mark.colour, "width": 1.8}
        return looks if self.symbols is None else {**looks, "symbol": list(self.symbols)}


@dataclass(frozen=True)
class Spans:
    """Lines from end to end, at most one a row, that share a look and a name in the key."""

    name: str
    ends: Iterable[tuple[float, float]]
    line: Mapping[str, Any]
    rows: Sequence[int] | None = None

    def draw(self, figure: go.Figure, plot: Plot, number: int) -> None:
        """All lines as one trace; none where the ends are not known."""
        ends = list(self.ends)
        rows = range(len(ends)) if self.rows is None else self.rows
        known = [(row, end) for row, end in zip(rows, ends, strict=True) if math.isfinite(sum(end))]
        if not known:
            return
        heights = [plot.at(row) for row, _ in known]
        figure.add_scatter(
            x=[x for _, (low, high) in known for x in (low, high, None)],
            y=[y for height in heights for y in (height, height, None)],
            mode="lines",
            line=dict(self.line),
            hoverinfo="skip",
            **_keyed(figure, self.name),
            row=number,
            col=1,
        )


@dataclass(frozen=True)
class Bars:
    """Bars that share a fill and a name in the key, at most one a row.

    Attributes:
        name: As the key has it; empty: not in the key.
        fill: What they look like.
        values: Their lengths.
        starts: Where they start; None: at 0.
        interval: Of their ends.
        texts: A number (markup) in each.
        thick: Their thickness [px].
        rows, place, hover: As those of `Points`.
    """

    name: str
    fill: Fill
    values: Iterable[float]
    starts: Iterable[float] | None = None
    interval: Interval | None = None
    texts: Sequence[str] = ()
    rows: Sequence[int] | None = None
    place: float = 0
    hover: Sequence[str] = ()
    thick: int = 14

    def draw(self, figure: go.Figure, plot: Plot, number: int) -> None:
        """A trace of bars; none without values."""
        values = list(self.values)
        if not values:
            return
        rows = range(len(values)) if self.rows is None else self.rows
        error = self.interval and whiskers(values, self.interval, INK, 1.2, cap=3)
        inside = {"textposition": "inside", "insidetextanchor": "middle", "textangle": 0}
        figure.add_bar(
            x=values,
            base=None if self.starts is None else list(self.starts),
            y=[plot.at(row, self.place) for row in rows],
            width=self.thick,
            orientation="h",
            marker=self.fill.marker(),
            error_x=error,
            text=list(self.texts) or None,
            textfont={"color": self.fill.ink, "size": SMALL},
            **(inside if self.texts else {}),
            **_keyed(figure, self.name),
            **_hover_texts(self.hover),
            row=number,
            col=1,
        )


@dataclass(frozen=True)
class Notes:
    """Short texts (markup) at values, to the left of them or to the right, in a row or below it."""

    texts: Sequence[str]
    values: Iterable[float]
    left: Sequence[bool]
    rows: Sequence[int] | None = None
    place: float = 0
    below: bool = False

    def draw(self, figure: go.Figure, plot: Plot, number: int) -> None:
        """An annotation each."""
        rows = range(len(self.texts)) if self.rows is None else self.rows
        shift, lower, anchor = (0, -5, "top") if self.below else (4, 0, "middle")
        known = zip(self.texts, self.values, self.left, rows, strict=True)
        notes = (
            {
                "x": value,
                "xref": reference("x", number),
                "xanchor": "right" if left else "left",
                "xshift": -shift if left else shift,
                "y": plot.at(row, self.place),
                "yref": reference("y", number),
                "yanchor": anchor,
                "yshift": lower,
                "text": text,
                "showarrow": False,
                "font": {"size": SMALL - 1, "color": INK},
                "bgcolor": CLEAR if left else None,
                "borderpad": 0,
            }
            for text, value, left, row in known
        )
        annotate(figure, notes)


def defaults(varied: Sequence[Varied]) -> Points:
    """A mark at the scenario's own value in each row; a range that lacks it has none."""
    held = [(row, each) for row, each in enumerate(varied) if each.holds_default]
    return Points(
        "the scenario",
        LOOKS["the scenario"],
        [each.place(each.default) for _, each in held],
        rows=[row for row, _ in held],
        hover=[f"{each.address} is {setting(each.default)} in the scenario" for _, each in held],
        size=12,
    )


def forest(words: Words, *plots: Plot, key_below: bool = False) -> go.Figure:
    """The plots one below the other, with a key above them, or below."""
    places = [Place(BETWEEN if place else 0, plot.height) for place, plot in enumerate(plots)]
    figure = stacked(places, shared=False)
    for number, plot in enumerate(plots, start=1):
        _add_plot(figure, plot, number)
    names = [str(trace.name) for trace in figure.data if trace.showlegend]
    key = 19 * (_key_lines(names) - 1) + (30 if key_below else 0)
    height = height_of(places)
    figure.update_layout(
        barmode="overlay", legend={**_key(key_below, height), "traceorder": "normal"}
    )
    return finish(figure, words, height=height + AROUND + key)


def _key(below: bool, height: int) -> dict[str, Any]:
    if below:
        return {"x": 0, "y": -60 / height, "yanchor": "top", "font": {"size": SMALL}}
    return KEY_ABOVE


def _key_lines(names: Sequence[str]) -> int:
    """Lines that the key takes on a narrow page."""
    widest = max((max(map(len, name.split("<br>"))) for name in names), default=0)
    abreast = max(1, int(NARROW / (LETTER * widest + SWATCH)))
    return max(1, math.ceil(sum(map(lines, names)) / abreast))


def _add_plot(figure: go.Figure, plot: Plot, number: int) -> None:
    for layer in plot.layers:
        layer.draw(figure, plot, number)
    annotate(figure, _labels(plot, number))
    add_shapes(figure, _crossing(plot, number))
    marked = [row for row, each in enumerate(plot.rows) if each.label and each.marks]
    figure.update_xaxes(dict(plot.axis), row=number, col=1)
    figure.update_yaxes(
        range=[plot.height, 0],
        tickvals=[plot.at(row, (plot.rows[row].marks - 1) / 2) for row in marked],
        showticklabels=False,
        gridcolor=RULE,
        row=number,
        col=1,
    )


def _labels(plot: Plot, number: int) -> Iterator[dict[str, Any]]:
    """The label of each row above its marks."""
    for row, each in enumerate(plot.rows):
        if each.label:
            yield {
                "x": 0,
                "xref": f"{reference('x', number)} domain",
                "y": plot.label_at(row),
                "yref": reference("y", number),
                "xanchor": "left",
                "yanchor": "bottom",
                "xshift": 1,
                "text": each.label,
                "align": "left",
                "showarrow": False,
                "font": {"size": TEXT},
                "bgcolor": CLEAR,
            }


def _crossing(plot: Plot, number: int) -> Iterator[dict[str, Any]]:
    """The lines that cross all rows."""
    for value, line in plot.lines.items():
        yield {
            "type": "line",
            "x0": value,
            "x1": value,
            "xref": reference("x", number),
            "y0": 0,
            "y1": 1,
            "yref": f"{reference('y', number)} domain",
            "line": dict(line),
        }


def _keyed(figure: go.Figure, name: str, *, shown: bool = True) -> dict[str, Any]:
    """A trace's name, which the key says once."""
    said = wrapped(name, 40)
    known = {trace.name for trace in figure.data if trace.showlegend}
    return {
        "name": said,
        "legendgroup": said,
        "showlegend": shown and bool(name) and said not in known,
    }


def _hover_texts(hover: Sequence[str]) -> dict[str, Any]:
    """What is shown where the reader points."""
    if not hover:
        return {"hoverinfo": "skip"}
    return {
        "customdata": [[plain(text)] for text in hover],
        "hovertemplate": "%{customdata[0]}<extra></extra>",
    }
