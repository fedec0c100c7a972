"""What adds up to a choice: from the base rate through each reason to the log odds."""

import math

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.rows import label_rows, label_with, row_axis, top_legend
from realpolitik.sim.charts.style import (
    BLUE,
    GREY,
    INK,
    LIGHT,
    ORANGE,
    PAPER,
    SMALL,
    Words,
    axis_title,
    finish,
    plain,
)
from realpolitik.sim.formatting.numbers import number

MOST = 10
"""Reasons that are drawn one by one; those that are weaker are drawn as one."""

NOTHING = 0.005
"""A reason that adds less than this is not drawn [log odds]."""

NARROW = 300


def waterfall(terms: pd.DataFrame, option: str, other: str, sample: str) -> go.Figure:
    """A step a reason, to the right where it speaks for the option, to the left where against.

    Columns: term (what the step is called), log_odds. The first row is the base rate, the last the
    sum of all others. `option` is a clause such as "Russia sends arms to Iran", `other` what it is
    weighed against, such as "leaves supplies as they are"; `sample` is a sentence on the worlds.
    """
    drawn, silent = _steps(terms)
    figure = go.Figure()
    for forward in (True, False):
        _add_steps(figure, drawn, forward)
    _add_ends(figure, drawn)
    _add_joints(figure, drawn)
    figure.add_vline(x=0, line={"color": GREY, "width": 1.2, "dash": "dot"})
    labels = [
        label_with(str(term), signed(step))
        for term, step in zip(drawn["term"], drawn["log_odds"], strict=True)
    ]
    label_rows(figure, labels, lift=8)
    height = row_axis(figure, labels)
    reach = max(float(drawn[["start", "end"]].abs().to_numpy().max()), 0.1)
    ends = drawn[["start", "end"]].to_numpy()
    air = 0.06 * reach
    title = axis_title("log odds: 0 is as likely as the other, +0.69 twice, −0.69 half", NARROW)
    figure.update_xaxes(
        title=title, range=[min(ends.min(), 0) - air, max(ends.max(), 0) + air], nticks=7
    )
    figure.update_layout(barmode="overlay", bargap=0)
    top_legend(figure)
    figure.update_layout(legend={"font": {"size": SMALL}})
    words = Words(_finding(drawn, option), _caption(drawn, other, sample, silent), _alt(drawn))
    return finish(figure, words, height=height + 100)


def signed(value: float) -> str:
    """Log odds to two places, with their sign."""
    text = number(value, 2)
    return f"+{text}" if value > 0 and text.strip("0.") else text


def odds_said(log_odds: float) -> str:
    """Such as "27 times less likely than", "twice as likely as", "about as likely as"."""
    if not math.isfinite(log_odds):
        return "not to be compared with"
    times = math.exp(min(abs(log_odds), 30))
    if times < 1.1:
        return "about as likely as"
    said = f"{times:.1f}" if times < 9.95 else f"{times:,.0f}"
    return f"{said} times {'more' if log_odds > 0 else 'less'} likely than"


def _steps(terms: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """The steps that are drawn, with where each starts and ends, and how many add nothing."""
    base, reasons, total = terms.iloc[:1], terms.iloc[1:-1], terms.iloc[-1:]
    order = reasons["log_odds"].abs().sort_values(ascending=False, kind="stable").index
    heard = reasons.loc[order][reasons["log_odds"].loc[order].abs() >= NOTHING]
    silent = len(reasons) - len(heard)
    shown, rest = heard.iloc[:MOST], heard.iloc[MOST:]
    parts = [base[["term", "log_odds"]], shown[["term", "log_odds"]]]
    if len(rest):
        name = f"{len(rest)} weaker {'reason' if len(rest) == 1 else 'reasons'} together"
        parts.append(pd.DataFrame({"term": [name], "log_odds": [rest["log_odds"].sum()]}))
    steps = pd.concat([*parts, total[["term", "log_odds"]]], ignore_index=True)
    ends = steps["log_odds"].cumsum()
    steps = steps.assign(start=ends.shift(fill_value=0.0), end=ends)
    steps.loc[len(steps) - 1, ["start", "end"]] = [0.0, float(total["log_odds"].iloc[0])]
    return steps, silent


def _add_steps(figure: go.Figure, drawn: pd.DataFrame, forward: bool) -> None:
    """The steps in one direction: bars with a point, full or hatched."""
    reasons = drawn.iloc[1:-1]
    rows = reasons[(reasons["log_odds"] >= 0) == forward]
    if not len(rows):
        return
    colour = BLUE if forward else ORANGE
    hover = [[plain(str(term)), signed(step)] for term, step in rows[["term", "log_odds"]].values]
    figure.add_bar(
        x=rows["log_odds"],
        base=rows["start"],
        y=rows.index,
        orientation="h",
        width=0.2,
        marker={
            "color": colour if forward else PAPER,
            "line": {"color": colour, "width": 1.2},
            "pattern": {"shape": "" if forward else "/", "fgcolor": colour, "size": 6},
        },
        customdata=hover,
        hovertemplate="%{customdata[0]}: %{customdata[1]}<extra></extra>",
        showlegend=False,
    )
    figure.add_scatter(
        x=rows["end"],
        y=rows.index,
        mode="markers",
        name="speaks for it" if forward else "speaks against it",
        marker={
            "symbol": "triangle-right" if forward else "triangle-left",
            "size": 13,
            "color": colour if forward else PAPER,
            "line": {"color": colour, "width": 2},
        },
        customdata=hover,
        hovertemplate="%{customdata[0]}: %{customdata[1]}<extra></extra>",
    )


def _add_ends(figure: go.Figure, drawn: pd.DataFrame) -> None:
    """Where it begins, the base rate, in grey, and where it ends, in ink."""
    for row, colour in ((0, GREY), (len(drawn) - 1, INK)):
        term, step = str(drawn["term"].iloc[row]), float(drawn["log_odds"].iloc[row])
        figure.add_bar(
            x=[step],
            base=[0],
            y=[row],
            orientation="h",
            width=0.22,
            marker={"color": colour},
            hovertemplate=f"{plain(term)}: {signed(step)}<extra></extra>",
            showlegend=False,
        )


def _add_joints(figure: go.Figure, drawn: pd.DataFrame) -> None:
    """Thin lines from the end of each step down to the start of the next."""
    ends = drawn["end"].iloc[:-1]
    figure.add_scatter(
        x=[place for end in ends for place in (end, end, None)],
        y=[place for row in range(len(ends)) for place in (row, row + 1, None)],
        mode="lines",
        line={"color": LIGHT, "width": 1.2},
        hoverinfo="skip",
        showlegend=False,
    )


def _finding(drawn: pd.DataFrame, option: str) -> str:
    reasons = drawn.iloc[1:-1]
    named = reasons[~reasons["term"].str.endswith(" together")].sort_values("log_odds")
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
        f"In all {signed(total)}: {odds_said(total)} “{other}”, against which each reason is "
        "weighed. Full, to the right: for; hatched, to the left: against.",
    ]
    if silent:
        said.append(f"{silent} {'reason adds' if silent == 1 else 'reasons add'} next to nothing.")
    return " ".join(said)


def _alt(drawn: pd.DataFrame) -> str:
    parts = [f"{term} {signed(step)}" for term, step in drawn[["term", "log_odds"]].values]
    return f"Steps that add up to log odds, one row each. {'; '.join(parts)}."
