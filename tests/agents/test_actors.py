"""A contract that every actor class keeps, ours or a third party's."""

import math

import numpy as np
import pytest

from realpolitik.sim.engine.actions import NAMED
from realpolitik.sim.engine.actor import StateActor
from realpolitik.sim.engine.rates import base_rate_address
from realpolitik.sim.engine.roles import Roles
from realpolitik.sim.model import EscalationModel
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.vocabulary import vocabulary

Actor = tuple[str, type[StateActor]]
ACTORS = list(vocabulary().actors.items())


@pytest.fixture(params=ACTORS, ids=lambda item: item[0])
def actor(request: pytest.FixtureRequest) -> Actor:
    """One actor class after the other, with its code."""
    found: Actor = request.param
    return found


@pytest.fixture(scope="module")
def everyone(haniyeh: Scenario) -> Scenario:
    """The main scenario with every actor that is installed, ours and others'."""
    return haniyeh.model_copy(update={"actors": tuple(vocabulary().actors)})


def test_its_code_is_the_name_it_is_known_by(actor: Actor) -> None:
    code, cls = actor
    assert cls.code == code
    assert cls.title
    assert cls.cameo


def test_it_says_who_it_is(actor: Actor) -> None:
    assert actor[1].__doc__
    assert len(actor[1].__doc__.splitlines()[0]) < 100


def test_its_roles_name_other_known_actors(actor: Actor) -> None:
    code, cls = actor
    for role, members in vars(cls.roles).items():
        assert set(members) <= set(vocabulary().actors) - {code}, role
        assert len(set(members)) == len(members), role


def test_no_one_is_both_partner_and_rival(actor: Actor) -> None:
    roles: Roles = actor[1].roles
    assert not set(roles.partners) & set(roles.rivals)


def test_it_uses_only_actions_that_exist(actor: Actor) -> None:
    assert set(actor[1].actions or ()) <= set(NAMED)


def test_its_incentives_have_different_names(actor: Actor) -> None:
    names = [incentive.name for incentive in actor[1].all_incentives()]
    assert len(set(names)) == len(names)


def test_every_weight_lies_in_its_range_and_says_why_and_whence(actor: Actor) -> None:
    for parameter in actor[1].parameters():
        assert parameter.low <= parameter.default <= parameter.high, parameter.address
        assert parameter.low < parameter.high, parameter.address
        assert parameter.source, parameter.address
        assert parameter.meaning.endswith((".", ").")), parameter.address


def test_it_has_a_stake_in_every_partner_and_rival(actor: Actor) -> None:
    code, cls = actor
    ties = cls.ties(vocabulary().values({}))
    assert all(ties.get(partner, 0) > 0 for partner in cls.roles.partners), code
    missing = [rival for rival in cls.roles.rivals if ties.get(rival, 0) >= 0]
    assert missing in ([], ["UKR", "EUR"], ["HEZ"]), code  # context, not calculation


@pytest.mark.parametrize("end", ["base_rate_low", "base_rate", "base_rate_high"])
def test_its_rates_leave_to_hold_what_is_left_but_never_nothing(
    everyone: Scenario, actor: Actor, end: str
) -> None:
    rates = {base_rate_address(name): getattr(action, end) for name, action in NAMED.items()}
    model = EscalationModel(everyone.with_parameters(rates), 1, rng=0)
    options = next(one for one in model.actors if one.code == actor[0]).options
    for group in options.groups:
        acts, (hold,) = options.acts[group], options.base_rate[group][~options.acts[group]]
        taken = options.base_rate[group][acts]
        assert math.isclose(hold, max(1 - taken.sum(), model.world.constants.least_hold))
        assert (taken >= 0).all()


def test_contributions_add_up_to_the_utility_that_was_used(
    everyone: Scenario, actor: Actor
) -> None:
    model = EscalationModel(everyone, 16, rng=3)
    for _ in range(4):
        model.step()
    seated = next(one for one in model.actors if one.code == actor[0])
    total = sum(seated.contributions().values())
    assert np.abs(total - seated.utility()).max() < 1e-12
