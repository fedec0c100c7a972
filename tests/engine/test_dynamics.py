"""The equations of the week, against values worked out by hand or apart from this project."""

import dataclasses
import math

import numpy as np
import pytest

from realpolitik.sim.engine import dynamics
from realpolitik.sim.engine.actions import NAMED, number_of
from realpolitik.sim.engine.deeds import Acts, Deeds
from realpolitik.sim.engine.parameters import Constants, Value, constants, resolve
from realpolitik.sim.engine.relations import Relations
from realpolitik.sim.engine.world import Array, World

Start = dict[tuple[str, ...], float]

PEACE = Relations(
    partner=np.zeros((3, 3), dtype=bool),
    rival=np.array([[0, 1, 0], [1, 0, 0], [0, 0, 0]], dtype=bool),
    tie=np.array([[0, 0, 0], [0, 0, 0.25], [0, 0, 0]]),
    great_power=np.array([True, True, False]),
    usual_impulse=np.zeros((3, 3)),
    usual_affront=np.zeros((3, 3)),
    usual_sanctions=np.zeros(3),
)
LEAGUE = dataclasses.replace(PEACE, partner=np.array([[0, 0, 0], [0, 0, 1], [1, 0, 0]], dtype=bool))
TENSE: Start = {("A", "B"): 8.0, ("B", "A"): 8.0}
AT_WAR: Start = {("A", "B"): 9.0, ("B", "A"): 9.0}


def world_of(
    worlds: int = 1,
    start: dict[str, Start] | None = None,
    **values: Value,
) -> World:
    """Three actors A, B, C; constants as in the table but for `values`."""
    settings: dict[str, Value] = {f"world.{name}": value for name, value in values.items()}
    return World(("A", "B", "C"), worlds, start or {}, Constants(resolve(constants(), settings)))


def deeds_of(*rows: tuple[int, int, int, str], rate: float = 0.0) -> Deeds:
    """Rows (world, actor, target, action name); the rate of all is the same."""
    numbers = [(*row[:3], number_of(row[3]), -1) for row in rows]
    world, actor, target, action, deal = np.array(numbers, dtype=np.int64).reshape(-1, 5).T
    acts = Acts(actor, target, action, deal, np.full(len(rows), rate))
    return Deeds(world, np.arange(len(rows)), acts)


def use_force(
    world: World,
    *rows: tuple[int, int, int, str],
    draws: Array | None = None,
    relations: Relations = PEACE,
) -> None:
    """Lets the force of a week happen; the draws of casualties are ½ if none are given."""
    drawn = np.full(world.rung.shape, 0.5) if draws is None else draws
    dynamics.use_force(world, deeds_of(*rows), np.asfortranarray(drawn), relations)


def fought_for(world: World, *weeks: tuple[tuple[int, int, int, str], ...]) -> World:
    """Lets the force of some weeks happen, with what fades between them but for the rung."""
    for week, rows in enumerate(weeks):
        if week:
            dynamics.decay(world)
        use_force(world, *rows)
    return world


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


def test_all_that_one_does_in_a_week_multiplies_the_odds_of_its_resolve() -> None:
    world = world_of(2, start={"resolve": {("B", "A"): 0.5, ("C", "A"): 0.5}})
    dynamics.learn(world, deeds_of(*((0, 0, 1, act) for act in ("threaten", "warn", "support"))))
    odds = NAMED["threaten"].belief_odds * NAMED["warn"].belief_odds
    assert world.resolve[0, 1, 0] == pytest.approx(odds / (1 + odds))
    assert world.resolve[0, 2, 0] == world.resolve[1, 1, 0] == 0.5


# ── Force ────────────────────────────────────────────────────────────────────────────


def test_a_limited_strike_lifts_the_dyad_in_both_directions() -> None:
    world = world_of(2)
    use_force(world, (1, 0, 1, "limited_strike"))
    assert world.rung[0].max() == 0
    assert world.rung[1, 0, 1] == world.rung[1, 1, 0] == 6


def test_an_actor_may_strike_two_others_in_a_week_and_spends_for_both() -> None:
    world = world_of()
    use_force(world, (0, 0, 1, "limited_strike"), (0, 0, 2, "major_strike"))
    assert world.rung[0, 0].tolist() == [0, 6, 8]
    assert world.stock[0, 0] == pytest.approx(1 - world.constants.stock_use * 1.5)


