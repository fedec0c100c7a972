"""What the simulator says of each case under each rival reading."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future

import numpy as np

from realpolitik.sim.engine.world import Array
from realpolitik.sim.scenario.arguments import executor_given, function_given
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.serialise import pack, unpack
from realpolitik.sim.study.ensemble import simulate
from realpolitik.sim.study.hindcast.cases import Case
from realpolitik.sim.study.hindcast.rivals import Rival

Progress = Callable[[int, int], None]
Simulated = dict[tuple[str, str], Array]


def simulated_forecasts(
    cases: Sequence[Case],
    rivals: Sequence[Rival],
    worlds: int,
    seed: int,
    progress: Progress | None = None,
    executor: Executor | None = None,
) -> Simulated:
    """(case, rival) → share of the worlds in each category, (categories,).

    World k is the same draw under all rivals. `progress` is called with the forecasts done and in
    all; an executor makes them elsewhere, which changes nothing in them.
    """
    function_given(progress, "progress")
    executor_given(executor)
    pairs = [(case, rival) for case in cases for rival in rivals]
    values = (_elsewhere if executor else _here)(pairs, worlds, seed, executor)
    found: Simulated = {}
    for (case, rival), one in zip(pairs, values, strict=True):
        found[case.name, rival.name] = case.shares(one)
        if progress:
            progress(len(found), len(pairs))
    return found


Pairs = Sequence[tuple[Case, Rival]]


def _here(pairs: Pairs, worlds: int, seed: int, _: Executor | None) -> Iterator[Array]:
    for case, rival in pairs:
        yield _outcome(_spec(case, rival), case.episode.outcome, worlds, seed)


def _elsewhere(pairs: Pairs, worlds: int, seed: int, executor: Executor | None) -> Iterator[Array]:
    """All are submitted at once; on an error those not begun are called off."""
    running: list[Future[Array]] = []
    if executor is None:
        return
    try:
        for case, rival in pairs:
            words = (pack(_spec(case, rival)), case.episode.outcome, worlds, seed)
            running.append(executor.submit(_packed, *words))
        for future in running:
            yield future.result()
    finally:
        for future in running:
            future.cancel()


def _spec(case: Case, rival: Rival) -> Scenario:
    return case.scenario.with_parameters(rival.parameters)


def _packed(packed: str, outcome: str, worlds: int, seed: int) -> Array:
    return _outcome(unpack(packed), outcome, worlds, seed)


def _outcome(spec: Scenario, outcome: str, worlds: int, seed: int) -> Array:
    """The outcome in each world, (worlds,)."""
    return np.asarray(simulate(spec, worlds, seed).runs[outcome], dtype=np.float64)
