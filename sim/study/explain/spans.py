"""Which parameters may be moved, how far, and from where."""

from collections.abc import Iterable
from dataclasses import dataclass

from realpolitik.sim.engine.actions import NAMED
from realpolitik.sim.engine.parameters import Parameter
from realpolitik.sim.model import seats
from realpolitik.sim.scenario.errors import Place, ScenarioError
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.values import unknown_parameter
from realpolitik.sim.scenario.vocabulary import vocabulary
from realpolitik.sim.study.plans.addresses import bearing_on, mirrored, own_values
from realpolitik.sim.study.plans.ranges import ranges_of


@dataclass(frozen=True)
class Span:
    """A parameter with its value in a scenario, and the range it may be varied over there.

    The range is that which the scenario gives with the parameter or a lever, else the declared.
    """

    parameter: Parameter
    here: float
    low: float
    high: float

    @property
    def address(self) -> str:
        """Address of the parameter."""
        return self.parameter.address


def spans_of(scenario: Scenario, addresses: Iterable[str]) -> list[Span]:
    """The span of each address.

    Raises:
        ScenarioError: an address that does not exist, or does not bear on the scenario.
    """
    known, values, own = bearing_on(scenario), own_values(scenario), ranges_of(scenario)
    wanted = tuple(addresses)
    if missing := [address for address in wanted if address not in known]:
        place = Place("parameters")
        raise ScenarioError([unknown_parameter(place, address, known) for address in missing])
    declared = {address: (known[address].low, known[address].high) for address in wanted}
    return [
        Span(known[address], values[address], *own.get(address, declared[address]))
        for address in wanted
    ]


def default_parameters(scenario: Scenario) -> list[str]:
    """Every number with a range that bears on a scenario, each once; of a sum of parts the sum.

    That is the weights of the actors present, the constants of the world, the base rates of the
    actions that some actor present has toward somebody, and the values of the start.
    """
    known, rates = bearing_on(scenario), rates_in_use(scenario)
    parts = {part for parameter in known.values() for part in parameter.parts}
    found: list[str] = []
    for address, parameter in known.items():
        twice = address in parts or mirrored(address) in found
        idle = address.startswith("action.") and address not in rates
        if parameter.low < parameter.high and not (twice or idle):
            found.append(address)
    return found


def rates_in_use(scenario: Scenario) -> list[str]:
    """Addresses of the base rates of the actions that some actor present has an option for."""
    classes = {code: vocabulary().actors[code] for code in scenario.actors}
    own = seats(classes, scenario, vocabulary().values(scenario.settings))
    used = {action.action for _, seat in own for action in seat.options.actions()}
    return [f"action.{action}.base_rate" for action in NAMED if action in used]
