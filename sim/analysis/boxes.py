"""Boxes: ranges of a few addresses within which most points are of the case that is looked for.

PRIM (Friedman and Fisher 1999, doi:10.1023/A:1008894516817) for scenario discovery (Bryant and
Lempert 2010, doi:10.1016/j.techfore.2009.08.002), by the EMA Workbench. A case of interest is a
point whose mean outcome lies beyond the level. Coverage is the share of all cases that a box
holds, density the share of its points that are cases, mass the share of all points it holds. They
describe these points: at others, a box that was fitted to these does a little worse.
"""

import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from inspect import signature
from typing import Any

import numpy as np
import pandas as pd

from realpolitik.sim.engine.world import Array, Mask
from realpolitik.sim.experiments.samplers import SAMPLERS, samplers_where
from realpolitik.sim.experiments.tallies import Findings
from realpolitik.sim.stats.jackknife import of_points

# ── PRIM by the EMA Workbench ────────────────────────────────────────────────────────


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

    Version 2.5.3 of the workbench wants a threshold that version 3 no longer has, and calls the
    quasi-p values by another name. Both warn of what is not installed and of what pandas will
    change: that is theirs.

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


# ── Cases, and the tables of boxes ───────────────────────────────────────────────────


FEWEST = 20
COLUMNS = (
    *("box", "address", "low", "high", "coverage", "density", "mass", "n_points", "p_value"),
    *("cases", "uncertain"),
)


def why_no_boxes(findings: Findings) -> str | None:
    """Why a study has no boxes, as a sentence for its reader; None if it has them."""
    if not findings.study["favoured"]:
        return "The study names no favoured case, so no boxes were looked for."
    if not SAMPLERS[findings.study["sampler"]].fills_space:
        return (
            f"The points of {findings.study['sampler']} do not fill the space, so no boxes can be "
            f"found in them; {samplers_where(lambda one: one.fills_space)} do."
        )
    if not is_installed():
        return "Boxes need the EMA Workbench: pip install 'realpolitik[discovery]'."
    of_interest, known = cases(findings)
    if known.sum() < FEWEST:
        return f"Boxes need at least {FEWEST} points with a value; there are {known.sum()}."
    if not of_interest.any() or of_interest[known].all():
        which = "Every point" if of_interest.any() else "No point"
        return (
            f"{which} is of the favoured case ({_case(findings)}): there is nothing to tell apart."
        )
    return None


def boxes(findings: Findings) -> dict[str, pd.DataFrame]:
    """The tables `boxes` and `peeling`: the chosen box, and all that it was chosen from.

    `boxes`, a row an address that the box restricts (none if it is the whole space): box (its
    place in the peeling, 0 the whole space), address, low, high, coverage, density, mass, n_points
    (inside), p_value (quasi-p of the restriction, of its two sides the weaker), cases (points of
    interest in all), uncertain (points whose 95 % interval covers the level, so that other worlds
    might put them on the other side).

    `peeling`, a row a box: box, coverage, density, mass, restricted (number of addresses),
    n_points, chosen, cases, uncertain.

    The box is the one in the peeling with the best balance of coverage and density: the greatest
    harmonic mean of the two, and of equals the least restricted.

    Raises:
        ValueError: there are no boxes; says why.
    """
    if reason := why_no_boxes(findings):
        raise ValueError(reason)
    of_interest, known = cases(findings)
    found = peel(findings.points.loc[known, findings.addresses], of_interest[known])
    totals = {"cases": int(of_interest.sum()), "uncertain": int(uncertain(findings).sum())}
    restricted = [_restricted(box, found.limits[0]) for box in found.limits]
    table = found.trajectory.assign(
        box=np.arange(len(found.limits)),
        restricted=[len(addresses) for addresses in restricted],
        n_points=found.trajectory["n"].astype(np.int64),
        chosen=False,
        **totals,
    )
    chosen = best(table)
    table.loc[chosen, "chosen"] = True
    names = ["box", "coverage", "density", "mass", "restricted", "n_points", "chosen", *totals]
    rows = [
        {**table.loc[chosen].to_dict(), **_restriction(found, chosen, address)}
        for address in restricted[chosen]
    ]
    return {"boxes": pd.DataFrame(rows, columns=list(COLUMNS)), "peeling": table[names]}


def best(trajectory: pd.DataFrame) -> int:
    """The box with the greatest harmonic mean of coverage and density, the first of equals."""
    coverage, density = trajectory["coverage"], trajectory["density"]
    return int(np.argmax(2 * coverage * density / np.maximum(coverage + density, 1e-300)))


def cases(findings: Findings) -> tuple[Mask, Mask]:
    """Which points are of interest, and which have a value, (points,) each."""
    favoured = findings.study["favoured"]
    mean = findings.tallies[favoured["outcome"]].mean
    return _beyond(mean, favoured), np.isfinite(mean)


def uncertain(findings: Findings) -> Mask:
    """Points whose 95 % interval covers the level, (points,)."""
    favoured = findings.study["favoured"]
    name = favoured["outcome"]
    low, high = of_points(findings.tallies[name], findings.scales[name])
    return np.asarray((low <= favoured["level"]) & (high >= favoured["level"]))


def _beyond(mean: Array, favoured: Mapping[str, Any]) -> Mask:
    """Which means lie beyond the level on the side that is looked for."""
    above = favoured["side"] == "above"
    return np.asarray(mean > favoured["level"] if above else mean < favoured["level"])


def _case(findings: Findings) -> str:
    """The case in words."""
    favoured = findings.study["favoured"]
    return f"{favoured['outcome']} {favoured['side']} {favoured['level']:g}"


def _restricted(box: pd.DataFrame, whole: pd.DataFrame) -> list[str]:
    """The addresses of which a box leaves something out."""
    return [str(name) for name in whole if (box[name] != whole[name]).any()]


def _restriction(found: Peeling, box: int, address: str) -> dict[str, Any]:
    """Limits of a box in one address, and how likely so good a one is by chance."""
    low, high = found.limits[box][address]
    sides = [float(p) for p in found.quasi_p[box].get(address, []) if p >= 0]
    p_value = max(sides, default=np.nan)
    return {"address": address, "low": float(low), "high": float(high), "p_value": p_value}
