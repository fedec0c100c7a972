"""Which model belongs to which part of a file, and which keys it may hold."""

from collections.abc import Mapping

from pydantic import BaseModel

from realpolitik.sim.engine.deals import Deal
from realpolitik.sim.engine.shocks import When
from realpolitik.sim.scenario.nodes import MapNode, Node, Path, find, plain
from realpolitik.sim.scenario.schema import Episode, Expectation, Lever, Scenario, Setting
from realpolitik.sim.scenario.vocabulary import Vocabulary

# The part of a file whose entries say what they are → the key with which they say it.
SPEAKING = {"shocks": "kind", "outcomes": "measure"}
CALLED = {"shocks": "kind of shock", "outcomes": "measure"}
KEPT = ("name",)  # of a scenario: a key that the checks refuse in words of its own
OF_THE_FILE = ("extends", "variants")  # keys that are gone once a scenario is read
MODELS: Mapping[str, type[BaseModel]] = {
    "deals": Deal,
    "levers": Lever,
    "expects": Expectation,
    "parameters": Setting,
}


def path_of(loc: Path) -> Path:
    """Where in the file: pydantic's `loc` without the kind, measure or type it puts in."""
    return loc[:2] + loc[3:] if loc and loc[0] in {*SPEAKING, "parameters"} else loc


def is_beside_the_point(loc: Path, tree: Node) -> bool:
    """Whether it faults a mapping, given for a parameter, for being no number."""
    if len(loc) < 3 or loc[0] != "parameters":
        return False
    return loc[2] != Setting.__name__ and isinstance(find(tree, loc[:2]), MapNode)


def model_at(tree: Node, path: Path, words: Vocabulary) -> type[BaseModel] | None:
    """The model of the mapping there; None if it has none, or does not say which."""
    kinds: Mapping[str, Mapping[str, type[BaseModel]]] = {
        "shocks": words.shocks,
        "outcomes": words.measures,
    }
    match path:
        case ():
            return words.scenario_type
        case (str(part), _) if part in MODELS:
            return MODELS[part]
        case (str(part), _) if part in SPEAKING:
            said = find(tree, (*path, SPEAKING[part]))
            return kinds[part].get(str(plain(said))) if said else None
        case ("shocks", _, "when"):
            return When
        case ("episode",):
            return Episode
        case _:
            return None


def keys_of(model: type[BaseModel] | None) -> list[str]:
    """The keys that a file may write for a model."""
    fields = model.model_fields.items() if model else ()
    keys = [key for key, field in fields if not field.exclude]
    return [*keys, *OF_THE_FILE] if model and issubclass(model, Scenario) else keys
