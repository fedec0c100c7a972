"""What is said of a comparison: what differs from the baseline, how surely, and from when on."""

import math
import shlex
from collections.abc import Iterator, Sequence
from functools import partial

import pandas as pd

from realpolitik.sim.charts.differences import strongest, weight
from realpolitik.sim.charts.effects import sure
from realpolitik.sim.charts.partings import describe_parting
from realpolitik.sim.comparison.comparison import Comparison
from realpolitik.sim.documents.compare_charts import (
    Compared,
    alignment_charts,
    change,
    change_span,
    difference_charts,
    gain,
    ladder_charts,
    lane_charts,
    measure_of,
    parting_charts,
    relation_charts,
    share_charts,
    time_charts,
)
from realpolitik.sim.documents.document import (
    IN_FULL,
    PAGE,
    SCREEN,
    Block,
    Column,
    Document,
    Heading,
    Points,
    Row,
    Section,
    Show,
    Table,
    Text,
    rows_of,
    text,
)
from realpolitik.sim.formatting.missing import attempt_texts
from realpolitik.sim.formatting.numbers import (
    NONE,
    capital,
    listing,
    nearest,
    number,
    percent,
    sentence,
    set_words,
)
from realpolitik.sim.formatting.scales import INTERVAL, capped, describe_came, format_value, span

ON_PAGE = frozenset({PAGE})
ON_SCREEN = frozenset({SCREEN})
NOTE = (
    "A world is one simulated history. Intervals are 95\u00a0% and say nothing of how far the "
    "model may be wrong."
)


def compare_document(found: Comparison, folder: str = "") -> Document:
    """All that is said of a comparison whose tables lie in `folder`."""
    compared = Compared.of(found)
    titles = compared.sides.titles
    others = [f"“{titles[key]}”" for key in compared.others]
    return Document(
        kind="Comparison",
        title=f"{titles[compared.sides.baseline]}, compared",
        question=f"What would be different with {listing(others)}?",
        answer=attempt_texts("the answer", partial(answer, compared)),
        facts={
            "Scenarios": str(len(titles)),
            "Worlds": compared.sides.source,
            "Horizon": f"{listing([str(weeks) for weeks in compared.horizons])} weeks",
            "Paired": ("some" if compared.has_pairs else "no") if compared.unpaired else "yes",
        },
        note=NOTE,
        sections=_sections(compared),
        command=_command(compared),
        version=found.manifest["tool"]["version"],
        data=lambda: {
            "folder": folder,
            "manifest": found.manifest,
            "tables": {name: rows_of(frame) for name, frame in found.tables.items()},
        },
    )


def _sections(compared: Compared) -> list[Section]:
    on_page = (
        ("partings", "Where histories part", _partings),
        ("differences", "How far outcomes differ", _differences),
        ("shares", "How often it happens", share_charts),
        ("ladder", "How far it goes", ladder_charts),
        ("times", "When it comes", time_charts),
        ("words", "Words against deeds", alignment_charts),
        ("relations", "How relations move", relation_charts),
        ("scenarios", "What is compared", _scenarios),
        ("intervals", "How the intervals are made", _intervals),
    )
    outcomes = partial(_outcomes, compared)
    return [
        Section("outcomes", "Every outcome against the baseline", outcomes),
        *(
            Section(anchor, heading, partial(make, compared), ON_PAGE)
            for anchor, heading, make in on_page
        ),
    ]


def _command(compared: Compared) -> str:
    """The command that repeats the comparison."""
    every = list(compared.scenarios.values())
    ran = [each for each in every if each["ran"]][:1]
    words = ["realpolitik", "compare", *(each["called"] for each in every)]
    for first in ran:
        words += ["--worlds", str(first["worlds"]), "--seed", str(first["seed"])]
        words += [word for given in set_words(first["set"]) for word in ("--set", given)]
    return shlex.join(words)


# ── The answer ───────────────────────────────────────────────────────────────────────

TOLD = 3
"""Scenarios that the answer tells of, at most."""

NAMED = 4
"""Outcomes that are named as not differing, at most."""

