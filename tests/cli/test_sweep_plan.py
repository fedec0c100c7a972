"""What a dry run says of the disk, beside what a study then takes."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from plotly.offline import get_plotlyjs

from realpolitik.sim.analysis.study import sweep
from realpolitik.sim.cli.sweep_plan import chunks_of, disk
from realpolitik.sim.documents.study import study_page
from realpolitik.sim.experiments.chunks import Chunk, run_chunk
from realpolitik.sim.experiments.design import design
from realpolitik.sim.experiments.plan import Plan, Until, Vary
from realpolitik.sim.experiments.study_folder import StudyFolder
from realpolitik.sim.scenario.serialise import pack
from tests.experiments.small import WIDE, small_plan

TWO = (WIDE, Vary("IRN.domestic_pressure", 0.0, 1.0))
DRAWING = len(get_plotlyjs().encode())  # the greater part of any page

PLANS = {
    "a few points": small_plan(points=3),
    "a curve": small_plan(points=25, worlds=2),
    "a map": small_plan(vary=TWO, points=6, worlds=2),
    "scattered": small_plan(vary=TWO, sampler="latin_hypercube", points=60, worlds=2),
}


def taken(folder: Path) -> int:
    """Bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_a_dry_run_says_what_a_study_takes(plan: Plan, tmp_path: Path) -> None:
    block = run_chunk(pack(plan.scenario), plan.seed, {}, Chunk(0, 0, 1024))
    told = disk(plan, len(design(plan)), plan.worlds, block)
    sweep(plan, tmp_path / "study", render=study_page)
    measured = taken(tmp_path / "study")
    assert told / 1.5 < measured < told * 1.5
    assert (told - DRAWING) / 1.5 < measured - DRAWING < (told - DRAWING) * 1.5


def test_many_small_parts_take_what_they_take(tmp_path: Path) -> None:
    """The worlds of a middling study would take a minute; files like theirs do as well."""
    plan = small_plan(vary=TWO, sampler="latin_hypercube", points=1000, worlds=10)
    numbers = np.random.default_rng(1).random((1024, 5))
    block = pd.DataFrame(numbers, columns=["point", "world", "a", "b", "c"])
    folder = StudyFolder(tmp_path)
    folder.begin({}, "", block)
    before = taken(tmp_path)
    for point in range(100):
        folder.put_part(Chunk(point, 0, 10), block.head(10))
    bare = disk(plan, 0, plan.worlds, block)
    told = disk(plan, 1000, plan.worlds, block) - bare
    assert 10 * (taken(tmp_path) - before) < told < 15 * (taken(tmp_path) - before)


def test_chunks_are_those_that_a_point_gets() -> None:
    assert chunks_of(small_plan(worlds=100), 100) == {100: 1}
    assert chunks_of(small_plan(worlds=2100), 2100) == {1024: 2, 52: 1}
    growing = small_plan(worlds=100, until=Until("strike", 0.1, 3000))
    assert chunks_of(growing, 3000) == {100: 1, 924: 1, 1024: 1, 952: 1}
