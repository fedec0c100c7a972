"""All tables of a study."""

import warnings
from collections.abc import Callable
from typing import TypeVar

import pandas as pd

from realpolitik.sim.study.analysis.boxes import boxes, why_no_boxes
from realpolitik.sim.study.analysis.curves import curves
from realpolitik.sim.study.analysis.effects import effects
from realpolitik.sim.study.analysis.levels import spread, summary
from realpolitik.sim.study.analysis.lines import SAMPLERS as IN_LINES
from realpolitik.sim.study.analysis.tipping import tipping
from realpolitik.sim.study.sweep.findings import Findings

Made = TypeVar("Made")


def analyse(findings: Findings) -> dict[str, pd.DataFrame]:
    """Name → table, of all tables that apply to the study.

    `summary` and `spread` always; `curves` and `effects` where points lie in lines (a grid, one
    address at a time), and `tipping` there if the study names thresholds; `sobol` and `morris` for
    their designs; `boxes` and `peeling` unless `why_no_boxes` has a reason.
    """
    sampler = findings.study["sampler"]
    tables = {"summary": summary(findings), "spread": spread(findings)}
    makers = _of_design(findings)
    if sampler in IN_LINES and findings.study["thresholds"]:
        makers["tipping"] = tipping
    for name, make in makers.items():
        if (table := _attempt(name, make, findings)) is not None:
            tables[name] = table
    if why_no_boxes(findings):
        return tables
    return tables | (_attempt("boxes", boxes, findings) or {})


def _attempt(name: str, make: Callable[[Findings], Made], findings: Findings) -> Made | None:
    """What can be made; else None and a warning: the worlds are run, and other tables stand."""
    try:
        return make(findings)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one analysis
        text = " ".join(str(error).split())
        warnings.warn(f"no table {name}: {type(error).__name__}: {text}", stacklevel=2)
        return None


def _of_design(findings: Findings) -> dict[str, Callable[[Findings], pd.DataFrame]]:
    """The tables that a design is made for. SALib is imported only where it is needed."""
    sampler = findings.study["sampler"]
    if sampler in IN_LINES:
        return {"curves": curves, "effects": effects}
    if sampler == "sobol":
        from realpolitik.sim.study.analysis.sobol import sobol

        return {"sobol": sobol}
    if sampler == "morris":
        from realpolitik.sim.study.analysis.morris import morris

        return {"morris": morris}
    return {}