ALIKE = "nothing differs at all: every world is the same"
UNSURE = "nothing differs by more than chance explains"
UNLIKE = "no outcome is in common, so nothing can be compared"
NO_MATCH = "No scenario is as long as the baseline, so nothing can be said of what differs"


def answer(compared: Compared) -> list[str]:
    """Paragraphs: what differs most, what does not, and how sure that is."""
    rows = compared.found.differences.dropna(subset=["difference"])
    if rows.empty:
        return ["The scenarios have no outcome in common, so nothing can be compared."]
    alike = [key for key in compared.others if not compared.other_length(key)]
    kept = rows[rows["scenario"].isin(alike)]
    most = [*_most(compared, kept, alike)] or [NO_MATCH]
    rest = [*_least(kept, compared), *_pairing(compared, rows)]
    return [" ".join(map(sentence, part)) for part in (most[:1], most[1:], rest) if part]


def _most(compared: Compared, rows: pd.DataFrame, keys: Sequence[str]) -> Iterator[str]:
    """What stands out in each of the scenarios, the one with the greatest difference first."""
    titles = compared.sides.titles
    ranked = {key: strongest(rows[rows["scenario"] == key]) for key in keys}
    loud = sorted(
        (key for key in ranked if len(ranked[key])), key=lambda key: -weight(_told(ranked[key])[0])
    )
    for place, key in enumerate(loud[:TOLD]):
        told = "; ".join(_change(compared, row) for row in _told(ranked[key]))
        start = "With" if place or len(ranked) == 1 else "Most differs with"
        yield f"{start} “{titles[key]}”: {told}"
    quiet: dict[str, list[str]] = {ALIKE: [], UNSURE: [], UNLIKE: []}
    for key in (key for key in ranked if not len(ranked[key])):
        quiet[_quiet(rows[rows["scenario"] == key])].append(f"“{titles[key]}”")
    yield from (f"With {listing(named, 'or')} {how}" for how, named in quiet.items() if named)
    left = len(loud) - TOLD
    if left > 0:
        yield f"{left} more scenario{'s differ' if left > 1 else ' differs'}, as told below"


def _quiet(rows: pd.DataFrame) -> str:
    """Why nothing stands out: every pair of worlds is the same, or chance, or nothing in common."""
    if rows.empty:
        return UNLIKE
    numbers = rows[["difference", "low", "high"]].astype(float)
    is_same = rows["paired"].astype(bool).all() and (numbers == 0).all(axis=None)
    return ALIKE if is_same else UNSURE


def _told(ranked: pd.DataFrame) -> list[pd.Series]:
    """The difference that stands out most and, where that is no share, the first of a share.

    A change in weeks depends on the horizon, which stands for never: a share that stands out says
    the same without it, and goes before.
    """
    shares = ranked[ranked["scale"] == "share"]
    rows = ranked[ranked["scale"] != "weeks"] if len(shares) else ranked
    first = rows.iloc[0]
    return [first] if first["scale"] == "share" or shares.empty else [first, shares.iloc[0]]


def _change(compared: Compared, row: pd.Series) -> str:
    """Such as "War, from 17.8 % to 26.0 % of worlds (+8.2 points, interval …)"."""
    each = {str(name): value for name, value in row.items()}
    measure, what = measure_of(each), row["label"]
    reach = f"interval {change_span(each)}"
    if row["scale"] == "weeks":
        never = f"never counts as week {compared.horizons[0]}"
        return f"{what}, a change of {change(each)} ({reach}; {never})"
    keys = (compared.sides.baseline, row["scenario"])
    before, after = (float(compared.levels[key, row["outcome"]]["mean"]) for key in keys)
    if not (math.isfinite(before) and math.isfinite(after)):
        return f"{what}, a change of {change(each)} ({reach})"
    went = f"from {measure.text(before)} to {measure.often(after)}"
    return f"{what}, {went} ({change(each)}, {reach})"


