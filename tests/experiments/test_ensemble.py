"""Ensembles: what is refused, what is told while they run, what the tables hold."""

import gc
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from typing import Any

import numpy as np
import pandas as pd
import pytest

from realpolitik.sim import EscalationModel, simulate
from realpolitik.sim.engine.streams import BLOCK
from realpolitik.sim.engine.world import World
from realpolitik.sim.experiments import ensemble
from realpolitik.sim.experiments.ensemble import join_blocks, run_block, spread_table
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.stats.spread import QUANTILES


@pytest.mark.parametrize(("worlds", "seed"), [(0, 1), (-3, 1), (5, -1)])
def test_no_worlds_and_negative_seeds_are_refused(
    haniyeh: Scenario, worlds: int, seed: int
) -> None:
    with pytest.raises(ValueError, match="at least"):
        simulate(haniyeh, worlds, seed)


def test_an_unknown_parameter_is_refused_with_the_nearest_name(haniyeh: Scenario) -> None:
    with pytest.raises(ValueError, match=r"did you mean 'RUS\.israel_ties'"):
        simulate(haniyeh, 5, 1, {"RUS.israel_tie": 0.0})


def test_a_parameter_out_of_its_range_is_refused(haniyeh: Scenario) -> None:
    with pytest.raises(ValueError, match=r"RUS\.israel_ties"):
        simulate(haniyeh, 5, 1, {"RUS.israel_ties": 7.0})


def test_progress_counts_world_weeks_up_to_all_of_them(haniyeh: Scenario) -> None:
    told: list[tuple[int, int]] = []
    simulate(haniyeh, BLOCK + 10, 1, progress=lambda done, all_: told.append((done, all_)))
    total = (BLOCK + 10) * haniyeh.weeks
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1] == (total, total)


def test_a_value_for_a_whole_stake_keeps_the_proportions_of_its_parts(haniyeh: Scenario) -> None:
    whole = simulate(haniyeh, 50, 1, {"RUS.israel_ties": 0.62}).runs
    defaults = {"diaspora": 0.07, "returnees": 0.04, "capital": 0.035, "influence": 0.025}
    defaults |= {"rapport": 0.045, "common_enemy": 0.025, "deconfliction": 0.045, "goodwill": 0.025}
    assert sum(defaults.values()) == pytest.approx(0.31)
    twice = {f"RUS.israel_ties.{name}": 2 * value for name, value in defaults.items()}
    assert whole.equals(simulate(haniyeh, 50, 1, twice).runs)


def test_weeks_hold_outcomes_as_they_stood(haniyeh: Scenario) -> None:
    result = simulate(haniyeh, 200, 1)
    strikes = result.weeks[result.weeks["measure"] == "strike_on_israel"]
    assert strikes["mean"].is_monotonic_increasing
    assert strikes["mean"].iloc[-1] == pytest.approx(result.runs["strike_on_israel"].mean())
    assert set(result.weeks["measure"]) == {"rung"} | {
        name for name, measure in haniyeh.outcomes.items() if measure.scale != "weeks"
    }


def test_acts_count_all_worlds_and_events_tell_the_first(haniyeh: Scenario) -> None:
    result = simulate(haniyeh, 60, 1)
    assert result.acts["per_world"].sum() * 60 == pytest.approx(len(result.events))


def test_weeks_hold_the_means_and_quantiles_of_the_values_themselves(haniyeh: Scenario) -> None:
    model, values = EscalationModel(haniyeh, 300, rng=2), {}
    while model.running:
        model.step()
        for name, measure in haniyeh.outcomes.items():
            if measure.scale != "weeks":
                values[model.week, name] = model.outcome(name)
        values[model.week, "rung"] = model.history.rung
    weeks = simulate(haniyeh, 300, 2).weeks.set_index(["week", "measure"])
    for key, direct in values.items():
        assert weeks.loc[key, "mean"] == pytest.approx(direct.mean(), rel=1e-13)
        for name, level in QUANTILES.items():
            expected = np.quantile(direct, level)
            assert weeks.loc[key, name] == pytest.approx(expected, rel=5e-3, abs=1e-9)


