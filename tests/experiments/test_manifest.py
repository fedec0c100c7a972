"""What a run says of itself."""

import datetime

from realpolitik.sim import simulate
from realpolitik.sim.experiments.manifest import describe
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.vocabulary import vocabulary

NOW = datetime.datetime(2024, 8, 5, tzinfo=datetime.UTC)


def test_every_free_number_is_counted_once_by_what_it_rests_on(no_shock: Scenario) -> None:
    told = describe(simulate(no_shock, 8, 0), NOW)["provenance"]
    words = vocabulary()
    free = [p for p in words.parameters.values() if not p.parts and p.low < p.high]
    kinds = ("estimated", "grounded", "assumed")
    assert told["parameters"] == len(free) == sum(told[kind] for kind in kinds)
    for kind in kinds:
        assert told[kind] == sum(words.provenance(p) == kind for p in free) > 0
    assert told["fixed"] > 0


def test_examples_of_assumed_numbers_are_assumed(no_shock: Scenario) -> None:
    told = describe(simulate(no_shock, 8, 0), NOW)["provenance"]
    words = vocabulary()
    for example in told["examples"]:
        assert words.provenance(words.parameters[example["address"]]) == "assumed"


def test_incentives_tell_whether_their_weight_is_grounded(no_shock: Scenario) -> None:
    words = vocabulary()
    for told in describe(simulate(no_shock, 8, 0), NOW)["incentives"]:
        assert told["provenance"] == words.provenance(words.parameters[told["address"]])