def test_a_background_war_uses_up_no_stock() -> None:
    world = world_of(start={"rung": AT_WAR})
    use_force(world, (0, 0, 1, "major_strike"), (0, 0, 2, "limited_strike"))
    assert world.stock[0, 0] == pytest.approx(1 - world.constants.stock_use * 0.5)


@pytest.mark.parametrize(("weeks", "rung"), [(1, 7), (4, 7), (5, 6)])
def test_two_direct_strikes_within_four_weeks_are_an_exchange(weeks: int, rung: float) -> None:
    strike, answer = ((0, 0, 1, "limited_strike"),), ((0, 1, 0, "limited_strike"),)
    world = fought_for(world_of(), strike, *[()] * (weeks - 1), answer)
    assert world.rung[0, 0, 1] == rung


def test_strikes_of_both_sides_in_a_week_are_an_exchange() -> None:
    world = world_of()
    use_force(world, (0, 0, 1, "limited_strike"), (0, 1, 0, "limited_strike"))
    assert world.rung[0, 0, 1] == 7


def test_weeks_since_the_last_direct_strike_are_counted_from_one_and_never_stays_never() -> None:
    world = fought_for(world_of(), ((0, 0, 1, "limited_strike"),), (), ())
    assert world.last_direct_strike[0, 0, 1] == world.last_direct_strike[0, 1, 0] == 2
    assert world.last_direct_strike[0, 0, 2] == 999
    assert world.last_direct_strike[0, 0, 0] == 0


def test_a_strike_known_at_the_start_makes_the_next_one_an_exchange() -> None:
    last: Start = {("A", "B"): 2.0, ("B", "A"): 2.0}
    world = world_of(start={"last_direct_strike": last})
    use_force(world, (0, 1, 0, "limited_strike"))
    assert world.rung[0, 0, 1] == 7


def test_a_strike_stirs_the_victim_and_relieves_the_striker() -> None:
    world = world_of(start={"pressure": {("A", "B"): 0.8}})
    use_force(world, (0, 0, 1, "limited_strike"), draws=np.zeros((1, 3, 3)))
    rules = world.constants
    assert world.pressure[0, 0, 1] == pytest.approx(0.8 * (1 - 0.9))
    assert world.pressure[0, 1, 0] == pytest.approx(rules.pressure_impulse * 0.5)


def test_a_blow_to_a_partner_presses_by_the_tie_to_it() -> None:
    world = world_of(alliance_pressure=0.8)
    use_force(world, (0, 0, 2, "major_strike"), relations=LEAGUE)
    blow = world.constants.pressure_impulse * 1.0
    assert world.pressure[0, 1, 0] == pytest.approx(0.8 * 0.25 * blow)
    assert world.pressure[0, 1, 2] == 0


def test_a_partner_without_a_stake_and_one_who_strikes_it_are_not_pressed() -> None:
    world = world_of()
    use_force(world, (0, 2, 0, "limited_strike"), (0, 1, 2, "limited_strike"), relations=LEAGUE)
    assert np.flatnonzero(world.pressure[0]).tolist() == [2, 7]


def test_the_tie_of_each_world_is_its_own() -> None:
    ties = np.zeros((2, 3, 3), order="F")
    ties[:, 1, 2] = (-0.5, 0.5)
    world = world_of(2)
    blows = [(number, 0, 2, "major_strike") for number in range(2)]
    use_force(world, *blows, relations=dataclasses.replace(LEAGUE, tie=ties))
    blow = world.constants.alliance_pressure * world.constants.pressure_impulse
    assert world.pressure[:, 1, 0] == pytest.approx([0, 0.5 * blow])


def test_stepping_back_lowers_the_rung_unless_the_other_side_attacks() -> None:
    world = world_of(2, start={"rung": {("A", "B"): 5.0, ("B", "A"): 5.0}})
    use_force(world, (0, 0, 1, "de_escalate"), (1, 0, 1, "de_escalate"), (1, 1, 0, "show_of_force"))
    assert world.rung[:, 0, 1].tolist() == [4.0, 5.0]
    assert world.overture[:, 0, 1].tolist() == [1.0, 1.0]


