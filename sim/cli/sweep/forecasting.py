"""`realpolitik sweep --dry-run`: what a study would take."""

import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from realpolitik.sim.cli.console import pairs, show
from realpolitik.sim.scenario.packing import pack
from realpolitik.sim.study.plans.design import design
from realpolitik.sim.study.plans.plan import Plan, Vary
from realpolitik.sim.study.sweep.chunks import Chunk, run_chunk
from realpolitik.sim.study.sweep.folder import StudyFolder

TRIAL = 256  # worlds run to see how long they take


@dataclass(frozen=True)
class Trial:
    """What a few worlds took: seconds for the first, for each further one, and bytes a world."""

    fixed: float
    each: float
    size: float


def print_forecast(plan: Plan, folder: Path, jobs: int) -> None:
    """Points, worlds, time and disk; a few worlds are run to know the last two."""
    points = design(plan)
    worlds = len(points) * plan.worlds
    trial = try_out(plan, dict(points.drop(columns="point").iloc[0]))
    seconds = (len(points) * trial.fixed + worlds * trial.each) / jobs
    most = f", at most {len(points) * plan.until.most:,}" if plan.until else ""
    show(
        plan.title,
        "",
        pairs(
            [
                ("sampler", plan.sampler),
                ("varied", ", ".join(_range(vary) for vary in plan.vary)),
                ("points", f"{len(points):,}"),
                ("worlds", f"{worlds:,} ({plan.worlds:,} a point{most})"),
                ("time", f"about {duration(seconds)} with {jobs} process{'es' * (jobs > 1)}"),
                ("disk", f"about {worlds * trial.size / 1e6:,.1f} MB{_free(folder)}"),
                ("folder", str(folder)),
            ]
        ),
    )


def try_out(plan: Plan, settings: dict[str, float]) -> Trial:
    """Runs one world, and then some more, at one point."""
    packed = pack(plan.scenario)
    run_chunk(packed, plan.seed, settings, Chunk(0, 0, 1))  # loads what is loaded once
    began = time.perf_counter()
    run_chunk(packed, plan.seed, settings, Chunk(0, 0, 1))
    first = time.perf_counter()
    chunk = Chunk(0, 0, TRIAL)
    part = run_chunk(packed, plan.seed, settings, chunk)
    ended = time.perf_counter()
    with tempfile.TemporaryDirectory() as name:
        folder = StudyFolder(Path(name))
        folder.begin({}, "", part)
        folder.put_part(chunk, part)
        size = next((folder.path / "parts").iterdir()).stat().st_size
    fixed = first - began
    return Trial(fixed, max(ended - first - fixed, 0.0) / TRIAL, size / TRIAL)


def duration(seconds: float) -> str:
    """Such as `40 s`, `12 min` or `3.5 h`."""
    if seconds < 90:
        return f"{max(seconds, 1):.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


def _range(vary: Vary) -> str:
    return f"{vary.address} {vary.low:g} to {vary.high:g}"


def _free(folder: Path) -> str:
    there = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())
    return f" ({shutil.disk_usage(there).free / 1e9:,.0f} GB free)"
