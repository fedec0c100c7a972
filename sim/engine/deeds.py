"""The deeds of a week: what was done to whom, in which world."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from realpolitik.sim.engine.actions import ACTIONS, HOLD, TRACKS, column, number_of
from realpolitik.sim.engine.options import Options
from realpolitik.sim.engine.world import Array, Mask

Numbers = NDArray[np.int64]

_ACTS = np.array([action.action != HOLD for action in ACTIONS])


@dataclass(frozen=True)
class Deeds:
    """A table with one row a deed: numbers of its world, actor, target, action and deal (or −1).

    On one track an actor does at most one thing a week, so within a track no two rows share world
    and actor.
    """

    world: Numbers
    actor: Numbers
    target: Numbers
    action: Numbers
    deal: Numbers

    def __len__(self) -> int:
        """Number of deeds."""
        return len(self.world)

    def column(self, name: str) -> Array:
        """A column of the table of actions, one number a deed."""
        return column(name)[self.action]

    def where(self, mask: Mask | Numbers) -> "Deeds":
        """The marked rows, or the rows of those numbers."""
        rows = np.flatnonzero(mask) if mask.dtype == np.bool_ else mask
        return Deeds(
            self.world[rows],
            self.actor[rows],
            self.target[rows],
            self.action[rows],
            self.deal[rows],
        )

    def of(self, action: str) -> "Deeds":
        """The rows with the named action."""
        return self.where(self.action == number_of(action))

    def with_column(self, name: str) -> "Deeds":
        """The rows whose action has a positive number in that column."""
        return self.where(self.column(name) > 0)

    def in_first(self, worlds: int) -> "Deeds":
        """The rows of the first worlds."""
        return self.where(self.world < worlds)

    def toward(self, target: Numbers) -> "Deeds":
        """The same deeds, taken to bear on other actors."""
        return Deeds(self.world, self.actor, target, self.action, self.deal)

    @property
    def given(self) -> tuple[Numbers, Numbers, Numbers]:
        """Index of (world, actor, target)."""
        return self.world, self.actor, self.target

    @property
    def received(self) -> tuple[Numbers, Numbers, Numbers]:
        """Index of (world, target, actor)."""
        return self.world, self.target, self.actor


@dataclass
class Week:
    """The deeds of a week while they are being collected, by track."""

    ended: Mask
    rows: list[list[Deeds]] = field(default_factory=lambda: [[] for _ in TRACKS])

    def add(self, actor: int, options: Options, chosen: Numbers) -> None:
        """Adds what an actor chose: (W, tracks) numbers of options. Ended worlds do nothing."""
        for track, picked in zip(self.rows, chosen.T, strict=True):
            worlds = np.flatnonzero(_ACTS[options.action[picked]] & ~self.ended)
            option = picked[worlds]
            track.append(
                Deeds(
                    worlds,
                    np.full(len(worlds), actor),
                    options.target[option],
                    options.action[option],
                    options.deal[option],
                )
            )

    def track(self, name: str) -> Deeds:
        """All deeds of one track."""
        return join(self.rows[TRACKS.index(name)])


def none() -> Deeds:
    """A table without rows."""
    return Deeds(*np.empty((5, 0), dtype=np.int64))


def join(tables: list[Deeds]) -> Deeds:
    """One table out of several."""
    return Deeds(
        *(
            np.concatenate([getattr(table, name) for table in tables])
            for name in ("world", "actor", "target", "action", "deal")
        )
    )
