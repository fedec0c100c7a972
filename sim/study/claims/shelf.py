"""The scenarios that a file of claims names, each loaded once."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from realpolitik.sim.scenario.errors import Fault
from realpolitik.sim.scenario.finding import Source
from realpolitik.sim.scenario.nodes import Entry, MapNode, Node, ScalarNode
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.study.plans.fields import Fields
from realpolitik.sim.study.plans.subject import subject_of


@dataclass
class Shelf:
    """The scenarios that tests name, each loaded once.

    Attributes:
        source: The file of the claims, to which paths of scenarios are relative.
        usual: The scenario of tests that name none; empty if there is no such.
        faults: Where faults are put.
        yardstick: What takes its motives from an actor, address → value; empty if not declared.
    """

    source: Source
    usual: str
    faults: list[Fault]
    yardstick: Mapping[str, float] = field(default_factory=dict)
    _found: dict[str, tuple[Scenario, str] | None] = field(default_factory=dict)

    def take(self, node: Node, reference: str) -> tuple[Scenario, str] | None:
        """The scenario that is called so in `node`, and its name; None, and a fault, if not."""
        if reference not in self._found or self._found[reference] is None:
            called = MapNode(
                node.place, {"scenario": Entry(node.place, ScalarNode(node.place, reference))}
            )
            fields = Fields(called, ("scenario",), self.faults, "the test")
            self._found[reference] = subject_of(fields, self.source)
        return self._found[reference]
