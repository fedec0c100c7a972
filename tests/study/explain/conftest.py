"""A scenario that takes a moment, and what many tests of explanations need."""

import pytest

from realpolitik.sim.scenario.loading import read_scenario
from realpolitik.sim.scenario.schema import Scenario

QUARREL = """
title: A short quarrel
question: Does Iran strike within five weeks?
start: 2024-08-05
weeks: 5
actors: [RUS, IRN, ISR, USA]
parameters: {action.limited_strike.base_rate: 0.1}
shocks:
  - {id: killed, kind: assassination, week: 1, by: ISR, against: IRN, pressure: 0.9}
deals:
  - {id: usa_russia, actor: RUS, rival: USA, toward: IRN}
outcomes:
  strike: {measure: direct_strike, by: IRN, on: ISR, label: Iran strikes}
  arms: {measure: act, action: offensive_arms, by: RUS, on: IRN}
  weeks_to_strike: {measure: weeks_to, by: IRN, on: ISR}
  height: {measure: highest_rung}
  alignment: {measure: public_alignment, by: RUS, toward: IRN}
"""


@pytest.fixture(scope="session")
def quarrel() -> Scenario:
    """Four states in five weeks."""
    return read_scenario(QUARREL, "quarrel.yaml")
