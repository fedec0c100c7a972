"""One world told week by week, in sentences."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from realpolitik.sim.formatting.names import Names, verb_phrase
from realpolitik.sim.formatting.numbers import capital, listing, sentence
from realpolitik.sim.report.run.records import Run

HOLD = "hold"
TELLING = {"threaten", "diplomatic_cover", "urge_restraint", "offer_deal", "warn"}
"""Words and private acts that are told in a week that is told; the others are counted."""

LOUD = ("force", "material")
"""Tracks that make a week worth telling."""

MOST = 8
"""Clauses in a week, at most."""


@dataclass(frozen=True)
class Passage:
    """A week, or a run of quiet weeks, with what the scenario did to it and what the actors did."""

    when: str
    shocks: tuple[str, ...]
    told: str
    quiet: bool = False


def typical_world(run: Run) -> int | None:
    """Number of the world that is told; None where none is named, or its deeds were not kept."""
    found = (run.manifest.get("typical_world") or {}).get("world")
    if found is None or "world" not in run.events:
        return None
    return int(found) if (run.events["world"] == found).any() else None


def story(run: Run) -> list[Passage]:
    """The typical world, with quiet weeks collapsed."""
    events = deeds_of(run, typical_world(run))
    focus = {code for outcome in run.outcomes for code in outcome.pair}
    passages, quiet = list[Passage](), list[int]()
    for week in range(1, run.horizon + 1):
        deeds = events[events["week"] == week]
        shocks = tuple(shock.note or shock.label for shock in run.shocks if shock.week == week)
        if not shocks and not _is_loud(deeds):
            quiet.append(week)
            continue
        passages += [
            *_quiet(run, events, quiet),
            Passage(_when(run, week), shocks, _told(run.names, focus, deeds)),
        ]
        quiet = []
    return [*passages, *_quiet(run, events, quiet)]


def deeds_of(run: Run, world: int | None) -> pd.DataFrame:
    """What was done in a world, without holding."""
    if world is None or run.events.empty or "action" not in run.events:
        return pd.DataFrame(columns=["week", "actor", "on", "track", "action", "label"])
    kept = (run.events["world"] == world) & (run.events["action"] != HOLD)
    return run.events[kept].sort_values("week", kind="stable")


def date_of(start: datetime.date, week: int) -> str:
    """First day of a week, such as "19 August 2024"."""
    day = start + datetime.timedelta(weeks=week - 1)
    return f"{day.day} {day:%B %Y}"


def _is_loud(deeds: pd.DataFrame) -> bool:
    return bool(deeds["track"].isin(LOUD).any() or (deeds["action"] == "threaten").sum() > 1)


def _when(run: Run, week: int) -> str:
    return f"Week {week} ({date_of(run.start, week).rsplit(' ', 1)[0]})"


def _quiet(run: Run, events: pd.DataFrame, weeks: list[int]) -> Iterator[Passage]:
    """A run of quiet weeks in one line."""
    if not weeks:
        return
    count = int(events["week"].isin(weeks).sum())
    when = _when(run, weeks[0]) if len(weeks) == 1 else f"Weeks {weeks[0]} to {weeks[-1]}"
    acts = f"{count} public or private {'statement' if count == 1 else 'statements'}"
    yield Passage(
        when, (), f"Quiet: {acts}, no arms, no force." if count else "Nothing happens.", True
    )


def _told(names: Names, focus: set[str], deeds: pd.DataFrame) -> str:
    """The week's deeds, loudest first, those among the actors in focus before others."""
    rank = {"force": 0, "material": 1, "private": 2, "words": 3}
    told = deeds[deeds["track"].isin(LOUD) | deeds["action"].isin(TELLING)]
    beside = ~(told["actor"].isin(focus) & told["on"].isin(focus))
    told = told.assign(rank=told["track"].map(rank).fillna(4), beside=beside)
    told = told.sort_values(["rank", "beside"], kind="stable").head(MOST)
    clauses = [
        _clause(names, str(actor), rows) for actor, rows in told.groupby("actor", sort=False)
    ]
    left = len(deeds) - len(told)
    if not clauses:
        return f"{left} public or private statements." if left else "Nobody acts."
    rest = f" ({left} lesser {'act' if left == 1 else 'acts'} besides.)"
    return sentence(capital("; ".join(clauses))) + (rest if left else "")


def _clause(names: Names, actor: str, deeds: pd.DataFrame) -> str:
    """What one actor did: same acts toward several targets are told once."""
    phrases = [
        verb_phrase(str(action), str(label), listing([names.the(str(on)) for on in rows["on"]]))
        for (action, label), rows in deeds.groupby(["action", "label"], sort=False)
    ]
    first, *others = phrases
    if names.is_plural(actor):
        others = [_plural(phrase) for phrase in others]
    return listing([names.deed(actor, first), *others])


def _plural(phrase: str) -> str:
    first, space, rest = phrase.partition(" ")
    return f"{first.removesuffix('s')}{space}{rest}"