def test_air_defence_and_guard_save_lives_and_borrowed_quality_costs_them() -> None:
    draws = np.full((1, 3, 3), 0.5, order="F")
    strike = deeds_of((0, 0, 1, "major_strike"))
    bare = dynamics.count_deaths(world_of(start={"air_defence": {("B",): 0.0}}), strike, draws)
    shielded = dynamics.count_deaths(
        world_of(start={"air_defence": {("B",): 0.5}, "guard": {("B",): 1.0}}), strike, draws
    )
    guided = dynamics.count_deaths(
        world_of(start={"air_defence": {("B",): 0.0}, "capability": {("A",): 1.0}}), strike, draws
    )
    assert (bare[0], shielded[0], guided[0]) == (100, 30, 200)


def test_each_strike_of_an_actor_has_a_draw_of_its_own() -> None:
    draws = np.zeros((1, 3, 3), order="F")
    draws[0, 0, 1] = 0.5
    bare: dict[str, Start] = {"air_defence": {("B",): 0.0, ("C",): 0.0}}
    world = world_of(start=bare)
    use_force(world, (0, 0, 1, "major_strike"), (0, 0, 2, "major_strike"), draws=draws)
    assert world.casualties[0].tolist() == [0, 100, 0]


# ── Truce ────────────────────────────────────────────────────────────────────────────

BACK, ALSO_BACK, HIT = (
    (0, 0, 1, "de_escalate"),
    (0, 1, 0, "de_escalate"),
    (0, 0, 1, "covert_strike"),
)


@pytest.mark.parametrize(
    ("weeks", "truce"),
    [
        ([(BACK, ALSO_BACK)], True),
        ([(BACK,), (ALSO_BACK,)], True),
        ([(BACK,), (), (ALSO_BACK,)], False),
        ([(BACK,), (BACK,)], False),
        ([(BACK,), (ALSO_BACK, HIT)], False),
    ],
)
def test_a_step_back_of_each_side_within_two_weeks_makes_a_truce(
    weeks: list[tuple[tuple[int, int, int, str], ...]], *, truce: bool
) -> None:
    world = world_of(start={"rung": TENSE}, rung_persistence=1.0, deescalation_step=0.0)
    world.weeks_direct[...] = world.weeks_exchange[...] = world.weeks_major[...] = 3
    world.last_direct_strike[...] = 1
    fought_for(world, *weeks)
    assert (world.rung[0, 0, 1] == world.rung[0, 1, 0] == world.constants.truce_rung) == truce
    assert (world.last_direct_strike[0, 0, 1] == 999) == truce
    for clock in (world.weeks_direct, world.weeks_exchange, world.weeks_major):
        assert (clock[0, 0, 1] == clock[0, 1, 0] == 0) == truce
        assert clock[0, 0, 2] == 3


def test_below_the_rung_of_a_direct_strike_there_is_no_war_to_end() -> None:
    start: Start = {("A", "B"): 5.9, ("B", "A"): 5.9}
    world = world_of(start={"rung": start}, deescalation_step=0.0)
    use_force(world, BACK, ALSO_BACK)
    assert world.rung[0, 0, 1] == 5.9


def test_a_background_war_ends_only_in_worlds_that_let_it() -> None:
    world = world_of(2, start={"rung": AT_WAR}, background_wars_end=np.array([0.0, 1.0]))
    use_force(world, *((number, *deed[1:]) for number in range(2) for deed in (BACK, ALSO_BACK)))
    assert world.rung[:, 0, 1].tolist() == [9, world.constants.truce_rung]
    for _ in range(3):
        dynamics.decay(world)
    assert world.rung[0, 0, 1] == 9
    assert world.rung[1, 0, 1] < world.constants.truce_rung


# ── Arms and words ───────────────────────────────────────────────────────────────────


def test_arms_to_a_client_raise_the_rung_toward_the_rivals_of_that_client() -> None:
    world = world_of()
    dynamics.send_arms(world, deeds_of((0, 2, 1, "offensive_arms")), PEACE)
    assert world.flow[0, 2, 1] == pytest.approx(0.2)
    assert world.capability[0, 1] == pytest.approx(0.35)
    assert world.rung[0, 2, 0] == world.rung[0, 0, 2] == 3
    assert world.rung[0, 2, 1] == 0


