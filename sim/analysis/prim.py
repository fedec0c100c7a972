"""PRIM by the EMA Workbench, in either of its two versions, and quietly.

Version 2.5.3 wants a threshold that version 3 no longer has, and calls the quasi-p values by
another name. Both warn of what is not installed and of what pandas will change: that is theirs.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from inspect import signature
from typing import Any

import numpy as np
import pandas as pd

from realpolitik.sim.engine.world import Mask

SOME = 1e-9  # density that the last box must have: any


@dataclass(frozen=True)
class Peeling:
    """The trajectory of boxes, from the whole space inwards.

    Attributes:
        trajectory: A row a box: coverage, density, mass, n (points inside).
        limits: Least and greatest value in each box, by address, two rows each.
        quasi_p: Quasi-p values of the restrictions of each box: address → lower, upper; -1 for a
            side that is not restricted (Bryant and Lempert 2010).
    """

    trajectory: pd.DataFrame
    limits: list[pd.DataFrame]
    quasi_p: list[dict[str, list[float]]]


def is_installed() -> bool:
    """Whether the EMA Workbench is there to be imported."""
    return find_spec("ema_workbench") is not None


def peel(points: pd.DataFrame, cases: Mask) -> Peeling:
    """The boxes that PRIM peels, and pastes, around the cases of interest.

    Args:
        points: A row a point, a column an address.
        cases: Which points are of interest, some but not all, (points,).
    """
    with _quiet():
        prim = import_module("ema_workbench.analysis.prim").Prim
        old = {"threshold": SOME} if "threshold" in signature(prim).parameters else {}
        box: Any = prim(points.astype(np.float64), cases.astype(np.int64), **old).find_box()
    trajectory = box.peeling_trajectory[["coverage", "density", "mass", "n"]]
    quasi_p = box.p_values if hasattr(box, "p_values") else box.qp
    return Peeling(
        trajectory.astype(np.float64).reset_index(drop=True), list(box.box_lims), list(quasi_p)
    )


@contextmanager
def _quiet() -> Iterator[None]:
    """Lets the warnings of the workbench pass unheard."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
