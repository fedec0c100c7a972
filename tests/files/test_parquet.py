"""No bit of a table can change unseen, from the moment it is there."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from realpolitik.sim.analysis.study import read_study, sweep
from realpolitik.sim.experiments.chunks import Chunk
from realpolitik.sim.experiments.plan import Vary
from realpolitik.sim.experiments.study_folder import DamagedPartError, StudyFolder
from realpolitik.sim.experiments.study_settings import describe
from realpolitik.sim.files.parquet import BrokenSealError, NoSealError, check_seal, digest_of
from tests.experiments.small import (
    ADDRESS,
    Bench,
    Stop,
    files_in,
    part_paths,
    small_plan,
    small_scenario,
    stop_after,
)

CHUNK, FAILED = Chunk(0, 0, 40), Chunk(1, 0, 40)
TABLE = pd.DataFrame({"point": 0, "world": range(40), "strike": [0.0, 1.0] * 20})
POINTS = pd.DataFrame({"point": [0, 1], "RUS.israel_ties": [0.0, 0.6]})


@pytest.fixture
def begun(tmp_path: Path) -> StudyFolder:
    """An unfinished study with a part and a failure."""
    store = StudyFolder(tmp_path)
    store.begin(describe(small_plan()), "title: t\n", POINTS)
    store.put_part(CHUNK, TABLE)
    store.put_failure(FAILED, "ValueError: no")
    return store


@pytest.mark.parametrize("name", [f"parts/{CHUNK.name}", f"failed/{FAILED.name}", "points"])
def test_every_flipped_bit_is_noticed(begun: StudyFolder, name: str) -> None:
    path = begun.path / f"{name}.parquet"
    whole = path.read_bytes()
    for place in range(len(whole)):
        flipped = bytearray(whole)
        flipped[place] ^= 1 << place % 8
        with pytest.raises(BrokenSealError):
            check_seal(bytes(flipped))
    check_seal(whole)


def test_nothing_is_read_that_is_not_what_was_written(begun: StudyFolder) -> None:
    reads: dict[str, Callable[[], pd.DataFrame]] = {
        f"parts/{CHUNK.name}": lambda: begun.part(CHUNK),
        f"failed/{FAILED.name}": begun.failures,
        "points": begun.points,
    }
    for name, read in reads.items():
        path = begun.path / f"{name}.parquet"
        whole = path.read_bytes()
        for place in range(0, len(whole), 97):
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
            with pytest.raises(DamagedPartError, match=path.name):
                read()
        path.write_bytes(whole)
        read()


def test_a_table_of_another_tool_is_no_part(begun: StudyFolder) -> None:
    path = begun.path / f"parts/{CHUNK.name}.parquet"
    TABLE.to_parquet(path, index=False)
    with pytest.raises(NoSealError):
        check_seal(path.read_bytes())
    with pytest.raises(DamagedPartError, match="without the digest"):
        begun.part(CHUNK)


def test_a_flipped_part_of_an_unfinished_study_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = small_plan(worlds=30)
    with pytest.raises(Stop):
        sweep(plan, tmp_path / "half", tell=stop_after(2))
    victim = part_paths(tmp_path / "half")[0]
    flipped = bytearray(victim.read_bytes())
    flipped[60] ^= 1
    victim.write_bytes(flipped)
    bench = Bench(monkeypatch)
    sweep(plan, tmp_path / "half", resume=True)
    assert Chunk.named(victim.stem) in bench.ran
    sweep(plan, tmp_path / "fresh")
    assert files_in(tmp_path / "half") == files_in(tmp_path / "fresh")


OTHERS = {
    "seed": small_plan(worlds=30, seed=12),
    "scenario": small_plan(
        worlds=30, scenario=small_scenario().with_parameters({"IRN.domestic_pressure": 0.1})
    ),
    "point": small_plan(worlds=30, vary=(Vary(ADDRESS, 0.0, 0.3),)),
}


@pytest.mark.parametrize("other", OTHERS)
def test_a_part_of_another_study_is_never_taken_for_one_of_this(tmp_path: Path, other: str) -> None:
    """Whoever puts one in its place, or another study.json beside the parts, mixes nothing."""
    plan, half = small_plan(worlds=30), tmp_path / "half"
    sweep(plan, tmp_path / "fresh")
    sweep(OTHERS[other], tmp_path / "other")
    with pytest.raises(Stop):
        sweep(plan, half, tell=stop_after(3))
    strange = part_paths(tmp_path / "other")[1]
    shutil.copy(strange, half / "parts")
    with pytest.raises(DamagedPartError, match=rf"{strange.name}: .*another scenario, seed or"):
        read_study(half)
    sweep(plan, half, resume=True)
    assert files_in(half) == files_in(tmp_path / "fresh")
    (half / "manifest.json").unlink()
    for name in ("study.json", "scenario.yaml", "points.parquet"):
        shutil.copy(tmp_path / "other" / name, half)
    sweep(OTHERS[other], half, resume=True)
    assert files_in(half) == files_in(tmp_path / "other")


def test_equal_tables_have_equal_digests(begun: StudyFolder) -> None:
    assert digest_of(TABLE) == digest_of(TABLE.copy()) != digest_of(TABLE.assign(strike=0.0))
