"""Random numbers with an address.

Every draw is uniform on [0, 1) and belongs to (seed, block of worlds, name, week). The name is made
of words (`choice`, `RUS`, `force`), never of an order, so that a further actor, shock or week
leaves all other draws alone, and two scenarios under one seed are paired world by world.
"""

from collections.abc import Sequence
from hashlib import sha256

import numpy as np

from realpolitik.sim.engine.world import Array

BLOCK = 1024  # worlds in a block: part of every address, so it never changes


def spawn_key(block: int, name: tuple[str, ...]) -> tuple[int, ...]:
    """Spawn key of a stream: the block, then four 32-bit words of the hash of its name."""
    digest = sha256("/".join(name).encode()).digest()
    words = (int.from_bytes(digest[at : at + 4], "little") for at in range(0, 16, 4))
    return (block, *words)


class Streams:
    """The draws of the first worlds of one block."""

    def __init__(self, seed: int, block: int, worlds: int, weeks: int) -> None:
        """Prepares the streams.

        Args:
            seed: Seed of the whole study, at least 0.
            block: Number of the block: worlds block·1024 and following.
            worlds: How many of its worlds are wanted, 1 to 1024.
            weeks: Number of weeks for which draws are needed.
        """
        self.seed, self.block, self.worlds, self.weeks = seed, block, worlds, weeks
        self._rows: dict[tuple[str, ...], Array] = {}
        self._of_dyads: dict[str, Array] = {}

    def at(self, week: int, *name: str) -> Array:
        """The draws of that name in that week (from 1), one a world: (W,)."""
        if week > self.weeks:
            raise IndexError(f"week {week} lies beyond the horizon of {self.weeks} weeks")
        rows = self._rows.get(name)
        if rows is None:
            rows = self._rows[name] = self._make(name)
        draws: Array = rows[week - 1]
        return draws

    def of_dyads(self, week: int, name: str, codes: Sequence[str], *, symmetric: bool) -> Array:
        """The draws `name, a, b` of that week for every dyad, (W, n, n); ½ toward oneself.

        Of a symmetric name only the one with a < b exists, and serves both directions.
        """
        if name not in self._of_dyads:
            draws = np.full((self.weeks, len(codes), len(codes), self.worlds), 0.5)
            for i, j in np.ndindex(len(codes), len(codes)):
                if i != j:
                    pair = sorted((codes[i], codes[j])) if symmetric else (codes[i], codes[j])
                    draws[:, j, i] = self._make((name, *pair))
            self._of_dyads[name] = draws
        week_of: Array = self._of_dyads[name][week - 1]
        return week_of.T

    def _make(self, name: tuple[str, ...]) -> Array:
        """All weeks of one stream, (weeks, W)."""
        sequence = np.random.SeedSequence(self.seed, spawn_key=spawn_key(self.block, name))
        numbers = np.random.Generator(np.random.PCG64(sequence)).random((self.weeks, BLOCK))
        return np.ascontiguousarray(numbers[:, : self.worlds])
