"""What speaks for an action and against it: as steps that add up to a choice, and by week."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.forest import Bars, Plot, Points, forest, label_with, rows_of
from realpolitik.sim.charts.style import (
    FILLS,
    LIGHT,
    LOOKS,
    MARKS,
    REFERENCE,
    Mark,
    Words,
    add_band,
    axis_title,
    finish,
    name_ends,
    plain,
    spread,
    translucent,
    week_axis,
    wrapped,
)
from realpolitik.sim.formatting.numbers import number

MOST = 10
"""Reasons that are drawn one by one; those that are weaker are drawn as one."""

NOTHING = 0.005
"""A reason that adds less than this is not drawn [log odds]."""

NARROW = 300

MOST_LINES = 5
"""Reasons that have a line of their own; the others are summed."""

PLOT, LABEL, LINE = 380, 15, 15
"""Height of the plot [px], letters in a line of a label, and the height of that line [px]."""


def waterfall(terms: pd.DataFrame, option: str, other: str, sample: str) -> go.Figure:
    """A step a reason, to the right where it speaks for the option, to the left where against.

    Columns: term (what the step is called), log_odds. The first row is the base rate, the second
    what is taken off as usual, the last the sum of all others; the rest are reasons. `option` is a
    clause such as "Russia sends arms to Iran", `other` what it is weighed against, such as "leaves
    supplies as they are"; `sample` is a sentence on the worlds.
    """
    drawn, silent = _steps(terms)
    labels = [
        label_with(str(term), signed(step))
        for term, step in zip(drawn["term"], drawn["log_odds"], strict=True)
    ]
    layers = [
        *_steps_toward(drawn, "for"),
        *_steps_toward(drawn, "against"),
        _other_steps(drawn, "start"),
        _other_steps(drawn, "end"),
        _Joints(drawn["end"].iloc[:-1].tolist()),
    ]
    words = Words(_finding(drawn, option), _caption(drawn, other, sample, silent), _alt(drawn))
    return forest(words, Plot(rows_of(labels), layers, _axis(drawn), {0: REFERENCE}))


def _axis(drawn: pd.DataFrame) -> dict[str, object]:
    ends = drawn[["start", "end"]].to_numpy()
    air = 0.06 * max(float(abs(ends).max()), 0.1)
    title = axis_title("log odds: 0 is as likely as the other, +0.69 twice, −0.69 half", NARROW)
    return {"title": title, "range": [min(ends.min(), 0) - air, max(ends.max(), 0) + air]}


def signed(value: float) -> str:
    """Log odds to two places, with their sign."""
    text = number(value, 2)
    return f"+{text}" if value > 0 and text.strip("0.") else text


def format_odds(log_odds: float) -> str:
    """Such as "27 times less likely than", "twice as likely as", "about as likely as"."""
    if not math.isfinite(log_odds):
        return "not to be compared with"
    times = math.exp(min(abs(log_odds), 30))
    if times < 1.1:
        return "about as likely as"
    said = f"{times:.1f}" if times < 9.95 else f"{times:,.0f}"
    return f"{said} times {'more' if log_odds > 0 else 'less'} likely than"


def _steps(terms: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """The steps that are drawn, and how many add nothing.

    Columns: term, log_odds, kind (start, reason, rest, end), start, end.
    """
    terms = terms[["term", "log_odds"]]
    base, reasons, total = terms.iloc[:2], terms.iloc[2:-1], terms.iloc[-1:]
    base = base[(base["log_odds"].abs() >= NOTHING) | (base.index == terms.index[0])]
    order = reasons["log_odds"].abs().sort_values(ascending=False, kind="stable").index
    heard = reasons.loc[order][reasons["log_odds"].loc[order].abs() >= NOTHING]
    silent = len(reasons) - len(heard)
    shown, rest = heard.iloc[:MOST], heard.iloc[MOST:]
    parts = [base.assign(kind="start"), shown.assign(kind="reason")]
    if len(rest):
        name = f"{len(rest)} weaker {'reason' if len(rest) == 1 else 'reasons'} together"
        sums = {"term": [name], "log_odds": [rest["log_odds"].sum()], "kind": ["rest"]}
        parts.append(pd.DataFrame(sums))
    steps = pd.concat([*parts, total.assign(kind="end")], ignore_index=True)
    ends = steps["log_odds"].cumsum()
    steps = steps.assign(start=ends.shift(fill_value=0.0), end=ends)
    steps.loc[len(steps) - 1, ["start", "end"]] = [0.0, float(total["log_odds"].iloc[0])]
    return steps, silent


def _steps_toward(drawn: pd.DataFrame, side: str) -> list[Bars | Points]:
    """The steps for the option, or against it: bars with a point, full or hatched."""
    reasons = drawn[drawn["kind"].isin(["reason", "rest"])]
    of = reasons[(reasons["log_odds"] >= 0) == (side == "for")]
    rows, name, hover = list(of.index), f"speaks {side} it", _hover(of)
    return [
        Bars("", FILLS[side], of["log_odds"], of["start"], thick=10, rows=rows, hover=hover),
        Points(name, LOOKS[side], of["end"], rows=rows, hover=hover, size=13),
    ]


def _other_steps(drawn: pd.DataFrame, kind: str) -> Bars:
    """Where it begins, base rate and what is usual, or where it ends."""
    of = drawn[drawn["kind"] == kind]
    rows, hover = list(of.index), _hover(of)
    return Bars("", FILLS[kind], of["log_odds"], of["start"], thick=11, rows=rows, hover=hover)


def _hover(steps: pd.DataFrame) -> list[str]:
    terms = zip(steps["term"], steps["log_odds"], strict=True)
    return [f"{term}: {signed(step)}" for term, step in terms]


@dataclass(frozen=True)
class _Joints:
    """Thin lines from the end of each step down to the start of the next."""

    ends: Sequence[float]

    def draw(self, figure: go.Figure, plot: Plot, number: int) -> None:
        """All of them as one trace."""
        figure.add_scatter(
            x=[place for end in self.ends for place in (end, end, None)],
            y=[y for row in range(len(self.ends)) for y in (plot.at(row), plot.at(row + 1), None)],
            mode="lines",
            line={"color": LIGHT, "width": 1.2},
            hoverinfo="skip",
            showlegend=False,
            row=number,
            col=1,
        )


def _finding(drawn: pd.DataFrame, option: str) -> str:
    named = drawn[drawn["kind"] == "reason"].sort_values("log_odds")
    said = []
    if len(named) and named["log_odds"].iloc[-1] > 0:
        most = named.iloc[-1]
        said.append(f"{most['term']} speaks most for it ({signed(most['log_odds'])})")
    if len(named) and named["log_odds"].iloc[0] < 0:
        least = named.iloc[0]
        verb = "" if said else " speaks"
        said.append(f"{least['term']}{verb} most against it ({signed(least['log_odds'])})")
    return f"{option}: {', '.join(said) or 'no reason speaks for it or against it'}"


def _caption(drawn: pd.DataFrame, other: str, sample: str, silent: int) -> str:
    total = float(drawn["log_odds"].iloc[-1])
    said = [
        sample,
        f"In all {signed(total)}: {format_odds(total)} “{other}”, against which each reason is "
        "weighed. Full, to the right: for; hatched, to the left: against.",
    ]
    if silent:
        said.append(f"{silent} {'reason adds' if silent == 1 else 'reasons add'} next to nothing.")
    return " ".join(said)


def _alt(drawn: pd.DataFrame) -> str:
    parts = [f"{term} {signed(step)}" for term, step in drawn[["term", "log_odds"]].values]
    return f"Steps that add up to log odds, one row each. {'; '.join(parts)}."


def reasons_over_time(table: pd.DataFrame, option: str, other: str, sample: str) -> go.Figure:
    """A line a reason: what it adds to the log odds of the option in each week.

    Columns: week (from 1), reason (its name), mean, low, high (95 % interval), n. The five that
    are strongest over all weeks are drawn, the rest as one sum. `option` is a clause such as
    "Russia sends arms to Iran", `other` what that is weighed against; `sample` a sentence.
    """
    known = table.dropna(subset=["mean"])
    ranking = _ranking(known)
    lines = _lines(known, ranking)
    figure = go.Figure()
    for (name, rows), mark in zip(
        lines.items(), (*MARKS[:MOST_LINES], LOOKS["rest"]), strict=False
    ):
        _add_line(figure, name, rows, mark)
    bottom, top = _limits(lines)
    _add_names(figure, lines, (bottom, top))
    figure.add_hline(y=0, line=REFERENCE)
    week_axis(figure, int(table["week"].max()) if len(table) else 1)
    figure.update_yaxes(title="added to the log odds", range=[bottom, top], nticks=7)
    figure.update_layout(margin={"r": 112}, showlegend=False)
    words = Words(
        _finding_by_week(lines, option),
        _caption_by_week(other, sample, len(ranking) - MOST_LINES),
        _alt_by_week(lines),
    )
    return finish(figure, words, height=PLOT + 70)


def _ranking(known: pd.DataFrame) -> list[str]:
    """The reasons that are heard at all, the strongest first."""
    sizes = known.assign(size=known["mean"].abs()).groupby("reason", sort=False)["size"]
    heard = sizes.mean()[sizes.max() >= NOTHING]
    return [str(name) for name in heard.sort_values(ascending=False, kind="stable").index]


def _lines(known: pd.DataFrame, ranking: list[str]) -> dict[str, pd.DataFrame]:
    """Name → rows by week: the strongest, and the sum of the rest."""
    found = {
        name: known[known["reason"] == name].sort_values("week", kind="stable")
        for name in ranking[:MOST_LINES]
    }
    rest = known[known["reason"].isin(ranking[MOST_LINES:])]
    if len(rest):
        sums = rest.groupby("week", as_index=False)["mean"].sum()
        found[f"{len(ranking) - MOST_LINES} weaker together"] = sums.assign(low=np.nan, high=np.nan)
    return found


def _add_line(figure: go.Figure, name: str, rows: pd.DataFrame, mark: Mark) -> None:
    band = rows.dropna(subset=["low", "high"])
    add_band(figure, band["week"], band["low"], band["high"], translucent(mark.colour, 0.16))
    figure.add_scatter(
        x=rows["week"],
        y=rows["mean"],
        name=plain(name),
        **mark.line(2.2),
        customdata=[[plain(name), signed(mean)] for mean in rows["mean"]],
        hovertemplate="%{customdata[0]}<br>week %{x}: %{customdata[1]}<extra></extra>",
    )


def _limits(lines: dict[str, pd.DataFrame]) -> tuple[float, float]:
    found = pd.concat([pd.Series([0.0]), *(rows["mean"] for rows in lines.values())])
    low, high = float(found.min()), float(found.max())
    air = 0.1 * (high - low) or 0.5
    return low - air, high + air


def _add_names(
    figure: go.Figure, lines: dict[str, pd.DataFrame], limits: tuple[float, float]
) -> None:
    """Each name at the end of its line, moved apart where they would touch."""
    names = [wrapped(name, LABEL) for name in lines]
    tallest = max((name.count("<br>") + 1 for name in names), default=1)
    gap = (limits[1] - limits[0]) * (LINE * tallest + 4) / PLOT
    ends = [float(rows["mean"].iloc[-1]) for rows in lines.values()]
    last = max((int(rows["week"].iloc[-1]) for rows in lines.values()), default=1)
    name_ends(figure, last, names, spread(ends, gap), xshift=10, align="left")


def _finding_by_week(lines: dict[str, pd.DataFrame], option: str) -> str:
    if not lines:
        return f"{option}: no reason speaks for it or against it in any week"
    name, rows = next(iter(lines.items()))
    first, last = float(rows["mean"].iloc[0]), float(rows["mean"].iloc[-1])
    side = "for it" if rows["mean"].mean() > 0 else "against it"
    way = f"from {signed(first)} in the first week to {signed(last)} in the last"
    level = f"about {signed(last)} throughout"
    moved = abs(last - first) >= max(0.05 * abs(last), 2 * NOTHING)
    return f"{option}: {name} speaks most strongly {side}, {way if moved else level}"


def _caption_by_week(other: str, sample: str, weaker: int) -> str:
    said = [
        sample,
        f"Means, where the action was open; against “{other}”; +0.69 doubles the odds. "
        "Shading: 95 % intervals of chance.",
    ]
    if weaker > 0:
        said.append(f"The {MOST_LINES} strongest have a line of their own.")
    return " ".join(said)


def _alt_by_week(lines: dict[str, pd.DataFrame]) -> str:
    parts = [
        f"{name} from {signed(rows['mean'].iloc[0])} to {signed(rows['mean'].iloc[-1])}"
        for name, rows in lines.items()
    ]
    return f"Lines over the weeks, one a reason. {'; '.join(parts) or 'none'}."
