"""Examples: which worlds are told, and what is left out because a deed says it."""

import numpy as np
import pytest

from realpolitik.sim.comparison.divergence import Divergence, Speech
from realpolitik.sim.comparison.examples import ToldClause, choose, distances, follows, in_order
from realpolitik.sim.comparison.inputs import open_subjects
from realpolitik.sim.comparison.pairs import gather

MAIN, OTHER = "haniyeh_2024", "us_conduct/posture_strong"
SEED = 4


def clause(week: int) -> ToldClause:
    """A clause of its own of a week."""
    return ToldClause(week, "IRN", "ISR", "warns", "", "", f"Iran warns {week}")


def test_an_outcome_that_a_told_deed_makes_true_is_left_out() -> None:
    baseline, side = gather(open_subjects([OTHER, MAIN]), 60, SEED, None).sides
    followed = {
        world: follows(baseline, side, world, (), Speech({})) for world in range(side.worlds)
    }
    world, row = next(
        (world, row)
        for world, rows in followed.items()
        for row in rows
        if row.week and row.after == "yes"
    )
    same = side.events[["world", "week", "actor", "on"]] == [world, row.week, row.actor, row.on]
    told = [
        ToldClause(row.week, row.actor, row.on, "does something else", label, "", "")
        for label in side.events.loc[same.all(axis=1), "label"]
    ]
    left = follows(baseline, side, world, told, Speech({}))
    assert row.outcome not in {one.outcome for one in left}


def test_the_first_world_told_is_a_usual_one_and_the_others_go_farthest_apart() -> None:
    baseline, side = gather(open_subjects([MAIN, OTHER]), 60, SEED, None).sides
    weeks = np.arange(60) % 7 + 1
    partings = Divergence(*(weeks * (np.arange(60) % 4 > 0) for _ in range(6)))
    distance = distances(baseline, side, 60)
    parted = [world for world in range(60) if partings.week[world]]
    usual, *extremes = choose(baseline, side, partings)
    middle = np.median(distance[parted])
    assert abs(distance[usual] - middle) == pytest.approx(min(abs(distance[parted] - middle)))
    rest = sorted(distance[[world for world in parted if world != usual]], reverse=True)
    assert distance[extremes] == pytest.approx(rest[:2])


def test_what_holds_of_the_whole_run_comes_last_and_a_sentence_once() -> None:
    late, early, whole = (clause(week) for week in (3, 1, 0))
    assert in_order([late, whole, early, late]) == [early, late, whole]
