"""What adds up to a choice: from the base rate through each reason to the log odds."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.forest import Bars, Plot, Points, forest, label_with, rows_of
from realpolitik.sim.charts.style import FILLS, LIGHT, LOOKS, REFERENCE, Words, axis_title
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
    labels = [
        label_with(str(term), signed(step))
        for term, step in zip(drawn["term"], drawn["log_odds"], strict=True)
    ]
    layers = [
        *_steps_toward(drawn, "for"),
        *_steps_toward(drawn, "against"),
        _end(drawn, 0, "start"),
        _end(drawn, len(drawn) - 1, "end"),
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


def _steps_toward(drawn: pd.DataFrame, side: str) -> list[Bars | Points]:
    """The steps for the option, or against it: bars with a point, full or hatched."""
    reasons = drawn.iloc[1:-1]
    of = reasons[(reasons["log_odds"] >= 0) == (side == "for")]
    hover = [
        f"{term}: {signed(step)}" for term, step in zip(of["term"], of["log_odds"], strict=True)
    ]
    rows, name = list(of.index), f"speaks {side} it"
    return [
        Bars("", FILLS[side], of["log_odds"], of["start"], thick=10, rows=rows, hover=hover),
        Points(name, LOOKS[side], of["end"], rows=rows, hover=hover, size=13),
    ]


def _end(drawn: pd.DataFrame, row: int, fill: str) -> Bars:
    """Where it begins, the base rate, or where it ends."""
    term, step = str(drawn["term"].iloc[row]), float(drawn["log_odds"].iloc[row])
    return Bars("", FILLS[fill], [step], thick=11, rows=[row], hover=[f"{term}: {signed(step)}"])


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
