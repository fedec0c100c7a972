"""A scenario as a text that another process can make the same scenario of.

The text is a key as well: whoever is handed the same one many times reads it once.
"""

import json
from functools import lru_cache

from realpolitik.sim.scenario.nodes import plain
from realpolitik.sim.scenario.reader import read_tree
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.vocabulary import vocabulary


def pack(scenario: Scenario) -> str:
    """The scenario as JSON, with every default written out; what is None is left out."""
    return scenario.model_dump_json(exclude_none=True)


@lru_cache(maxsize=16)
def unpack(text: str) -> Scenario:
    """The scenario again, without its name; what its file was checked for is not checked anew.

    Raises:
        ValueError: the text is not what `pack` gave.
    """
    return vocabulary().scenario_type.model_validate_json(text, strict=True)


def unpack_yaml(text: str) -> Scenario:
    """The same of what `dump_scenario` gave; it need not lie where its file lay.

    Raises:
        ValueError: the text is something else.
    """
    tree, _ = read_tree(text, "scenario.yaml")
    return unpack(json.dumps(plain(tree)))
