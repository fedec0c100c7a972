"""Findings made by hand, out of the values of every world."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from realpolitik.sim.experiments.tallies import Findings
from realpolitik.sim.stats.intervals import Scale
from realpolitik.sim.stats.jackknife import BATCHES, Tally

Array = NDArray[np.float64]
Make = Callable[..., Findings]
WEEKS = 26


def tally(values: Array, scale: str = "number") -> Tally:
    """Sums of values (points, worlds) over batches; NaN is a week that never came, or no world."""
    ran = np.isfinite(values)
    if scale == "weeks":
        ran = np.ones_like(ran)
    counted = np.where(ran, Scale.of(scale, WEEKS).counted(values), 0.0)
    batch = np.arange(values.shape[1]) % BATCHES
    sums = np.stack(
        [
            [part[:, batch == b].sum(axis=1) for b in range(BATCHES)]
            for part in (ran, counted, counted**2, np.isfinite(values))
        ]
    ).transpose(0, 2, 1)
    n, total, squares, came = sums
    return Tally(n.astype(np.int64), total, squares, came.astype(np.int64))


def findings(
    points: Mapping[str, Any],
    sampler: str = "grid",
    scale: str = "number",
    default: float = 0.0,
    bounds: tuple[float, float] | None = None,
    worlds: Mapping[str, Array] | None = None,
    **study: Any,
) -> Findings:
    """Findings at points (address → values), of outcomes with given values (points, worlds)."""
    outcomes = worlds or {}
    design = pd.DataFrame({name: np.asarray(v, dtype=np.float64) for name, v in points.items()})
    vary = [
        {
            "address": name,
            "low": bounds[0] if bounds else float(design[name].min()),
            "high": bounds[1] if bounds else float(design[name].max()),
            "values": [],
            "default": default,
        }
        for name in design
    ]
    settings: dict[str, Any] = {
        "scenario": {"weeks": WEEKS},
        "vary": vary,
        "sampler": sampler,
        "worlds": max((v.shape[1] for v in outcomes.values()), default=0),
        "seed": 1,
        "outcomes": [{"name": name, "label": name, "scale": scale} for name in outcomes],
        "until": None,
        "thresholds": {},
        "favoured": None,
    }
    counts = [_worlds(values, scale) for values in outcomes.values()]
    ran = np.max([np.zeros(len(design), dtype=np.int64), *counts], axis=0)
    design.insert(0, "point", np.arange(len(design)))
    return Findings(
        settings | study, design, ran, {n: tally(v, scale) for n, v in outcomes.items()}
    )


def _worlds(values: Array, scale: str) -> NDArray[np.int64]:
    """Worlds at each point: those that have a value; of weeks, which may never come, all."""
    seen = np.isfinite(values).sum(axis=1)
    return np.full_like(seen, values.shape[1]) if scale == "weeks" else seen


@pytest.fixture(scope="session")
def make() -> Make:
    """Makes findings."""
    return findings
