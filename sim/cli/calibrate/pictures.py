"""The charts of a calibration, and where their pictures go."""

from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.validation.implausibility import implausibility_dots
from realpolitik.sim.charts.validation.kept_ranges import kept_ranges
from realpolitik.sim.cli.picturing import credit_line, put_pictures
from realpolitik.sim.scenario.vocabulary import vocabulary
from realpolitik.sim.study.calibrate.calibration import Calibration
from realpolitik.sim.study.calibrate.plan import CalibrationPlan
from realpolitik.sim.words.missing import attempt_each
from realpolitik.sim.words.scales import Varied

if TYPE_CHECKING:
    from realpolitik.sim.pictures import Format


def put_pictures_of_calibration(found: Calibration, formats: Sequence["Format"]) -> list[Path]:
    """Draws the charts of a calibration into its folder; see `put_pictures`."""
    if not formats:
        return []
    plan = found.plan
    credit = credit_line(
        version("realpolitik"),
        f"calibration {plan.name} ({plan.scenario.name})",
        plan.seed,
        f"{plan.final_worlds:,} worlds of each setting",
    )
    return put_pictures(figures_of(plan, found.tables), found.folder, formats, credit)


def figures_of(plan: CalibrationPlan, tables: Mapping[str, pd.DataFrame]) -> dict[str, go.Figure]:
    """Name → chart: the patterns before and after, and what remains of the ranges.

    One that cannot be made is left out with a warning that says why.
    """
    makers: dict[str, Callable[[], go.Figure]] = {
        "implausibility": lambda: implausibility_dots(tables["patterns"], plan.cutoff),
        "kept_ranges": lambda: kept_ranges(tables["ranges"], _varied(plan)),
    }
    return attempt_each("chart", makers)[0]


def _varied(plan: CalibrationPlan) -> dict[str, Varied]:
    known = vocabulary().parameters
    return {
        one.address: Varied(
            one.address,
            one.low,
            one.high,
            plan.start[one.address],
            known[one.address].unit,
        )
        for one in plan.vary
    }
