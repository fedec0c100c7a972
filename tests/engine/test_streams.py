"""Randomness has an address."""

import numpy as np
import pytest

from realpolitik.sim import EscalationModel
from realpolitik.sim.engine.streams import BLOCK, Streams, spawn_key
from realpolitik.sim.scenario.schema import Scenario


def test_a_draw_does_not_depend_on_how_many_worlds_or_weeks_are_wanted() -> None:
    few, many = Streams(7, 3, 5, 4), Streams(7, 3, BLOCK, 40)
    assert np.array_equal(
        few.at(4, "choice", "RUS", "force"), many.at(4, "choice", "RUS", "force")[:5]
    )


def test_a_draw_does_not_depend_on_which_were_taken_before() -> None:
    one, other = Streams(7, 0, 5, 4), Streams(7, 0, 5, 4)
    one.at(1, "noise", "A", "B")
    assert np.array_equal(one.at(2, "deal", "x"), other.at(2, "deal", "x"))


def test_seed_block_name_and_week_each_change_the_draw() -> None:
    base = Streams(1, 0, 50, 2)
    others = [
        base.at(2, "shock", "x"),
        base.at(1, "shock", "y"),
        Streams(2, 0, 50, 2).at(1, "shock", "x"),
        Streams(1, 1, 50, 2).at(1, "shock", "x"),
    ]
    assert all(not np.array_equal(base.at(1, "shock", "x"), other) for other in others)


def test_the_address_is_published_and_does_not_move() -> None:
    """The first words of SHA-256 of `choice/RUS/force`: whoever re-implements needs the same."""
    import hashlib

    digest = hashlib.sha256(b"choice/RUS/force").digest()
    expected = tuple(int.from_bytes(digest[i : i + 4], "little") for i in (0, 4, 8, 12))
    assert spawn_key(5, ("choice", "RUS", "force")) == (5, *expected)


def test_draws_are_uniform() -> None:
    draws = Streams(1, 0, BLOCK, 26)
    sample = np.concatenate([draws.at(week, "choice", "IRN", "force") for week in range(1, 27)])
    counts, _ = np.histogram(sample, bins=20, range=(0, 1))
    expected = len(sample) / 20
    assert ((counts - expected) ** 2 / expected).sum() < 43.8  # chi-square, 19 df, p = .001


def test_neighbouring_worlds_have_the_draws_they_have_in_the_whole_block() -> None:
    some, all_ = Streams(7, 3, 24, 4, first=1000), Streams(7, 3, BLOCK, 4)
    for week in (2, 1, 4):
        assert np.array_equal(some.at(week, "deal", "x"), all_.at(week, "deal", "x")[1000:])
        dyads = [draws.of_dyads(week, "noise", "AB", symmetric=False) for draws in (some, all_)]
        assert np.array_equal(dyads[0], dyads[1][1000:])


@pytest.mark.parametrize(("worlds", "first"), [(0, 0), (1025, 0), (25, 1000), (1, -1)])
def test_worlds_that_do_not_lie_within_a_block_are_refused(worlds: int, first: int) -> None:
    with pytest.raises(ValueError, match="a block holds 1 to 1024 worlds"):
        Streams(7, 3, worlds, 4, first)


def test_dyads_that_are_not_wanted_are_left_at_one_half() -> None:
    wanted = np.array([[False, True, False], [True, False, False], [False, False, False]])
    all_ = Streams(7, 0, 5, 4).of_dyads(2, "accident", "ABC", symmetric=True)
    some = Streams(7, 0, 5, 4).of_dyads(2, "accident", "ABC", wanted, symmetric=True)
    assert np.array_equal(some[:, wanted], all_[:, wanted])
    assert (some[:, ~wanted] == 0.5).all()


def test_worlds_from_the_middle_of_a_block_are_those_of_the_whole_block(haniyeh: Scenario) -> None:
    some = EscalationModel(haniyeh, 24, rng=1, first=1000).run()
    all_ = EscalationModel(haniyeh, BLOCK, rng=1).run()
    for name in haniyeh.outcomes:
        of_some, of_all = some.outcome(name), all_.outcome(name)
        assert np.array_equal(of_some, of_all[1000:], equal_nan=True), name
