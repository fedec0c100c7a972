"""From files of events to acts: what `realpolitik events` does.

A strike takes more than one event, because the codes of force are given to talk of it too: two of
those that are aimed, or six of any kind (`action_codes.csv`).
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from realpolitik.sim.files.json_text import RecordError
from realpolitik.sim.record.actors import Names
from realpolitik.sim.record.codes import (
    AIMED_EVENTS,
    FORCE_EVENTS,
    LARGE_DAYS,
    LARGE_EVENTS,
    LARGE_STRIKE,
    STRIKE,
    Coding,
)
from realpolitik.sim.record.covering import choose, holes, monday, weeks_of
from realpolitik.sim.record.gathering import FileRead, Gathering, gather
from realpolitik.sim.record.weekly import ANY, Record

PLACE = ["week", "of", "toward"]
MOST_NAMED = 20  # strangers, and codes that are none of our acts


@dataclass(frozen=True)
class Found:
    """The acts in files, and what became of the rest.

    Attributes:
        record: The acts.
        events: Events of each week of the record, whoever they are between.
        files: What became of each file.
        chosen: A row a week of the record: `dataset`, `week`, `events`.
        holes: Runs of weeks left out: `first`, `last`, `weeks`, `why`.
        strangers: The most frequent names of nobody of ours: `name`, `n`.
        codes: The most frequent codes between our actors that are no act of ours: `code`, `n`.
        counted: Events between our actors in the weeks of the record.
        repeats: Rows that told of an event again.
        coding: `narrow` or `wide`.
        preferred: The datasets that weeks are taken from, in that order; none if all are.
    """

    record: Record
    events: tuple[int, ...]
    files: tuple[FileRead, ...]
    chosen: pd.DataFrame
    holes: pd.DataFrame
    strangers: pd.DataFrame
    codes: pd.DataFrame
    counted: int
    repeats: int
    coding: str
    preferred: tuple[str, ...]


def find_acts(
    paths: Iterable[Path],
    names: Names,
    coding: Coding,
    datasets: Sequence[str] = (),
    since: datetime.date | None = None,
    until: datetime.date | None = None,
) -> Found:
    """The acts in files of events.

    Args:
        paths: The files.
        names: Names of the actors.
        coding: Which codes are which acts.
        datasets: Those to take weeks from, the first that has a week; all if there are none.
        since: Earliest Monday, if there is one.
        until: Latest Monday, if there is one.

    Raises:
        RecordError: a file is none, or nothing is left.
    """
    found = gather(paths, names)
    _refuse_unknown(datasets, found)
    weeks = weeks_of(found)
    weeks = weeks[weeks["dataset"].isin(datasets or found.datasets.things)]
    chosen = choose(weeks, datasets, since, until)
    if chosen.empty:
        _refuse_empty(found, weeks, since, until)
    events = _in_weeks(found, chosen)
    if events.empty:
        _refuse_strangers(found)
    acts = acts_of(events, coding)
    mondays = tuple(map(datetime.date.fromordinal, chosen["week"]))
    return Found(
        record=Record(mondays, tuple(sorted({*acts["of"], *acts["toward"]})), acts),
        events=tuple(map(int, chosen["events"])),
        files=tuple(found.files),
        chosen=chosen,
        holes=holes([*chosen["week"]], weeks),
        strangers=pd.DataFrame(found.strangers.most_common(MOST_NAMED), columns=["name", "n"]),
        codes=_other_codes(events, coding),
        counted=int(events["n"].sum()),
        repeats=found.repeats,
        coding=coding.name,
        preferred=tuple(datasets),
    )


def acts_of(events: pd.DataFrame, coding: Coding) -> pd.DataFrame:
    """The acts in events: `week`, `of`, `toward`, `action`, `n`.

    Columns of the events: `week` (number), `of`, `toward`, `code`, `n`, `day`, `days`.
    """
    counts = _summed(events, [*PLACE, "code"])
    codes = [*counts["code"].unique()]
    kinds = pd.DataFrame(
        [(code, act) for code in codes for act in (ANY, *coding.acts(code))],
        columns=["code", "action"],
    )
    acts = _summed(counts.merge(kinds), [*PLACE, "action"])
    rows = pd.concat([acts, *_strikes(events, coding, codes)])
    return rows.sort_values([*PLACE, "action"], ignore_index=True)


def _summed(events: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """How many events there are of each kind that there are some of, the kinds in words."""
    sums = events.groupby([*by], observed=True)["n"].sum().reset_index()
    words = {name: sums[name].astype(object) for name in by if name != "week"}
    return sums.assign(**words)[sums["n"] > 0]


def _strikes(events: pd.DataFrame, coding: Coding, codes: Iterable[str]) -> Iterator[pd.DataFrame]:
    """The weeks with strikes, and those with large ones."""
    force = [code for code in codes if coding.is_force(code)]
    blows = events[events["code"].isin(force)]
    aimed = blows["code"].isin([code for code in force if coding.is_aimed(code)])
    table = blows.assign(aimed=blows["n"].where(aimed, 0)).groupby(PLACE, observed=True)
    weeks = table.agg(
        n=("n", "sum"), aimed=("aimed", "sum"), dates=("day", "nunique"), days=("days", "max")
    ).reset_index()
    struck = weeks[(weeks["aimed"] >= AIMED_EVENTS) | (weeks["n"] >= FORCE_EVENTS)]
    is_long = struck[["dates", "days"]].max(axis=1) >= LARGE_DAYS
    large = struck[is_long & (struck["n"] >= LARGE_EVENTS)]
    for action, rows in ((STRIKE, struck), (LARGE_STRIKE, large)):
        yield _summed(rows.assign(action=action), [*PLACE, "action"])


def _in_weeks(found: Gathering, chosen: pd.DataFrame) -> pd.DataFrame:
    """Events of the chosen weeks, each from its dataset, with `week` and names for numbers."""
    events = found.events()
    sets = chosen["dataset"].map(found.datasets.numbers)
    own = _places(events["dataset"], monday(events["day"]))
    week = _places(sets, chosen["week"]).get_indexer(own)
    kept = events.assign(week=week)[week >= 0]
    things = {"of": found.actors, "toward": found.actors, "code": found.codes}
    named = {
        name: pd.Categorical.from_codes(kept[name], pd.Index(one.things, dtype=object))
        for name, one in things.items()
    }
    return kept.assign(**named)


def _places(datasets: "pd.Series[int]", weeks: "pd.Series[int]") -> "pd.Index[int]":
    """A number for each dataset and week."""
    return pd.Index(datasets.astype("int64") * datetime.date.max.toordinal() + weeks)


def _other_codes(events: pd.DataFrame, coding: Coding) -> pd.DataFrame:
    """The most frequent codes that are no act of ours."""
    counts = _summed(events, ["code"]).sort_values("n", ascending=False, kind="stable")
    ours = [bool(coding.acts(code)) or coding.is_force(code) for code in counts["code"]]
    return counts[~np.array(ours)].head(MOST_NAMED).reset_index(drop=True)


# ── What is refused ──────────────────────────────────────────────────────────────────


def _refuse_unknown(datasets: Sequence[str], found: Gathering) -> None:
    known = found.datasets.things
    for name in datasets:
        if name not in known:
            told = f"no dataset is called {name!r}; the files have {', '.join(known) or 'none'}"
            raise RecordError(told)


def _refuse_empty(
    found: Gathering, weeks: pd.DataFrame, since: datetime.date | None, until: datetime.date | None
) -> None:
    """Says why no week is left."""
    if weeks.empty:
        places = ", ".join(one.place for one in found.files)
        raise RecordError(f"{places}: without a single event")
    first, last = (datetime.date.fromordinal(weeks["week"].agg(end)) for end in ("min", "max"))
    told = f"the files cover weeks from {first} to {last}"
    if since or until:
        asked = " ".join(f"{end} {day}" for end, day in (("from", since), ("to", until)) if day)
        raise RecordError(f"no whole week {asked}; {told}")
    raise RecordError(f"no week is whole; {told}")


def _refuse_strangers(found: Gathering) -> None:
    """Says that nobody of ours is there, and who is."""
    rows = sum(one.rows for one in found.files)
    names = ", ".join(name for name, _ in found.strangers.most_common(5)) or "none"
    raise RecordError(
        f"no event between two actors that are known, in {rows:,} rows; the most frequent names "
        f"are {names}; `realpolitik events --actors TABLE` says whose they are"
    )
