"""`realpolitik sweep --dry-run`: what a study would take, in time and on disk."""

import math
import shutil
import tempfile
import timeit
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pandas as pd
from plotly.offline import get_plotlyjs

from realpolitik.sim.cli.output import pairs, show
from realpolitik.sim.cli.progress import duration
from realpolitik.sim.experiments.chunks import Chunk, missing, run_chunk
from realpolitik.sim.experiments.design import design
from realpolitik.sim.experiments.levels import levels
from realpolitik.sim.experiments.plan import Plan, Vary
from realpolitik.sim.experiments.ranges import WITH_LEVELS
from realpolitik.sim.experiments.stopping import next_worlds
from realpolitik.sim.experiments.study_folder import PARTS, StudyFolder
from realpolitik.sim.scenario.serialise import pack

TRIAL = 1024  # worlds run to see how long they take
TRIES = 3  # of which the quickest counts: others were held up by something else

# As measured in studies of 2 to 800 points [bytes].
WORDS = 40_000  # of page, settings and scenario, beside what draws the charts
SECTION = 6_500  # of the page, an outcome
MAP = 15_000  # of the page, an outcome over a pair of addresses, beside its points
LINE = 160  # in the manifest, a part
ROW = 80  # in tables and page, an outcome at a point
LEVEL = 450  # in tables and page, an outcome at a level, where there are curves


@dataclass(frozen=True)
class Trial:
    """What a block of worlds gave, and took: seconds for the first, and for each further one."""

    fixed: float
    each: float
    part: pd.DataFrame


def print_forecast(plan: Plan, folder: Path, jobs: int) -> None:
    """Points, worlds, time and disk; a block of worlds is run to know the last two."""
    points = design(plan)
    trial = try_out(plan, dict(points.drop(columns="point").iloc[0]))
    worlds = [len(points) * each for each in _worlds_a_point(plan)]
    seconds = [(len(points) * trial.fixed + each * trial.each) / jobs for each in worlds]
    size = [disk(plan, len(points), each, trial.part) for each in _worlds_a_point(plan)]
    most = f", at most {worlds[-1]:,}" if plan.until else ""
    show(
        plan.title,
        "",
        pairs(
            [
                ("sampler", plan.sampler),
                ("varied", ", ".join(_range(vary) for vary in plan.vary)),
                ("points", f"{len(points):,}"),
                ("worlds", f"{worlds[0]:,} ({plan.worlds:,} a point{most})"),
                (
                    "time",
                    f"about {_to(map(duration, seconds))} with {jobs} process{'es' * (jobs > 1)}",
                ),
                ("disk", f"about {_to(map(_megabytes, size))}{_free(folder)}"),
                ("folder", str(folder)),
            ]
        ),
    )


def _worlds_a_point(plan: Plan) -> list[int]:
    """The fewest that it may have, and where worlds are added, the most."""
    return [plan.worlds, plan.until.most] if plan.until else [plan.worlds]


def _to(told: Iterable[str]) -> str:
    """Such as `40 s`, or `40 s to 12 min`."""
    return " to ".join(dict.fromkeys(told))


def _megabytes(size: float) -> str:
    return f"{size / 1e6:,.1f} MB"


def try_out(plan: Plan, settings: dict[str, float]) -> Trial:
    """Runs one world, and then some more, a few times at one point."""
    packed = pack(plan.scenario)
    one, chunk = Chunk(0, 0, 1), Chunk(0, 0, TRIAL)
    part = run_chunk(packed, plan.seed, settings, chunk)  # loads what is loaded once
    once = partial(run_chunk, packed, plan.seed, settings)
    fixed, whole = (
        min(timeit.repeat(partial(once, run), number=1, repeat=TRIES)) for run in (one, chunk)
    )
    return Trial(fixed, max(whole - fixed, 0.0) / TRIAL, part)


def _range(vary: Vary) -> str:
    return f"{vary.address} {vary.low:g} to {vary.high:g}"


def _free(folder: Path) -> str:
    there = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())
    return f" ({shutil.disk_usage(there).free / 1e9:,.0f} GB free)"


# ── Disk ─────────────────────────────────────────────────────────────────────────────


def disk(plan: Plan, points: int, worlds: int, part: pd.DataFrame) -> float:
    """Bytes of the folder of a study with so many points and worlds at each.

    Args:
        plan: What is asked.
        points: How many.
        worlds: At each point.
        part: A block of its worlds, for the size of the files.
    """
    chunks = chunks_of(plan, worlds)
    a_point = sum(times * (_size(part.head(n)) + LINE) for n, times in chunks.items())
    outcomes = len(plan.outcomes)
    page = len(get_plotlyjs().encode()) + WORDS
    told = SECTION + points * ROW + _levels(plan) * LEVEL + _maps(plan) * MAP
    return page + points * a_point + outcomes * told


def chunks_of(plan: Plan, worlds: int) -> Counter[int]:
    """Worlds of a chunk → how many such chunks a point has, once it has so many worlds."""
    chunks, there = list(missing(0, plan.worlds, ())), plan.worlds
    while there < worlds:
        there = next_worlds(there, worlds)
        chunks += missing(0, there, chunks)
    return Counter(chunk.worlds for chunk in chunks)


def _size(part: pd.DataFrame) -> int:
    """Bytes of the file that a study keeps a part in."""
    with tempfile.TemporaryDirectory() as name:
        folder = StudyFolder(Path(name))
        folder.begin({}, "", part)
        folder.put_part(Chunk(0, 0, len(part)), part)
        return sum(file.stat().st_size for file in (folder.path / PARTS).iterdir())


def _maps(plan: Plan) -> int:
    """Pairs of addresses, of a design that has all pairs of their levels."""
    return math.comb(len(plan.vary), 2) if plan.sampler == "grid" else 0


def _levels(plan: Plan) -> int:
    """Levels of all addresses together, of designs that have any."""
    if plan.sampler not in WITH_LEVELS:
        return 0
    return sum(len(levels(vary, plan.points)) for vary in plan.vary)
