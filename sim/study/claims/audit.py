"""Runs every trial of every claim, and says of each claim whether it holds in the model."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass
from itertools import islice

import numpy as np
import pandas as pd

from realpolitik.sim.engine.measures import Measure
from realpolitik.sim.scenario.arguments import executor_given, function_given, whole_number
from realpolitik.sim.scenario.serialise import pack
from realpolitik.sim.study.claims.claim import Case, CaseKey, Claim, Trial
from realpolitik.sim.study.claims.table import claims_table
from realpolitik.sim.study.claims.tally import Tally, Values
from realpolitik.sim.study.sweep.chunks import Chunk, missing, run_chunk
from realpolitik.sim.study.sweep.workers import Serial

Progress = Callable[[int, int], None]

AHEAD = 16  # chunks given out at once where there is an executor


def audit(
    claims: Sequence[Claim],
    worlds: int = 2000,
    seed: int = 0,
    progress: Progress | None = None,
    executor: Executor | None = None,
) -> pd.DataFrame:
    """Tries all claims in the same worlds: one row a trial, in the order of the claims.

    Each scenario with its parameters is run once, whatever number of trials looks at it. The
    result depends on claims, worlds and seed alone, not on the executor. What is kept is one block
    of worlds of the outcomes that are asked for, and one number a world for each trial.

    Args:
        claims: As `load_claims` gives them, or some of them.
        worlds: Worlds of every case, at least 1.
        seed: Seed of all draws, at least 0.
        progress: Called after every block of a case with the worlds done and in all.
        executor: Who runs the worlds; None for this process.

    Returns:
        id, paragraph, actor, kind, status, claim, encoded, inferred, by_construction, test (its
        number, 0 for none), outcome, scenario, changed, expect, by, level, base, effect, low, high,
        n, finding (of this test), without_motives, without_low, without_high (effect and interval
        for an actor without motives; NaN where that is not asked), without_finding (empty there),
        verdict (of the claim: the same in all its rows), why, note.

    Raises:
        ValueError: a number of worlds below 1, or a negative seed.
    """
    worlds, seed = whole_number(worlds, "worlds", 1), whole_number(seed, "seed")
    function_given(progress, "progress")
    executor_given(executor)
    tallies = {claim.id: tuple(map(Tally, claim.trials)) for claim in claims}
    work = _work([trial for claim in claims for trial in claim.trials])
    done, total = 0, worlds * len(work.cases)
    for chunk in missing(0, worlds, ()):
        block: dict[CaseKey, Values] = {}
        for key, values in work.run(chunk, seed, executor):
            block[key] = values
            done += chunk.worlds
            if progress:
                progress(done, total)
        for tally in (one for tries in tallies.values() for one in tries):
            tally.add(block)
    return claims_table(claims, tallies)


@dataclass(frozen=True)
class _Work:
    """What has to be simulated.

    Attributes:
        cases: The different cases.
        columns: What is wanted of each.
        packed: Scenario → its text with all outcomes that any case of it is asked for.
    """

    cases: Mapping[CaseKey, Case]
    columns: Mapping[CaseKey, tuple[str, ...]]
    packed: Mapping[str, str]

    def run(
        self, chunk: Chunk, seed: int, executor: Executor | None
    ) -> Iterator[tuple[CaseKey, Values]]:
        """The worlds of a chunk of every case, in the order in which they are done."""
        runner = executor or Serial()
        waiting = iter(self.cases.items())
        flying: dict[Future[Values], CaseKey] = {}
        try:
            while True:
                for key, case in islice(waiting, (AHEAD if executor else 1) - len(flying)):
                    text, settings = self.packed[case.called], dict(case.parameters)
                    wanted = (text, seed, settings, chunk, self.columns[key])
                    flying[runner.submit(run_case, *wanted)] = key
                if not flying:
                    return
                for future in wait(flying, return_when=FIRST_COMPLETED).done:
                    yield flying.pop(future), future.result()
        finally:
            for future in flying:
                future.cancel()


def run_case(
    packed: str, seed: int, settings: Mapping[str, float], chunk: Chunk, columns: Sequence[str]
) -> Values:
    """The wanted outcomes of the worlds of a chunk: column → (W,). May run in another process."""
    found = run_chunk(packed, seed, settings, chunk)
    return {column: found[column].to_numpy(dtype=np.float64) for column in columns}


def _work(trials: Sequence[Trial]) -> _Work:
    """The cases of the trials, each once."""
    cases: dict[CaseKey, Case] = {}
    columns: dict[CaseKey, dict[str, None]] = {}
    outcomes: dict[str, dict[str, Measure]] = {}
    for side in (side for trial in trials for side in trial.sides):
        case = cases.setdefault(side.case.key, side.case)
        columns.setdefault(case.key, {})[side.column] = None
        outcomes.setdefault(case.called, _awaited(case))[side.column] = side.measure
    scenarios = {case.called: case.scenario for case in cases.values()}
    packed = {
        called: pack(scenario.model_copy(update={"outcomes": outcomes[called]}))
        for called, scenario in scenarios.items()
    }
    return _Work(cases, {key: tuple(names) for key, names in columns.items()}, packed)


def _awaited(case: Case) -> dict[str, Measure]:
    """The outcomes that shocks of the scenario wait for, which must stay."""
    names = [shock.when.outcome for shock in case.scenario.shocks if shock.when]
    return {name: case.scenario.outcomes[name] for name in names}
