"""What is said of a run: a table for people, an object for programs."""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from realpolitik.sim.cli.output import say, show, table
from realpolitik.sim.experiments.ensemble import Result
from realpolitik.sim.experiments.run_folder import REPORT
from realpolitik.sim.experiments.summary import Summary
from realpolitik.sim.formatting.numbers import NONE, how_many_worlds, in_worlds
from realpolitik.sim.formatting.scales import capped
from realpolitik.sim.report.run.tables import said, span
from realpolitik.sim.scenario.schema import EXAMPLE

NOTHING = f"Nothing is measured; a key `outcomes`, such as {EXAMPLE} under it, says what is."
UNITS = {"weeks": " weeks", "grade": " of 6", "rung": " of 10"}


def print_summary(result: Result, folder: Path) -> None:
    """The outcomes in a table, then where everything is."""
    scenario, worlds = result.scenario, how_many_worlds(result.worlds)
    title = f"{scenario.title} ({scenario.name}, {worlds}, seed {result.seed})"
    rows = [_row(name, summary, scenario.weeks) for name, summary in result.outcomes.items()]
    headings = ("Outcome", "Mean", "95 % interval", "Record")
    show(title, "", table(headings, rows) if rows else NOTHING)
    say("", f"Folder  {folder}", f"Report  {folder / REPORT}")


def speed(result: Result) -> str:
    """How long the simulation took."""
    worlds, each = how_many_worlds(result.worlds), result.worlds_per_second
    return f"{worlds} in {result.seconds:.1f} s ({each:,.0f} a second)"


def _row(name: str, summary: Summary, weeks: int) -> tuple[str, str, str, str]:
    label = summary.label or name.replace("_", " ")
    if summary.scale == "weeks":
        label = f"{capped(label, summary.scale, weeks)}, {in_worlds(summary.came, summary.worlds)}"
    return (
        label,
        _with_unit(summary.mean, summary.scale),
        span(summary.low, summary.high, summary.scale),
        record_said(summary),
    )


def record_said(summary: Summary) -> str:
    """What the record says; of weeks it is a median, so the median goes beside it."""
    rate, scale = summary.base_rate, summary.scale
    if rate is None:
        return ""
    if scale != "weeks":
        return _with_unit(rate.value, scale)
    return f"median {said(rate.value, scale)}, here {_with_unit(summary.median, scale)}"


def _with_unit(value: float, scale: str) -> str:
    text = said(value, scale)
    return text if text == NONE else text + UNITS.get(scale, "")


def json_of(result: Result, folder: Path) -> dict[str, Any]:
    """What `--json` prints; a number that does not exist is null."""
    return {
        "scenario": result.scenario.name,
        "worlds": result.worlds,
        "seed": result.seed,
        "run_dir": str(folder),
        "outcomes": {name: _outcome(summary) for name, summary in result.outcomes.items()},
        "seconds": round(result.seconds, 3),
        "worlds_per_second": round(result.worlds_per_second, 1),
    }


def _outcome(summary: Summary) -> dict[str, Any]:
    told: dict[str, Any] = {
        "mean": _finite(summary.mean),
        "low": _finite(summary.low),
        "high": _finite(summary.high),
        "n": summary.n,
    }
    if summary.scale == "weeks":
        told["came"] = _finite(summary.came)
    if summary.base_rate:
        told["base_rate"] = summary.base_rate.value
        told["base_rate_source"] = summary.base_rate.source
    if summary.shares is not None:
        told["shares"] = _means(summary.shares)
    return told


def _means(shares: Mapping[str, Any]) -> dict[str, float | None]:
    return {name: _finite(interval.mean) for name, interval in shares.items()}


def _finite(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