def _least(rows: pd.DataFrame, compared: Compared) -> Iterator[str]:
    """The outcomes that differ nowhere by more than chance, and how much they still may."""
    same = {
        str(name): of
        for name, of in rows.groupby("outcome", sort=False)
        if not any(sure(row) for _, row in of.iterrows())
    }
    if rows.empty:
        return
    if not same:
        several = rows["scenario"].nunique() > 1
        yield f"For every outcome {'at least one' if several else 'the'} interval leaves out 0"
        return
    if len(same) == rows["outcome"].nunique():
        return
    labels = [f"“{compared.measures[name].label}”" for name in same]
    more = len(labels) - NAMED
    named = labels[:NAMED] + ([f"{more} more"] if more > 0 else [])
    shares = pd.concat(same.values())
    shares = shares[shares["scale"] == "share"]
    bound = ""
    if len(shares):
        most = 100 * float(shares[["low", "high"]].abs().to_numpy().max())
        reach = f"{number(most, 1)} percentage points"
        bound = f"; intervals of the shares among them reach at most {reach}"
    yield f"No difference can be told from chance in {listing(named)}{bound}"


def _pairing(compared: Compared, rows: pd.DataFrame) -> Iterator[str]:
    """How much the pairs make surer; where there are none, why."""
    paired = rows[rows["paired"].astype(bool) & rows["gain"].notna()]
    if len(paired):
        narrower = number(float(paired["gain"].median()), 1)
        yield (
            f"Worlds are compared pair by pair, which makes intervals {narrower} times narrower "
            "in the median"
        )
    for key, why in compared.unpaired.items():
        title = compared.sides.titles[key]
        yield f"“{title}” is not paired with the baseline ({why}): {_consequence(compared, key)}"


def _consequence(compared: Compared, key: str) -> str:
    """What it means for a scenario that its worlds are not paired with those of the baseline."""
    if length := compared.other_length(key):
        return f"it is counted over {length}, so shares and counts are not comparable"
    return "its worlds have other luck, so differences are less sure"


# ── Every outcome ────────────────────────────────────────────────────────────────────

CAPPED = "a week that never came"
"""Begins the note that every row of weeks has, and which stands in its label."""


def _outcomes(compared: Compared) -> Iterator[Block]:
    titles = compared.sides.titles
    yield Points([*_notes(compared)], ON_PAGE)
    yield Text(
        "In brackets: 95\u00a0% intervals. Difference: the other less the baseline; points are "
        "percentage points." + (LEGEND if compared.has_pairs else ""),
        ON_PAGE,
    )
    for key in compared.others:
        yield Heading(f"{titles[key]}, against {titles[compared.sides.baseline]}")
        yield outcome_table(compared, key)
        yield Points([*_came(compared, key), *_notes_of_rows(compared, key)])
        if told := parting(compared, key):
            yield Text(told, ON_SCREEN)


LEGEND = (
    " Up, down: pairs of worlds in which the outcome is higher, or lower, than in the baseline. "
    "Gain: how many times wider the interval of the difference would be had the worlds not been "
    "paired."
)


def _notes(compared: Compared) -> Iterator[str]:
    """Notes with titles for keys; that worlds are not paired is said in the answer."""
    for note in compared.found.manifest["notes"]:
        key = next((key for key in compared.scenarios if note.startswith(f"{key}: ")), "")
        told = note.removeprefix(f"{key}: ")
        if not told.startswith("not paired: "):
            yield sentence(f"“{compared.sides.titles[key]}”: {told}" if key else told)


def outcome_table(compared: Compared, key: str) -> Table:
    """A row an outcome: levels, their difference, and of pairs up, down and gain."""
    rows = compared.of_one("differences", key)
    both = {"Baseline": compared.sides.baseline, "Other": key}
    levels = [
        Column(head, partial(_level, compared, side, on == IN_FULL), right=True, on=on)
        for head, side in both.items()
        for on in (ON_SCREEN, IN_FULL)
    ]
    pairs = [
        Column("Up", _of_pairs("up"), right=True),
        Column("Down", _of_pairs("down"), right=True),
        Column("Gain", gain, right=True),
    ]
    columns = [
        Column("Outcome", partial(_outcome, compared)),
        *levels,
        Column("Difference", brief_change, right=True),
        Column(INTERVAL, change_span, right=True),
        *(pairs if rows["paired"].astype(bool).any() else []),
    ]
    return Table(rows, columns)


