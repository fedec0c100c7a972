"""Who stands to whom in which relation, and what that allows."""

import pytest

from realpolitik.sim.engine.roles import Roles, acts_toward, relation

ROLES = {
    "A": Roles(partners=("B", "C"), rivals=("D",), clients=("B",), reach=("E",), proxies=("C",)),
    "B": Roles(),
    "C": Roles(reach=("D",)),
    "D": Roles(rivals=("A",)),
    "E": Roles(),
}


@pytest.mark.parametrize(
    ("code", "target", "expected"),
    [
        ("A", "B", "client"),
        ("B", "A", "patron"),
        ("A", "C", "partner"),
        ("C", "A", "neither"),
        ("A", "D", "rival"),
        ("A", "E", "neither"),
    ],
)
def test_a_relation_is_the_first_that_holds(code: str, target: str, expected: str) -> None:
    assert relation(code, target, ROLES) == expected


@pytest.mark.parametrize(
    ("target", "allows", "bars"),
    [
        ("B", "offensive_arms", "warn"),
        ("C", "diplomatic_cover", "offensive_arms"),
        ("D", "proxy_strike", "limited_strike"),
        ("E", "limited_strike", "urge_restraint"),
    ],
)
def test_roles_allow_some_acts_and_bar_others(target: str, allows: str, bars: str) -> None:
    names = [action.action for action in acts_toward("A", target, ROLES, None)]
    assert allows in names
    assert bars not in names


def test_words_talks_and_sanctions_are_open_toward_everyone() -> None:
    names = [action.action for action in acts_toward("B", "E", ROLES, None)]
    assert names == ["support", "denounce", "threaten", "propose_talks", "sanction", "de_escalate"]


def test_an_actor_may_be_confined_to_some_actions() -> None:
    assert [a.action for a in acts_toward("B", "E", ROLES, ("support", "warn"))] == ["support"]


def test_roles_are_cut_down_to_those_present() -> None:
    assert ROLES["A"].among(("A", "B")) == Roles(partners=("B",), clients=("B",))
