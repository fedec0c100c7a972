"""How far a parameter may move, and from where."""

from collections.abc import Iterable
from dataclasses import dataclass

from realpolitik.sim.engine.parameters import Parameter
from realpolitik.sim.scenario.errors import Place, ScenarioError, unknown
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.study.plans.addresses import bearing_on, own_values
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
        raise ScenarioError([unknown(place, "parameter", address, known) for address in missing])
    declared = {address: (known[address].low, known[address].high) for address in wanted}
    return [
        Span(known[address], values[address], *own.get(address, declared[address]))
        for address in wanted
    ]
