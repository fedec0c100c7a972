"""Classes of act: what a forecast of weekly acts is about, and is scored by."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from realpolitik.sim.record.weekly import Record

CLASSES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "denounce": ("denounce",),
        "threaten": ("threaten",),
        "support": ("support", "diplomatic_cover"),
        "offer": ("offer_deal", "propose_talks"),
        "sanction": ("sanction",),
        "arms": ("defensive_aid", "offensive_arms"),
        "show_of_force": ("show_of_force",),
        "step_back": ("de_escalate",),
        "strike": ("limited_strike", "major_strike"),
    }
)
"""Class of act → our actions in it; all of a class are on one track."""

CLASS_OF = {action: n for n, actions in enumerate(CLASSES.values()) for action in actions}
"""Action → number of its class."""

Acts = NDArray[np.bool_]
"""Whether each pair did an act of each class in each week, (classes, weeks, pairs)."""


def acts_of(record: Record) -> Acts:
    """What each pair did in the weeks of a record, by class."""
    return np.stack([record.did(actions) for actions in CLASSES.values()])
