"""Chances by class and pair."""

import numpy as np

from realpolitik.sim.record.chances import class_chances, covered
from realpolitik.sim.record.classes import CLASS_OF, CLASSES
from realpolitik.sim.record.replay import replay
from tests.made_up_record import drawn_record, quiet


def test_the_chance_of_a_class_is_that_of_its_option() -> None:
    (spell,) = replay(quiet(), drawn_record(quiet(), 6, 1))
    chances = class_chances(spell)
    assert chances.shape == (len(CLASSES), 6, 12)
    for one in spell.actors:
        for option, action in enumerate(one.actor.options.actions()):
            pair = (one.actor.code, one.actor.seat.codes[one.actor.options.target[option]])
            if one.told.options[option] and action.action in CLASS_OF:
                told = chances[CLASS_OF[action.action], :, spell.record.pairs.index(pair)]
                np.testing.assert_allclose(told, one.probabilities[:, option])


def test_what_no_pair_has_or_the_record_cannot_tell_has_no_chance() -> None:
    (spell,) = replay(quiet(), drawn_record(quiet(), 6, 1))
    assert np.array_equal(np.isnan(class_chances(spell)).any(axis=1), ~covered(spell))
    assert covered(spell)[CLASS_OF["denounce"]].all()
    assert not covered(spell)[CLASS_OF["limited_strike"]].any()
