"""The runs of a calibration: each stage in a folder of its own, patterns and findings read off."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from realpolitik.sim.study.calibrate.conclusions import Runs, conclusions_over, gauges_of
from realpolitik.sim.study.calibrate.gauging import read
from realpolitik.sim.study.calibrate.implausibility import implausibility
from realpolitik.sim.study.calibrate.pattern import Pattern
from realpolitik.sim.study.calibrate.plan import CalibrationPlan
from realpolitik.sim.study.calibrate.running import Stage
from realpolitik.sim.study.calibrate.settings import Cases, by_case
from realpolitik.sim.study.calibrate.waves import Matched, judged
from realpolitik.sim.study.sweep.conduct import Tell
from realpolitik.sim.study.sweep.workers import Workers

SETS, FINDINGS = "sets", "findings"


@dataclass(frozen=True)
class Work:
    """Runs the worlds that a calibration asks for, and reads them."""

    plan: CalibrationPlan
    folder: Path
    workers: Workers
    tell: Tell

    def measure_at(self, stage: str, points: pd.DataFrame, worlds: int) -> pd.DataFrame:
        """All patterns at all points; see `waves.MeasureAt`."""
        cases = by_case(pattern.gauge for pattern in self.plan.patterns)
        each = self._runs(stage, points, worlds, cases)
        rows = [
            _row(int(point), pattern, runs)
            for point, runs in zip(points["point"], each, strict=True)
            for pattern in self.plan.patterns
        ]
        return pd.DataFrame(rows)

    def sets(self, found: Matched) -> pd.DataFrame:
        """Sets drawn from the points that remain, measured once more, in `final_worlds`.

        A point that remains was judged in few worlds, and some remain by chance: `remains` says
        which still do.
        """
        drawn, worlds = self._drawn(found), self.plan.final_worlds
        nothing = found.readings.head(0)
        again = self.measure_at(SETS, drawn, worlds) if len(drawn) else nothing
        return judged(self.plan, drawn, again, self.plan.waves + 1).drop(columns="wave")

    def conclusions(self, sets: pd.DataFrame) -> pd.DataFrame:
        """The headline findings over those of the sets that remain."""
        findings, worlds = self.plan.findings, self.plan.finding_worlds
        cases = by_case(gauges_of(findings))

        def runs_at(sets: pd.DataFrame) -> Sequence[Runs]:
            return self._runs(FINDINGS, sets, worlds, cases) if len(sets) else []

        kept = sets.loc[sets["remains"], ["point", *self.plan.addresses]].reset_index(drop=True)
        return conclusions_over(kept, findings, worlds, runs_at=runs_at)

    def _drawn(self, found: Matched) -> pd.DataFrame:
        """So many of the points that remain, each once; all if there are fewer."""
        kept = found.points[found.points["remains"]].reset_index(drop=True)
        rng = np.random.default_rng([self.plan.seed, 0])
        number = min(self.plan.finding_sets, len(kept))
        chosen = sorted(rng.permutation(len(kept))[:number].tolist())
        sets = kept.iloc[chosen][self.plan.addresses].reset_index(drop=True)
        sets.insert(0, "point", np.arange(len(sets)))
        return sets

    def _runs(
        self, stage: str, points: pd.DataFrame, worlds: int, cases: Cases
    ) -> list[Mapping[str, pd.DataFrame]]:
        """Of each point: name of each setting → its worlds."""
        one = Stage(
            self.folder / stage,
            points,
            self.plan.vary,
            worlds,
            self.plan.seed,
            self.workers,
            self.tell,
        )
        columns = [one.runs(case, outcomes) for case, outcomes in cases.values()]
        return [dict(zip(cases, row, strict=True)) for row in zip(*columns, strict=True)]


def _row(point: int, pattern: Pattern, runs: Runs) -> dict[str, str | float | int]:
    found = read(pattern.gauge, runs[pattern.gauge.case.name])
    return {
        "point": point,
        "pattern": pattern.id,
        "value": found.value,
        "low": found.low,
        "high": found.high,
        "n": found.n,
        "implausibility": implausibility(found.value, found.variance, pattern),
    }
