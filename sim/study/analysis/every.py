"""All tables of a study."""

from collections.abc import Callable

import pandas as pd

from realpolitik.sim.study.analysis.boxes import boxes, why_no_boxes
from realpolitik.sim.study.analysis.curves import curves
from realpolitik.sim.study.analysis.effects import effects
from realpolitik.sim.study.analysis.levels import spread, summary
from realpolitik.sim.study.analysis.lines import SAMPLERS as IN_LINES
from realpolitik.sim.study.analysis.tipping import tipping
from realpolitik.sim.study.sweep.findings import Findings


def analyse(findings: Findings) -> dict[str, pd.DataFrame]:
    """Name → table, of all tables that apply to the study.

    `summary` and `spread` always; `curves` and `effects` where points lie in lines (a grid, one
    address at a time), and `tipping` there if the study names thresholds; `sobol` and `morris` for
    their designs; `boxes` and `peeling` unless `why_no_boxes` has a reason.
    """
    sampler = findings.study["sampler"]
    tables: dict[str, pd.DataFrame] = {}
    for name, table in {"summary": summary, "spread": spread, **_of_design(findings)}.items():
        tables[name] = table(findings)
    if sampler in IN_LINES and findings.study["thresholds"]:
        tables["tipping"] = tipping(findings)
    return tables if why_no_boxes(findings) else tables | boxes(findings)


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
