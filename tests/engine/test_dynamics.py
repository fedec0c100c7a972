"""The equations of the week, against values worked out by hand or apart from this project."""

import math

import numpy as np
import pytest

from realpolitik.sim.engine import dynamics
from realpolitik.sim.engine.actions import number_of
from realpolitik.sim.engine.deeds import Deeds
from realpolitik.sim.engine.parameters import Constants, constants, resolve
from realpolitik.sim.engine.world import World

PEACE = dynamics.Relations(
    partner=np.zeros((3, 3), dtype=bool),
    rival=np.array([[0, 1, 0], [1, 0, 0], [0, 0, 0]], dtype=bool),
    tie=np.array([[0, 0, 0], [0, 0, 0.25], [0, 0, 0]]),
    great_power=np.array([True, True, False]),
)


def world_of(
    worlds: int = 1,
    start: dict[str, dict[tuple[str, ...], float]] | None = None,
    **values: float,
) -> World:
    """Three actors A, B, C; constants as in the table but for `values`."""
    settings = {f"world.{name}": value for name, value in values.items()}
    return World(("A", "B", "C"), worlds, start or {}, Constants(resolve(constants(), settings)))


def deeds_of(*rows: tuple[int, int, int, str]) -> Deeds:
    """Rows (world, actor, target, action name)."""
    numbers = [(*row[:3], number_of(row[3]), -1) for row in rows]
    return Deeds(*np.array(numbers, dtype=np.int64).reshape(-1, 5).T)


def test_hostility_of_a_symmetric_pair_settles_where_the_algebra_says() -> None:
    world = world_of(hostility_noise=0, reciprocity=0.22, hostility_persistence=0.45)
    world.baseline[...] = 0
    world.hostility[...] = 0
    for _ in range(200):
        answer = world.hostility.transpose(0, 2, 1) + 0.1 / 0.22
        dynamics.react(world, answer, np.full((1, 3, 3), 0.5))
    assert world.hostility[0, 0, 1] == pytest.approx(0.303030, abs=1e-6)


@pytest.mark.parametrize(("mode", "weeks"), [(1, 1.73), (-1, 0.47)])
def test_half_lives_of_hostility_are_those_of_its_two_modes(mode: int, weeks: int) -> None:
    start = 0.5 + 0.1 * np.array([[0, 1], [mode, 0]])
    world = world_of(hostility_noise=0, reciprocity=0.22, hostility_persistence=0.45)
    world.baseline[...] = 0.5
    world.hostility[0, :2, :2] = start
    impulse = (world.hostility - 0.5).transpose(0, 2, 1)
    dynamics.react(world, impulse, np.full((1, 3, 3), 0.5))
    kept = (world.hostility[0, 0, 1] - 0.5) / 0.1
    assert math.log(0.5) / math.log(kept) == pytest.approx(weeks, abs=0.005)


@pytest.mark.parametrize(("total", "grows"), [(0.99, False), (1.01, True)])
def test_hostility_diverges_just_when_the_spectral_radius_reaches_one(
    total: float, grows: bool
) -> None:
    """Without the bounds of the range, that is: the deviation is small enough not to meet them."""
    kappa = 0.40
    world = world_of(hostility_noise=0, reciprocity=kappa, hostility_persistence=total - kappa)
    world.baseline[...] = 0.5
    world.hostility[...] = 0.51
    for _ in range(20):
        impulse = (world.hostility - 0.5).transpose(0, 2, 1)
        dynamics.react(world, impulse, np.full((1, 3, 3), 0.5))
    assert (world.hostility[0, 0, 1] > 0.51) == grows


def test_belief_follows_bayes_from_the_likelihoods_of_an_answer() -> None:
    answered, silent = 0.9 / 0.35, 0.1 / 0.65
    assert dynamics.updated_belief(np.array(0.5), answered) == pytest.approx(0.72)
    assert dynamics.updated_belief(np.array(0.5), silent) == pytest.approx(0.133333, abs=1e-6)
    assert dynamics.updated_belief(np.array(0.5), answered**3) == pytest.approx(0.944453, abs=1e-6)


def test_a_limited_strike_lifts_the_dyad_in_both_directions() -> None:
    world = world_of(2)
    dynamics.use_force(world, deeds_of((1, 0, 1, "limited_strike")), np.full((3, 2), 0.5))
    assert world.rung[0].max() == 0
    assert world.rung[1, 0, 1] == world.rung[1, 1, 0] == 6


def test_two_direct_strikes_within_four_weeks_are_an_exchange() -> None:
    world = world_of()
    for week, actor in ((1, 0), (5, 1)):
        world.week = week
        strike = deeds_of((0, actor, 1 - actor, "limited_strike"))
        dynamics.use_force(world, strike, np.full((3, 1), 0.5))
    assert world.rung[0, 0, 1] == 7


def test_a_strike_five_weeks_later_is_no_exchange() -> None:
    world = world_of()
    for week in (1, 6):
        world.week = week
        strike = deeds_of((0, 0, 1, "limited_strike"))
        dynamics.use_force(world, strike, np.full((3, 1), 0.5))
    assert world.rung[0, 0, 1] == 6


