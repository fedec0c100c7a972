"""All tables of a study."""

from collections.abc import Callable
from functools import partial

import pandas as pd

from realpolitik.sim.analysis.boxes import boxes, why_no_boxes
from realpolitik.sim.analysis.curves import curves
from realpolitik.sim.analysis.effects import effects
from realpolitik.sim.analysis.levels import spread, summary
from realpolitik.sim.analysis.lines import SAMPLERS as IN_LINES
from realpolitik.sim.analysis.tipping import tipping
from realpolitik.sim.experiments.tallies import Findings
from realpolitik.sim.formatting.missing import attempt_each

Tables = dict[str, pd.DataFrame]
Makers = dict[str, Callable[[Findings], pd.DataFrame]]


def analyse(findings: Findings) -> tuple[Tables, tuple[str, ...]]:
    """Name → table, of all tables that apply to the study, and why any of them is missing.

    `summary` and `spread` always; `curves` and `effects` where points lie in lines (a grid, one
    address at a time), and `tipping` there if the study names thresholds; `sobol` and `morris` for
    their designs; `boxes` and `peeling` unless `why_no_boxes` has a reason.
    """
    makers = {"summary": summary, "spread": spread, **_of_design(findings)}
    tables, missing = attempt_each(
        "table", {name: partial(make, findings) for name, make in makers.items()}
    )
    found, without = attempt_each("table", {"boxes": partial(_boxes, findings)})
    return tables | found.get("boxes", {}), (*missing, *without)


def _boxes(findings: Findings) -> Tables:
    return {} if why_no_boxes(findings) else boxes(findings)


def _of_design(findings: Findings) -> Makers:
    """The tables that a design is made for."""
    sampler = findings.study["sampler"]
    if sampler in IN_LINES:
        tips: Makers = {"tipping": tipping} if findings.study["thresholds"] else {}
        return {"curves": curves, "effects": effects, **tips}
    return {name: make for name, make in BY_SALIB.items() if name == sampler}


# SALib is imported only where it is needed.
def _sobol(findings: Findings) -> pd.DataFrame:
    from realpolitik.sim.analysis.sobol import sobol

    return sobol(findings)


def _morris(findings: Findings) -> pd.DataFrame:
    from realpolitik.sim.analysis.morris import morris

    return morris(findings)


BY_SALIB = {"sobol": _sobol, "morris": _morris}
