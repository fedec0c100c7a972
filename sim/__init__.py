"""A geopolitical scenario simulator: a scenario in, an ensemble of worlds and its reasons out.

The public names are loaded when they are first used, so that `import realpolitik.sim` is cheap.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from realpolitik.sim.analysis.scenarios import ScenarioStudy, sweep_scenarios
    from realpolitik.sim.analysis.study import Study, sweep
    from realpolitik.sim.comparison.comparison import Comparison, compare
    from realpolitik.sim.experiments.ensemble import Result, simulate
    from realpolitik.sim.experiments.plan_file import load_study
    from realpolitik.sim.experiments.uncertain import over_numbers
    from realpolitik.sim.model import EscalationModel
    from realpolitik.sim.record.starting import load_scenario

__all__ = [
    "Comparison",
    "EscalationModel",
    "Result",
    "ScenarioStudy",
    "Study",
    "compare",
    "load_scenario",
    "load_study",
    "over_numbers",
    "simulate",
    "sweep",
    "sweep_scenarios",
]

_HOME = {
    "Comparison": "realpolitik.sim.comparison.comparison",
    "EscalationModel": "realpolitik.sim.model",
    "Result": "realpolitik.sim.experiments.ensemble",
    "ScenarioStudy": "realpolitik.sim.analysis.scenarios",
    "Study": "realpolitik.sim.analysis.study",
    "compare": "realpolitik.sim.comparison.comparison",
    "load_scenario": "realpolitik.sim.record.starting",
    "load_study": "realpolitik.sim.experiments.plan_file",
    "over_numbers": "realpolitik.sim.experiments.uncertain",
    "simulate": "realpolitik.sim.experiments.ensemble",
    "sweep": "realpolitik.sim.analysis.study",
    "sweep_scenarios": "realpolitik.sim.analysis.scenarios",
}


def __getattr__(name: str) -> object:
    """A public name, from the module it lives in."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    """The public names."""
    return __all__
