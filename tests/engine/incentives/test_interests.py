"""What an actor gains and loses through others, against values worked out by hand."""

import pytest

from realpolitik.sim.engine.actions import NAMED
from tests.engine.incentives.changes import Contribute, put, weight


def test_leverage_lies_in_force_and_in_what_is_done_to_a_rival_or_to_its_rivals(
    contributions: Contribute,
) -> None:
    added = contributions("transactional_leverage", put("openness", 0, value=1.0))
    chips = 0.5 * weight("RUS.transactional_leverage")  # the deal is half open at the start
    for (_, act, _), value in added.items():
        assert value == pytest.approx(chips * NAMED[act.split()[1]].leverage), act
    beyond_force = {target for _, act, target in added if not act.startswith("force")}
    assert beyond_force == {"USA", "IRN", "HOU", "HEZ"}
    assert {"ISR", "UKR"} <= {target for _, act, target in added if act.startswith("force")}
