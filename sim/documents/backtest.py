"""What is said of a back-test: whether weekly acts are foreseen better than by plain rates."""

import math
from collections.abc import Iterator, Mapping
from functools import partial
from importlib.metadata import version
from typing import Any

import pandas as pd

from realpolitik.sim.charts.forecasts import calibration
from realpolitik.sim.charts.record import score_differences
from realpolitik.sim.documents.acts import (
    CLASS_NAMES,
    FORECAST_NAMES,
    NAMES_AND_ALL,
    RELIABILITY,
    bin_table,
)
from realpolitik.sim.documents.document import (
    IN_FULL,
    Block,
    Chart,
    Column,
    Document,
    Heading,
    Row,
    Section,
    Table,
    Text,
)
from realpolitik.sim.formatting.numbers import capital, listing, number, percent
from realpolitik.sim.record.backtest import (
    ALL,
    DYAD_RATE,
    FORECASTS,
    MODEL,
    NEAR,
    Backtest,
    Difference,
    Scores,
)
from realpolitik.sim.record.classes import CLASSES
from realpolitik.sim.record.replay import LEAD
from realpolitik.sim.record.weekly import Record

NOTE = (
    "A case is a week, an ordered pair of actors and a class of act: whether the first did such an "
    "act toward the second. The log score of a forecast is 0 if it was sure and right, and grows "
    "with its error; lower is better. Probabilities are kept within 0.001 and 0.999."
)
LAST_WEEKS = "last_weeks"
DRAWN = (MODEL, LAST_WEEKS)


def backtest_document(found: Backtest, command: str) -> Document:
    """All that is said of a back-test; `command` makes it again."""
    return Document(
        kind="Back-test",
        title="Weekly acts, foreseen and done",
        question="Is what these actors do to each other in a week foreseen better by the model "
        "than by how often each pair does it anyway, in weeks that nothing was fitted to?",
        answer=[*_answer(found)],
        facts={
            "Scenario": found.scenario.title,
            "Scored": f"{found.weeks} of {_weeks(found.record)}",
            "Learnt on": _weeks(found.earlier),
            "Actors": ", ".join(found.record.actors),
            "Worlds": f"{found.worlds:,} from each start",
            "Seed": str(found.seed),
        },
        note=NOTE,
        sections=[
            Section("scores", "One week ahead", partial(_one_week, found)),
            Section("free", "Running freely", partial(_free, found)),
            Section("reliability", "Reliability", partial(_reliability, found), IN_FULL),
        ],
        command=command,
        version=version("realpolitik"),
        data=partial(_data, found),
    )


def _weeks(record: Record) -> str:
    first, last = record.weeks[0], record.weeks[-1]
    return f"{len(record.weeks)} weeks from {first} to {last}"


# ── The verdict ──────────────────────────────────────────────────────────────────────


def _answer(found: Backtest) -> Iterator[str]:
    near = found.free_scores[NEAR]
    yield (
        f"One week ahead the model {_verdict(found.scores)}; running freely to week 8 it "
        f"{_verdict(near)}."
    )
    unbeaten = [*_unbeaten(found)]
    if unbeaten:
        yield f"It does not surely beat {'; nor '.join(unbeaten)}."
    else:
        yield "It surely beats every other forecast, on every class of act."
    yield (
        f"In {percent(_own(found))} of cases the model has no such act or the record cannot tell "
        "it, and its forecast is the pair’s own rate."
    )


def _verdict(scores: Scores) -> str:
    """Whether it beats the pair's own rate, and by how many percent of its log score."""
    apart = scores.difference(DYAD_RATE)
    share = scores.log_score(DYAD_RATE)
    by = percent(abs(apart.difference) / share)
    if math.isnan(apart.low):
        side = "ahead of" if apart.difference < 0 else "behind"
        return f"is {side} the pair’s own rate by {by}, in too few weeks for an interval"
    span = f"95 % interval {number(-100 * apart.high / share, 1)} to "
    span += f"{number(-100 * apart.low / share, 1)}\u00a0%"
    if apart.high < 0:
        return f"beats the pair’s own rate by {by} ({span})"
    if apart.low > 0:
        return f"is beaten by the pair’s own rate by {by} ({span})"
    side = "better" if apart.difference < 0 else "worse"
    return f"does not beat the pair’s own rate: it is {by} {side}, perhaps by chance ({span})"


def _unbeaten(found: Backtest) -> Iterator[str]:
    """What the model is not surely better than."""
    for rival in FORECASTS[1:]:
        if not _beats(found.scores.difference(rival)):
            yield f"{_quoted(rival)} over all acts one week ahead"
    if even := [
        CLASS_NAMES[name]
        for name in CLASSES
        if not _beats(found.scores.difference(DYAD_RATE, name))
    ]:
        yield f"the pair’s own rate on {listing(even)}"
    for span, scores in found.free_scores.items():
        if not _beats(scores.difference(DYAD_RATE)):
            yield f"the pair’s own rate in {span} of running freely"


