"""`compare`: scenarios and runs side by side, the first being the baseline."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd

from realpolitik.sim.comparison.differences import classes, differences, levels, times
from realpolitik.sim.comparison.divergence import (
    FIRST_ACTS,
    Speech,
    first_acts_table,
    partings_table,
)
from realpolitik.sim.comparison.examples import COLUMNS, examples
from realpolitik.sim.comparison.inputs import Compared, Lineup, line_up
from realpolitik.sim.comparison.pairs import SAME, Gathered, Pairing, gather
from realpolitik.sim.comparison.sides import Side
from realpolitik.sim.engine.actions import verb_phrase
from realpolitik.sim.experiments.ensemble import Progress
from realpolitik.sim.experiments.located import FORMAT
from realpolitik.sim.formatting.names import Names
from realpolitik.sim.scenario.arguments import function_given, parameters_given
from realpolitik.sim.scenario.errors import ScenarioError
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.values import check_parameters
from realpolitik.sim.scenario.vocabulary import vocabulary

# ── What a comparison says of itself ─────────────────────────────────────────────────


def describe(gathered: Gathered) -> dict[str, Any]:
    """The manifest of a comparison.

    tool, seed and worlds (of the baseline, and the fewest), paired (whether all are), notes, and
    `scenarios`, each with key, called, set (parameters that were
    given beside it), name, title, question, start, weeks, actors and shocks (as
    in the manifest of a run), own_weeks (those that the scenario gives itself), outcomes (name →
    definition), seed, worlds, counted (worlds that outcomes are read off), version, versions,
    origin, ran (here, or read), paired and why_not.
    """
    baseline = gathered.sides[0]
    pairings: list[Pairing | None] = [None, *(pairing for _, pairing in gathered.others)]
    return {
        "format": FORMAT,
        "tool": {"name": "realpolitik", "version": version("realpolitik")},
        "seed": baseline.seed,
        "worlds": min(side.worlds for side in gathered.sides),
        "scenarios": [
            _scenario(side, pairing) for side, pairing in zip(gathered.sides, pairings, strict=True)
        ],
        "paired": all(pairing.paired for _, pairing in gathered.others),
        "notes": list(_notes(gathered)),
    }


def _scenario(side: Side, pairing: Pairing | None) -> dict[str, Any]:
    """What the manifest says of one scenario."""
    subject = side.subject
    return {
        **{name: subject.facts[name] for name in ("title", "question", "start", "weeks")},
        **{name: subject.facts[name] for name in ("name", "actors", "shocks")},
        "key": subject.key,
        "called": subject.called,
        "set": dict(subject.given),
        "own_weeks": subject.weeks if subject.own_weeks is None else subject.own_weeks,
        "outcomes": {one.name: dict(one.definition) for one in subject.outcomes},
        "seed": side.seed,
        "worlds": side.worlds,
        "counted": side.counted,
        "version": subject.version,
        "versions": dict(subject.versions),
        "origin": subject.origin,
        "ran": subject.run is None,
        "paired": pairing is None or pairing.paired,
        "why_not": pairing.why_not if pairing else "",
    }


def _notes(gathered: Gathered) -> Iterator[str]:
    """What is to be known beside the tables."""
    one = gathered.sides[0].subject
    for side, pairing in gathered.others:
        subject = side.subject
        said = [f"not paired: {pairing.why_not}"] if pairing.why_not else []
        if subject.weeks != one.weeks:
            said[0] += "; shares and counts over unlike numbers of weeks are not comparable"
        said += _length(subject)
        said += [SAME] if pairing.same else []
        said += pairing.notes
        names = [[outcome.name for outcome in each.outcomes] for each in (one, subject)]
        for here, there, where in ((*names, one.key), (*names[::-1], subject.key)):
            if alone := [name for name in here if name not in there]:
                said.append(f"only in {where}: {', '.join(alone)}")
        partings = gathered.partings.get(subject.key)
        if partings is not None and pairing.paired and len(partings) < pairing.worlds:
            said.append(f"where histories part is known of the first {len(partings):,} worlds")
        yield from (f"{subject.key}: {each}" for each in said)


def _length(subject: Compared) -> Iterator[str]:
    """That it is run for other weeks than its own, and what no longer comes."""
    if subject.own_weeks is not None:
        late = subject.too_late
        shocks = "1 of its shocks comes" if late == 1 else f"{late} of its shocks come"
        left = f"; {shocks} later and so not at all" if late else ""
        yield (
            f"run for {subject.weeks} weeks, as the baseline, instead of its own "
            f"{subject.own_weeks}{left}"
        )


# ── The comparison ───────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Comparison:
    """Scenarios side by side, as tidy tables; the column `scenario` holds the short key of each.

    Attributes:
        manifest: Seed, worlds, tool, what was compared, whether it is paired, and notes.
        levels, times: See `levels.py`.
        classes: See `classes.py`.
        differences: See `differences.py`.
        partings, first_acts: See `partings.py`; of pairs of worlds under one seed only.
        examples: See `examples.py`.
        weeks, acts: As in a run folder.
        relations: week (0 is the start), actor, on, mean (of hostility [0–1]); none of a run.
        events: As in a run folder, of the worlds that are told as examples.
    """

    manifest: dict[str, Any]
    levels: pd.DataFrame
    classes: pd.DataFrame
    differences: pd.DataFrame
    partings: pd.DataFrame
    first_acts: pd.DataFrame
    examples: pd.DataFrame
    weeks: pd.DataFrame
    times: pd.DataFrame
    relations: pd.DataFrame
    acts: pd.DataFrame
    events: pd.DataFrame

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """Name → table, for all of them."""
        return {name: value for name, value in vars(self).items() if name != "manifest"}


def compare(
    subjects: Sequence[str | Path | Scenario],
    worlds: int | None = None,
    seed: int | None = None,
    progress: Progress | None = None,
    parameters: Mapping[str, float] | None = None,
) -> Comparison:
    """Compares scenarios, or runs, with the first of them.

    Under one seed world k of each scenario has the same draws, so that their worlds are paired.
    Scenarios that are run are run for the weeks of the first, whatever their own horizon.

    Args:
        subjects: Scenarios, files, shipped names, `FILE#variant` or run folders, two at least.
        worlds: Number of worlds of the scenarios that are run; None takes that of the first run
            folder, or 1,000.
        seed: Their seed; None takes that of the first run folder, or 0.
        progress: Called after every week of a block with world-weeks done and in all.
        parameters: Address → value, on top of those of each scenario that is run; a row of
            pandas will do. Run folders stay as they are.

    Raises:
        ScenarioError: there is no such scenario, something in it is wrong, or a parameter does
            not exist or is out of its range.
        NotARunError: a folder that is no finished run.
        TypeError: something is given that is of another kind altogether.
        ValueError: fewer than two subjects, a number of worlds below 1, or a negative seed.

    >>> found = compare(["haniyeh_2024", "us_conduct/quiet_channel"], worlds=8, seed=1)
    >>> found.differences["pairs"].unique().tolist()
    [8]
    """
    given = parameters_given(parameters)
    function_given(progress, "progress")
    lineup = line_up(subjects, worlds, seed, given)
    if faults := check_parameters(given, "parameters", lineup.scenarios):
        raise ScenarioError(faults)
    return compare_all(lineup, progress)


def compare_all(lineup: Lineup, progress: Progress | None = None) -> Comparison:
    """The same of subjects that are open already."""
    gathered = gather(lineup.subjects, lineup.worlds, lineup.seed, progress)
    return _tables(gathered, describe(gathered))


def _tables(gathered: Gathered, manifest: dict[str, Any]) -> Comparison:
    """All tables."""
    sides, codes = gathered.sides, gathered.codes
    speech = _speech([side.subject for side in sides])
    told, parted, acts = [], [], []
    for side, pairing in gathered.others:
        partings = gathered.partings.get(side.subject.key)
        if partings is not None and not pairing.why_not:
            key = side.subject.key
            parted.append(partings_table(key, partings, side.subject.weeks))
            acts.append(first_acts_table(key, partings, codes, speech))
            told.append(examples(sides[0], side, codes, speech))
    chosen = _joined(told, COLUMNS)
    return Comparison(
        manifest=manifest,
        levels=levels(sides),
        classes=classes(sides),
        differences=differences(sides[0], gathered.others),
        partings=_joined(parted, ("scenario", "week", "worlds", "share")),
        first_acts=_joined(acts, FIRST_ACTS),
        examples=chosen,
        weeks=_keyed(sides, [side.weeks for side in sides]),
        times=times(sides),
        relations=_keyed(sides, [side.relations for side in sides]),
        acts=_keyed(sides, [side.acts for side in sides]),
        events=_events(sides, chosen),
    )


def _events(sides: Sequence[Side], chosen: pd.DataFrame) -> pd.DataFrame:
    """The events of the worlds that are told: of the baseline all of them, of others their own."""
    kept = []
    for place, side in enumerate(sides):
        own = chosen if place == 0 else chosen[chosen["scenario"] == side.subject.key]
        kept.append(side.events[side.events["world"].isin(own["world"])])
    return _keyed(sides, kept)


def _keyed(sides: Sequence[Side], tables: Sequence[pd.DataFrame | None]) -> pd.DataFrame:
    """The tables one below the other, with the key of each in a first column."""
    pairs = zip(sides, tables, strict=True)
    kept = [(side.subject.key, table) for side, table in pairs if table is not None]
    whole = [table.assign(scenario=key) for key, table in kept]
    names = whole[0].columns if whole else ("scenario", "week", "actor", "on", "mean")
    joined = _joined(whole, names)
    return joined[["scenario", *(name for name in joined.columns if name != "scenario")]]


def _joined(tables: Sequence[pd.DataFrame], columns: Iterable[str]) -> pd.DataFrame:
    """The tables that have rows one below the other; without any, the columns alone."""
    kept = [table for table in tables if len(table)]
    return pd.concat(kept, ignore_index=True) if kept else pd.DataFrame(columns=list(columns))


def _speech(subjects: Sequence[Compared]) -> Speech:
    """What the actors are called, as in this version, or else as in the run."""
    titles = {actor["code"]: actor["title"] for one in subjects for actor in one.facts["actors"]}
    own = {code: actor.title for code, actor in vocabulary().actors.items()}
    return Speech(titles | own)


# ── Deeds of force and arms, in both worlds of a pair or in one ──────────────────────


LOUD = ("material", "force")
DEED = ["world", "week", "actor", "on", "track", "action"]
DEED_COLUMNS = ("world", "week", "actor", "track", "side", "label", "said")
HAVING = {"both": "both", "left_only": "before", "right_only": "after"}


def parted_worlds(examples: pd.DataFrame) -> dict[int, int]:
    """World → the week in which it parts from the baseline's, of the worlds that are told."""
    first = examples[examples["outcome"].fillna("") == ""].drop_duplicates("world")
    return dict(zip(first["world"].astype(int), first["week"].astype(int), strict=True))