def _outcome(compared: Compared, row: Row) -> str:
    """What the outcome is called, and what is to be known of its difference."""
    label = capped(str(row["label"]), row["scale"], compared.horizons[0])
    return label if row["paired"] else f"{label} (not paired)"


def _level(compared: Compared, key: str, in_full: bool, row: Row) -> str:
    """What differences are taken of; in full with its interval."""
    level, scale = compared.levels[key, row["outcome"]], row["scale"]
    middle, low, high = (float(level[name]) for name in ("mean", "low", "high"))
    reach = span(low, high, scale) if in_full else NONE
    return format_value(middle, scale) + (f"\n({reach})" if reach != NONE else "")


def brief_change(row: Row) -> str:
    """A difference with its sign and unit: `+4.1 points` of a hundred worlds, `−0.30 weeks`."""
    return change(row).replace("percentage points", "points")


def _of_pairs(side: str) -> Show:
    """The share of the pairs that rose, or fell."""
    return lambda row: percent(float(row[side])) if row["paired"] else NONE


def _came(compared: Compared, key: str) -> Iterator[str]:
    """Of each outcome in weeks, in how many worlds it came."""
    for row in rows_of(compared.of_one("differences", key)):
        if row["scale"] == "weeks":
            before, after = (
                compared.levels[name, row["outcome"]]["came"]
                for name in (compared.sides.baseline, key)
            )
            told = f"{describe_came(before)} of worlds, in the other scenario in {percent(after)}"
            yield f"{row['label']}: {told}."


def _notes_of_rows(compared: Compared, key: str) -> Iterator[str]:
    """What is to be known of single rows, each once with the rows that it is about."""
    above = compared.found.manifest["notes"]
    about: dict[str, list[str]] = {}
    for row in rows_of(compared.of_one("differences", key)):
        for note in filter(None, row["note"].split("; ")):
            about.setdefault(note, []).append(row["label"])
    for note, labels in about.items():
        is_told = any(told.startswith(f"{key}: {note}") for told in above)
        if not note.startswith(CAPPED) and not is_told:
            yield f"{capital(note)}: {', '.join(labels)}."


# ── Where histories part ─────────────────────────────────────────────────────────────

ACTS = 6
"""First deeds that differ, in a table, at most."""


def _partings(compared: Compared) -> Iterator[Block]:
    drawn = [*parting_charts(compared)]
    yield (
        "World number k has the same luck in every scenario, and stays the same until somebody "
        "does something else. From then on one thing leads to another."
        if drawn
        else "Worlds are not paired, or what was done in them is not known: nothing can be said of "
        "where they part."
    )
    yield from drawn
    for key in compared.others:
        rows = compared.of_one("partings", key)
        if len(rows):
            yield Heading(compared.sides.titles[key])
            yield sentence(describe_parting(rows))  # as the chart counts: half of all pairs
            yield from _parted(compared, key)
    if lanes := [*lane_charts(compared)]:
        yield Heading("The worlds that are told, week by week")
        yield from lanes


def parting(compared: Compared, key: str) -> str:
    """When the histories part, in a sentence; empty where it is not known."""
    rows = compared.of_one("partings", key)
    if rows.empty:
        return ""
    weeks = rows[rows["week"] > 0]
    apart = float(weeks["share"].sum())
    if apart == 0:
        return f"The histories part in none of {int(rows['worlds'].sum()):,} pairs of worlds."
    middle = int(weeks["week"][weeks["share"].cumsum() >= apart / 2 - 1e-12].iloc[0])
    known = int(rows["worlds"].sum())
    pairs = compared.of_one("differences", key)["pairs"].max()  # NaN without a common outcome
    of = "worlds" if not known < pairs else f"the first {known:,} pairs of worlds"
    return f"The histories part in {100 * apart:.0f} % of {of}, half of them by week {middle}."


