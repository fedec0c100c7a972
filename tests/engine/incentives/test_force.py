"""Why force is used, against values worked out by hand."""

import numpy as np
import pytest

from realpolitik.sim.engine.incentives.force import answer_probability, sigmoid
from tests.engine.incentives.changes import Contribute, put, weight


def test_deterrence_fails_below_the_threshold_belief() -> None:
    gain, cost, high, low = 0.35, 0.6, 0.9, 0.35
    threshold = (gain / cost - low) / (high - low)
    assert threshold == pytest.approx(0.424242, abs=1e-6)
    utility = gain - cost * answer_probability(np.array(threshold), high, low)
    assert sigmoid(10 * utility) == pytest.approx(0.5)


def test_a_threat_costs_where_it_is_not_kept_toward_the_one_it_was_made_to(
    contributions: Contribute,
) -> None:
    added = contributions("audience_cost", put("commitment", "IRN", "ISR", value=0.5))
    cost = 0.5 * weight("IRN.audience_cost")
    assert added == {
        ("IRN", "force de_escalate", "ISR"): pytest.approx(-cost),
        ("IRN", "force hold", "ISR"): pytest.approx(-cost / 2),
    }
