"""A geopolitical scenario simulator: a scenario in, an ensemble of worlds and its reasons out.

The public names are loaded when they are first used, so that `import realpolitik.sim` is cheap.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from realpolitik.sim.model import EscalationModel
    from realpolitik.sim.scenario.loading import load_scenario
    from realpolitik.sim.study.compare.comparison import Comparison, compare
    from realpolitik.sim.study.ensemble import Result, simulate
    from realpolitik.sim.study.plans.reading import load_study
    from realpolitik.sim.study.sweep.scenarios import ScenarioStudy, sweep_scenarios
    from realpolitik.sim.study.sweep.study import Study, sweep

__all__ = [
    "Comparison",
    "EscalationModel",
    "Result",
    "ScenarioStudy",
    "Study",
    "compare",
    "load_scenario",
    "load_study",
    "simulate",
    "sweep",
    "sweep_scenarios",
]

_HOME = {
    "Comparison": "realpolitik.sim.study.compare.comparison",
    "EscalationModel": "realpolitik.sim.model",
    "Result": "realpolitik.sim.study.ensemble",
    "ScenarioStudy": "realpolitik.sim.study.sweep.scenarios",
    "Study": "realpolitik.sim.study.sweep.study",
    "compare": "realpolitik.sim.study.compare.comparison",
    "load_scenario": "realpolitik.sim.scenario.loading",
    "load_study": "realpolitik.sim.study.plans.reading",
    "simulate": "realpolitik.sim.study.ensemble",
    "sweep": "realpolitik.sim.study.sweep.study",
    "sweep_scenarios": "realpolitik.sim.study.sweep.scenarios",
}


def __getattr__(name: str) -> object:
    """A public name, from the module it lives in."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    """The public names."""
    return __all__