def test_a_strike_stirs_the_victim_and_relieves_the_striker() -> None:
    world = world_of(start={"pressure": {("A", "B"): 0.8}})
    dynamics.use_force(world, deeds_of((0, 0, 1, "limited_strike")), np.zeros((3, 1)))
    rules = world.constants
    assert world.pressure[0, 0, 1] == pytest.approx(0.8 * (1 - 0.9))
    assert world.pressure[0, 1, 0] == pytest.approx(rules.pressure_impulse * 0.5)
    assert world.stock[0, 0] == pytest.approx(1 - rules.stock_use * 0.5)


def test_stepping_back_lowers_the_rung_unless_the_other_side_attacks() -> None:
    world = world_of(2, start={"rung": {("A", "B"): 5.0, ("B", "A"): 5.0}})
    force = deeds_of((0, 0, 1, "de_escalate"), (1, 0, 1, "de_escalate"), (1, 1, 0, "show_of_force"))
    dynamics.use_force(world, force, np.full((3, 2), 0.5))
    assert world.rung[:, 0, 1].tolist() == [4.0, 5.0]


def test_air_defence_and_guard_save_lives_and_borrowed_quality_costs_them() -> None:
    draws = np.full((3, 1), 0.5)
    strike = deeds_of((0, 0, 1, "major_strike"))
    bare = dynamics.count_deaths(world_of(start={"air_defence": {("B",): 0.0}}), strike, draws)
    shielded = dynamics.count_deaths(
        world_of(start={"air_defence": {("B",): 0.5}, "guard": {("B",): 1.0}}), strike, draws
    )
    guided = dynamics.count_deaths(
        world_of(start={"air_defence": {("B",): 0.0}, "capability": {("A",): 1.0}}), strike, draws
    )
    assert (bare[0], shielded[0], guided[0]) == (100, 30, 200)


def test_arms_to_a_client_raise_the_rung_toward_the_rivals_of_that_client() -> None:
    world = world_of()
    dynamics.send_arms(world, deeds_of((0, 2, 1, "offensive_arms")), PEACE)
    assert world.flow[0, 2, 1] == pytest.approx(0.2)
    assert world.capability[0, 1] == pytest.approx(0.35)
    assert world.rung[0, 2, 0] == world.rung[0, 0, 2] == 3
    assert world.rung[0, 2, 1] == 0


def test_advice_is_heard_in_proportion_to_the_tie_to_the_adviser() -> None:
    world = world_of()
    none = deeds_of()
    advice = deeds_of((0, 2, 1, "urge_restraint"), (0, 0, 1, "urge_restraint"))
    dynamics.speak(world, none, advice, PEACE)
    assert world.advice[0, 1] == pytest.approx(world.constants.advice_step * 0.25)


def test_words_against_a_rival_of_a_partner_count_half() -> None:
    world = world_of()
    scores = dynamics.alignment_scores(world, [deeds_of((0, 2, 0, "denounce"))], PEACE)
    assert scores[0, 2, 0] == pytest.approx(-0.5)
    assert scores[0, 2, 1] == pytest.approx(0.25)


def test_two_weeks_of_major_strikes_are_a_war() -> None:
    world = world_of(start={"rung": {("A", "C"): 8.0, ("C", "A"): 8.0}})
    assert not dynamics.find_wars(world).any()
    assert dynamics.find_wars(world)[0, 0, 2]
    assert world.rung[0, 0, 2] == 9


def test_a_war_that_was_there_from_the_start_is_background() -> None:
    world = world_of(start={"rung": {("A", "C"): 9.0, ("C", "A"): 9.0}})
    for _ in range(6):
        assert not dynamics.find_wars(world).any()
        dynamics.decay(world)
    assert world.rung[0, 0, 2] == 9


def test_a_clash_needs_two_great_powers() -> None:
    world = world_of(2)
    world.rung[0, 0, 1] = world.rung[0, 1, 0] = 8
    world.rung[1, 0, 2] = world.rung[1, 2, 0] = 8
    assert dynamics.find_clashes(world, PEACE).tolist() == [True, False]
    assert world.rung[0, 0, 1] == 10


def test_an_accident_needs_a_tense_dyad() -> None:
    world = world_of(start={"rung": {("A", "B"): 4.0, ("B", "A"): 4.0}})
    dynamics.have_accidents(world, dynamics.find_tense(world), np.zeros((1, 3, 3)))
    assert world.rung[0, 0, 1] == 6
    assert world.rung[0, 0, 2] == 0


def test_a_threat_that_fades_unkept_weakens_belief_in_its_author() -> None:
    world = world_of(start={"commitment": {("A", "B"): 0.22}})
    dynamics.decay(world)
    odds = world.constants.lapse_odds
    assert world.resolve[0, 1, 0] == pytest.approx(odds / (1 + odds))
    assert world.resolve[0, 0, 1] == 0.5


def test_readiness_grows_toward_the_one_that_presses() -> None:
    world = world_of(start={"pressure": {("A", "B"): 0.9}})
    dynamics.decay(world)
    assert world.readiness[0, 0, 1] == world.constants.readiness_rate
    assert world.readiness[0, 0, 2] == 0
