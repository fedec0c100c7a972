"""Which of the varied parameters bear on a setting, and the setting with only what is measured."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.vocabulary import places, starting_address
from realpolitik.sim.study.calibrate.pattern import Case, Gauge
from realpolitik.sim.study.plans.addresses import bearing_on, mirrored

Cases = Mapping[str, tuple[Case, tuple[str, ...]]]


def free(addresses: Iterable[str], scenario: Scenario) -> list[str]:
    """The addresses that may be varied in a scenario.

    What a scenario sets makes it what it is (an automatic ally has no ties to Israel), so it keeps
    what it sets: the address itself, a sum of which it is a part, and the parts of a sum. Addresses
    of actors that are not in it move nothing.
    """
    known = bearing_on(scenario)
    held = {*scenario.settings, *_starting(scenario)}
    return [one for one in addresses if one in known and not any(_same(one, set_) for set_ in held)]


def by_case(gauges: Iterable[Gauge]) -> Cases:
    """Name of each setting → the setting, and the outcomes that are measured in it."""
    found: dict[str, tuple[Case, tuple[str, ...]]] = {}
    for gauge in gauges:
        case, outcomes = found.get(gauge.case.name, (gauge.case, ()))
        found[gauge.case.name] = case, tuple(dict.fromkeys((*outcomes, *gauge.outcomes)))
    return found


def narrowed(case: Case, outcomes: Collection[str]) -> Scenario:
    """The scenario of a setting with these outcomes only, so that no others are measured."""
    kept = {name: case.scenario.outcomes[name] for name in outcomes}
    return case.scenario.model_copy(update={"outcomes": kept, "expects": ()})


def _same(one: str, other: str) -> bool:
    """Whether two addresses are one number, or a sum and a part of it."""
    if one == other or mirrored(one) == other:
        return True
    return one.startswith(f"{other}.") or other.startswith(f"{one}.")


def _starting(scenario: Scenario) -> Iterator[str]:
    """The addresses of the quantities that a scenario sets at its start."""
    for quantity, values in scenario.initial.items():
        for key in values:
            yield from (starting_address(quantity, place) for place in places(key))
