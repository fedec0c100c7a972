"""Parameters that a command sets to one value at every point, beside those that it varies."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from realpolitik.sim.experiments.addresses import mirrored
from realpolitik.sim.experiments.plan import Vary
from realpolitik.sim.experiments.ranges import addresses_of
from realpolitik.sim.experiments.vary import Asked
from realpolitik.sim.scenario.errors import Fault, ScenarioError
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.values import beyond_range
from realpolitik.sim.scenario.vocabulary import vocabulary


@dataclass(frozen=True)
class Fixed:
    """A scenario with some values set, and who asked for each."""

    scenario: Scenario
    asked: Mapping[str, Asked]

    @classmethod
    def of(cls, asked: Iterable[Asked], scenario: Scenario) -> "Fixed":
        """The scenario with what is asked to be one value; of an address the last counts.

        Raises:
            ScenarioError: an address is wrong, or a value out of its range; it holds all faults.
        """
        faults: list[Fault] = []
        by_address = {
            address: one
            for one in asked
            if one.is_fixed
            for address in addresses_of(one, scenario, faults)
        }
        for address, one in by_address.items():
            parameter = vocabulary().parameters[address]
            faults += beyond_range(parameter, one.values[0], one.value_place)
        if faults:
            raise ScenarioError(faults)
        bare = cls(scenario, by_address)
        return replace(bare, scenario=scenario.with_parameters(bare.values))

    @property
    def values(self) -> dict[str, float]:
        """Address → the value that was set."""
        return {address: one.values[0] for address, one in self.asked.items()}

    def clashes(self, vary: Iterable[Vary]) -> list[Fault]:
        """What is set and varied at once."""
        varied = {name for one in vary for name in (one.address, mirrored(one.address))}
        return [
            Fault(one.place, f"{address} is set to one value, and varied as well")
            for address, one in self.asked.items()
            if address in varied
        ]
