"""The tables of studies: their columns, for a terminal and for a page alike."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from realpolitik.sim.analysis.view import IMPORTANCE, StudyView
from realpolitik.sim.documents.document import (
    EVERYWHERE,
    IN_FULL,
    SCREEN,
    Column,
    Row,
    Show,
    Table,
    text,
)
from realpolitik.sim.experiments.study_folder import ANALYSIS
from realpolitik.sim.formatting.numbers import NONE, number, percent
from realpolitik.sim.formatting.scales import (
    INTERVAL,
    MeasuredOutcome,
    Varied,
    describe_came,
    format_value,
    setting,
    setting_span,
    span,
    with_came,
)

Measures = Mapping[str, MeasuredOutcome]

ON_SCREEN = frozenset({SCREEN})
MOST_ON_SCREEN = 30
"""Rows of a table on a terminal; the rest stands in the folder."""

MOST_COLUMNS = 4
"""Addresses, and outcomes, of a table of points on a terminal."""


# ── Columns ──────────────────────────────────────────────────────────────────────────


def counted(heading: str, key: str) -> Column:
    """A whole number."""
    return Column(heading, lambda row: number(float(row[key]), 0), right=True, on=IN_FULL)


def _set_to(heading: str, key: str, short: str = "", on: frozenset[str] = EVERYWHERE) -> Column:
    """A value of a parameter."""
    return Column(heading, lambda row: setting(float(row[key])), right=True, short=short, on=on)


def _in_percent(heading: str, key: str) -> Column:
    return Column(heading, lambda row: percent(float(row[key])), right=True)


def _of(measures: Measures) -> Show:
    """The name of an outcome."""
    return lambda row: measures[row["outcome"]].label


def level(measures: Measures, key: str = "mean", came: str = "came") -> Show:
    """A mean in the manner of its scale; of weeks with the share of worlds in which it came."""

    def show(row: Row) -> str:
        mean = format_value(float(row[key]), measures[row["outcome"]].scale)
        return with_came(mean, float(row[came]))

    return show


def _reach(measures: Measures, low: str = "low", high: str = "high") -> Show:
    """The interval of a mean."""
    return lambda row: span(float(row[low]), float(row[high]), measures[row["outcome"]].scale)


def change(measures: Measures, key: str = "difference") -> Show:
    """A difference with its sign and unit."""
    return lambda row: measures[row["outcome"]].change(float(row[key]))


def change_span(measures: Measures, low: str = "low", high: str = "high") -> Show:
    """The interval of a difference."""
    return lambda row: measures[row["outcome"]].change_span(float(row[low]), float(row[high]))


def _size(measures: Measures, key: str) -> Show:
    return lambda row: measures[row["outcome"]].size(float(row[key]))


def within(heading: str, show: Show, between: Show, after: Show = lambda _: "") -> list[Column]:
    """A number and its interval: two columns, or one of a terminal, which has little room.

    `after` says what else stands in that one.
    """

    def both(row: Row) -> str:
        return f"{show(row)} ({between(row)}){after(row)}"

    return [
        Column(heading, show, on=IN_FULL),
        Column(INTERVAL, between, on=IN_FULL),
        Column(f"{heading}, {INTERVAL}", both, on=ON_SCREEN),
    ]


def _numbers(measures: Measures, worlds: str = "Worlds a point") -> list[Column]:
    """Mean, interval and number of worlds."""
    return [
        Column("Mean", level(measures)),
        Column(INTERVAL, _reach(measures)),
        counted(worlds, "n"),
    ]


ADDRESS = Column("Address", text("address"))


# ── The study as a whole ─────────────────────────────────────────────────────────────


def varied_table(view: StudyView) -> Table:
    """What was varied."""

    def unit(row: Row) -> str:
        return NONE if row["unit"] in ("", "1") else str(row["unit"])

    return Table(
        pd.DataFrame([*view.about["vary"]]),
        [
            ADDRESS,
            _set_to("Varied from", "low"),
            _set_to("to", "high"),
            _set_to("In the scenario", "default"),
            Column("Declared range", lambda row: setting_span(*row["declared"])),
            Column("Unit", unit),
            Column("Meaning", text("meaning")),
        ],
    )


def spread_table(view: StudyView) -> Table:
    """A row an outcome: its range over the points, and how much of that is chance."""
    measures = view.measures
    return Table(
        view.table("spread"),
        [
            Column("Outcome", _of(measures)),
            Column("Mean over points", level(measures), right=True, short="Mean"),
            Column(INTERVAL, _reach(measures), on=IN_FULL),
            Column("Points differ by", _size(measures, "parameter_sd"), right=True),
            Column("Chance a point", _size(measures, "noise_sd"), right=True),
            Column(
                "Least to greatest point",
                _reach(measures, "least", "greatest"),
                right=True,
                short="Least to greatest",
            ),
            counted("Worlds in all", "n"),
            counted("Points", "points"),
        ],
    )


def points_table(view: StudyView) -> Table:
    """Every outcome at every point."""
    parts = [view.at_points(outcome) for outcome in view.seen]
    return Table(
        pd.concat(parts) if parts else view.points.head(0),
        [
            Column("Point", text("point")),
            *(_set_to(address, address) for address in view.varied),
            Column("Outcome", _of(view.measures)),
            *_numbers(view.measures, "Worlds"),
        ],
        rest="the folder",
    )


def given_table(view: StudyView) -> Table:
    """Points that were given, in their order, with what came of each; for a terminal."""
    seen = dict([*view.seen.items()][:MOST_COLUMNS])
    means = {f"mean {name}": view.at_points(name).set_index("point")["mean"] for name in seen}
    return Table(
        view.points.set_index("point", drop=False).assign(**means),
        [
            Column("Point", text("point"), right=True),
            *(_set_to(address, address) for address in [*view.varied][:MOST_COLUMNS]),
            *(_mean_of(name, measure) for name, measure in seen.items()),
        ],
        most=MOST_ON_SCREEN,
        rest=_in_folder("summary"),
        on=ON_SCREEN,
    )


def _mean_of(name: str, measure: MeasuredOutcome) -> Column:
    def show(row: Row) -> str:
        return measure.text(float(row[f"mean {name}"]))

    return Column(measure.label, show, right=True)


def failures_table(view: StudyView) -> Table:
    """What could not be computed."""
    return Table(
        view.study.failures,
        [
            Column("Point", text("point")),
            counted("First world", "first_world"),
            counted("Worlds", "worlds"),
            Column("Error", text("error")),
        ],
        rest="the folder",
    )


# ── Curves and maps ──────────────────────────────────────────────────────────────────


def crossings_table(frame: pd.DataFrame, measures: Measures, varied: Mapping[str, Varied]) -> Table:
    """Where thresholds are crossed; where one never is, a note says how far the curve stays.

    Columns of the frame are those of `tipping`.
    """

    def at(row: Row) -> str:
        return setting(row["value"]) if math.isfinite(row["value"]) else "never"

    def around(row: Row) -> str:
        known = math.isfinite(row["value"])
        return varied[row["address"]].span(row["low"], row["high"]) if known else NONE

    def around_or_why(row: Row) -> str:
        return around(row) if math.isfinite(row["value"]) else str(row["note"])

    return Table(
        frame,
        [
            Column("Outcome", _of(measures)),
            Column("Crosses", lambda row: measures[row["outcome"]].level(row["threshold"])),
            Column("Where", text("address")),
            Column("At", at, right=True),
            Column(INTERVAL, around, on=IN_FULL),
            Column(INTERVAL, around_or_why, on=ON_SCREEN),
            counted("Worlds a point", "n"),
            Column("Note", text("note"), on=IN_FULL),
        ],
    )


def curve_table(rows: pd.DataFrame, varied: Varied, measures: Measures) -> Table:
    """Means by value, outcome by outcome."""
    parts = [rows[rows["outcome"] == name].sort_values("value", kind="stable") for name in measures]
    return Table(
        pd.concat(parts),
        [
            Column("Outcome", _of(measures)),
            _set_to(varied.address, "value"),
            *_numbers(measures),
        ],
        rest="the folder",
        on=IN_FULL,
    )


def cells_table(cells: pd.DataFrame, across: Varied, up: Varied, measures: Measures) -> Table:
    """The cells of a map."""
    return Table(
        cells,
        [_set_to(across.address, "across"), _set_to(up.address, "up"), *_numbers(measures)],
        rest="the folder",
        on=IN_FULL,
    )


# ── What matters ─────────────────────────────────────────────────────────────────────


def effect_columns(measures: Measures) -> list[Column]:
    """Both ends of each address and the difference."""

    def came(row: Row) -> str:
        """Of weeks the shares of worlds in which it came at either end."""
        low = describe_came(float(row["at_low_came"]))
        return f"; {low}, then in {percent(row['at_high_came'])}" if low else ""

    return [
        ADDRESS,
        _set_to("Low end", "value_low", "From"),
        Column("There", level(measures, "at_low", "at_low_came"), on=IN_FULL),
        Column(INTERVAL, _reach(measures, "at_low_low", "at_low_high"), on=IN_FULL),
        _set_to("High end", "value_high", "To"),
        Column("There", level(measures, "at_high", "at_high_came"), on=IN_FULL),
        Column(INTERVAL, _reach(measures, "at_high_low", "at_high_high"), on=IN_FULL),
        *within("Difference", change(measures), change_span(measures), came),
        counted("Worlds a point", "n"),
    ]


def index_columns(_: Measures) -> list[Column]:
    """First and total indices."""
    columns = [ADDRESS]
    for name, heading in (("first", "Alone (first index)"), ("total", "In all (total index)")):
        columns += [
            *within(heading, _index(name), _index_span(name)),
            Column(f"{INTERVAL}: worlds only", _index_span(f"{name}_noise"), on=IN_FULL),
        ]
    return [*columns, counted("Worlds a point", "n"), counted("Points", "points")]


def _index(name: str) -> Show:
    """An index; where there is none to be estimated, that it may be anything."""

    def show(row: Row) -> str:
        index = float(row[name])
        return percent(index) if math.isfinite(index) else "not told from chance"

    return show


def _index_span(name: str) -> Show:
    return lambda row: span(float(row[f"{name}_low"]), float(row[f"{name}_high"]), "share")


def screening_columns(measures: Measures) -> list[Column]:
    """Mean effects and their spread."""
    return [
        ADDRESS,
        *within(
            "Mean size (μ*)",
            _size(measures, "mu_star"),
            change_span(measures, "mu_star_low", "mu_star_high"),
        ),
        Column("Mean (μ)", change(measures, "mu")),
        Column("Unevenness (σ)", _size(measures, "sigma"), on=IN_FULL),
        counted("Worlds a point", "n"),
        counted("Points", "points"),
    ]


MATTERING = {"effects": effect_columns, "sobol": index_columns, "morris": screening_columns}
"""Table → its columns."""


def mattering_table(view: StudyView, name: str, outcome: str) -> Table:
    """What matters for one outcome; `name` is a table of MATTERING."""
    rows = view.about_outcome(name, outcome)
    return Table(rows, MATTERING[name](view.measures), on=IN_FULL)


def mattering_on_screen(view: StudyView) -> Iterator[Table]:
    """What matters, outcome by outcome, the greatest first; for a terminal."""
    for name, columns in MATTERING.items():
        if len(frame := _ordered(view, name)):
            outcome = Column("Outcome", _of(view.measures))
            yield on_screen(Table(frame, [outcome, *columns(view.measures)]), name)


def _ordered(view: StudyView, name: str) -> pd.DataFrame:
    """A table of which of each outcome so many rows come first: none takes another's place."""
    frame = view.table(name)
    if frame.empty:
        return frame
    each = max(1, MOST_ON_SCREEN // len(view.measures))
    size = frame[IMPORTANCE[name]].abs()
    ordered = frame.assign(size=size).sort_values("size", ascending=False, kind="stable")
    parts = [ordered[ordered["outcome"] == outcome] for outcome in view.measures]
    return pd.concat([*(part.head(each) for part in parts), *(part.iloc[each:] for part in parts)])


def on_screen(table: Table, name: str) -> Table:
    """The table for a terminal; `name` is the file that holds all of it."""
    return replace(table, most=MOST_ON_SCREEN, rest=_in_folder(name), on=ON_SCREEN)


def _in_folder(name: str) -> str:
    return f"{ANALYSIS}/{name}.csv"


# ── Under what conditions ────────────────────────────────────────────────────────────


def lines_table(points: pd.DataFrame, varied: Sequence[Varied], measures: Measures) -> Table:
    """The points, those in the case of interest first."""
    return Table(
        points.sort_values("inside", ascending=False, kind="stable"),
        [
            Column("Point", text("point")),
            Column("In the case", lambda row: "yes" if row["inside"] else "no"),
            *_numbers(measures, "Worlds"),
            *(_set_to(each.address, each.address) for each in varied),
        ],
        rest="the folder",
        on=IN_FULL,
    )


def box_table(boxes: pd.DataFrame, varied: Mapping[str, Varied]) -> Table:
    """The limits of the chosen box."""
    luck = "Quasi-p (so good a limit by luck)"

    def in_box(row: Row) -> str:
        return varied[row["address"]].within(row["low"], row["high"])

    def whole(row: Row) -> str:
        return setting_span(varied[row["address"]].low, varied[row["address"]].high)

    return Table(
        boxes,
        [
            ADDRESS,
            Column("In the box", in_box),
            _set_to("From", "low", on=IN_FULL),
            _set_to("to", "high", on=IN_FULL),
            Column("Whole range", whole, on=IN_FULL),
            Column(luck, lambda row: number(row["p_value"], 3), right=True, on=IN_FULL),
            counted("Points in the box", "n_points"),
        ],
    )


def peeling_table(steps: pd.DataFrame) -> Table:
    """Each step of the peeling."""
    return Table(
        steps.sort_values("box", kind="stable"),
        [
            Column("Step", text("box")),
            _in_percent("Coverage", "coverage"),
            _in_percent("Density", "density"),
            _in_percent("Share of all points", "mass"),
            counted("Points", "n_points"),
        ],
        on=IN_FULL,
    )
