"""What a comparison says of itself: what was compared, and what is to be known of it."""

from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

from realpolitik.sim.study.compare.gathering import Gathered
from realpolitik.sim.study.compare.pairing import SAME, Pairing
from realpolitik.sim.study.compare.sides import Side
from realpolitik.sim.study.compare.subjects import Subject
from realpolitik.sim.study.located import FORMAT


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


def _length(subject: Subject) -> Iterator[str]:
    """That it is run for other weeks than its own, and what no longer comes."""
    if subject.own_weeks is not None:
        late = subject.too_late
        shocks = "1 of its shocks comes" if late == 1 else f"{late} of its shocks come"
        left = f"; {shocks} later and so not at all" if late else ""
        yield (
            f"run for {subject.weeks} weeks, as the baseline, instead of its own "
            f"{subject.own_weeks}{left}"
        )
