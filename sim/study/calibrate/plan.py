"""What a calibration is to do, all of it: two with equal plans have equal results."""

from collections.abc import Mapping
from dataclasses import dataclass

from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.study.calibrate.pattern import Finding, Pattern
from realpolitik.sim.study.plans.addresses import own_values
from realpolitik.sim.study.plans.levels import clean
from realpolitik.sim.study.plans.plan import Vary


@dataclass(frozen=True)
class CalibrationPlan:
    """Which parameters are varied how far, and what they must show.

    Attributes:
        name: The stem of its file.
        title: What it is called.
        question: The question it answers.
        scenario: The scenario whose values are those at the start.
        vary: What is varied, and its ranges.
        patterns: What a point must show.
        points: Points of each wave, the first of the first wave being the start.
        worlds: Worlds of each setting at each point.
        waves: How many waves.
        seed: Seed of the worlds, the same at every point, and of the points.
        cutoff: Implausibility above which a point is rejected.
        finalists: How many of the points that remain are measured once more.
        final_worlds: Worlds of each setting at each of them.
        findings: The headline findings that are looked at.
        finding_sets: Over how many of the points that remain the findings are looked at; 0: none.
        finding_worlds: Worlds of each setting at each of those.
    """

    name: str
    title: str
    question: str
    scenario: Scenario
    vary: tuple[Vary, ...]
    patterns: tuple[Pattern, ...]
    points: int
    worlds: int
    waves: int
    seed: int
    cutoff: float
    finalists: int
    final_worlds: int
    findings: tuple[Finding, ...]
    finding_sets: int
    finding_worlds: int

    @property
    def addresses(self) -> list[str]:
        """What is varied."""
        return [one.address for one in self.vary]

    @property
    def start(self) -> Mapping[str, float]:
        """Address → the value that it has before anything is calibrated."""
        own = own_values(self.scenario)
        return {address: clean(own[address]) for address in self.addresses}
