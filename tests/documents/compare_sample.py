"""Small made-up comparisons."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from realpolitik.sim.comparison.comparison import Comparison
from realpolitik.sim.comparison.divergence import FIRST_ACTS
from realpolitik.sim.documents.compare import compare_document
from realpolitik.sim.documents.document import PAGE, Chart, Table

ACTORS = {"AAA": "Arcadia", "BBB": "United Boroughs", "CCC": "Houthis", "DDD": "Doria"}
TITLES = ("As it was", "With harsh words", "Without ships", "With a quiet channel", "With a wedge")
OUTCOMES = (  # name, label, scale, level of the baseline, change a scenario
    ("strike", "Arcadia strikes Boroughs", "share", 0.6, 0.08),
    ("war", "War between any two", "share", 0.18, 0.0),
    ("arms", "Doria sends Arcadia offensive arms", "share", 0.04, -0.01),
    ("weeks_to_strike", "Weeks until Arcadia strikes", "weeks", 9.0, -1.0),
    ("rung", "Highest rung reached", "rung", 7.5, 0.2),
    ("help", "Highest grade of help", "grade", 3.0, 0.1),
    ("deaths", "Civilian deaths", "number", 14.0, 6.0),
    ("public_alignment", "Doria's public alignment with Arcadia", "alignment", 0.12, 0.03),
    ("material_alignment", "Doria's material alignment with Arcadia", "alignment", 0.03, -0.01),
)
GRADES = ("nothing", "words", "cover", "shields", "intelligence", "offensive arms", "own force")
DEEDS = (  # track, action, label
    ("force", "limited_strike", "makes a limited strike"),
    ("material", "sanction", "imposes sanctions"),
    ("words", "denounce", "denounces"),
)


@dataclass
class Sample:
    """A comparison that a test may spoil."""

    manifest: dict[str, Any]
    tables: dict[str, pd.DataFrame]

    @property
    def scenarios(self) -> Any:
        """What the manifest says of each."""
        return self.manifest["scenarios"]

    @property
    def found(self) -> Comparison:
        """The comparison."""
        return Comparison(self.manifest, **self.tables)

    def change(self, table: str, **columns: Any) -> None:
        """Gives columns of a table other values."""
        self.tables[table] = self.tables[table].assign(**columns)

    def unpair(self, key: str, why: str = "other seed (0 and 7)") -> None:
        """Makes one scenario one that is not paired."""
        for each in self.manifest["scenarios"]:
            if each["key"] == key:
                each |= {"paired": False, "why_not": why, "seed": 7}
        rows = self.tables["differences"]["scenario"] == key
        unknown = ["up", "down", "same", "width_paired", "gain"]
        self.tables["differences"].loc[rows, unknown] = np.nan
        self.tables["differences"].loc[rows, "paired"] = False
        for name in ("partings", "first_acts", "examples"):
            table = self.tables[name]
            self.tables[name] = table[table["scenario"] != key]


def sample(scenarios: int = 2, weeks: int = 26, worlds: int = 1000) -> Sample:
    """A comparison of so many scenarios, all paired with the first."""
    keys = [f"scenario_{place}" for place in range(scenarios)]
    tables = {
        "levels": _levels(keys, worlds),
        "differences": _differences(keys, worlds),
        "classes": _classes(keys, worlds),
        "partings": _partings(keys, weeks, worlds),
        "first_acts": _first_acts(keys),
        "examples": _examples(keys),
        "weeks": _weeks(keys, weeks, worlds),
        "times": _times(keys, weeks, worlds),
        "relations": _relations(keys, weeks),
        "acts": pd.DataFrame(),
        "events": _events(keys, weeks),
    }
    return Sample(_manifest(keys, weeks, worlds), tables)


def _manifest(keys: list[str], weeks: int, worlds: int) -> dict[str, Any]:
    return {
        "tool": {"name": "realpolitik", "version": "0.1.0"},
        "seed": 0,
        "worlds": worlds,
        "paired": True,
        "notes": [],
        "scenarios": [
            {
                "key": key,
                "called": f"crises/{key}",
                "outcomes": {
                    name: {"measure": name, "by": "DDD", "toward": "AAA"} for name, *_ in OUTCOMES
                },
                "name": key,
                "title": TITLES[place],
                "question": "What happens?",
                "start": "2024-08-05",
                "weeks": weeks,
                "own_weeks": weeks,
                "seed": 0,
                "set": {},
                "ran": True,
                "worlds": worlds,
                "counted": worlds,
                "paired": True,
                "why_not": "",
                "actors": [{"code": code, "title": title} for code, title in ACTORS.items()],
                "shocks": [_shock("opening", 1), *([_shock("insult", 6)] if place else [])],
            }
            for place, key in enumerate(keys)
        ],
    }


def _shock(name: str, week: int) -> dict[str, Any]:
    shock = {"id": name, "kind": "insult", "week": week, "felt_week": week, "when": None}
    return {**shock, "date": None, "note": f"The {name}.", "source": "x", "probability": 1.0}


def _level(place: int, outcome: tuple[str, str, str, float, float]) -> float:
    return outcome[3] + place * outcome[4]


def _half(scale: str, level: float) -> float:
    return 0.03 if scale == "share" else 0.05 * abs(level) + 0.002


def _levels(keys: list[str], worlds: int) -> pd.DataFrame:
    rows = []
    for place, key in enumerate(keys):
        for outcome in OUTCOMES:
            name, label, scale, *_ = outcome
            level = _level(place, outcome)
            half = _half(scale, level)
            row: dict[str, Any] = {"scenario": key, "outcome": name}
            row |= {"label": label, "scale": scale}
            row |= {"mean": level, "low": max(0.0, level - half), "high": level + half}
            row |= {"n": worlds, "worlds": worlds, "came": 0.8 if scale == "weeks" else np.nan}
            rows.append(row)
    return pd.DataFrame(rows)


def _differences(keys: list[str], worlds: int) -> pd.DataFrame:
    rows = []
    for place, key in enumerate(keys[1:], start=1):
        for outcome in OUTCOMES:
            name, label, scale, level, change = outcome
            half = _half(scale, level)
            row: dict[str, Any] = {"scenario": key, "outcome": name}
            row |= {"label": label, "scale": scale}
            row |= {"difference": place * change, "paired": True, "pairs": worlds}
            row |= {"low": place * change - half / 4, "high": place * change + half / 4}
            row |= {"up": 0.09, "down": 0.01, "same": 0.9}
            row |= {"width_paired": half / 2, "width_unpaired": 3 * half, "gain": 6.0}
            note = "a week that never came counts as week 26" if scale == "weeks" else ""
            rows.append(row | {"note": note})
    return pd.DataFrame(rows)


def _classes(keys: list[str], worlds: int) -> pd.DataFrame:
    rows = []
    for place, key in enumerate(keys):
        weights = np.arange(1.0, 8.0) ** (0.2 * place)
        for grade, share in enumerate(weights / weights.sum()):
            ends = {"low": max(0.0, share - 0.02), "high": share + 0.02, "worlds": worlds}
            row = {"scenario": key, "outcome": "help", "category": str(grade)}
            rows.append({**row, "label": GRADES[grade], "share": share, **ends})
    return pd.DataFrame(rows)


def _partings(keys: list[str], weeks: int, worlds: int) -> pd.DataFrame:
    week = np.arange(weeks + 1)
    tables = []
    for place, key in enumerate(keys[1:], start=1):
        share = np.where(week == 0, 0.05, np.exp(-week * place / 4))
        share[1:] *= 0.95 / share[1:].sum()
        counts = (worlds * share).round().astype(int)
        tables.append(
            pd.DataFrame({"scenario": key, "week": week, "worlds": counts, "share": share})
        )
    columns = ["scenario", "week", "worlds", "share"]
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=columns)


def _first_acts(keys: list[str]) -> pd.DataFrame:
    did = ("stays silent toward Arcadia", "offers a deal to Arcadia")
    rows = [(key, "DDD", "AAA", "private", *did, 300, 0.3) for key in keys[1:]]
    return pd.DataFrame(rows, columns=FIRST_ACTS)


def _examples(keys: list[str]) -> pd.DataFrame:
    rows = []
    for key in keys[1:]:
        for world in (3, 17, 40):
            row = {"scenario": key, "world": world, "actor": "DDD"}
            deed = "Week 2: instead of staying silent, Doria offers a deal to Arcadia."
            rows.append({**row, "week": 2, "outcome": "", "sentence": deed})
            told = "Over the whole run, “Highest rung reached”: 8 instead of 7."
            rows.append({**row, "week": 0, "outcome": "rung", "sentence": told})
    columns = ["scenario", "world", "actor", "week", "outcome", "sentence"]
    return pd.DataFrame(rows, columns=columns)


def _weeks(keys: list[str], weeks: int, worlds: int) -> pd.DataFrame:
    week = np.arange(1, weeks + 1)
    tables = []
    for place, key in enumerate(keys):
        middle = 4 + (2 + 0.4 * place) * np.exp(-(((week - 4) / 6) ** 2))
        edges = {"q05": -1.5, "q25": -0.6, "q50": 0.0, "q75": 0.6, "q95": 1.5}
        ends = {name: middle + shift for name, shift in edges.items()}
        known = {"scenario": key, "week": week, "measure": "rung", "mean": middle, "n": worlds}
        tables.append(pd.DataFrame({**known, **ends}))
    return pd.concat(tables, ignore_index=True)


def _times(keys: list[str], weeks: int, worlds: int) -> pd.DataFrame:
    week = np.arange(1, weeks + 1)
    tables = []
    for place, key in enumerate(keys):
        share = (0.6 + 0.05 * place) * (1 - np.exp(-week / 3))
        came = np.diff(np.concatenate([[0.0], share])) * worlds
        known = {"scenario": key, "outcome": "weeks_to_strike", "week": week}
        ends = {"share_by_then": share, "low": share * 0.95, "high": share * 1.03}
        counts = {"at_risk": worlds * (1 - share) + came, "came": came}
        tables.append(pd.DataFrame({**known, **ends, **counts}).round({"at_risk": 0, "came": 0}))
    return pd.concat(tables, ignore_index=True)


def _relations(keys: list[str], weeks: int) -> pd.DataFrame:
    rows = []
    for place, key in enumerate(keys):
        for actor in ACTORS:
            for on in ACTORS:
                if actor != on:
                    rise = (0.004 * place if (actor, on) == ("DDD", "BBB") else 0.001) * 1.0
                    rows += [(key, week, actor, on, 0.5 + rise * week) for week in range(weeks + 1)]
    return pd.DataFrame(rows, columns=["scenario", "week", "actor", "on", "mean"])


def _events(keys: list[str], weeks: int) -> pd.DataFrame:
    rows = []
    for place, key in enumerate(keys):
        for world in (3, 17, 40):
            for week in range(1, weeks + 1):
                track, action, label = DEEDS[(week + world) % 3]
                late = place and week > 4 and week % 3 == 0
                actor = list(ACTORS)[(week + bool(late)) % 4]
                on = list(ACTORS)[(week + 2) % 4]
                rows.append((key, world, week, actor, on, track, action, label))
    columns = ["scenario", "world", "week", "actor", "on", "track", "action", "label"]
    return pd.DataFrame(rows, columns=columns)


def charts_of(made: Sample) -> dict[str, Chart]:
    """The charts of its page, by name."""
    document = compare_document(made.found)
    blocks = (one for section in document.on(PAGE) for one in section.body(PAGE))
    return {one.name: one for one in blocks if isinstance(one, Chart)}


def rows_on(table: Table, medium: str) -> list[dict[str, str]]:
    """Heading → cell, a row each, with plain spaces."""
    heads = [column.head(medium).replace("\u00a0", " ") for column in table.shown(medium)]
    rows = [[cell.replace("\u00a0", " ") for cell in row] for row in table.cells(medium)]
    return [dict(zip(heads, row, strict=True)) for row in rows]
