"""Whether a scenario measures anything: it may be run without that, but not asked what moves."""

from realpolitik.sim.scenario.errors import Fault, Place, ScenarioError
from realpolitik.sim.scenario.schema import Scenario

EXAMPLE = "`peak: {measure: highest_rung}`"


def nothing_measured(called: str) -> Fault:
    """The fault that there are no outcomes; `called` is how the scenario was asked for."""
    problem = "there is nothing to measure: the scenario has no outcomes"
    return Fault(
        Place(called), problem, f"at least one under the key `outcomes`, such as {EXAMPLE}"
    )


def need_outcomes(scenario: Scenario, called: str = "") -> None:
    """Makes sure that a scenario measures something.

    Raises:
        ScenarioError: it does not; placed at `called`, or at the name of the scenario.
    """
    if not scenario.outcomes:
        raise ScenarioError([nothing_measured(called or scenario.name or "scenario")])
