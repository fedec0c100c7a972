"""What holds for any shock in any world."""

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from realpolitik.sim.engine.shocks import (
    AidLevel,
    ArmsDelivery,
    Assassination,
    Casualties,
    DealOffered,
    Election,
    Embargo,
    Insult,
    NewLeader,
    Posture,
    RelationsChanged,
    Sanctions,
    SetQuantity,
    ShiftQuantity,
    Shock,
)
from realpolitik.sim.engine.world import QUANTITIES, World
from tests.engine.shocks.worlds import CODES, new_world, shock, state_of

SHARES = st.floats(0, 1)
CHANGES = st.floats(-1, 1)
VALUES = st.floats(-1e6, 1e6)
MAYBE = st.none() | SHARES


def of_two(kind: type[Shock], one: str, other: str, **fields: Any) -> st.SearchStrategy[Shock]:
    """A shock between two different actors."""
    pairs = st.permutations(CODES).map(lambda codes: {one: codes[0], other: codes[1]})
    rest = st.fixed_dictionaries(fields)
    return st.builds(lambda pair, more: shock(kind, **pair, **more), pairs, rest)


def of_quantity(name: str) -> st.SearchStrategy[Shock]:
    """A quantity set or shifted."""
    given_name = {"quantity": st.just(name), "value": VALUES}
    if QUANTITIES[name].per_dyad:
        return st.one_of(
            *(of_two(kind, "of", "toward", **given_name) for kind in (SetQuantity, ShiftQuantity))
        )
    kinds, actor = st.sampled_from([SetQuantity, ShiftQuantity]), st.sampled_from(CODES)
    fields = st.fixed_dictionaries(given_name | {"of": actor})
    return st.builds(lambda kind, more: shock(kind, **more), kinds, fields)


def of_one(kind: type[Shock], key: str, names: Any = CODES, **fields: Any) -> Any:
    """A shock that concerns one actor, or one deal."""
    given_one = st.fixed_dictionaries({key: st.sampled_from(names), **fields})
    return given_one.map(lambda more: shock(kind, **more))


ANY_SHOCK = st.one_of(
    st.sampled_from(sorted(QUANTITIES)).flatmap(of_quantity),
    of_two(
        Assassination,
        "by",
        "against",
        pressure=SHARES,
        rung=st.floats(0, 10),
        hostility=SHARES,
        affront=SHARES,
    ),
    of_two(Posture, "by", "protecting", guard=CHANGES),
    of_two(AidLevel, "by", "to", change=CHANGES),
    of_two(
        ArmsDelivery,
        "by",
        "to",
        status=st.sampled_from(["offered", "pending", "delivered", "cancelled"]),
        arms=st.sampled_from(["offensive", "defensive"]),
    ),
    of_one(Embargo, "target", in_force=st.booleans()),
    of_two(
        Casualties,
        "target",
        "blamed",
        deaths=st.integers(0, 100_000),
        pressure=SHARES,
        affront=SHARES,
    ),
    of_one(NewLeader, "of", rapport=SHARES, administration=MAYBE),
    of_two(Insult, "by", "at", hostility=SHARES, rapport=CHANGES, openness=CHANGES, affront=SHARES),
    of_two(Sanctions, "by", "target", isolation=CHANGES, hostility=CHANGES, affront=SHARES),
    of_one(DealOffered, "deal", ("ab", "bc"), openness=CHANGES),
    of_two(RelationsChanged, "by", "toward", rapport=MAYBE, channel=MAYBE),
    of_one(Election, "of"),
)


def somewhere(seed: int) -> World:
    """Worlds in which every quantity stands anywhere in its range."""
    world, rng = new_world(), np.random.default_rng(seed)
    for name, quantity in QUANTITIES.items():
        values = getattr(world, name)
        values[...] = rng.uniform(quantity.low, min(quantity.high, 1e5), values.shape)
        if quantity.per_dyad:
            values[:, range(3), range(3)] = 0
    world.rung[...] = np.maximum(world.rung, world.rung.transpose(0, 2, 1))
    world.baseline[...] = world.hostility
    world.openness[...] = rng.uniform(size=world.openness.shape)
    return world


def faults_of(world: World) -> list[str]:
    """Quantities out of their range, toward oneself, or of a rung that differs by direction."""
    faults = [
        name
        for name, quantity in QUANTITIES.items()
        for values in [getattr(world, name)]
        for inside in [(values >= quantity.low) & (values <= quantity.high)]
        if not (inside | (np.eye(3, dtype=bool) if quantity.per_dyad else False)).all()
        or (quantity.per_dyad and values[:, range(3), range(3)].any())
    ]
    shares = {"baseline": world.baseline, "openness": world.openness}
    faults += [name for name, values in shares.items() if values.min() < 0 or values.max() > 1]
    return faults + ["rung"] * bool((world.rung != world.rung.transpose(0, 2, 1)).any())


@given(
    shock=ANY_SHOCK,
    seed=st.integers(0, 2**32 - 1),
    where=arrays(np.bool_, 2),
)
def test_no_shock_takes_a_quantity_out_of_its_range_or_touches_an_unmarked_world(
    shock: Shock, seed: int, where: Any
) -> None:
    world = somewhere(seed)
    assert faults_of(world) == []
    before = state_of(world)
    shock.apply(world, where)
    assert faults_of(world) == []
    for name, values in state_of(world).items():
        assert (values[~where] == before[name][~where]).all(), name
