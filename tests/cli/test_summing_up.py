import numpy as np

from realpolitik.sim.cli.run.summing_up import record_said
from realpolitik.sim.experiments.summary import Summary, summarise
from realpolitik.sim.scenario.loading import load_scenario
from realpolitik.sim.scenario.vocabulary import vocabulary


def summary(outcome: str, values: list[float]) -> Summary:
    """An outcome of the main scenario in so many worlds, with its base rate."""
    measure = load_scenario("haniyeh_2024").outcomes[outcome]
    rate = vocabulary().base_rates[measure.base_rate] if measure.base_rate else None
    return summarise(measure, np.array(values), rate, 26)


def test_beside_a_median_record_stands_the_median() -> None:
    found = summary("weeks_to_strike", [2, 3, 10])
    assert found.mean == 5
    assert record_said(found) == "median 1.0, here 3.0 weeks"


def test_of_weeks_that_never_came_there_is_no_median() -> None:
    assert record_said(summary("weeks_to_deescalation", [np.nan])) == "median 7.4, here –"


def test_a_share_stands_beside_a_share() -> None:
    assert record_said(summary("russian_offensive_arms_to_iran", [0, 1])) == "8.7\u00a0%"


def test_where_there_is_no_record_nothing_is_said() -> None:
    assert record_said(summary("regional_war", [0, 1])) == ""
