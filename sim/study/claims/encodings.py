"""What stands for a claim in the model."""

from realpolitik.sim.scenario.errors import unknown
from realpolitik.sim.scenario.finding import shipped_scenarios
from realpolitik.sim.scenario.nodes import Node, child, describe, items_of, text_of
from realpolitik.sim.scenario.vocabulary import vocabulary
from realpolitik.sim.study.claims.shelf import Shelf
from realpolitik.sim.study.plans.fields import Fields


def encoded_in(fields: Fields, shelf: Shelf) -> tuple[str, ...]:
    """What stands for a claim in the model; each name must exist.

    An address, an action, a scenario (`us_conduct/wedge#pressure_alone`), or a shock or deal of
    one (`haniyeh_2024:us_posture`).
    """
    words = vocabulary()
    known = {*words.parameters, *words.actions}
    names = []
    for node in items_of(child(fields.node, "encoded")):
        name = text_of(node)
        if not name:
            fields.blame(node.place, f"an entry of encoded is {describe(node)}", "a name")
        elif name in known or _is_in_scenario(node, name, shelf, known):
            names.append(name)
    return tuple(names)


def _is_in_scenario(node: Node, name: str, shelf: Shelf, known: set[str]) -> bool:
    """Whether it is a scenario, or something that happens in one; faults if it is not."""
    reference, colon, inside = name.partition(":")
    shipped = shipped_scenarios()
    if not colon and "/" not in name and name.partition("#")[0] not in shipped:
        shelf.faults.append(unknown(node.place, "encoding", name, {*known, *shipped}))
        return False
    found = shelf.take(node, reference)
    if not found or not colon:
        return found is not None
    scenario, _ = found
    ids = [*(shock.id for shock in scenario.shocks), *(deal.id for deal in scenario.deals)]
    if inside not in ids:
        shelf.faults.append(unknown(node.place, f"shock or deal of {reference}:", inside, ids))
    return inside in ids
