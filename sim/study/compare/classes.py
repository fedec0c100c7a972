"""How often each grade of help, or each class of deaths, is reached in each scenario."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from realpolitik.sim.study.compare.sides import Side
from realpolitik.sim.study.compare.subjects import Outcome
from realpolitik.sim.study.manifest import HELP_GRADES
from realpolitik.sim.study.summary import DEATH_CLASSES, share

COLUMNS = ("scenario", "outcome", "category", "label", "share", "low", "high", "worlds")


def classes(sides: tuple[Side, ...]) -> pd.DataFrame:
    """A row a scenario, outcome and class, of the outcomes that come in classes.

    Columns: scenario, outcome, category, label, share, low, high (95 %, Wilson), worlds.
    """
    rows = [
        {"scenario": side.subject.key, "outcome": one.name, **row}
        for side in sides
        for one in side.subject.outcomes
        for row in _rows(one, side.values[one.name])
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _rows(outcome: Outcome, values: Any) -> Iterator[dict[str, Any]]:
    seen = values[np.isfinite(values)]
    labels: tuple[str, ...]
    if outcome.scale == "grade":
        labels, numbers = HELP_GRADES, seen.astype(np.int64)
    elif outcome.definition.get("measure") == "civilian_deaths":
        labels = tuple(DEATH_CLASSES)
        numbers = np.digitize(seen, list(DEATH_CLASSES.values())) - 1
    else:
        return
    counts = np.bincount(numbers, minlength=len(labels))
    for category, (label, count) in enumerate(zip(labels, counts, strict=True)):
        one = share(int(count), len(seen))
        yield {
            "category": category,
            "label": label,
            "share": one.mean,
            "low": one.low,
            "high": one.high,
            "worlds": len(seen),
        }
