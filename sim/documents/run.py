"""What is said of a run: what came of it, beside the record, and what it rests on."""

import math
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import pandas as pd

from realpolitik.sim.documents.document import (
    EVERYWHERE,
    IN_FULL,
    SCREEN,
    Block,
    Column,
    Document,
    Folded,
    Heading,
    Multiline,
    Points,
    Row,
    Section,
    Table,
    text,
)
from realpolitik.sim.documents.run_charts import (
    OVER_NUMBERS,
    alignment_charts,
    arrival_charts,
    deed_charts,
    help_charts,
    ladder_charts,
    named,
    share_charts,
)
from realpolitik.sim.documents.run_story import answer, story
from realpolitik.sim.documents.run_view import USUAL, RunView
from realpolitik.sim.experiments.run_folder import Run
from realpolitik.sim.formatting.missing import attempt_texts
from realpolitik.sim.formatting.numbers import NONE, in_worlds, sentence
from realpolitik.sim.formatting.scales import INTERVAL, capped, form_of, format_value, span
from realpolitik.sim.scenario.schema import EXAMPLE

NOTE = (
    "A world is one simulated history. Intervals are 95\u00a0% and show the play of chance between "
    "worlds only, not how far the assumptions may be wrong."
)
NOTE_ON_NUMBERS = (
    "A world is one simulated history. Both intervals are 95\u00a0%: the first shows the play of "
    "chance between worlds, the second where the mean lies over settings of the numbers that the "
    "model assumes or has estimated."
)
NOTHING = f"Nothing is measured; a key `outcomes`, such as {EXAMPLE} under it, says what is."


def run_document(run: Run, further: Sequence[Section] = ()) -> Document:
    """All that is said of a run; `further` are parts that take more than its tables."""
    view = RunView(run)
    manifest, about = run.manifest, view.about
    return Document(
        kind="Run",
        title=about["title"],
        question=about["question"],
        answer=attempt_texts("the answer", partial(answer, view)),
        facts={
            "Scenario": about["name"],
            "Worlds": f"{view.worlds:,}",
            "Horizon": f"{view.weeks} weeks from {view.date_of(1)}",
            "Seed": str(manifest["seed"]),
            **(
                {"Numbers of each world": f"drawn from {view.drawn['source']}"}
                if view.drawn
                else {}
            ),
        },
        note=NOTE_ON_NUMBERS if view.assumed else NOTE,
        sections=[*_findings(view), *further, *_foundations(view)],
        command=manifest["command"],
        version=manifest["tool"]["version"],
        data=partial(_data, run),
    )


def _findings(view: RunView) -> Iterator[Section]:
    for anchor, heading, make in (
        ("record", "The model beside the record of past crises", _record),
        ("outcomes", "Outcomes", _outcomes),
        ("ladder", "How far it climbs", ladder_charts),
        ("timing", "When it happens, if it does", arrival_charts),
        ("words", "Words against deeds", alignment_charts),
        ("help", "How far help goes", help_charts),
        ("deeds", "Who does what to whom", deed_charts),
        ("story", "One world, week by week", _story),
    ):
        on = EVERYWHERE if anchor == "outcomes" else IN_FULL
        yield Section(anchor, heading, partial(make, view), on)


def _foundations(view: RunView) -> Iterator[Section]:
    heading = "What is calibrated and what is assumed"
    yield Section("assumptions", heading, partial(_assumptions, view), IN_FULL)
    yield Section("origin", "What made these numbers", partial(_origin, view), IN_FULL)


def _data(run: Run) -> dict[str, Any]:
    """What a program gets."""
    manifest = run.manifest
    return {
        "scenario": manifest["scenario"]["name"],
        "worlds": manifest["worlds"],
        "seed": manifest["seed"],
        "run_dir": str(run.folder),
        "outcomes": {one["name"]: _numbers_of(one) for one in manifest["outcomes"]},
        "uncertain": manifest.get("uncertain"),
        "seconds": manifest["seconds"],
        "worlds_per_second": manifest["worlds_per_second"],
    }


def _numbers_of(outcome: Row) -> dict[str, Any]:
    is_weeks = outcome["scale"] == "weeks"
    told: dict[str, Any] = {key: _real(outcome[key]) for key in ("mean", "low", "high")}
    told["n"] = outcome["n"]
    told |= {"came": outcome.get("came")} if is_weeks else {}
    if assumed := outcome.get("assumed"):
        told["assumed"] = {key: _real(value) for key, value in assumed.items()}
    if rate := outcome["base_rate"]:
        told |= {"base_rate": rate["value"], "base_rate_source": rate["source"]}
    if shares := outcome["shares"]:
        told["shares"] = {name: one["share"] for name, one in shares.items()}
    return told


def _real(value: float | None) -> float | None:
    """An end that was kept to 0 is 0.0 like all others, so that a column has one type."""
    return None if value is None else float(value)


# ── Beside the record ────────────────────────────────────────────────────────────────


