"""All patterns at one setting of the parameters, each with its interval and a verdict."""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor, Future

import pandas as pd

from realpolitik.sim.calibrate.patterns import Gauge, Pattern
from realpolitik.sim.calibrate.plan import by_case, narrowed
from realpolitik.sim.calibrate.statistic import Measurement, implausibility, read, verdict
from realpolitik.sim.experiments.chunks import missing, run_chunk
from realpolitik.sim.experiments.vary_request import free
from realpolitik.sim.experiments.workers import Serial
from realpolitik.sim.scenario.arguments import executor_given
from realpolitik.sim.scenario.serialise import pack

NOTHING: Mapping[str, float] = {}


def measure(
    patterns: Sequence[Pattern],
    parameters: Mapping[str, float] = NOTHING,
    worlds: int = 4000,
    seed: int = 0,
    executor: Executor | None = None,
) -> pd.DataFrame:
    """A row a pattern: what it asks for, what was measured, and whether it holds.

    Args:
        patterns: What is measured.
        parameters: Address → value, in every setting that does not set it itself; none: defaults.
        worlds: Worlds of each setting.
        seed: Seed of all draws, the same in every setting.
        executor: Runs the worlds; none: this process.

    Returns:
        `pattern`, `value`, `low`, `high` (95 % interval for Monte Carlo error), `target_low`,
        `target_high`, `n` (worlds that bear on it), `verdict` (holds | missed | undecided),
        `implausibility`, `ground`, `says`, `record_says`, `source`.
    """
    runs = runs_of((pattern.gauge for pattern in patterns), parameters, worlds, seed, executor)
    return table((one, read(one.gauge, runs[one.gauge.case.name])) for one in patterns)


def table(found: Iterable[tuple[Pattern, Measurement]]) -> pd.DataFrame:
    """The table of `measure`, out of what was read."""
    return pd.DataFrame([_row(pattern, reading) for pattern, reading in found])


def runs_of(
    gauges: Iterable[Gauge],
    parameters: Mapping[str, float],
    worlds: int,
    seed: int,
    executor: Executor | None = None,
) -> dict[str, pd.DataFrame]:
    """Name of each setting → its worlds: `point` (0), `world`, then a column an outcome."""
    waiting: dict[str, list[Future[pd.DataFrame]]] = {}
    executor_given(executor)
    workers = executor or Serial()
    for name, (case, outcomes) in by_case(gauges).items():
        packed = pack(narrowed(case, outcomes))
        kept = {one: parameters[one] for one in free(parameters, case.scenario)}
        waiting[name] = [
            workers.submit(run_chunk, packed, seed, kept, chunk) for chunk in missing(0, worlds, ())
        ]
    return {name: _joined(parts) for name, parts in waiting.items()}


def _joined(parts: Iterable["Future[pd.DataFrame]"]) -> pd.DataFrame:
    return pd.concat([part.result() for part in parts], ignore_index=True)


def _row(pattern: Pattern, reading: Measurement) -> dict[str, str | float | int]:
    return {
        "pattern": pattern.id,
        "value": reading.value,
        "low": reading.low,
        "high": reading.high,
        "target_low": pattern.low,
        "target_high": pattern.high,
        "n": reading.n,
        "verdict": verdict(reading.low, reading.high, pattern.low, pattern.high),
        "implausibility": implausibility(reading.value, reading.variance, pattern),
        "ground": pattern.ground,
        "says": pattern.says,
        "record_says": pattern.record_says,
        "source": pattern.source,
    }
