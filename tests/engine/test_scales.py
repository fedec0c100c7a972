"""What is felt of a number, against values worked out by hand."""

import numpy as np
import pytest

from realpolitik.sim.engine.scales import salience


def test_salience_of_deaths_runs_from_none_to_full() -> None:
    felt = salience(np.array([0.0, 999.0, 1e6]), 999.0)
    assert felt == pytest.approx([0.0, 1.0, 1.0])