def _record(view: RunView) -> Iterator[Block]:
    rows = [row for row in view.outcomes if row["base_rate"]]
    if rows:
        yield record_table(rows)
        yield (
            "Shares: 95\u00a0% Wilson intervals. Weeks: median and range of the middle 90\u00a0% "
            "of those worlds in which it comes."
        )


def record_table(rows: Sequence[Row]) -> Table:
    """A row an outcome that has a base rate, beside it."""
    return Table(
        pd.DataFrame(rows),
        [
            Column("Outcome", text("label")),
            Column("Model", _middle, right=True),
            Column("Record", lambda row: _alone(row["base_rate"]["value"], row), right=True),
            Column("Comparison", lambda row: Multiline([verdict(row), _statement(row)])),
        ],
    )


def _middle(row: Row) -> str:
    """What stands beside the record, with its interval or range on a line of its own."""
    middle, low, high, _ = _compared(row)
    told = _alone(middle, row) if row["scale"] == "share" else f"median {_alone(middle, row)}"
    reach = span(low, high, row["scale"])
    return Multiline([told, "" if reach == NONE else reach])


def _compared(row: Row) -> tuple[float, float, float, str]:
    """Of a share its mean and interval, else the median and the range of the middle worlds."""
    if row["scale"] == "share":
        return row["mean"], row["low"], row["high"], "interval"
    return row["median"], row["q05"], row["q95"], "range"


def _alone(value: float, row: Row) -> str:
    """A value that stands alone: weeks say that they are weeks."""
    is_week = row["scale"] == "weeks" and math.isfinite(value)
    return f"week {value:.3g}" if is_week else format_value(value, row["scale"])


def verdict(row: Row) -> str:
    """Whether the model covers the record, as a sentence."""
    middle, low, high, noun = _compared(row)
    record = row["base_rate"]["value"]
    if not all(map(math.isfinite, (middle, low, high))):
        return "No value to compare."
    if low <= record <= high:
        return f"The model’s {noun} covers the record."
    side = "above" if middle > record else "below"
    return f"The model lies {side} the record; its {noun} does not cover it."


def _statement(row: Row) -> str:
    rate = row["base_rate"]
    source = f" ({rate['source']})" if rate["source"] else ""
    return sentence(f"{rate['statement']}{source}")


# ── Outcomes ─────────────────────────────────────────────────────────────────────────


def _outcomes(view: RunView) -> Iterator[Block]:
    yield from share_charts(view)
    if not view.outcomes:
        yield NOTHING
        return
    yield Heading("All outcomes in numbers", IN_FULL)
    yield outcome_table(view)


def outcome_table(view: RunView) -> Table:
    """A row an outcome."""
    on_screen = frozenset({SCREEN})
    return Table(
        pd.DataFrame(view.outcomes),
        [
            Column("Outcome", partial(_called, view), on=IN_FULL),
            Column("Outcome", partial(_called_and_came, view), on=on_screen),
            Column("Unit", lambda row: form_of(row["scale"]).unit, on=IN_FULL),
            Column(
                "Mean", lambda row: format_value(row["mean"], row["scale"]), right=True, on=IN_FULL
            ),
            Column("Mean", lambda row: _with_unit(row["mean"], row), right=True, on=on_screen),
            Column(INTERVAL, lambda row: span(row["low"], row["high"], row["scale"]), right=True),
            *([OVER_NUMBERS] if view.assumed else []),
            Column("Median", _median, right=True, on=IN_FULL),
            Column("Middle 90\u00a0% of worlds", _middle_worlds, right=True, on=IN_FULL),
            Column("Worlds with a value", _valued, right=True, on=IN_FULL),
            Column("Record", recorded, on=IN_FULL),
            Column("Record", record_beside, on=on_screen),
        ],
    )


def _called(view: RunView, row: Row) -> str:
    return capped(row["label"], row["scale"], view.weeks)


def _called_and_came(view: RunView, row: Row) -> str:
    """What it is called and, of weeks, in how many worlds it came."""
    came = f", {in_worlds(row['came'], row['worlds'])}" if row["scale"] == "weeks" else ""
    return f"{_called(view, row)}{came}"


def _with_unit(value: float, row: Row) -> str:
    unit = {"weeks": " weeks", "grade": " of 6", "rung": " of 10"}.get(row["scale"], "")
    told = format_value(value, row["scale"])
    return told if told == NONE else f"{told}{unit}"


def _median(row: Row) -> str:
    return NONE if row["scale"] == "share" else format_value(row["median"], row["scale"])


def _middle_worlds(row: Row) -> str:
    return NONE if row["scale"] == "share" else span(row["q05"], row["q95"], row["scale"])


def _valued(row: Row) -> str:
    return f"{row['n']:,} of {row['worlds']:,}"


def recorded(row: Row) -> str:
    """What the record says; of weeks it is a median, and says so."""
    if row["base_rate"] is None:
        return NONE
    value = format_value(row["base_rate"]["value"], row["scale"])
    return f"median {value}" if row["scale"] == "weeks" else value


def record_beside(row: Row) -> str:
    """The same for a terminal: beside a median the median of the run."""
    if row["base_rate"] is None:
        return ""
    if row["scale"] != "weeks":
        return _with_unit(row["base_rate"]["value"], row)
    return f"{recorded(row)}, here {_with_unit(row['median'], row)}"


