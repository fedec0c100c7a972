"""Chunks, the unit of work of a study: so many worlds of one block at one point."""

import ctypes
import os
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd
from threadpoolctl import ThreadpoolController

from realpolitik.sim.engine.streams import BLOCK
from realpolitik.sim.experiments.ensemble import dissolve
from realpolitik.sim.experiments.origin import origin_of
from realpolitik.sim.experiments.sealing import digest_of
from realpolitik.sim.model import EscalationModel
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


RunChunk = Callable[[str, int, Mapping[str, float], "Chunk"], pd.DataFrame]

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
    origin: str, run: RunChunk, given: tuple[str, int, Mapping[str, float], Chunk]
) -> pd.DataFrame:
    """What `run_chunk` gives, if numbers and code are those of the process that asks for it.

    A worker starts later than the study, or on another machine, and a file may have been edited.

    Args:
        origin: What `origin_here` is in the process that asks.
        run: `run_chunk`.
        given: What it is given.

    Raises:
        WorkerOriginError: numbers or code are others.
    """
    if origin_here(given[0]) != origin:
        raise WorkerOriginError("a worker has other numbers or code than the study began with")
    return run(*given)


def run_chunk(packed: str, seed: int, settings: Mapping[str, float], chunk: Chunk) -> pd.DataFrame:
    """The outcomes of the worlds of a chunk: `point`, `world`, then a column an outcome.

    Args:
        packed: The scenario, as `pack` gives it.
        seed: Seed of the worlds.
        settings: Address → value at this point.
        chunk: Which worlds, at which point.
    """
    spec = unpack(packed).with_parameters(settings)
    with ready():
        model = EscalationModel(
            spec,
            chunk.worlds,
            rng=seed,
            block=chunk.block,
            first=chunk.first % BLOCK,
            bounded=False,
        ).run()
        outcomes = {name: model.outcome(name) for name in spec.outcomes}
    dissolve(model)
    worlds = np.arange(chunk.first, chunk.first + chunk.worlds)
    return pd.DataFrame({"point": np.full(chunk.worlds, chunk.point), "world": worlds, **outcomes})
