"""What there is of each subject once it has been run, or read: the same tables for both."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from realpolitik.sim.comparison.divergence import Ledger, blank, enter
from realpolitik.sim.comparison.inputs import Compared, Outcome
from realpolitik.sim.engine.world import Array
from realpolitik.sim.experiments.ensemble import (
    TOLD_WORLDS,
    Block,
    acts_table,
    events_table,
    join_blocks,
    run_block,
    spread_table,
)
from realpolitik.sim.experiments.run_folder import Run
from realpolitik.sim.model import EscalationModel
from realpolitik.sim.scenario.schema import Scenario

# ── Running a block ──────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Observed:
    """What one block of a scenario leaves for a comparison.

    Attributes:
        block: What it leaves for a run.
        ledger: The deeds of all worlds.
        hostility: Sum over worlds at the start and after each week, (1 + weeks, n, n).
    """

    block: Block
    ledger: Ledger
    hostility: Array


def observe(
    spec: Scenario,
    seed: int,
    block: int,
    worlds: int,
    codes: Sequence[str],
    tell: Callable[[int], None],
) -> Observed:
    """Runs the first worlds of one block.

    Args:
        spec: What to run.
        seed: Seed of all draws.
        block: Which block of worlds.
        worlds: How many of its worlds.
        codes: The actors of the ledger, those of this scenario among them.
        tell: Called with the weeks done.
    """
    ledger = blank(worlds, spec.weeks, len(codes))
    hostility: list[Array] = []

    def watch(week: int, model: EscalationModel) -> None:
        if week:
            places = np.array([codes.index(code) for code in model.codes])
            enter(ledger, week, model.happened.deeds, places)
        hostility.append(model.world.hostility.sum(axis=0))

    ran = run_block(spec, seed, block, worlds, tell, watch)
    return Observed(ran, ledger, np.array(hostility))


# ── The tables of a scenario ─────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Side:
    """A subject with its worlds.

    Attributes:
        seed: Seed of the worlds.
        worlds: Number of all worlds.
        values: Outcome → its value in each world that is counted, (W,), NaN for a week that never
            came. What is paired is counted in the worlds that all paired sides have.
        weeks, acts, events: As the tables of a run; events of the first worlds only.
        relations: week, actor, on, mean (of hostility); None for a run, which does not keep it.
    """

    subject: Compared
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

    @property
    def counted(self) -> int:
        """Number of worlds that the outcomes are read off."""
        return min((len(values) for values in self.values.values()), default=self.worlds)

    def first(self, worlds: int) -> "Side":
        """The side with the outcomes of its first worlds; tables of all of them stay."""
        cut = {name: values[:worlds] for name, values in self.values.items()}
        return replace(self, values=cut)

    def outcome(self, name: str) -> Outcome | None:
        """The outcome of that name, if it has it."""
        return next((one for one in self.subject.outcomes if one.name == name), None)


@dataclass
class Gathering:
    """Blocks of one scenario, put together as they are run; ledgers are not kept."""

    whole: Block | None = None
    hostility: Array | float = 0.0

    def add(self, seen: Observed) -> None:
        """Adds the next block."""
        self.whole = join_blocks([self.whole, seen.block] if self.whole else [seen.block])
        self.hostility = self.hostility + seen.hostility

    def side(self, subject: Compared, spec: Scenario, seed: int) -> Side:
        """All blocks as tables.

        Raises:
            ValueError: no block was added.
        """
        if self.whole is None:
            raise ValueError("there is no block of worlds")
        whole, worlds, codes = self.whole, len(self.whole.runs), subject.codes
        return Side(
            subject,
            seed,
            worlds,
            values=_values(whole.runs, subject),
            weeks=spread_table(whole.weekly),
            acts=acts_table(whole.deeds / worlds, codes, whole.background),
            events=events_table(whole.told, spec, codes),
            relations=_relations(np.asarray(self.hostility) / worlds, codes),
        )


def of_run(subject: Compared, run: Run) -> Side:
    """The side of a run that is there."""
    return Side(
        subject,
        seed=int(run.manifest["seed"]),
        worlds=len(run.runs),
        values=_values(run.runs, subject),
        weeks=run.weeks,
        acts=run.acts,
        events=run.events,
        relations=None,
    )


def _values(runs: pd.DataFrame, subject: Compared) -> dict[str, Array]:
    """Outcome → its value in each world."""
    return {one.name: runs[one.name].to_numpy(np.float64) for one in subject.outcomes}


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
