"""Chunks, the unit of work of a study: so many worlds of one block at one point."""

import ctypes
import os
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from threadpoolctl import ThreadpoolController

from realpolitik.sim.engine.streams import BLOCK
from realpolitik.sim.engine.world import Array
from realpolitik.sim.experiments.ensemble import dissolve
from realpolitik.sim.experiments.origin import origin_of
from realpolitik.sim.experiments.sealing import digest_of
from realpolitik.sim.model import EscalationModel
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.serialise import unpack

# ── What a process needs so that it runs worlds as fast as it can ────────────────────


MMAP_THRESHOLD, TRIM_THRESHOLD = -3, -1  # of glibc's mallopt
KEPT = 32 * 2**20  # arrays of a block are smaller [bytes]


def ready() -> AbstractContextManager[object]:
    """Holds the libraries that have threads to one: products this small only wait for others."""
    keep_memory()
    limited: AbstractContextManager[object] = _threads().limit(limits=1)
    return limited


@lru_cache(maxsize=1)
def keep_memory() -> bool:
    """Has freed memory kept for the next array, if the environment forbids it; whether it did.

    Dask gives its workers MALLOC_TRIM_THRESHOLD_, so that each array of a week is asked of the
    system anew, page by page. That takes half as long again as the worlds themselves.
    """
    if "MALLOC_TRIM_THRESHOLD_" not in os.environ:
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:  # another C library than glibc
        return False
    return bool(mallopt(MMAP_THRESHOLD, KEPT) and mallopt(TRIM_THRESHOLD, 2 * KEPT))


@lru_cache(maxsize=1)
def _threads() -> ThreadpoolController:
    """The libraries of this process that have threads; to look for them takes a while."""
    return ThreadpoolController()


# ── Chunks ───────────────────────────────────────────────────────────────────────────


Pack = tuple["Chunk", ...]
"""Chunks of different points with the same worlds, which are run side by side."""

Ended = pd.DataFrame | Exception
"""What a chunk gave, or what it failed of."""

RunPack = Callable[[str, int, Sequence[Mapping[str, float]], Pack], list[Ended]]

NAME = re.compile(r"(\d{7,})-(\d{9,})-(\d{4,})", re.ASCII)


@dataclass(frozen=True, order=True)
class Chunk:
    """Some neighbouring worlds of one block, at one point.

    Attributes:
        point: Number of the point.
        first: Number of the first world.
        worlds: How many worlds, none beyond the end of the block.
    """

    point: int
    first: int
    worlds: int

    @property
    def name(self) -> str:
        """Such as `0000012-000001024-0376`: point, first world, worlds."""
        return f"{self.point:07}-{self.first:09}-{self.worlds:04}"

    @property
    def block(self) -> int:
        """The block that its worlds lie in."""
        return self.first // BLOCK

    def is_beside(self, other: "Chunk") -> bool:
        """Whether it holds the same worlds, at another point perhaps."""
        return (self.first, self.worlds) == (other.first, other.worlds)

    @classmethod
    def named(cls, name: str) -> "Chunk | None":
        """The chunk of that name; None if no chunk has such a name."""
        found = NAME.fullmatch(name)
        chunk = cls(*map(int, found.groups())) if found else None
        return chunk if chunk and chunk.name == name else None


def missing(point: int, worlds: int, there: Collection[Chunk]) -> Iterator[Chunk]:
    """The chunks that a point lacks of its first worlds; `there` are those of this point."""
    done = 0
    for chunk in sorted(there):
        yield from _between(point, done, min(chunk.first, worlds))
        done = max(done, chunk.first + chunk.worlds)
    yield from _between(point, done, worlds)


def _between(point: int, first: int, end: int) -> Iterator[Chunk]:
    """Worlds from the first to before the end, cut where blocks end."""
    while first < end:
        stop = min(end, (first // BLOCK + 1) * BLOCK)
        yield Chunk(point, first, stop - first)
        first = stop


class WorkerOriginError(RuntimeError):
    """A worker that has other numbers or other code than the process that asks it."""


@lru_cache(maxsize=16)
def origin_here(packed: str) -> str:
    """Digest of what the numbers of a scenario come from in this process."""
    return digest_of(origin_of(unpack(packed)))


def run_alike(
    origin: str, run: RunPack, given: tuple[str, int, Sequence[Mapping[str, float]], Pack]
) -> list[Ended]:
    """What `run_pack` gives, if numbers and code are those of the process that asks for it.

    A worker starts later than the study, or on another machine, and a file may have been edited.

    Args:
        origin: What `origin_here` is in the process that asks.
        run: `run_pack`.
        given: What it is given.

    Raises:
        WorkerOriginError: numbers or code are others.
    """
    if origin_here(given[0]) != origin:
        raise WorkerOriginError("a worker has other numbers or code than the study began with")
    return run(*given)


def run_pack(
    packed: str, seed: int, settings: Sequence[Mapping[str, float]], chunks: Pack
) -> list[Ended]:
    """What each chunk of a pack gives, as `run_chunk` does, or what it fails of.

    Ten points of a hundred worlds each take as long as one of a thousand. Where they cannot stand
    in one model, or one of them fails in it, each is run for itself.
    """
    try:
        return _side_by_side(packed, seed, settings, chunks)
    except Exception:  # noqa: BLE001 - whose fault it is shows when each is alone
        return [_alone(packed, seed, *each) for each in zip(settings, chunks, strict=True)]


def _side_by_side(
    packed: str, seed: int, settings: Sequence[Mapping[str, float]], chunks: Pack
) -> list[Ended]:
    """The tables of the chunks, from one model with a copy of the worlds for each."""
    spec, worlds = unpack(packed), chunks[0].worlds
    addresses = settings[0].keys()
    values = {name: np.repeat([one[name] for one in settings], worlds) for name in addresses}
    outcomes = _run(spec, seed, chunks[0], parameters=values, copies=len(chunks))
    return [
        _table(chunk, {name: row[at * worlds :][:worlds] for name, row in outcomes.items()})
        for at, chunk in enumerate(chunks)
    ]


def _alone(packed: str, seed: int, settings: Mapping[str, float], chunk: Chunk) -> Ended:
    """The table of one chunk, or what it failed of."""
    try:
        return run_chunk(packed, seed, settings, chunk)
    except Exception as error:  # noqa: BLE001 - told of by whoever asked for the chunk
        return error


def run_chunk(packed: str, seed: int, settings: Mapping[str, float], chunk: Chunk) -> pd.DataFrame:
    """The outcomes of the worlds of a chunk: `point`, `world`, then a column an outcome.

    Args:
        packed: The scenario, as `pack` gives it.
        seed: Seed of the worlds.
        settings: Address → value at this point.
        chunk: Which worlds, at which point.
    """
    return _table(chunk, _run(unpack(packed).with_parameters(settings), seed, chunk))


def _run(spec: Scenario, seed: int, chunk: Chunk, **rows: Any) -> dict[str, Array]:
    """Outcome → its value in each row of a model of the worlds of a chunk."""
    first = chunk.first % BLOCK
    with ready():
        model = EscalationModel(
            spec, chunk.worlds, rng=seed, block=chunk.block, first=first, bounded=False, **rows
        ).run()
        outcomes = {name: model.outcome(name) for name in spec.outcomes}
    dissolve(model)
    return outcomes


def _table(chunk: Chunk, outcomes: Mapping[str, Array]) -> pd.DataFrame:
    worlds = np.arange(chunk.first, chunk.first + chunk.worlds)
    return pd.DataFrame({"point": np.full(chunk.worlds, chunk.point), "world": worlds, **outcomes})
