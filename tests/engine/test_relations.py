"""What is fixed between actors: what is usual, and whose side one takes."""

import numpy as np

from realpolitik.sim.engine.actions import number_of
from realpolitik.sim.engine.deeds import Acts
from realpolitik.sim.engine.relations import Relations, usual
from realpolitik.sim.engine.world import Array

# (actor, target, action): A denounces B and C, B sanctions A twice over, by two options.
ROWS = [(0, 1, "denounce"), (0, 2, "denounce"), (1, 0, "sanction"), (1, 0, "sanction")]


def acts_of(rate: Array) -> Acts:
    """The options of the rows, with these rates."""
    numbers = [(a, b, number_of(act), -1) for a, b, act in ROWS]
    actor, target, action, deal = np.array(numbers, dtype=np.int64).T
    return Acts(actor, target, action, deal, rate)


def test_what_is_usual_is_the_sum_of_the_rates_at_each_place() -> None:
    acts = acts_of(np.array([0.5, 0.25, 0.125, 0.0625]))
    actor, target = (acts.actor, 3), (acts.target, 3)
    assert usual(acts, 1.0, actor, target).tolist() == [[0, 0.5, 0.25], [0.1875, 0, 0], [0, 0, 0]]
    assert usual(acts, acts.action == number_of("sanction"), target).tolist() == [0.1875, 0, 0]


def test_a_rate_of_one_a_world_gives_each_world_what_it_has_alone() -> None:
    rates = np.random.default_rng(1).random((5, len(ROWS)))
    acts = acts_of(rates)
    together = usual(acts, 0.3, (acts.target, 3), (acts.actor, 3))
    for rate, one in zip(rates, together, strict=True):
        alone = acts_of(rate)
        assert np.array_equal(one, usual(alone, 0.3, (alone.target, 3), (alone.actor, 3)))


def test_one_stands_by_a_partner_in_which_it_has_a_stake_in_some_world() -> None:
    none, partner = np.zeros((2, 2)), np.array([[False, True], [True, False]])
    ties = np.array([[[0, 0.0], [-0.1, 0]], [[0, 0.2], [-0.1, 0]]])
    relations = Relations(partner, none > 0, ties, np.zeros(2, dtype=bool), none, none, none[0])
    assert relations.stands_by.tolist() == [
        [False, False],
        [True, False],
    ]  # who is stood by, by whom
    worlds = np.array([0, 1, 1])
    of, toward = np.array([0, 0, 1]), np.array([1, 1, 0])
    assert relations.tie_between(worlds, of, toward).tolist() == [0, 0.2, 0]
