"""The rows that `realpolitik compare` prints, an outcome each, and what is said below them."""

import math
from typing import Any

import pandas as pd

from realpolitik.sim.study.compare.comparison import Comparison
from realpolitik.sim.words.numbers import percent
from realpolitik.sim.words.scales import Measure, came_said, capped, said, span

HEADINGS = ("Outcome", "Baseline", "Other", "Difference", "95 % interval", "Up", "Down", "Gain")

CAPPED = "a week that never came"
"""Begins the note that every row of weeks has, and which stands in its label."""

Row = dict[str, Any]


def outcome_rows(found: Comparison, key: str, *, spans: bool = False) -> list[dict[str, str]]:
    """A row an outcome, as it is printed; with `spans` levels have their intervals behind them."""
    baseline = found.manifest["scenarios"][0]["key"]
    levels = {(one["scenario"], one["outcome"]): one for one in records(found.levels)}
    rows = []
    for one in _differences(found, key):
        before, after = (levels[name, one["outcome"]] for name in (baseline, key))
        measure = Measure(one["label"], one["scale"])
        values = (
            _label(found, one),
            *(_level(level, spans=spans) for level in (before, after)),
            signed(one["difference"], measure),
            measure.change_span(one["low"], one["high"]),
            *(said(one[side], "share") if one["paired"] else "" for side in ("up", "down")),
            f"{one['gain']:.1f}×" if math.isfinite(one["gain"]) else "",
        )
        rows.append(dict(zip(HEADINGS, values, strict=True)))
    return rows


def notes_of(found: Comparison, key: str) -> list[str]:
    """What is to be known of single rows, each once with the rows that it is about."""
    above = found.manifest["notes"]
    about: dict[str, list[str]] = {}
    for one in _differences(found, key):
        for note in filter(None, one["note"].split("; ")):
            about.setdefault(note, []).append(one["label"])
    return _came(found, key) + [
        f"{note[:1].upper()}{note[1:]}: {', '.join(labels)}."
        for note, labels in about.items()
        if not note.startswith(CAPPED)
        and not any(told.startswith(f"{key}: {note}") for told in above)
    ]


def _came(found: Comparison, key: str) -> list[str]:
    """Of each outcome in weeks, in how many worlds it came, in a sentence."""
    baseline = found.manifest["scenarios"][0]["key"]
    shares = {(one["scenario"], one["outcome"]): one["came"] for one in records(found.levels)}
    rows = [one for one in _differences(found, key) if one["scale"] == "weeks"]
    pairs = [(one, *(shares[name, one["outcome"]] for name in (baseline, key))) for one in rows]
    return [
        f"{one['label']}: {came_said(before)} of worlds, in the other scenario in {percent(after)}."
        for one, before, after in pairs
    ]


def _differences(found: Comparison, key: str) -> list[Row]:
    return [one for one in records(found.differences) if one["scenario"] == key]


def _label(found: Comparison, row: Row) -> str:
    """What the outcome is called, and what is to be known of its difference."""
    horizon = min(one["weeks"] for one in found.manifest["scenarios"])
    label = capped(str(row["label"]), row["scale"], horizon)
    return label if row["paired"] else f"{label} (not paired)"


def signed(value: float, measure: Measure) -> str:
    """A difference: `+4.1 points` of a hundred worlds, `−0.30`, `+0.048`."""
    bare = measure.bare_change(value)
    return f"{bare} points" if measure.scale == "share" else bare


def _level(level: Row, *, spans: bool) -> str:
    """What differences are taken of."""
    scale = level["scale"]
    middle, low, high = (float(level[name]) for name in ("mean", "low", "high"))
    return f"{said(middle, scale)} ({span(low, high, scale)})" if spans else said(middle, scale)


def records(frame: pd.DataFrame) -> list[Row]:
    """The rows of a table as objects."""
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]