# ── One world ────────────────────────────────────────────────────────────────────────


def _story(view: RunView) -> Iterator[Block]:
    told = story(view)
    if view.typical_world is None or told.empty:
        return
    yield (
        f"World {view.typical_world} is told because its outcomes lie near the medians. It is an "
        "example, not the likeliest course of events. What one does to another in one week of "
        f"{1 / USUAL:.0f} or oftener, over all worlds, is only counted."
    )
    yield Table.whole(
        told, [Column("When", text("when")), Column("What happens", text("told"))], IN_FULL
    )
    unusual = view.deeds[view.deeds["unusual"]]
    keys = {"Week": "week", "Actor": "actor", "Action": "label", "Toward": "on", "Track": "track"}
    acts = Table.whole(
        named(view, unusual), [Column(head, text(key)) for head, key in keys.items()], IN_FULL
    )
    yield Folded("Every act out of the ordinary in this world", [acts])


# ── What it rests on ─────────────────────────────────────────────────────────────────


def _assumptions(view: RunView) -> Iterator[Block]:
    basis, found = view.run.manifest["provenance"], view.run.manifest["incentives"]
    estimated, free = basis.get("estimated", 0), basis["parameters"]
    part = f"{100 * (estimated + basis['grounded']) / free:.0f}"
    yield (
        f"The model has {free} numbers that could be set otherwise. {estimated} of them are "
        f"estimated from a record of events, each with its interval; {basis['grounded']} are "
        "grounded, read or computed from published data or estimates by a stated formula (together "
        f"{part} %). {basis['assumed']} are assumed, each with a range within which it may be "
        "varied. The record of past crises is used to judge the outcomes."
    )
    if view.assumed:
        yield _settings(view.assumed)
    yield (
        "The incentives below are what each actor is taken to want. Weights are on a scale on "
        "which 1 is a vital interest; the sign says whether it draws toward an act or away from it."
    )
    for code in dict.fromkeys(one["actor"] for one in found):
        yield _incentives(view, code, [one for one in found if one["actor"] == code])
    if basis["examples"]:
        columns = [
            Column("Address", text("address")),
            *numbers("Value"),
            Column("Source", text("source")),
            Column("Meaning", text("meaning")),
        ]
        table = Table(pd.DataFrame(basis["examples"]), columns)
        yield Folded("Examples of assumed numbers", [table])


def _settings(assumed: Row) -> str:
    """What the second interval is made of."""
    return (
        f"The interval “{OVER_NUMBERS.heading.lower()}” is over {assumed['settings']} settings of "
        f"{assumed['numbers']} numbers, drawn from {assumed['source']}, each seen in "
        f"{assumed['each']} worlds. What chance does to means of so few worlds is taken off by the "
        "components of variance; shown is what holds 95 % of the expectations."
    )


def numbers(heading: str) -> list[Column]:
    """What a parameter is, and how far it may be moved."""

    def reach(row: Row) -> str:
        return f"{plain_number(row['low'])} to {plain_number(row['high'])}"

    default = Column(heading, lambda row: plain_number(row["default"]), right=True)
    return [default, Column("Range", reach, right=True)]


def plain_number(value: float) -> str:
    """A number as it stands in a table of parameters."""
    return f"{value:g}".replace("-", "−")


def _incentives(view: RunView, code: str, rows: Sequence[Row]) -> Folded:
    """The incentives of an actor; a sum of parts is listed and not counted."""
    addresses = [row["address"] for row in rows]
    kinds = [
        row["provenance"]
        for row in rows
        if not any(other.startswith(f"{row['address']}.") for other in addresses)
    ]
    columns = [
        Column("Incentive", lambda row: row["name"].replace("_", " ").replace(".", " · ")),
        *numbers("Weight"),
        *(Column(key.capitalize(), text(key)) for key in ("provenance", "source", "why")),
    ]
    weights = f"{len(kinds)} weight{'' if len(kinds) == 1 else 's'}"
    summary = f"{view.names.title(code)}: {weights}, {kinds.count('assumed')} of them assumed"
    return Folded(summary, [Table(pd.DataFrame(rows), columns)])


def _origin(view: RunView) -> Iterator[Block]:
    manifest, about = view.run.manifest, view.about
    versions = {manifest["tool"]["name"]: manifest["tool"]["version"]} | manifest["versions"]
    pace = f"{manifest['worlds_per_second']:,.0f} worlds a second"
    given = {f"Set: {name}": plain_number(value) for name, value in about["parameters"].items()}
    facts = {
        **given,
        "Hash of the configuration": manifest["hash"],
        "Versions": ", ".join(f"{name} {version}" for name, version in versions.items()),
        "Run": f"{manifest['created']}, {manifest['seconds']:.1f} seconds, {pace}",
    }
    rows = pd.DataFrame({"what": list(facts), "value": list(facts.values())})
    yield Table(rows, [Column("What", text("what")), Column("Value", text("value"))])
    if about["sources"]:
        yield Heading("Sources of the scenario")
        yield Points(about["sources"])
