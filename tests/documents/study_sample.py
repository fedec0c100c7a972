"""Small made-up studies, of each sampler."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from realpolitik.sim.analysis.study import Study
from realpolitik.sim.analysis.view import StudyView
from realpolitik.sim.documents.study import study_page
from realpolitik.sim.experiments.tallies import Findings

Array = NDArray[np.float64]

NAMES = ("AAA.b_ties", "AAA.fear_of_war", "BBB.pride", "DDD.trade", "engine.noise")
OUTCOMES = (  # name, label, scale, mean in the middle, how far it moves
    ("arms", "Doria sends Arcadia offensive arms", "share", 0.12, 0.1),
    ("strike", "Arcadia strikes Boroughs", "share", 0.55, 0.15),
    ("rung", "Highest rung", "rung", 6.0, 1.5),
    ("weeks_to", "Weeks to the first strike", "weeks", 4.0, 1.0),
)
THRESHOLDS = {"arms": 0.05}


@dataclass
class Sample:
    """What a study is made of; a test may spoil it."""

    study: dict[str, Any]
    points: pd.DataFrame
    tables: dict[str, pd.DataFrame]
    failures: pd.DataFrame
    notes: list[str] = field(default_factory=list)

    def made(self) -> Study:
        """The study, without the sums that its tables came of."""
        worlds = np.full(len(self.points), self.study["worlds"])
        findings = Findings(self.study, self.points, worlds, {})
        return Study(Path("made_up"), findings, self.tables, tuple(self.notes), self.failures)

    def view(self) -> StudyView:
        """The study, looked into."""
        return StudyView(self.made())

    def page(self) -> str:
        """Its page."""
        return study_page(self.made())


def sample(sampler: str = "grid", addresses: int = 1, worlds: int = 1000) -> Sample:
    """A study with so many addresses; the first matter more than the others."""
    names = [*NAMES, *(f"CCC.weight_{place}" for place in range(len(NAMES), addresses))]
    names = names[:addresses]
    points = _points(sampler, names)
    study = _study(sampler, names, worlds)
    tables = {"summary": _summary(points, worlds), "spread": _spread(points, worlds)}
    makers: dict[str, tuple[tuple[str, Callable[..., pd.DataFrame]], ...]] = {
        "grid": (("curves", _curves), ("effects", _effects), ("tipping", _tipping)),
        "one_at_a_time": (("curves", _curves), ("effects", _effects), ("tipping", _tipping)),
        "sobol": (("sobol", _sobol),),
        "morris": (("morris", _morris),),
    }
    tables |= {name: make(names, worlds) for name, make in makers.get(sampler, ())}
    if sampler in ("latin_hypercube", "sobol"):
        tables |= {"boxes": _boxes(names, points), "peeling": _peeling(points)}
        study["favoured"] = {"outcome": "arms", "side": "above", "level": 0.15}
    return Sample(
        study, points, tables, pd.DataFrame(columns=["point", "first_world", "worlds", "error"])
    )


def _study(sampler: str, names: list[str], worlds: int) -> dict[str, Any]:
    vary = [
        {
            "address": name,
            "low": 0.0,
            "high": 0.8,
            "values": [],
            "default": 0.3,
            "declared": [0.0, 1.0],
            "meaning": f"What {name} is worth.",
            "unit": "weight",
        }
        for name in names
    ]
    scenario = {"name": "made_up", "title": "A quarrel between Arcadia and the Boroughs"}
    scenario |= {"question": "Does Arcadia strike?", "called": "made_up"}
    return {
        "format": 1,
        "version": "0.1.0",
        "name": "ties",
        "sampler": sampler,
        "title": "How much must Arcadia value the Boroughs before Doria stops arming it?",
        "question": "At which value of the ties do offensive arms become rare?",
        "scenario": {**scenario, "weeks": 26},
        "vary": vary,
        "points": 11,
        "worlds": worlds,
        "seed": 7,
        "outcomes": [
            {"name": name, "label": label, "scale": scale} for name, label, scale, _, _ in OUTCOMES
        ],
        "measures": {},
        "command": "realpolitik sweep ties",
        "until": None,
        "thresholds": dict(THRESHOLDS),
        "favoured": None,
    }


def _points(sampler: str, names: list[str]) -> pd.DataFrame:
    levels = np.linspace(0, 0.8, 9 if len(names) > 1 else 17)
    if sampler == "grid":
        grid = product(levels, levels if len(names) > 1 else [0.3], [0.1, 0.3, 0.6])
        rows = [(row + (0.3,) * len(names))[: len(names)] for row in grid]
        values = np.unique(np.array(rows), axis=0)
    elif sampler == "one_at_a_time":
        own, places = np.full(len(names), 0.3), np.arange(len(names))
        moved = [np.where(places == place, x, own) for place in places for x in levels]
        values = np.array([own, *moved])
    else:
        values = 0.8 * np.random.default_rng(1).random((300, len(names)))
    table = pd.DataFrame(values, columns=names)
    table.insert(0, "point", np.arange(len(table)))
    return table


def _mean(outcome: tuple[Any, ...], values: Array) -> Array:
    """Mean of an outcome at settings (points, addresses): falls with the first, then less."""
    *_, middle, moves = outcome
    weights = np.array([0.5**place * (-1) ** (place + 1) for place in range(values.shape[1])])
    pushed = (np.tanh(3 * (values - 0.3)) * weights).sum(axis=1)
    return np.asarray(middle + moves * pushed)


def _error(outcome: tuple[Any, ...], worlds: int) -> float:
    return float({"share": 0.4, "rung": 2.0, "weeks": 3.0}[outcome[2]] / np.sqrt(worlds))


def _came(outcome: tuple[Any, ...]) -> float:
    return 0.8 if outcome[2] == "weeks" else np.nan


def _summary(points: pd.DataFrame, worlds: int) -> pd.DataFrame:
    values = points.drop(columns="point").to_numpy()
    tables = []
    for place, outcome in enumerate(OUTCOMES):
        half = 1.96 * _error(outcome, worlds)
        wiggle = 0.4 * half * np.sin(7.0 * np.arange(len(points)) + place)
        mean = _mean(outcome, values) + wiggle
        numbers = {"mean": mean, "low": mean - half, "high": mean + half}
        table = pd.DataFrame({"outcome": outcome[0], "point": points["point"], **numbers})
        tables.append(_bounded(table, outcome).assign(n=worlds, worlds=worlds, came=_came(outcome)))
    return pd.concat(tables, ignore_index=True)


def _bounded(table: pd.DataFrame, outcome: tuple[Any, ...]) -> pd.DataFrame:
    most = 1.0 if outcome[2] == "share" else np.inf
    numbers = ["mean", "low", "high"]
    return table.assign(**{name: table[name].clip(0.0, most) for name in numbers})


def _spread(points: pd.DataFrame, worlds: int) -> pd.DataFrame:
    values = points.drop(columns="point").to_numpy()
    rows = []
    for outcome in OUTCOMES:
        mean = _mean(outcome, values)
        error = _error(outcome, worlds)
        around = {"low": mean.mean() - error / 2, "high": mean.mean() + error / 2}
        both = {"parameter_sd": mean.std(), "noise_sd": error}
        ends = {"least": max(0.0, mean.min()), "greatest": mean.max()}
        n = {"n": worlds * len(points), "points": len(points)}
        rows.append(
            {
                "outcome": outcome[0],
                "mean": mean.mean(),
                **around,
                **n,
                **both,
                **ends,
                "came": _came(outcome),
            }
        )
    return pd.DataFrame(rows)


def _curves(names: list[str], worlds: int) -> pd.DataFrame:
    levels, tables = np.linspace(0, 0.8, 17 if len(names) == 1 else 9), []
    for (place, name), outcome in product(enumerate(names), OUTCOMES):
        values = np.full((len(levels), len(names)), 0.3)
        values[:, place] = levels
        mean, half = _mean(outcome, values), 1.96 * _error(outcome, worlds)
        numbers = {"mean": mean, "low": mean - half, "high": mean + half, "n": worlds, "points": 1}
        numbers |= {"came": _came(outcome)}
        ids = {"outcome": outcome[0], "address": name, "value": levels}
        tables.append(_bounded(pd.DataFrame({**ids, **numbers}), outcome))
    return pd.concat(tables, ignore_index=True)


def _effects(names: list[str], worlds: int) -> pd.DataFrame:
    rows = []
    for (place, name), outcome in product(enumerate(names), OUTCOMES):
        values = np.full((2, len(names)), 0.3)
        values[:, place] = 0, 0.8
        (low, high), half = _mean(outcome, values), 1.96 * _error(outcome, worlds)
        row = {"outcome": outcome[0], "address": name, "value_low": 0.0, "value_high": 0.8}
        row |= {"at_low": low, "at_low_low": low - half, "at_low_high": low + half}
        row |= {"at_high": high, "at_high_low": high - half, "at_high_high": high + half}
        row |= {"difference": high - low, "low": high - low - half / 2}
        row |= {"at_low_came": _came(outcome), "at_high_came": _came(outcome)}
        rows.append({**row, "high": high - low + half / 2, "n": worlds, "points": 1})
    return pd.DataFrame(rows)


def _tipping(names: list[str], worlds: int) -> pd.DataFrame:
    rows = []
    for place, name in enumerate(names):
        row = {"outcome": "arms", "address": name, "threshold": 0.05, "n": worlds}
        found: dict[str, Any] = {
            "value": 0.58,
            "low": 0.52,
            "high": 0.66,
            "direction": "falling",
            "note": "",
        }
        never: dict[str, Any] = dict.fromkeys(("value", "low", "high"), np.nan)
        never |= {"direction": "never", "note": "stays at or above 0.05"}
        rows.append({**row, **(never if place else found)})
    return pd.DataFrame(rows)


def _sobol(names: list[str], worlds: int) -> pd.DataFrame:
    rows = []
    for (place, name), outcome in product(enumerate(names), OUTCOMES):
        first, total = 0.62 * 0.4**place, 0.7 * 0.45**place
        row: dict[str, Any] = {"outcome": outcome[0], "address": name}
        row |= {"first": first, "total": total}
        for index, middle in (("first", first), ("total", total)):
            row |= {f"{index}_low": middle - 0.08, f"{index}_high": middle + 0.08}
            row |= {f"{index}_noise_low": middle - 0.03, f"{index}_noise_high": middle + 0.03}
        rows.append({**row, "n": worlds, "points": 300})
    return pd.DataFrame(rows)


def _morris(names: list[str], worlds: int) -> pd.DataFrame:
    rows = []
    for (place, name), outcome in product(enumerate(names), OUTCOMES):
        size = outcome[4] * 0.55**place
        row = {"outcome": outcome[0], "address": name, "mu": -size * (place % 3 - 1)}
        row |= {"mu_star": size, "mu_star_low": 0.8 * size, "mu_star_high": 1.2 * size}
        rows.append({**row, "sigma": 0.5 * size, "n": worlds, "points": 300})
    return pd.DataFrame(rows)


def _boxes(names: list[str], points: pd.DataFrame) -> pd.DataFrame:
    totals = {"coverage": 0.82, "density": 0.76, "mass": 0.24, "n_points": 72, "box": 3}
    rows = [
        {"address": name, "low": 0.0, "high": 0.21 + place / 3, "p_value": 0.2 * place}
        for place, name in enumerate(names[:2])
    ]
    return pd.DataFrame(rows).assign(**totals, cases=67, uncertain=9)


def _peeling(points: pd.DataFrame) -> pd.DataFrame:
    steps = [(1.0, 0.22), (0.97, 0.4), (0.91, 0.6), (0.82, 0.76), (0.5, 0.86), (0.3, 0.95)]
    table = pd.DataFrame(steps, columns=["coverage", "density"])
    n = (len(points) * 0.22 * table["coverage"] / table["density"]).round().astype(int)
    table = table.assign(box=table.index, mass=n / len(points), n_points=n, restricted=2)
    return table.assign(chosen=table.index == 3, cases=67, uncertain=9)
