"""What Mesa collects of a world is what our own tables say of it."""

import inspect
from typing import Any

import mesa
import pandas as pd
import pytest

from realpolitik.sim import EscalationModel, simulate
from realpolitik.sim.scenario.schema import Scenario


def test_the_data_collector_ends_with_the_outcomes_of_our_own_run(haniyeh: Scenario) -> None:
    model = EscalationModel(haniyeh, rng=4).run()
    collected = model.datacollector.get_model_vars_dataframe()
    assert len(collected) == haniyeh.weeks
    own = simulate(haniyeh, 1, 4).runs.iloc[0]
    for name in haniyeh.outcomes:
        assert collected[name].iloc[-1] == pytest.approx(own[name], nan_ok=True)


def test_the_data_collector_numbers_weeks_as_the_table_of_weeks(haniyeh: Scenario) -> None:
    model = EscalationModel(haniyeh, rng=4)
    model.datacollector._new_agent_reporter("week", lambda actor: actor.model.week)
    model.datacollector._new_agent_reporter(
        "highest_rung", lambda actor: actor.model.outcome("highest_rung")[0]
    )
    model.run()
    by_model = model.datacollector.get_model_vars_dataframe()
    by_agent = model.datacollector.get_agent_vars_dataframe()
    weeks = simulate(haniyeh, 1, 4).weeks
    assert [*by_model.index] == [*by_model["week"]] == [*range(1, haniyeh.weeks + 1)]
    for measure, rows in weeks[weeks["measure"] != "rung"].groupby("measure"):
        expected = rows.set_index("week")["mean"]
        pd.testing.assert_series_equal(by_model[measure], expected, check_names=False)
    for (step, _), row in by_agent.iterrows():
        assert row["week"] == step
        assert row["highest_rung"] == by_model.loc[step, "highest_rung"]


def test_rows_of_batch_run_hold_their_week(haniyeh: Scenario) -> None:
    if not hasattr(mesa, "batch_run"):
        pytest.skip("Mesa 4 has no batch_run")
    rows = mesa.batch_run(
        EscalationModel,
        parameters={"scenario": [haniyeh], **_seeds(4)},
        number_processes=1,
        data_collection_period=1,
        display_progress=False,
        **_rng(4),
    )
    collected = EscalationModel(haniyeh, rng=4).run().datacollector.get_model_vars_dataframe()
    assert {row["week"]: row["highest_rung"] for row in rows} == dict(collected["highest_rung"])


@pytest.mark.parametrize("block", [0, 1])
def test_batch_run_gives_the_outcomes_of_our_own_runs(haniyeh: Scenario, block: int) -> None:
    if not hasattr(mesa, "batch_run"):
        pytest.skip("Mesa 4 has no batch_run")
    rows = mesa.batch_run(
        EscalationModel,
        parameters={"scenario": [haniyeh], "worlds": [1], "block": [block], **_seeds(5)},
        number_processes=1,
        max_steps=haniyeh.weeks,
        data_collection_period=-1,
        display_progress=False,
        **_rng(5),
    )
    own = EscalationModel(haniyeh, rng=5, block=block).run()
    assert len(rows) == 1
    for name in haniyeh.outcomes:
        assert rows[0][name] == pytest.approx(own.outcome(name)[0], nan_ok=True), name


def _takes_rng() -> bool:
    """Whether this Mesa's batch_run hands out seeds itself (from 3.4 on)."""
    return "rng" in inspect.signature(mesa.batch_run).parameters


def _rng(seed: int) -> dict[str, Any]:
    return {"rng": [seed]} if _takes_rng() else {}


def _seeds(seed: int) -> dict[str, Any]:
    return {} if _takes_rng() else {"rng": [seed]}
