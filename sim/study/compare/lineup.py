"""What is to be compared, in how many worlds, and under which seed."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from realpolitik.sim.scenario.errors import ScenarioError
from realpolitik.sim.scenario.measured import nothing_measured
from realpolitik.sim.study.compare.subjects import Subject, open_subjects

WORLDS, SEED = 1000, 0  # of scenarios that are run where no run folder says otherwise

Setting = tuple[str, int, int]


@dataclass(frozen=True)
class Lineup:
    """The subjects, the baseline first; worlds and seed of those that are to be run."""

    subjects: tuple[Subject, ...]
    worlds: int
    seed: int

    @property
    def settings(self) -> list[Setting]:
        """How each was asked for, its worlds and its seed: the same settings, the same tables."""
        return [
            (one.called, len(one.run.runs), int(one.run.manifest["seed"]))
            if one.run
            else (one.called, self.worlds, self.seed)
            for one in self.subjects
        ]


def line_up(
    references: Sequence[str | Path], worlds: int | None = None, seed: int | None = None
) -> Lineup:
    """Opens what is to be compared; see `compare`.

    A scenario that is to be run is run for the weeks of the baseline: worlds of another length
    could not be paired with its worlds.

    Raises:
        ScenarioError: a scenario is wrong, or measures nothing.
        NotARunError: a folder that is no finished run.
        ValueError: fewer than two subjects, a number of worlds below 1, or a negative seed.
    """
    if len(references) < 2:
        raise ValueError("two scenarios at least are needed for a comparison")
    subjects = open_subjects(references)
    idle = dict.fromkeys(one.called for one in subjects if not one.outcomes)
    if idle:
        raise ScenarioError(map(nothing_measured, idle))
    baseline, *others = subjects
    opened = (baseline, *(other.lasting(baseline.weeks) for other in others))
    run = next((subject.run for subject in opened if subject.run), None)
    if worlds is None:
        worlds = len(run.runs) if run else WORLDS
    if seed is None:
        seed = int(run.manifest["seed"]) if run else SEED
    if worlds < 1 or seed < 0:
        raise ValueError(f"worlds must be at least 1 and seed at least 0, not {worlds} and {seed}")
    return Lineup(opened, worlds, seed)


def settings_in(manifest: Any) -> list[Setting] | None:
    """The settings of a comparison that is there; None if it is no comparison's manifest."""
    try:
        return [(one["called"], one["worlds"], one["seed"]) for one in manifest["scenarios"]]
    except (KeyError, TypeError):
        return None
