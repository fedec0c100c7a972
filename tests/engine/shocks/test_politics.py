"""What politics change, in which worlds."""

import pytest

from realpolitik.sim.engine.shocks import (
    DealOffered,
    Election,
    Insult,
    NewLeader,
    RelationsChanged,
    Sanctions,
)
from tests.engine.shocks.worlds import A, B, C, changes, new_world


def test_a_new_leader_is_as_close_to_everyone_as_is_said() -> None:
    world = new_world(rapport={("A", "B"): 0.9, ("C", "A"): 0.7, ("B", "C"): 0.4})
    assert changes(world, NewLeader, of="A", rapport=0.2) == pytest.approx(
        {("rapport", *dyad): 0.2 for dyad in ((A, B), (B, A), (A, C), (C, A))}
    )


def test_a_new_leader_may_bring_another_administration() -> None:
    changed = changes(new_world(), NewLeader, of="A", administration=1)
    assert changed == {("administration", A): 1}


def test_an_insult_hurts_the_insulted_and_cools_both() -> None:
    world = new_world(rapport={("A", "B"): 0.5, ("B", "A"): 0.05})
    fields = {
        "by": "A",
        "at": "B",
        "hostility": 0.1,
        "rapport": -0.2,
        "openness": -0.3,
        "affront": 0.4,
    }
    assert changes(world, Insult, **fields) == pytest.approx(
        {
            ("hostility", B, A): 0.15,
            ("baseline", B, A): 0.15,
            ("affront", B, A): 0.4,
            ("rapport", A, B): 0.3,
            ("rapport", B, A): 0,
            ("openness", 0): 0.2,
        }
    )


def test_sanctions_isolate_and_are_resented() -> None:
    fields = {"by": "A", "target": "B", "isolation": 0.3, "hostility": 0.1, "affront": 0.6}
    assert changes(new_world(), Sanctions, **fields) == pytest.approx(
        {
            ("isolation", B): 0.3,
            ("hostility", B, A): 0.15,
            ("baseline", B, A): 0.15,
            ("affront", B, A): 0.6,
        }
    )


def test_relief_takes_isolation_away_but_not_below_nothing() -> None:
    world = new_world(isolation={("B",): 0.3})
    fields = {"by": "A", "target": "B", "isolation": -0.5, "hostility": 0, "affront": 0}
    changed = changes(world, Sanctions, **fields)
    assert changed == {("isolation", B): 0}


def test_an_offer_opens_the_deal_it_names() -> None:
    assert changes(new_world(), DealOffered, deal="bc", openness=0.9) == {("openness", 1): 1}


def test_changed_relations_hold_both_ways_and_only_where_given() -> None:
    world = new_world()
    assert changes(world, RelationsChanged, by="A", toward="B") == {}
    assert changes(world, RelationsChanged, by="A", toward="B", rapport=0.4) == {
        ("rapport", A, B): 0.4,
        ("rapport", B, A): 0.4,
    }
    assert changes(world, RelationsChanged, by="A", toward="B", channel=0.6) == {
        ("deconfliction", A, B): 0.6,
        ("deconfliction", B, A): 0.6,
    }


def test_a_challenger_who_wins_governs() -> None:
    assert changes(new_world(), Election, of="A") == {("administration", A): 1}
