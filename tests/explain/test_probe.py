"""Reasons: every weight on its own, and together what was added up."""

import numpy as np
import pandas as pd
import pytest

from realpolitik.sim.engine.world import Array
from realpolitik.sim.explain.probe import ActorProbe, added_by, reasons, watching
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.vocabulary import vocabulary

ACTORS = tuple(vocabulary().actors)


@pytest.mark.parametrize("code", ACTORS)
def test_reasons_add_up_to_utility_in_every_week_of_several_worlds(
    haniyeh: Scenario, code: str
) -> None:
    with watching(haniyeh, 4, 7, 5, code) as probe:
        while probe.model.running:
            probe.begin()
            look = probe.snapshot()
            assert np.abs(look.contributions.sum(axis=0) - look.utility).max() < 1e-12
            assert np.abs(by_incentive(probe) - own_terms(probe)).max() < 1e-12
            probe.finish()


def by_incentive(probe: ActorProbe) -> Array:
    """Contributions of the reasons, parts put together, (incentives, W, K)."""
    look = probe.snapshot()
    names = [reason.incentive for reason in probe.reasons]
    return np.stack(
        [
            look.contributions[[one == name for one in names]].sum(axis=0)
            for name in dict.fromkeys(names)
        ]
    )


def own_terms(probe: ActorProbe) -> Array:
    """Contributions as the actor itself names them, (incentives, W, K)."""
    return np.stack(list(probe.actor.contributions().values()))


@pytest.mark.parametrize("code", ACTORS)
def test_every_weight_stands_in_the_table_once_with_source_and_sentence(code: str) -> None:
    table = reasons(code)
    declared = vocabulary().weights_of(code)
    assert list(table["address"]) == [parameter.address for parameter in declared]
    assert (table["source"] != "").all()
    assert table["why"].str.endswith((".", ").")).all()
    assert (table["low"] <= table["weight"]).all()
    assert (table["weight"] <= table["high"]).all()


def test_a_sum_is_marked_and_has_the_weight_of_its_parts() -> None:
    table = reasons("RUS", {"RUS.israel_ties": 0.62}).set_index("address")
    parts = table[(table["incentive"] == "israel_ties") & ~table["is_sum"]]
    assert table.loc["RUS.israel_ties", "is_sum"]
    assert parts["weight"].sum() == pytest.approx(0.62)
    assert parts["weight"].to_numpy() == pytest.approx(2 * parts["default"].to_numpy())
    assert set(parts["part"]) >= {"diaspora", "rapport"}


def test_worlds_that_were_watched_are_freed_at_once(haniyeh: Scenario) -> None:
    with watching(haniyeh, 4, 7, 2, "RUS") as probe:
        assert probe.model.world.worlds == 2
    assert vars(probe.model) == {}


def test_what_is_added_stands_with_sums_above_their_parts_the_largest_first() -> None:
    weights = reasons("RUS")
    own = weights.loc[~weights["is_sum"], "address"]
    added = pd.Series(np.linspace(-0.5, 0.4, len(own)), index=own)
    rows = added_by(weights, added, precision=10.0)
    assert sorted(rows["address"]) == sorted(weights["address"])
    assert rows["log_odds"].to_numpy() == pytest.approx(10 * rows["utility"].to_numpy())
    wholes = rows[(rows["part"] == "")].set_index("incentive")["utility"]
    assert wholes.abs().is_monotonic_decreasing
    for name, group in rows[rows["part"] != ""].groupby("incentive"):
        assert group["utility"].sum() == pytest.approx(wholes[name])
    assert all(group.index.is_monotonic_increasing for _, group in rows.groupby("incentive"))