def test_a_dyad_that_is_lifted_twice_stands_at_the_higher_rung() -> None:
    world = world_of()
    sent = deeds_of((0, 0, 1, "offensive_arms"), (0, 0, 1, "defensive_aid"))
    dynamics.raise_rungs(world, sent, np.array([3.0, 1.5]))
    assert world.rung[0, 0, 1] == world.rung[0, 1, 0] == 3


def test_what_is_usual_in_a_pair_hardly_lifts_its_rung() -> None:
    world = world_of(3)
    for number, rate in enumerate((0.0, 0.5, 0.95)):
        words = deeds_of((number, 0, 1, "denounce"), rate=rate)
        dynamics.speak(world, words, deeds_of(), PEACE)
    assert world.rung[:, 0, 1] == pytest.approx([1, 0.5, 0.05])
    sanctions = deeds_of((0, 0, 2, "sanction"), rate=0.25)
    dynamics.send_arms(world, sanctions, PEACE)
    assert world.rung[0, 2, 0] == pytest.approx(2 * 0.75)


def test_usual_sanctions_keep_isolation_where_it_is_and_unusual_ones_add_to_it() -> None:
    world = world_of(3, {"isolation": {("C",): 0.5}}, sanction_step=0.1)
    world.ended[2] = True
    relations = dataclasses.replace(PEACE, usual_sanctions=np.array([0, 0, 1.0]))
    both = deeds_of((1, 0, 2, "sanction"), (1, 1, 2, "sanction"))
    dynamics.send_arms(world, both, relations)
    assert world.isolation[:, 2] == pytest.approx([0.4, 0.6, 0.5])


def test_two_who_mediate_are_heard_together() -> None:
    world = world_of(mediation_step=0.3)
    offers = deeds_of((0, 0, 2, "mediate"), (0, 1, 2, "mediate"))
    dynamics.speak(world, deeds_of(), offers, PEACE)
    assert world.mediation[0].tolist() == [0, 0, pytest.approx(0.6)]


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


def test_scores_are_those_of_the_formula_for_any_rivals() -> None:
    rng = np.random.default_rng(2)
    rival = rng.random((3, 3)) < 0.6
    np.fill_diagonal(rival, val=False)
    said = [
        (0, i, j, act)
        for i in range(3)
        for j in range(3)
        if i != j
        for act in rng.choice(["support", "denounce", "threaten"], 2, replace=False)
    ]
    world = world_of()
    relations = dataclasses.replace(PEACE, rival=rival)
    scores = dynamics.alignment_scores(world, [deeds_of(*said)], relations)[0]
    done = dict.fromkeys(((i, j) for _, i, j, _ in said), 0.0)
    for _, i, j, act in said:
        done[i, j] += NAMED[act].alignment
    for (i, j), own in done.items():
        against = sum(done[i, k] for k in range(3) if rival[j, k] and k != i)
        assert scores[i, j] == np.clip(own - 0.5 * against, -1, 1)


def test_two_weeks_of_major_strikes_are_a_war() -> None:
    both: list[tuple[str, ...]] = [("A", "C"), ("C", "A")]
    start: dict[str, Start] = {
        "rung": dict.fromkeys(both, 8.0),
        "last_direct_strike": dict.fromkeys(both, 0.0),
    }
    world = world_of(start=start)
    assert not dynamics.find_wars(world).any()
    assert dynamics.find_wars(world)[0, 0, 2]
    assert world.rung[0, 0, 2] == 9


@pytest.mark.parametrize(("weeks", "goes_on"), [(4.0, True), (5.0, False)])
def test_a_war_in_which_nobody_strikes_any_more_is_over(weeks: float, goes_on: bool) -> None:
    both: list[tuple[str, ...]] = [("A", "C"), ("C", "A")]
    start: dict[str, Start] = {
        "rung": dict.fromkeys(both, 8.0),
        "last_direct_strike": dict.fromkeys(both, weeks),
    }
    world = world_of(start=start)
    dynamics.find_wars(world)
    assert dynamics.find_wars(world)[0, 0, 2] == goes_on
    assert world.rung[0, 0, 2] == (9 if goes_on else 8)


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


# ── Hostility and memory ─────────────────────────────────────────────────────────────