def _quoted(forecast: str) -> str:
    name = FORECAST_NAMES[forecast]
    return name if name.startswith("the ") else f"“{name}”"


def _beats(apart: Difference) -> bool:
    return apart.high < 0


def _own(found: Backtest) -> float:
    """Share of cases for which the model has no such act."""
    return float(1 - found.covered.mean())


# ── Scores ───────────────────────────────────────────────────────────────────────────


def _one_week(found: Backtest) -> Iterator[Block]:
    table = found.scores.table()
    names = {name: FORECAST_NAMES[name] for name in DRAWN}
    draw = partial(score_differences, table, names, NAMES_AND_ALL)
    yield Chart("differences", draw, score_table(table))
    yield Text(
        "One rate a class: the share of weeks of all pairs in what was learnt on. The pair’s own "
        "rate: that of the pair, with four weeks of the class’s. As in the last week: 1 if it did "
        "so then, else 0. Own rate and last weeks: a logistic model of the own rate, the last week "
        f"and the last four. The first {LEAD} weeks on end are looked back on, not scored.",
        IN_FULL,
    )
    if found.state_scores is not None and found.states != {*found.record.actors}:
        yield Heading("Between states alone")
        yield score_table(found.state_scores.table())


def _free(found: Backtest) -> Iterator[Block]:
    yield (
        "Worlds go on from every fourth week by themselves, without what the record says of the "
        "weeks after; the rivals stay with what they said of the first week. A chance is the share "
        f"of {found.worlds:,} worlds: its own error counts against the model, the more the fewer "
        "there are."
    )
    for span, scores in found.free_scores.items():
        yield Heading(capital(span))
        yield score_table(scores.table())


def score_table(table: pd.DataFrame) -> Table:
    """A row a class of act: log score of each forecast, and the model's less the own rate's."""
    wide = table.pivot_table("log_score", "class", "forecast", sort=False)
    own = table[table["forecast"] == MODEL].set_index("class").drop(columns="forecast")
    rows = wide.join(own).reset_index()
    return Table(
        rows,
        [
            Column("Act", lambda row: NAMES_AND_ALL[row["class"]]),
            Column("Cases", lambda row: f"{row['n']:,}", right=True, on=IN_FULL),
            Column("With the act", lambda row: f"{row['positive']:,}", right=True, short="Acts"),
            *(_score(name) for name in FORECASTS),
            Column("Model less own rate", _difference, right=True, short="Difference"),
        ],
    )


SHORT = {
    "one_rate": "One rate",
    DYAD_RATE: "Own rate",
    "persistence": "Last week",
    LAST_WEEKS: "Last weeks",
}


def _score(name: str) -> Column:
    def show(row: Row) -> str:
        return number(row[name], 4)

    heading = capital(FORECAST_NAMES[name])
    return Column(heading, show, right=True, short=SHORT.get(name, "Model"))


def _difference(row: Row) -> str:
    ends = "" if math.isnan(row["low"]) else f" ({number(row['low'], 4)} to "
    return f"{number(row['difference'], 4)}{ends}{ends and number(row['high'], 4) + ')'}"


# ── Reliability ──────────────────────────────────────────────────────────────────────


def _reliability(found: Backtest) -> Iterator[Block]:
    bins = found.reliability()
    drawn = {name: FORECAST_NAMES[name] for name in (MODEL, DYAD_RATE)}
    draw = partial(calibration, bins, drawn, RELIABILITY)
    yield Chart("calibration", draw, bin_table(bins[bins["hypothesis"].isin(drawn)]))


# ── For programs ─────────────────────────────────────────────────────────────────────


def _data(found: Backtest) -> dict[str, Any]:
    states = found.state_scores
    return {
        "scenario": found.scenario.name,
        "worlds": found.worlds,
        "seed": found.seed,
        "actors": list(found.record.actors),
        "weeks": found.weeks,
        "first": str(found.record.weeks[0]),
        "last": str(found.record.weeks[-1]),
        "learnt": {"weeks": len(found.earlier.weeks), "last": str(found.earlier.weeks[-1])},
        **_told(found.scores),
        "states": None if states is None else _told(states),
        "free": {span: _told(scores) for span, scores in found.free_scores.items()},
        "own": _own(found),
        "reliability": found.reliability(),
        "notes": [*_answer(found)],
    }


def _told(scores: Scores) -> dict[str, Any]:
    """Classes → name → its scores, and those of all acts."""
    told = {str(name): _scores(rows) for name, rows in scores.table().groupby("class", sort=False)}
    return {"all": told.pop(ALL), "classes": told}


def _scores(rows: pd.DataFrame) -> Mapping[str, Any]:
    by_name = rows.set_index("forecast")
    model = by_name.loc[MODEL].to_dict()
    return {
        **{count: model[count] for count in ("n", "positive")},
        **{score: by_name[score].to_dict() for score in ("log_score", "brier")},
        "difference": {
            "log_score": model["difference"],
            **{end: None if math.isnan(model[end]) else model[end] for end in ("low", "high")},
        },
    }
