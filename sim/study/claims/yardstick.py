"""The yardstick: what a test against a level comes to where the actor has no motives.

A level that is reached without the motives as well is no evidence for them.
"""

from collections.abc import Mapping
from dataclasses import replace

from realpolitik.sim.engine.parameters import merge
from realpolitik.sim.scenario.nodes import Node, child, text_of
from realpolitik.sim.study.claims.claim import Trial
from realpolitik.sim.study.claims.shelf import Shelf


def yardstick_in(tree: Node, shelf: Shelf) -> Mapping[str, float]:
    """What the scenario under `without_motives` sets; empty if there is none, with faults."""
    node = child(tree, "without_motives")
    found = shelf.take(node, text_of(node) or "") if node else None
    return found[0].settings if found else {}


def held_against(trial: Trial, actor: str, yardstick: Mapping[str, float]) -> Trial:
    """The trial with the same beside it for an actor without motives.

    As it is if it is not held against a level, or if the yardstick is of another actor.
    """
    bare = {address: at for address, at in yardstick.items() if address.startswith(f"{actor}.")}
    if trial.level is None or not bare:
        return trial
    case = replace(trial.base.case, parameters=merge(trial.base.case.parameters, bare))
    given = replace(trial.given, case=case) if trial.given else None
    return replace(trial, without=replace(trial, base=replace(trial.base, case=case), given=given))
