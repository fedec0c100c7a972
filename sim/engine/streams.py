"""Random numbers with an address.

Every draw is uniform on [0, 1) and belongs to (seed, block of worlds, name, week). The name is made
of words (`choice`, `RUS`, `force`), never of an order, so that a further actor, shock or week
leaves all other draws alone, and two scenarios under one seed are paired world by world.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from hashlib import sha256

import numpy as np

from realpolitik.sim.engine.world import Array, Mask

BLOCK = 1024  # worlds in a block: part of every address, so it never changes
PERIOD = 2**128  # of PCG64: a jump back is a jump forward by the rest


def spawn_key(block: int, name: tuple[str, ...]) -> tuple[int, ...]:
    """Spawn key of a stream: the block, then four 32-bit words of the hash of its name."""
    digest = sha256("/".join(name).encode()).digest()
    words = (int.from_bytes(digest[at : at + 4], "little") for at in range(0, 16, 4))
    return (block, *words)


@lru_cache(maxsize=8192)
def address(seed: int, block: int, name: tuple[str, ...]) -> np.random.SeedSequence:
    """Where a stream begins. Kept, as a study runs the same worlds again at every point."""
    return np.random.SeedSequence(seed, spawn_key=spawn_key(block, name))


class Stream:
    """One stream of uniform numbers: a row of a block's length a week, reached by jumping."""

    def __init__(self, seed: int, block: int, name: tuple[str, ...]) -> None:
        """Starts at the first number of the first week."""
        self._bits = np.random.PCG64(address(seed, block, name))
        self._numbers = np.random.Generator(self._bits)
        self._at = 0

    def fill(self, row: Array, week: int, first: int = 0) -> None:
        """Puts the numbers of that week (from 1) into `row`, from world `first` of the block on."""
        start = (week - 1) * BLOCK + first
        if start != self._at:
            self._bits.advance((start - self._at) % PERIOD)
        self._numbers.random(out=row)
        self._at = start + len(row)


def refuse_beyond_block(worlds: int, first: int, copies: int) -> None:
    """Makes sure that so many worlds lie in a block from its world `first` on, with all copies.

    Raises:
        ValueError: they do not.
    """
    if not (1 <= worlds <= BLOCK and 0 <= first <= BLOCK - worlds):
        beyond = f" from its world {first} on" if first else ""
        raise ValueError(f"a block holds 1 to {BLOCK} worlds, not {worlds}{beyond}")
    if copies * worlds > BLOCK:
        raise ValueError(f"a block holds 1 to {BLOCK} worlds, not {copies} times {worlds}")


class Streams:
    """The draws of neighbouring worlds of one block, repeated for each copy of them."""

    def __init__(
        self, seed: int, block: int, worlds: int, weeks: int, first: int = 0, copies: int = 1
    ) -> None:
        """Prepares the streams.

        Args:
            seed: Seed of the whole study, at least 0.
            block: Number of the block: worlds block·1024 and following.
            worlds: How many of its worlds are wanted, 1 to 1024.
            weeks: Number of weeks for which draws may be asked.
            first: The first of them within the block, from 0.
            copies: How often these worlds stand side by side, at least 1.

        Raises:
            ValueError: the worlds do not lie within a block, or with all copies are more than that.
        """
        refuse_beyond_block(worlds, first, copies)
        self.seed, self.block, self.worlds, self.weeks = seed, block, worlds, weeks
        self.first, self.copies = first, copies
        self._streams: dict[tuple[str, ...], Stream] = {}

    def at(self, week: int, *name: str) -> Array:
        """The draws of that name in that week (from 1), one a row: (worlds · copies,)."""
        row = np.empty(self.copies * self.worlds)
        self._fill(row, week, name)
        return row

    def rows(self, week: int, names: Sequence[tuple[str, ...]]) -> Array:
        """The draws of several names in that week, (names, worlds · copies)."""
        rows = np.empty((len(names), self.copies * self.worlds))
        for row, name in zip(rows, names, strict=True):
            self._fill(row, week, name)
        return rows

    def of_dyads(
        self,
        week: int,
        name: str,
        codes: Sequence[str],
        wanted: Mask | None = None,
        *,
        symmetric: bool,
    ) -> Array:
        """The draws `name, a, b` of that week for every dyad, (W, n, n); ½ toward oneself.

        Of a symmetric name only the one with a < b exists, and serves both directions. Where
        `wanted` (n, n) is given, what it does not mark is not drawn and stays at ½.
        """
        draws = np.full((len(codes), len(codes), self.copies * self.worlds), 0.5)
        for i, j in _pairs(len(codes)):
            if wanted is not None and not wanted[i, j]:
                continue
            if symmetric and codes[i] > codes[j]:
                draws[j, i] = draws[i, j]
            else:
                self._fill(draws[j, i], week, (name, codes[i], codes[j]))
        return draws.T

    def _fill(self, row: Array, week: int, name: tuple[str, ...]) -> None:
        """Puts the draws into a row, copy after copy."""
        self._stream(week, name).fill(row[: self.worlds], week, self.first)
        if self.copies > 1:
            row.reshape(self.copies, self.worlds)[1:] = row[: self.worlds]

    def _stream(self, week: int, name: tuple[str, ...]) -> Stream:
        if week > self.weeks:
            raise IndexError(f"week {week} lies beyond the horizon of {self.weeks} weeks")
        stream = self._streams.get(name)
        if stream is None:
            stream = self._streams[name] = Stream(self.seed, self.block, name)
        return stream


@cache
def _pairs(actors: int) -> tuple[tuple[int, int], ...]:
    """Every directed dyad of different actors."""
    return tuple((i, j) for i in range(actors) for j in range(actors) if i != j)
