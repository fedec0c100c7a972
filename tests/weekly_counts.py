"""A record of events made up for tests, in the form of `sim/record/icews.py`."""

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import pandas as pd

Event = tuple[str, str, str, str, int]
"""Monday, source, target, code, number of events."""


def mondays(first: str, weeks: int) -> list[str]:
    """That many weeks in a row."""
    start = date.fromisoformat(first)
    return [str(start + timedelta(weeks=number)) for number in range(weeks)]


def write_record(
    folder: Path, weeks: Iterable[tuple[str, str, bool]], events: Iterable[tuple[str, Event]]
) -> Path:
    """Writes weeks (dataset, Monday, whether whole) and events (dataset, event) into a folder."""
    kept = pd.DataFrame(weeks, columns=["dataset", "week_start", "full"])
    rows = [(*event, dataset) for dataset, event in events]
    columns = ["week_start", "source", "target", "cameo", "n", "dataset"]
    kept.to_csv(folder / "weeks.csv", index=False)
    pd.DataFrame(rows, columns=columns).to_csv(folder / "weekly_dyads.csv", index=False)
    return folder
