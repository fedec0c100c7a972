"""The draws of one world of an ensemble (`docs/odd.md`, section 7.12)."""

import hashlib
import struct
from collections import defaultdict

import numpy as np

WORLDS_IN_A_BLOCK = 1024


class AddressedDraws:
    """The draws of one world of an ensemble, each found by seed, block, name and week."""

    def __init__(self, seed: int, world: int) -> None:
        self.seed = seed
        self.block, self.entry = divmod(world, WORLDS_IN_A_BLOCK)
        self.streams: dict[tuple[str, ...], np.random.Generator] = {}
        self.drawn: dict[tuple[str, ...], list[float]] = defaultdict(list)

    def __call__(self, week: int, *name: str) -> float:
        """The number of that name in that week."""
        if name not in self.streams:
            self.streams[name] = self._open(name)
        while len(self.drawn[name]) < week:
            row = self.streams[name].random(WORLDS_IN_A_BLOCK)
            self.drawn[name].append(float(row[self.entry]))
        return self.drawn[name][week - 1]

    def _open(self, name: tuple[str, ...]) -> np.random.Generator:
        words = struct.unpack("<4I", hashlib.sha256("/".join(name).encode()).digest()[:16])
        sequence = np.random.SeedSequence(self.seed, spawn_key=(self.block, *words))
        return np.random.Generator(np.random.PCG64(sequence))