def deeds_of(found: Comparison, key: str, worlds: Sequence[int], names: Names) -> pd.DataFrame:
    """The loud deeds of these worlds of the baseline and of a scenario.

    Columns: world, week, actor (name), track, side (before, after, both), label, said (whole).
    """
    baseline = found.manifest["scenarios"][0]["key"]
    one, other = (
        _loud(found.events[found.events["scenario"] == each], worlds) for each in (baseline, key)
    )
    joined = one.merge(other, on=[*DEED, "label"], how="outer", indicator=True)
    joined = joined.sort_values(["world", "week", "actor", "track"], kind="stable")
    rows = [
        (
            int(row["world"]),
            int(row["week"]),
            names.title(row["actor"]),
            row["track"],
            HAVING[str(row["_merge"])],
            phrase := verb_phrase(row["action"], row["label"], _target(names, row["on"])),
            names.deed(row["actor"], phrase),
        )
        for row in joined.to_dict("records")
    ]
    return pd.DataFrame(rows, columns=list(DEED_COLUMNS))


def _loud(events: pd.DataFrame, worlds: Sequence[int]) -> pd.DataFrame:
    kept = events[events["world"].isin(list(worlds)) & events["track"].isin(LOUD)]
    whole = kept[[*DEED, "label"]].astype({"on": "object"}).fillna({"on": ""})
    return whole.astype(dict.fromkeys(("actor", "on", "track", "action", "label"), str))


def _target(names: Names, code: str) -> str:
    return names.the(code) if code else ""
