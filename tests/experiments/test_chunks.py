"""Chunks: the same worlds however they are cut, and none twice or left out."""

import os
import pickle
import subprocess
import sys
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realpolitik.sim import EscalationModel, simulate
from realpolitik.sim.engine.streams import BLOCK
from realpolitik.sim.experiments import chunks as chunks_module
from realpolitik.sim.experiments.chunks import Chunk, missing, run_chunk, run_pack
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.serialise import pack
from tests.experiments.small import ADDRESS, small_scenario

SEED = 5
SCENARIO = small_scenario()
PACKED = pack(SCENARIO)
ALL = BLOCK + 200

chunks = st.builds(
    Chunk, st.integers(0, 9_999_999), st.integers(0, 999_999_999), st.integers(0, 9999)
)
far_chunks = st.builds(Chunk, st.integers(10**7), st.integers(10**9), st.integers(0, 99_999))


# ── Worlds ───────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def whole() -> pd.DataFrame:
    """All worlds at once, by the function that runs ensembles."""
    return simulate(SCENARIO, ALL, SEED, {ADDRESS: 0.05}).runs


@st.composite
def cuts(draw: st.DrawFn) -> Chunk:
    """Neighbouring worlds of one block."""
    first = draw(st.integers(0, ALL - 1))
    end = min((first // BLOCK + 1) * BLOCK, ALL)
    return Chunk(draw(st.integers(0, 99)), first, draw(st.integers(1, end - first)))


@given(chunk=cuts())
@settings(max_examples=25, deadline=None)
def test_a_chunk_holds_the_worlds_that_an_ensemble_has(whole: pd.DataFrame, chunk: Chunk) -> None:
    table = run_chunk(PACKED, SEED, {ADDRESS: 0.05}, chunk)
    assert [*table.columns] == ["point", "world", *SCENARIO.outcomes]
    assert table["point"].eq(chunk.point).all()
    expected = whole.iloc[chunk.first : chunk.first + chunk.worlds].reset_index(drop=True)
    pd.testing.assert_frame_equal(table.drop(columns="point"), expected, check_exact=True)


@pytest.mark.parametrize(
    ("address", "value"), [(ADDRESS, 3.0), (ADDRESS, -2.0), ("IRN.escalation_aversion", 5)]
)
def test_settings_beyond_the_declared_range_are_run_as_they_are(address: str, value: float) -> None:
    spec = SCENARIO.with_parameters({address: value})
    model = EscalationModel(spec, 60, rng=SEED, bounded=False).run()
    pieces = [
        run_chunk(PACKED, SEED, {address: value}, Chunk(0, first, worlds))
        for first, worlds in ((0, 1), (1, 44), (45, 15))
    ]
    table = pd.concat(pieces, ignore_index=True)
    for name in SCENARIO.outcomes:
        np.testing.assert_array_equal(table[name], model.outcome(name))


def test_another_value_of_what_is_varied_gives_other_worlds(whole: pd.DataFrame) -> None:
    other = run_chunk(PACKED, SEED, {ADDRESS: 0.6}, Chunk(0, 0, 300))
    assert not other["alignment"].equals(whole["alignment"].iloc[:300])


def test_every_outcome_is_a_float_so_that_parts_have_one_schema() -> None:
    table = run_chunk(PACKED, SEED, {}, Chunk(0, 0, 3))
    assert {table[name].dtype for name in SCENARIO.outcomes} == {np.dtype(np.float64)}
    assert {table[name].dtype for name in ("point", "world")} == {np.dtype(np.int64)}


# ── Packs ────────────────────────────────────────────────────────────────────────────


def test_a_chunk_gives_the_same_alone_and_in_a_pack() -> None:
    settings = [{ADDRESS: value, "world.precision": 8 + value} for value in (-2.0, 0.05, 0.6, 3.0)]
    pack = tuple(Chunk(point, 1100, 70) for point in range(4))
    for one, chunk, table in zip(
        settings, pack, run_pack(PACKED, SEED, settings, pack), strict=True
    ):
        assert isinstance(table, pd.DataFrame)
        alone = run_chunk(PACKED, SEED, one, chunk)
        pd.testing.assert_frame_equal(table, alone, check_exact=True)


def test_in_a_pack_only_the_setting_fails_that_would_fail_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refusing(spec: Scenario, worlds: int, **how: Any) -> EscalationModel:
        if np.max((how.get("parameters") or spec.settings)[ADDRESS]) > 1:
            raise ValueError("more than all")
        return EscalationModel(spec, worlds, **how)

    monkeypatch.setattr(chunks_module, "EscalationModel", refusing)
    pack = tuple(Chunk(point, 0, 5) for point in range(3))
    ended = run_pack(PACKED, SEED, [{ADDRESS: 0.1}, {ADDRESS: 1.7}, {ADDRESS: 0.2}], pack)
    assert [type(one) for one in ended] == [pd.DataFrame, ValueError, pd.DataFrame]
    assert str(ended[1]) == "more than all"


def test_settings_that_cannot_stand_side_by_side_are_run_one_after_the_other() -> None:
    pack = (Chunk(0, 0, 5), Chunk(1, 0, 5))
    settings = [{"initial.rung.RUS-UKR": 9.0}, {"initial.rung.RUS-UKR": 0.0}]
    for one, chunk, table in zip(
        settings, pack, run_pack(PACKED, SEED, settings, pack), strict=True
    ):
        assert isinstance(table, pd.DataFrame)
        pd.testing.assert_frame_equal(table, run_chunk(PACKED, SEED, one, chunk))


@pytest.mark.parametrize("chunk", [Chunk(0, 1000, 100), Chunk(0, 0, 0), Chunk(0, 0, BLOCK + 1)])
def test_worlds_that_are_not_within_a_block_are_refused(chunk: Chunk) -> None:
    with pytest.raises(ValueError, match=r"a block holds|at least 1"):
        run_chunk(PACKED, SEED, {}, chunk)


# ── Names ────────────────────────────────────────────────────────────────────────────


@given(chunk=chunks | far_chunks)
def test_a_name_leads_back_to_its_chunk(chunk: Chunk) -> None:
    assert Chunk.named(chunk.name) == chunk


@given(one=chunks, other=chunks)
def test_names_are_in_the_order_of_chunks(one: Chunk, other: Chunk) -> None:
    assert (one.name < other.name) == (one < other)


@pytest.mark.parametrize(
    "name",
    [
        *("", "notes", "12-0-5", ".unfinished-0000001-000000000-0100", "0000001-000000000-0100x"),
        *("00000001-000000000-0100", "٠٠٠٠٠٠١-000000000-0100"),
    ],
)
def test_other_names_are_no_chunks(name: str) -> None:
    assert Chunk.named(name) is None


@given(chunk=chunks)
def test_a_chunk_can_be_sent_to_another_process(chunk: Chunk) -> None:
    assert pickle.loads(pickle.dumps(chunk)) == chunk


# ── What is missing ──────────────────────────────────────────────────────────────────


@st.composite
def some_there(draw: st.DrawFn) -> list[Chunk]:
    """Some chunks of a point, none over another, none over the end of a block."""
    ends = draw(st.sets(st.integers(1, 4 * BLOCK - 1), max_size=12))
    edges = sorted({0, *ends, *range(0, 4 * BLOCK + 1, BLOCK)})
    pieces = [Chunk(3, first, end - first) for first, end in pairwise(edges)]
    kept = draw(st.lists(st.booleans(), min_size=len(pieces), max_size=len(pieces)))
    there = [piece for piece, keep in zip(pieces, kept, strict=True) if keep]
    return draw(st.permutations(there))


@given(there=some_there(), worlds=st.integers(0, 4 * BLOCK))
def test_what_is_there_and_what_is_missing_are_the_first_worlds_once(
    there: list[Chunk], worlds: int
) -> None:
    times = np.zeros(4 * BLOCK, dtype=int)
    lacking = list(missing(3, worlds, there))
    for chunk in (*there, *lacking):
        times[chunk.first : chunk.first + chunk.worlds] += 1
    assert (times[:worlds] == 1).all()
    assert (times <= 1).all()


@given(there=some_there(), worlds=st.integers(0, 4 * BLOCK))
def test_nothing_that_is_missing_goes_over_the_end_of_a_block(
    there: list[Chunk], worlds: int
) -> None:
    for chunk in missing(3, worlds, there):
        assert chunk.point == 3
        assert chunk.worlds >= 1
        assert chunk.first // BLOCK == (chunk.first + chunk.worlds - 1) // BLOCK == chunk.block


@given(there=some_there(), worlds=st.integers(0, 4 * BLOCK))
def test_nothing_is_missing_any_more_once_it_is_there(there: list[Chunk], worlds: int) -> None:
    assert list(missing(3, worlds, [*there, *missing(3, worlds, there)])) == []


# ── What a process needs ─────────────────────────────────────────────────────────────


CODE = """
import resource
import numpy as np
from realpolitik.sim.experiments.chunks import keep_memory

print(keep_memory())
for _ in range(3):
    np.ones(2**19)
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(50):
    np.ones(2**19)
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="mallopt is of glibc")
@pytest.mark.parametrize("trimmed", [True, False])
def test_no_page_is_asked_for_twice(trimmed: bool) -> None:
    kept = {key: value for key, value in os.environ.items() if key != "MALLOC_TRIM_THRESHOLD_"}
    environment = kept | ({"MALLOC_TRIM_THRESHOLD_": "65536"} if trimmed else {})
    command = [sys.executable, "-c", CODE]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    said, faults = done.stdout.split()
    assert said == str(trimmed)
    assert int(faults) < 2000  # 50 arrays of 1,024 pages
