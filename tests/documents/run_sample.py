"""A small made-up run: the content of a run folder, which a test may spoil."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from realpolitik.sim.documents.html_page import render
from realpolitik.sim.documents.run import run_document
from realpolitik.sim.documents.run_view import RunView
from realpolitik.sim.experiments.run_folder import Run

ACTORS = {"AAA": "Arcadia", "BBB": "United Boroughs", "CCC": "Houthis", "DDD": "Doria"}
ACTIONS = (  # track, action, label, how often a world
    ("words", "denounce", "denounces", 6.0),
    ("words", "support", "supports in public", 4.0),
    ("words", "threaten", "threatens", 1.5),
    ("private", "urge_restraint", "urges restraint", 2.0),
    ("material", "sanction", "imposes sanctions", 0.4),
    ("material", "offensive_arms", "sends offensive arms", 0.06),
    ("force", "show_of_force", "shows force", 1.2),
    ("force", "limited_strike", "makes a limited strike", 0.7),
    ("force", "major_strike", "makes a major strike", 0.02),
)
GRADES = ["nothing", "words", "cover", "shields", "intelligence", "offensive arms", "own force"]
SHARES = {
    "strike": ("direct_strike", "Arcadia strikes Boroughs", 0.63),
    "major": ("major_strike", "Arcadia makes a major strike", 0.12),
    "war": ("full_scale_war", "Full-scale war between any two", 0.2),
    "clash": ("great_power_clash", "Great powers clash", 0.0),
    "arms": ("act", "Doria sends Arcadia offensive arms", 0.06),
}
ALIGNMENT = {"public": ("public_alignment", 0.21), "material": ("material_alignment", 0.04)}
QUANTILES = {"q05": -1.5, "q25": -0.6, "q50": 0.0, "q75": 0.6, "q95": 1.5}


@dataclass
class Sample:
    """A manifest and the four tables beside it."""

    manifest: dict[str, Any]
    runs: pd.DataFrame
    weeks: pd.DataFrame
    events: pd.DataFrame
    acts: pd.DataFrame

    def run(self) -> Run:
        """As it is read from a folder."""
        return Run(Path("made_up"), self.manifest, self.runs, self.weeks, self.events, self.acts)

    def view(self) -> RunView:
        """As its document looks into it."""
        return RunView(self.run())

    def page(self) -> str:
        """Its report."""
        return render(run_document(self.run()))


def sample(worlds: int = 1000, weeks: int = 26) -> Sample:
    """The sample with so many worlds and weeks."""
    tables = _runs(worlds), _weeks(worlds, weeks), _events(weeks), _acts()
    return Sample(_manifest(worlds, weeks), *tables)


def assume(made: Sample) -> None:
    """Gives a sample the interval over what is assumed: 20 to 90 of 100 for its first outcome."""
    source = {"source": "what is known of them", "numbers": 700, "estimated": 400}
    settings = {**source, "settings": 62, "each": 16, "seconds": 1.5}
    made.manifest["uncertain"] = {"drawn": None, "assumed": settings}
    for one in made.manifest["outcomes"]:
        one["assumed"] = {"mean": one["mean"], "low": one["mean"] / 2, "high": one["mean"] * 1.5}
    made.manifest["outcomes"][0]["assumed"] = {"mean": 0.5, "low": 0.2, "high": 0.9}


def _runs(worlds: int) -> pd.DataFrame:
    rank = (np.arange(worlds) + 0.5) / worlds
    shares = {name: (rank < share).astype(float) for name, (_, _, share) in SHARES.items()}
    came = np.where(rank < 0.63, 1 + np.floor(8 * rank), np.nan)
    sides = {"public": np.where(rank < 0.97, 0.2, -0.1), "material": np.full(worlds, 0.05)}
    return pd.DataFrame({"world": np.arange(worlds), **shares, "weeks_to": came, **sides})


def outcome(name: str, measure: str, scale: str, mean: float, **more: Any) -> dict[str, Any]:
    """An outcome of the manifest; None for numbers that are not given."""
    half = 0.03 if scale == "share" else 0.1
    numbers = {"median": mean, "q05": mean - 1, "q95": mean + 1, "n": 1000, "worlds": 1000}
    interval = {"mean": mean, "low": max(0.0, mean - half), "high": mean + half}
    named = {"name": name, "label": name, "measure": measure, "scale": scale}
    return {**named, **interval, **numbers, "base_rate": None, "shares": None, **more}


def base_rate(value: float, n: int | None = 393, unit: str = "share") -> dict[str, Any]:
    """A base rate."""
    statement = "Of 100 like crises so many went that way"
    return {"value": value, "n": n, "unit": unit, "source": "ICB", "statement": statement}


def classes(names: tuple[str, ...], shares: tuple[float, ...]) -> dict[str, Any]:
    """Shares by category."""
    pairs = zip(names, shares, strict=True)
    return {name: {"share": s, "low": max(0, s - 0.02), "high": s + 0.02} for name, s in pairs}


def _outcomes(worlds: int) -> list[dict[str, Any]]:
    who: dict[str, dict[str, Any]] = {
        "strike": {"by": "AAA", "on": "BBB", "base_rate": base_rate(0.57)},
        "major": {"by": "AAA", "on": "BBB"},
        "war": {"base_rate": base_rate(0.19, 71)},
        "clash": {"base_rate": base_rate(0.0, None)},
        "arms": {"by": "DDD", "on": "AAA", "action": "offensive_arms"},
    }
    shares = [
        outcome(name, measure, "share", mean, label=label, **who[name])
        for name, (measure, label, mean) in SHARES.items()
    ]
    grades = classes(tuple("0123456"), (0.1, 0.4, 0.2, 0.15, 0.08, 0.06, 0.01))
    deaths = classes(("0", "1–9", "10–99", "100–999", "1000+"), (0.5, 0.3, 0.15, 0.05, 0.0))
    weeks = {"by": "AAA", "on": "BBB", "base_rate": base_rate(1, 824, "weeks"), "n": 630}
    toward = {"by": "DDD", "toward": "AAA"}
    found = [
        *shares[:2],
        outcome("weeks_to", "weeks_to", "weeks", 2.0, action="direct_strike", **weeks),
        *shares[2:],
        outcome("highest", "highest_rung", "rung", 6.2, label="Highest rung reached"),
        outcome("deaths", "civilian_deaths", "number", 12.0, on="BBB", shares=deaths),
        outcome("help", "help_grade", "grade", 2.1, by="DDD", to="AAA", shares=grades),
        *(outcome(name, m, "alignment", mean, **toward) for name, (m, mean) in ALIGNMENT.items()),
        outcome("calm", "weeks_to_deescalation", "weeks", 14.0, n=800, base_rate=None),
    ]
    return [{**each, "worlds": worlds, "n": round(each["n"] * worlds / 1000)} for each in found]


def _weeks(worlds: int, weeks: int) -> pd.DataFrame:
    week = np.arange(1, weeks + 1)
    arrived = 1 - np.exp(-week / 5.0)
    means = {name: share * arrived for name, (_, _, share) in SHARES.items()}
    means |= {name: mean * arrived**0.2 for name, (_, mean) in ALIGNMENT.items()}
    means["rung"] = 2 + 4 * np.exp(-((week - 3) ** 2) / 40)
    tables = []
    for measure, mean in means.items():
        wide = 1.2 if measure == "rung" else 0.05
        bands = {name: mean + wide * step for name, step in QUANTILES.items()}
        columns = {"week": week, "measure": measure, "mean": mean, "n": worlds, **bands}
        tables.append(pd.DataFrame(columns))
    return pd.concat(tables, ignore_index=True)


def _acts() -> pd.DataFrame:
    rows = [
        (actor, on, track, action, label, often * (1 + place) / 2)
        for place, (actor, on) in enumerate([("AAA", "BBB"), ("BBB", "AAA"), ("CCC", "BBB")])
        for track, action, label, often in ACTIONS
    ]
    rows.append(("DDD", "AAA", "material", "offensive_arms", "sends offensive arms", 0.06))
    names = ["actor", "on", "track", "action", "label", "per_world"]
    return pd.DataFrame(rows, columns=names).assign(background=False)


def _events(weeks: int) -> pd.DataFrame:
    acts = _acts()
    rows = [
        {"world": world, "week": week, **acts.iloc[(7 * week + 3 * turn + world) % len(acts)]}
        for world in (0, 7)
        for week in range(1, weeks + 1)
        for turn in range(0 if week % 5 == 0 else 3)
    ]
    names = ["world", "week", "actor", "on", "track", "action", "label"]
    return pd.DataFrame(rows, columns=names).assign(date="2024-08-05", goldstein=0.0)


def _manifest(worlds: int, weeks: int) -> dict[str, Any]:
    return {
        "tool": {"name": "realpolitik", "version": "0.1.0"},
        "versions": {"python": "3.12.1", "mesa": "3.5.1"},
        "created": "2024-08-05T12:00:00+00:00",
        "seed": 7,
        "worlds": worlds,
        "seconds": 1.25,
        "worlds_per_second": worlds / 1.25,
        "hash": "0123456789abcdef" * 4,
        "command": f"realpolitik run made_up --worlds {worlds} --seed 7",
        "scenario": _scenario(weeks),
        "outcomes": _outcomes(worlds),
        "provenance": {
            "parameters": 40,
            "estimated": 3,
            "grounded": 6,
            "assumed": 31,
            "fixed": 5,
            "examples": [_parameter()],
        },
        "incentives": [{**_parameter(), "actor": "AAA", "name": "b_enmity.border", "why": "Old."}],
        "typical_world": {"world": 7},
        "help_grades": [{"grade": n, "label": label} for n, label in enumerate(GRADES)],
    }


def _parameter() -> dict[str, Any]:
    numbers = {"default": -0.3, "low": -0.6, "high": 0.0}
    words = {"provenance": "assumed", "source": "assumed", "meaning": "An enmity."}
    return {"address": "AAA.b_enmity", **numbers, **words}


def _scenario(weeks: int) -> dict[str, Any]:
    shock = {"kind": "shift", "date": None, "when": None, "source": "Made up", "probability": 1.0}
    names = ("leader_killed", "fleet_moves_to_arcadia", "aid_for_doria", "election_in_the_boroughs")
    shocks = [
        {**shock, "id": name, "week": week, "felt_week": week + (week > 9), "note": f"So {name}."}
        for name, week in zip(names, (1, 1, 2, 14), strict=True)
    ]
    return {
        "name": "made_up",
        "title": "A quarrel between Arcadia and the Boroughs",
        "question": "Does Arcadia strike, how far does it climb, and what does Doria do?",
        "start": "2024-08-05",
        "weeks": weeks,
        "actors": [{"code": code, "title": title} for code, title in ACTORS.items()],
        "shocks": shocks,
        "deals": [],
        "parameters": {"AAA.b_enmity": -0.4},
        "sources": ["Made up, see https://example.org/made-up"],
    }