def test_blocks_give_the_same_tables_in_any_order_and_grouping(haniyeh: Scenario) -> None:
    blocks = [run_block(haniyeh, 1, block, 30, lambda _: None) for block in range(3)]
    one_by_one = join_blocks(blocks)
    grouped = join_blocks([blocks[2], join_blocks([blocks[1], blocks[0]])])
    pd.testing.assert_frame_equal(
        spread_table(one_by_one.weekly), spread_table(grouped.weekly), check_exact=True
    )
    assert np.array_equal(one_by_one.deeds, grouped.deeds)
    assert len(one_by_one.runs) == 90


def test_a_block_that_is_done_leaves_no_worlds_behind(no_shock: Scenario) -> None:
    def worlds() -> int:
        return sum(isinstance(one, World) for one in gc.get_objects())

    gc.disable()  # at once, that is, and not when the garbage collector comes
    try:
        before = worlds()
        run_block(no_shock.model_copy(update={"weeks": 2}), 1, 0, 3, lambda _: None)
        assert worlds() == before
    finally:
        gc.enable()


# ── Executors ────────────────────────────────────────────────────────────────────────


def tables_of(result: ensemble.Result) -> Iterator[pd.DataFrame]:
    """Every table."""
    yield from (result.runs, result.weeks, result.events, result.acts)


def of_processes() -> Executor:
    """Two processes that are started afresh."""
    return ProcessPoolExecutor(2, mp_context=get_context("spawn"))


@pytest.mark.parametrize("hire", [lambda: ThreadPoolExecutor(2), of_processes])
def test_an_executor_changes_nothing_but_who_does_the_work(
    haniyeh: Scenario, hire: Callable[[], Executor]
) -> None:
    told: list[tuple[int, int]] = []
    with hire() as executor:
        spread_out = simulate(
            haniyeh, BLOCK + 6, 1, None, lambda done, of: told.append((done, of)), executor
        )
    here = simulate(haniyeh, BLOCK + 6, 1)
    for one, other in zip(tables_of(spread_out), tables_of(here), strict=True):
        pd.testing.assert_frame_equal(one, other, check_exact=True)
    total = (BLOCK + 6) * haniyeh.weeks
    assert told == [(BLOCK * haniyeh.weeks, total), (total, total)]


class Hesitant(Executor):
    """Runs nothing before its result is wanted, and counts what waits."""

    def __init__(self, fails: bool = False) -> None:
        self.fails, self.waiting, self.most, self.given = fails, 0, 0, list[Future[Any]]()

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """A future that runs the function when asked."""
        future = Later(self, lambda: fn(*args, **kwargs))
        self.waiting += 1
        self.most = max(self.most, self.waiting)
        self.given.append(future)
        return future


class Later(Future[Any]):
    """A result that is worked out when it is asked for."""

    def __init__(self, owner: Hesitant, work: Any) -> None:
        super().__init__()
        self.owner, self.work = owner, work

    def result(self, timeout: float | None = None) -> Any:
        """Works it out."""
        self.owner.waiting -= 1
        if self.owner.fails:
            raise RuntimeError("no more power")
        return self.work()


def test_only_so_many_blocks_are_in_the_hands_of_an_executor(
    no_shock: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ensemble, "AHEAD", 2)
    short, executor = no_shock.model_copy(update={"weeks": 1}), Hesitant()
    assert len(simulate(short, 4 * BLOCK + 1, 1, executor=executor).runs) == 4 * BLOCK + 1
    assert (len(executor.given), executor.most) == (5, 2)


def test_after_a_failure_what_has_not_begun_is_called_off(no_shock: Scenario) -> None:
    executor = Hesitant(fails=True)
    with pytest.raises(RuntimeError, match="no more power"):
        simulate(no_shock, 3 * BLOCK, 1, executor=executor)
    assert [future.cancelled() for future in executor.given] == [False, True, True]
