"""What a study will take on disk: measured where it can be, else reckoned from its points."""

import math
import tempfile
from collections import Counter
from pathlib import Path

import pandas as pd
from plotly.offline import get_plotlyjs

from realpolitik.sim.study.plans.levels import levels
from realpolitik.sim.study.plans.plan import Plan
from realpolitik.sim.study.plans.ranges import WITH_LEVELS
from realpolitik.sim.study.sweep.chunks import Chunk, missing
from realpolitik.sim.study.sweep.folder import PARTS, StudyFolder
from realpolitik.sim.study.sweep.stopping import next_worlds

# As measured in studies of 2 to 800 points [bytes].
WORDS = 40_000  # of page, settings and scenario, beside what draws the charts
SECTION = 6_500  # of the page, an outcome
MAP = 15_000  # of the page, an outcome over a pair of addresses, beside its points
LINE = 160  # in the manifest, a part
ROW = 80  # in tables and page, an outcome at a point
LEVEL = 450  # in tables and page, an outcome at a level, where there are curves


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