def test_usual_words_leave_hostility_at_its_baseline_in_expectation() -> None:
    rate, worlds = 0.25, 8
    usual = np.zeros((3, 3))
    usual[1, 0] = -rate * NAMED["denounce"].goldstein / 10
    world = world_of(worlds, start={"hostility": {("B", "A"): 0.5}}, hostility_noise=0.0)
    words = deeds_of(*((number, 0, 1, "denounce") for number in range(int(rate * worlds))))
    impulse = dynamics.impulses(world, words, dataclasses.replace(PEACE, usual_impulse=usual))
    dynamics.react(world, impulse, np.full((worlds, 3, 3), 0.5))
    assert len(set(world.hostility[:, 1, 0])) == 2
    assert world.hostility[:, 1, 0].mean() == pytest.approx(0.5)


def test_where_a_world_has_ended_nothing_is_usual() -> None:
    usual = np.zeros((2, 3, 3), order="F")
    usual[:, 1, 0] = (0.1, 0.2)
    world = world_of(2)
    world.ended[0] = True
    relations = dataclasses.replace(PEACE, usual_impulse=usual)
    impulse = dynamics.impulses(world, deeds_of(), relations)
    assert impulse[:, 1, 0].tolist() == [0, -0.2]


def test_an_affront_that_is_given_every_week_settles_where_the_series_does() -> None:
    world, threat = world_of(affront_persistence=0.6), deeds_of((0, 1, 0, "threaten"))
    for _ in range(60):
        dynamics.take_affront(world, threat, PEACE)
    suffered = world.constants.affront_step * NAMED["threaten"].affront
    assert world.affront[0, 0, 1] == pytest.approx(suffered / (1 - 0.6))


def test_insults_and_blows_are_affronts_and_what_is_usual_is_none() -> None:
    insulting = {name for name, action in NAMED.items() if action.affront > 0}
    assert insulting == {name for name, action in NAMED.items() if action.severity > 0} | {
        "denounce",
        "threaten",
    }
    usual = np.zeros((3, 3))
    usual[0, 1] = NAMED["denounce"].affront
    relations = dataclasses.replace(PEACE, usual_affront=usual)
    world = world_of()
    dynamics.take_affront(world, deeds_of((0, 1, 0, "denounce")), relations)
    assert world.affront[0, 0, 1] == 0
    dynamics.take_affront(world, deeds_of((0, 1, 0, "threaten")), relations)
    beyond = NAMED["threaten"].affront - NAMED["denounce"].affront
    assert world.affront[0, 0, 1] == pytest.approx(world.constants.affront_step * beyond)


def test_each_act_is_remembered_by_itself_and_fades() -> None:
    world = world_of(2, memory=0.75)
    world.ended[1] = True
    week = deeds_of((0, 0, 1, "denounce"), (0, 0, 1, "warn"), (1, 0, 1, "sanction"))
    world.forget_acts(len(week.acts))
    dynamics.remember_acts(world, week)
    assert world.recent[0].tolist() == [0.25, 0.25, 0]
    dynamics.remember_acts(world, week.of("warn"))
    assert world.recent[0] == pytest.approx([0.25 * 0.75, 0.25 * 0.75 + 0.25, 0])
    assert world.recent[1].max() == 0


@pytest.mark.parametrize("by_world", [False, True])
def test_what_is_done_at_its_usual_rate_leaves_no_memory_in_expectation(*, by_world: bool) -> None:
    worlds, acts = 8, deeds_of((0, 0, 1, "denounce"), rate=0.25).acts
    if by_world:
        acts = dataclasses.replace(acts, rate=np.tile(acts.rate, (worlds, 1)))
    world = world_of(worlds)
    world.forget_acts(len(acts))
    dynamics.remember_acts(world, Deeds(np.arange(2), np.zeros(2, dtype=np.int64), acts))
    assert world.recent.mean(axis=0) == pytest.approx(0)
    assert world.recent.any()


# ── Decay ────────────────────────────────────────────────────────────────────────────


def test_an_overture_lasts_into_the_next_week_but_not_into_the_one_after() -> None:
    world = world_of()
    use_force(world, BACK)
    remembered = []
    for _ in range(2):
        dynamics.decay(world)
        remembered.append(world.overture[0, 0, 1] >= world.constants.truce_level)
    assert remembered == [True, False]


def test_readiness_grows_toward_the_one_that_presses() -> None:
    world = world_of(start={"pressure": {("A", "B"): 0.9}})
    dynamics.decay(world)
    assert world.readiness[0, 0, 1] == world.constants.readiness_rate
    assert world.readiness[0, 0, 2] == 0
