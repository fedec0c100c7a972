"""What is to be compared, in how many worlds, and under which seed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from realpolitik.sim.scenario.arguments import told, whole_number
from realpolitik.sim.scenario.errors import ScenarioError
from realpolitik.sim.scenario.schema import Scenario, nothing_measured
from realpolitik.sim.study.compare.subjects import Subject, open_subjects

WORLDS, SEED = 1000, 0  # of scenarios that are run where no run folder says otherwise

Setting = tuple[str, int, int, dict[str, float]]


@dataclass(frozen=True)
class Lineup:
    """The subjects, the baseline first; worlds and seed of those that are to be run."""

    subjects: tuple[Subject, ...]
    worlds: int
    seed: int

    @property
    def settings(self) -> list[Setting]:
        """How each was asked for, its worlds, its seed and the parameters given beside it.

        The same settings, the same tables.
        """
        return [
            (one.called, len(one.run.runs), int(one.run.manifest["seed"]), {})
            if one.run
            else (one.called, self.worlds, self.seed, dict(one.given))
            for one in self.subjects
        ]


def line_up(
    references: Sequence[str | Path | Scenario],
    worlds: int | None = None,
    seed: int | None = None,
    parameters: Mapping[str, float] | None = None,
) -> Lineup:
    """Opens what is to be compared; see `compare`.

    A scenario that is to be run is run for the weeks of the baseline: worlds of another length
    could not be paired with its worlds.

    Raises:
        ScenarioError: a scenario is wrong, or measures nothing.
        NotARunError: a folder that is no finished run.
        ValueError: fewer than two subjects, a number of worlds below 1, or a negative seed.
    """
    subjects = open_subjects(_several(references), parameters)
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
    return Lineup(opened, whole_number(worlds, "worlds", 1), whole_number(seed, "seed"))


def _several(references: Any) -> list[Any]:
    """What is to be compared, two at least.

    Raises:
        TypeError: it is no list.
        ValueError: it holds fewer than two.
    """
    wanted = 'a baseline and one other at least, such as ["no_shock", "haniyeh_2024"]'
    is_one = isinstance(references, str | bytes | Mapping | Scenario)
    if is_one or not isinstance(references, Iterable):
        raise TypeError(f"{told(references)} is given; expected {wanted}")
    several = list(references)
    if len(several) < 2:
        raise ValueError(f"two scenarios at least are needed for a comparison: {wanted}")
    return several


def settings_in(manifest: Mapping[str, Any]) -> list[Setting]:
    """The settings of a comparison that is there."""
    return [
        (one["called"], one["worlds"], one["seed"], one.get("set", {}))
        for one in manifest["scenarios"]
    ]
