"""What there is of each subject once it has been run, or read: the same tables for both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from realpolitik.sim.engine.world import Array
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.study.block import TOLD_WORLDS
from realpolitik.sim.study.compare.observing import Observed
from realpolitik.sim.study.compare.subjects import Outcome, Subject
from realpolitik.sim.study.results import Run
from realpolitik.sim.study.spread import Spread
from realpolitik.sim.study.tables import acts_table, events_table, spread_table


@dataclass(frozen=True)
class Side:
    """A subject with its worlds.

    Attributes:
        seed: Seed of the worlds.
        values: Outcome → its value in each world (W,), NaN for a week that never came.
        weeks, acts, events: As the tables of a run; events of the first worlds only.
        relations: week, actor, on, mean (of hostility); None for a run, which does not keep it.
    """

    subject: Subject
    seed: int
    worlds: int
    values: Mapping[str, Array]
    weeks: pd.DataFrame
    acts: pd.DataFrame
    events: pd.DataFrame
    relations: pd.DataFrame | None

    @property
    def told(self) -> int:
        """Number of worlds whose every deed is in `events`."""
        return min(self.worlds, TOLD_WORLDS)

    def outcome(self, name: str) -> Outcome | None:
        """The outcome of that name, if it has it."""
        return next((one for one in self.subject.outcomes if one.name == name), None)


@dataclass
class Gathering:
    """Blocks of one scenario, put together as they are run; ledgers are not kept."""

    outcomes: dict[str, list[Array]] = field(default_factory=dict)
    weekly: dict[str, Spread] = field(default_factory=dict)
    first: Observed | None = None
    deeds: NDArray[np.int64] | int = 0
    hostility: Array | float = 0.0

    def add(self, block: Observed) -> None:
        """Adds the next block."""
        for name, values in block.outcomes.items():
            self.outcomes.setdefault(name, []).append(values)
        for name, spread in block.weekly.items():
            self.weekly[name] = self.weekly[name] + spread if name in self.weekly else spread
        self.deeds = self.deeds + block.deeds
        self.hostility = self.hostility + block.hostility
        self.first = self.first or replace(block, ledger=block.ledger[:0])

    def side(self, subject: Subject, spec: Scenario, seed: int, worlds: int) -> Side:
        """All blocks as tables.

        Raises:
            ValueError: no block was added.
        """
        if self.first is None:
            raise ValueError("there is no block of worlds")
        codes = subject.codes
        return Side(
            subject,
            seed,
            worlds,
            values={name: np.concatenate(parts) for name, parts in self.outcomes.items()},
            weeks=spread_table(self.weekly),
            acts=acts_table(np.asarray(self.deeds) / worlds, codes, self.first.background),
            events=events_table(self.first.told, spec, codes),
            relations=_relations(np.asarray(self.hostility) / worlds, codes),
        )


def of_run(subject: Subject, run: Run) -> Side:
    """The side of a run that is there."""
    return Side(
        subject,
        seed=int(run.manifest["seed"]),
        worlds=len(run.runs),
        values={one.name: run.runs[one.name].to_numpy(np.float64) for one in subject.outcomes},
        weeks=run.weeks,
        acts=run.acts,
        events=run.events,
        relations=None,
    )


def _relations(hostility: Array, codes: Sequence[str]) -> pd.DataFrame:
    """Mean hostility (1 + weeks, n, n) of each toward each other, the start being week 0."""
    names, apart = np.array(codes), ~np.eye(len(codes), dtype=np.bool_)
    actor, on = np.nonzero(apart)
    weeks = len(hostility)
    return pd.DataFrame(
        {
            "week": np.repeat(np.arange(weeks), len(actor)),
            "actor": np.tile(names[actor], weeks),
            "on": np.tile(names[on], weeks),
            "mean": hostility[:, actor, on].ravel(),
        }
    )
