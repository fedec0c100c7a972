"""Why force is used, against values worked out by hand."""

import numpy as np
import pytest

from realpolitik.sim.engine.incentives.force import answer_probability, sigmoid


def test_deterrence_fails_below_the_threshold_belief() -> None:
    gain, cost, high, low = 0.35, 0.6, 0.9, 0.35
    threshold = (gain / cost - low) / (high - low)
    assert threshold == pytest.approx(0.424242, abs=1e-6)
    utility = gain - cost * answer_probability(np.array(threshold), high, low)
    assert sigmoid(10 * utility) == pytest.approx(0.5)
