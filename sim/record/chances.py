"""Chances of acts by class and pair, from those of the options that a record can tell."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from realpolitik.sim.engine.actions import ACTIONS
from realpolitik.sim.engine.actor import StateActor
from realpolitik.sim.record.classes import CLASS_OF, CLASSES
from realpolitik.sim.record.replay import Spell, Told
from realpolitik.sim.record.weekly import Record

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]


def told_options(actor: StateActor, told: Told, record: Record) -> Iterator[tuple[int, int, int]]:
    """Number of the class, of the option and of the pair, of each option that a record can tell.

    A record tells one action of a class.
    """
    options, codes = actor.options, actor.seat.codes
    pairs = {pair: n for n, pair in enumerate(record.pairs)}
    for option in np.flatnonzero(told.options).tolist():
        action = ACTIONS[options.action[option]].action
        if action in CLASS_OF:
            yield CLASS_OF[action], option, pairs[actor.code, codes[options.target[option]]]


def covered(spell: Spell) -> Mask:
    """Which pairs have an act of each class that the record can tell, (classes, pairs)."""
    found = np.zeros((len(CLASSES), len(spell.record.pairs)), dtype=np.bool_)
    for watched in spell.actors:
        for number, _, pair in told_options(watched.actor, watched.told, spell.record):
            found[number, pair] = True
    return found


def class_chances(spell: Spell) -> Array:
    """Chance of each class of act before each week, (classes, weeks, pairs); NaN: not covered."""
    none = np.ones((len(CLASSES), len(spell.record.weeks), len(spell.record.pairs)))
    for watched in spell.actors:
        chances = watched.probabilities
        for number, option, pair in told_options(watched.actor, watched.told, spell.record):
            none[number, :, pair] *= 1 - chances[:, option]
    return np.where(covered(spell)[:, None, :], 1 - none, np.nan)
