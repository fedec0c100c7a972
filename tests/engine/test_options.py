"""Which options an actor has."""

from collections.abc import Sequence

import numpy as np
import pytest

from realpolitik.sim.engine.actions import ACTIONS, CHOICES, HOLD, NAMED
from realpolitik.sim.engine.choice import Draw
from realpolitik.sim.engine.deals import Deal
from realpolitik.sim.engine.options import Openness, Options, list_options
from realpolitik.sim.engine.parameters import Constants, Value, constants, resolve
from realpolitik.sim.engine.rates import Habits
from realpolitik.sim.engine.roles import Roles
from realpolitik.sim.engine.world import World

ROLES = {
    "A": Roles(partners=("B",), rivals=("C",), clients=("B",), reach=("C",)),
    "B": Roles(),
    "C": Roles(),
}


def habits(**rates: Value) -> Habits:
    """Every action at two in a hundred weeks, but for what is given of A toward B."""
    values: dict[str, Value] = {f"action.{name}.base_rate": 0.02 for name in NAMED}
    own = {f"rate.A-B.{name}": rate for name, rate in rates.items()}
    return Habits(values | {"world.least_hold": 0.05} | own, {"rate.A-B.support": 0.1})


def options(deals: Sequence[Deal] = (), **rates: Value) -> Options:
    """The options of A."""
    return list_options("A", ROLES, deals, None, habits(**rates))


def names(of: Options, group: slice) -> list[str]:
    """Names of the actions of a group."""
    return [ACTIONS[number].action for number in of.action[group]]


def group_of(of: Options, target: int, choice: str) -> slice:
    """The group of a choice toward a target."""
    of_choice = of.group_choices == CHOICES.index(choice)
    (number,) = np.flatnonzero((of.group_targets == target) & of_choice)
    return of.groups[number]


def test_each_choice_toward_each_target_is_once_among_the_groups_with_a_hold() -> None:
    found = options()
    groups = [*zip(found.group_targets.tolist(), found.group_choices.tolist(), strict=True)]
    assert len({*groups}) == len(groups)
    assert {target for target, _ in groups} == {1, 2}
    for (target, choice), group in zip(groups, found.groups, strict=True):
        assert names(found, group).count(HOLD) == 1
        assert {*found.target[group].tolist()} == {target}
        acts = {*names(found, group)} - {HOLD}
        assert {NAMED[act].choice for act in acts} == {CHOICES[choice]}


def test_in_public_there_is_one_act_a_group_and_on_any_other_track_one_group_a_target() -> None:
    found = options()
    public = [
        group for group, track in zip(found.groups, found.group_tracks, strict=True) if not track
    ]
    assert {group.stop - group.start for group in public} == {2}
    others = [
        *zip(found.group_targets[len(public) :], found.group_tracks[len(public) :], strict=True)
    ]
    assert len({*others}) == len(others)


def test_groups_stand_by_track() -> None:
    tracks = options().group_tracks.tolist()
    assert tracks == sorted(tracks)


def test_a_choice_without_any_act_toward_a_target_is_left_out() -> None:
    found = list_options("A", ROLES, (), ("support", "denounce", "limited_strike"), habits())
    groups = [(found.target[group][0], names(found, group)) for group in found.groups]
    assert groups == [
        (1, [HOLD, "support"]),
        (1, [HOLD, "denounce"]),
        (2, [HOLD, "support"]),
        (2, [HOLD, "denounce"]),
        (2, [HOLD, "limited_strike"]),
    ]


def test_hold_has_what_the_acts_of_its_group_leave() -> None:
    found = options(support=0.6, urge_restraint=0.1)
    for group in found.groups:
        assert found.base_rate[group].sum() == pytest.approx(1)
    public, private = group_of(found, 1, "support"), group_of(found, 1, "private")
    assert found.rate[public].tolist() == [0, 0.6]
    assert found.rate[private].sum() == pytest.approx(0.1 + 2 * 0.02)
    assert found.rate[private][names(found, private).index(HOLD)] == 0


def test_where_the_rates_of_a_group_add_up_to_more_hold_keeps_its_least() -> None:
    found = options(urge_restraint=0.9, propose_talks=0.8, support=0.99)
    for choice in ("private", "support"):
        group = group_of(found, 1, choice)
        assert found.base_rate[group][names(found, group).index(HOLD)] == 0.05


def test_an_offset_belongs_to_its_pair() -> None:
    found = options()
    for target, offset in ((1, 0.1), (2, 0.0)):
        assert found.offset[group_of(found, target, "support")].tolist() == [0, offset]


def test_two_deals_with_one_party_share_the_rate_of_an_offer() -> None:
    deals = [Deal(id=name, actor="A", rival="C", toward="B") for name in ("second", "first")]
    found = options(deals)
    offers = np.flatnonzero(found.deal >= 0)
    assert found.deal[offers].tolist() == [1, 0]
    assert found.rate[offers].tolist() == [0.01, 0.01]


def test_rates_may_be_one_a_world() -> None:
    found = options(support=np.array([0.1, 0.7]))
    assert found.rate.shape == (2, len(found))
    for world, rate in enumerate((0.1, 0.7)):
        alone = options(support=rate)
        assert np.array_equal(found.rate[world], alone.rate)
        assert np.array_equal(found.base_rate[world], alone.base_rate)


def test_with_three_hundred_targets_every_option_drawn_is_of_its_group() -> None:
    codes = [f"S{number:03}" for number in range(301)]
    roles = {code: Roles(partners=tuple(codes[1:]), rivals=tuple(codes[1:])) for code in codes}
    found = list_options(codes[0], roles, [], None, habits())
    rng = np.random.default_rng(4)
    weights = np.asfortranarray(np.tile(found.base_rate, (50, 1)))
    chosen = Draw(found.groups)(weights, rng.random((len(found.groups), 50)))
    assert len(found.groups) > 600
    for drawn, group in zip(chosen.T, found.groups, strict=True):
        assert ((drawn >= group.start) & (drawn < group.stop)).all()


def test_an_act_that_never_comes_is_no_option() -> None:
    names_of = [action.action for action in options(support=0.0, denounce=0.2).actions()]
    assert names_of.count("support") == 1  # toward C
    some = options(support=np.array([0.0, 0.3]))
    assert [action.action for action in some.actions()].count("support") == 2


def test_without_stock_one_strikes_in_a_background_war_alone() -> None:
    roles = {"A": Roles(reach=("B", "C")), "B": Roles(), "C": Roles()}
    found = list_options("A", roles, (), ("limited_strike",), habits())
    start: dict[str, dict[tuple[str, ...], float]] = {
        "rung": {("A", "B"): 9.0, ("B", "A"): 9.0},
        "readiness": {("A", "C"): 1.0},
        "stock": {("A",): 0.0},
    }
    world = World(tuple(roles), 1, start, Constants(resolve(constants(), {})))
    weights = np.ones((1, len(found)), order="F")
    Openness(0, found, world).close(world, weights)
    strikes = {int(found.target[k]): weights[0, k] for k in np.flatnonzero(found.acts)}
    assert strikes == {1: 1, 2: 0}