def _parted(compared: Compared, key: str) -> Iterator[Block]:
    """The first deeds that differ, and the worlds that are told."""
    acts, told = compared.of_one("first_acts", key), compared.of_one("examples", key)
    if len(acts):
        yield "What the first difference is, the most frequent first."
        columns = [
            Column("Who", lambda row: compared.names.title(row["actor"])),
            Column("Instead of", text("instead_of")),
            Column("Did", text("did")),
            Column("Pairs of worlds", lambda row: percent(row["share"]), right=True),
        ]
        yield Table(acts.head(ACTS), columns)
    if len(told):
        yield (
            "Of the worlds whose every deed is kept: one whose outcomes move apart as far as is "
            "usual, then the two in which they move farthest."
        )
        stories = told.groupby("world", sort=False)["sentence"].agg(" ".join).reset_index()
        number_of = Column("World", lambda row: f"World\u00a0{row['world']}")
        yield Table(stories, [number_of, Column("What came of it", text("sentence"))])


def _differences(compared: Compared) -> Iterator[Block]:
    drawn = [*difference_charts(compared)]
    if drawn and compared.has_pairs:
        yield (
            "Both scenarios are run in the same worlds, so that luck which they share drops out of "
            "the difference. The thin bars show what would be known had each been run by itself."
        )
    yield from drawn


# ── What it rests on ─────────────────────────────────────────────────────────────────


def _scenarios(compared: Compared) -> Iterator[Block]:
    def weeks(row: Row) -> str:
        own = row["own_weeks"]
        return f"{row['weeks']}" + (f" instead of its own {own}" if own != row["weeks"] else "")

    def pairs(row: Row) -> str:
        if row["key"] == compared.sides.baseline:
            return "baseline"
        return "yes" if row["paired"] else f"no: {row['why_not']}"

    columns = [
        Column("Scenario", lambda row: compared.sides.named(row["key"])),
        Column("Called", text("called")),
        Column("Question", text("question")),
        Column("Worlds", lambda row: f"{row['worlds']:,}", right=True),
        Column("Seed", text("seed"), right=True),
        Column("Weeks", weeks),
        Column("Paired", pairs),
    ]
    # As objects: a path may hold what is not UTF-8.
    yield Table(pd.DataFrame(compared.found.manifest["scenarios"], dtype=object), columns)


CHANCE = 0.05
"""Share of 95 % intervals that leave out what is true."""


def _intervals(compared: Compared) -> Iterator[Block]:
    yield Points([*_methods(compared)])


def _methods(compared: Compared) -> Iterator[str]:
    has_pairs = compared.has_pairs
    shown = int(compared.found.differences["difference"].notna().sum())
    yield (
        "All intervals are 95\u00a0%. They tell what other worlds might have shown, the scenario "
        "being the same."
    )
    yield "A level: Wilson’s score interval for shares of worlds, Student’s for means."
    if has_pairs:
        yield (
            "A paired difference of shares: Tango’s score interval (1998), which counts only the "
            "pairs that changed; of means: Student’s interval of the changes, pair by pair, with "
            "as many degrees of freedom as there are pairs that changed, less one."
        )
    yield "Without pairs: Newcombe’s hybrid interval for shares, Welch’s for means." + (
        " The thin bars in the charts are that wide." if has_pairs else ""
    )
    yield (
        "Weeks until something happens: the mean time up to the horizon, in which a week that "
        "never came counts as the horizon, the shortest where scenarios differ in length. Curves "
        "of time are Kaplan–Meier estimates with Wilson’s interval; all worlds of a scenario are "
        "seen up to its horizon."
    )
    yield (
        f"{shown:,} differences are shown here. Of so many 95\u00a0% intervals about "
        f"{max(1, nearest(CHANCE * shown)):,} may leave out 0 by chance alone."
    )
    for key, why in compared.unpaired.items():
        title, so = compared.sides.titles[key], capital(_consequence(compared, key))
        yield f"“{title}” is compared without pairs: {why}. {so}."
