"""The equations of the week: one function each, in the order of `docs/odd.md` 7.3 to 7.10.

Each takes the world and the deeds that bear on it, and changes the world in place. Nothing here
knows a country: relations come in as matrices.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from realpolitik.sim.engine.deeds import (
    Deeds,
    by_actor,
    by_target,
    given,
    join,
    received,
    shift,
    sum_by_target,
    sum_given,
    sum_received,
)
from realpolitik.sim.engine.world import Array, Mask, World, at_least, flat


@dataclass(frozen=True)
class Relations:
    """What is fixed between the actors: (n, n) of row toward column, and (n,) for great powers.

    `tie` is the unscaled sum of the stakes of row in column, `usual_impulse` the impulse on the
    hostility of the row by what the column does in an ordinary week: (n, n) or one a world,
    (W, n, n).
    """

    partner: Mask
    rival: Mask
    tie: Array
    great_power: Mask
    usual_impulse: Array

    def tie_of(self, deeds: Deeds) -> Array:
        """The tie of each deed's target to its actor."""
        place = (deeds.target, deeds.actor)
        return self.tie[place] if self.tie.ndim == 2 else self.tie[(deeds.world, *place)]


# ── Force ────────────────────────────────────────────────────────────────────────


def raise_rungs(world: World, deeds: Deeds, rung: Array | float) -> None:
    """Lifts the dyads of the deeds to at least `rung`; no two deeds of an actor in a world."""
    rungs = flat(world.rung)
    for places in (given(world, deeds), received(world, deeds)):
        rungs[places] = np.maximum(rungs[places], rung)


def step_back(world: World, force: Deeds) -> None:
    """Lowers the rung of a dyad for each side that de-escalates while the other uses no force."""
    rungs = flat(world.rung)
    attacked = np.zeros(rungs.shape, dtype=np.bool_)
    attacked[given(world, force.with_column("rung"))] = True
    back = force.of("de_escalate")
    back = back.where(~attacked[received(world, back)])
    for places in (given(world, back), received(world, back)):
        rungs[places] -= world.constants.at(back.world).deescalation_step


def note_exchanges(world: World, force: Deeds) -> None:
    """Two direct strikes in a dyad within a few weeks are an exchange, one rung higher."""
    rules = world.constants
    direct = force.where(force.column("rung") >= rules.at(force.world).direct_rung)
    here, there, last = given(world, direct), received(world, direct), flat(world.direct_week)
    before = last[here]
    last[here] = last[there] = world.week
    struck = np.zeros(last.shape, dtype=np.bool_)
    struck[here] = True
    again = struck[there] | (world.week - before <= rules.at(direct.world).exchange_weeks)
    exchanged = direct.where(again)
    raise_rungs(world, exchanged, rules.at(exchanged.world).exchange_rung)


def count_deaths(world: World, strikes: Deeds, draws: Array) -> Array:
    """Civilian deaths of each strike: log-logistic, less what defences prevent; added up.

    `draws` is (n, W), a uniform number for each actor that may strike.
    """
    rules = world.constants.at(strikes.world)
    there = by_target(world, strikes)
    draw = draws[strikes.actor, strikes.world]
    spread = (draw / (1 - draw)) ** np.full(len(strikes), 1 / rules.deaths_shape)
    prevented = (1 - rules.deaths_air_defence * flat(world.air_defence)[there]) * (
        1 - rules.deaths_guard * flat(world.guard)[there]
    )
    quality = 1 + flat(world.capability)[by_actor(world, strikes)]
    harm = np.floor(strikes.column("deaths") * spread * prevented * quality)
    deaths: Array = np.minimum(harm, rules.deaths_cap)
    world.casualties += sum_by_target(world, strikes, deaths)
    return deaths


def stir_pressure(world: World, force: Deeds, strikes: Deeds, deaths: Array) -> None:
    """Hitting back relieves one's own street and stirs that of the victim."""
    rules = world.constants.at(strikes.world)
    flat(world.pressure)[given(world, force)] *= 1 - np.maximum(force.column("relief"), 0)
    blow = rules.pressure_impulse * strikes.column("severity")
    grief = rules.casualty_pressure * np.log10(1 + deaths)
    shift(world, "pressure", received(world, strikes), blow + grief)


def use_force(world: World, force: Deeds, draws: Array) -> None:
    """All force of the week, at once (7.3)."""
    strikes = force.with_column("severity")
    raise_rungs(world, force, force.column("rung"))
    step_back(world, force)
    note_exchanges(world, force)
    deaths = count_deaths(world, strikes, draws)
    stir_pressure(world, force, strikes, deaths)
    used = world.constants.at(strikes.world).stock_use * strikes.column("severity")
    shift(world, "stock", by_actor(world, strikes), -used)
    flat(world.commitment)[given(world, strikes)] = 0.0
    world.keep_in_range("rung")


# ── Material, words, private ─────────────────────────────────────────────────────


def send_arms(world: World, material: Deeds, relations: Relations) -> None:
    """Flows, what they give to the receiver, sanctions, and the rungs they raise (7.4)."""
    shift(world, "flow", given(world, material), material.column("flow"))
    for name in ("capability", "air_defence"):
        gained = material.with_column(name)
        getattr(world, name)[...] += sum_by_target(world, gained, gained.column(name))
    sanctions = material.of("sanction")
    step = np.full(len(sanctions), world.constants.at(sanctions.world).sanction_step)
    world.isolation += sum_by_target(world, sanctions, step)
    for pending, column in (
        (world.pending, "delivery"),
        (world.pending_defensive, "delivery_defensive"),
    ):
        flat(pending)[given(world, material.with_column(column))] = 0.0
    raise_rungs(world, sanctions, sanctions.column("rung"))
    _arm_against(world, material.with_column("flow"), relations)
    world.keep_in_range("capability", "air_defence", "isolation")


def _arm_against(world: World, sent: Deeds, relations: Relations) -> None:
    """Who arms a client climbs toward each rival of that client."""
    row, rival = np.nonzero(relations.rival[sent.target])
    against = sent.where(row).toward(rival)
    against = against.where(against.target != against.actor)
    raise_rungs(world, against, against.column("rung"))


def speak(world: World, words: Deeds, private: Deeds, relations: Relations) -> None:
    """Threats, cover and advice (7.5)."""
    rules = world.constants
    for deeds in (words, private):
        raise_rungs(world, deeds, deeds.column("rung"))
    threats = words.of("threaten")
    outstanding = given(world, threats)
    missing = 1 - flat(world.commitment)[outstanding]
    shift(world, "commitment", outstanding, rules.at(threats.world).commitment_step * missing)
    covered = words.of("diplomatic_cover")
    cover = np.full(len(covered), rules.at(covered.world).cover_step)
    world.isolation -= sum_by_target(world, covered, cover)
    advice = private.of("urge_restraint")
    heard = rules.at(advice.world).advice_step * np.maximum(relations.tie_of(advice), 0)
    world.advice += sum_by_target(world, advice, heard)
    world.keep_in_range("isolation", "advice")


def alignment_scores(world: World, tables: list[Deeds], relations: Relations) -> Array:
    """How far the deeds of each actor side with each other actor this week, (W, n, n) in [−1, 1].

    What is done to j counts in full, what is done to a rival of j half and with the other sign.
    Alignments are whole quarters, so that sums of them are exact: a world has the same score to
    the last digit whichever worlds stand beside it in the product.
    """
    deeds = join(tables)
    done = sum_given(world, deeds, deeds.column("alignment"))
    by_whom = done.T.reshape(world.actors, -1)  # (to whom, by whom in which world)
    siding = np.eye(world.actors) - 0.5 * relations.rival
    scores: Array = (siding @ by_whom).reshape(done.T.shape).T
    scores[:, range(world.actors), range(world.actors)] = 0.0
    return np.clip(scores, -1, 1, out=scores)


def keep_stance(world: World, public: Array) -> None:
    """The running public stance follows the score of the week."""
    persistence, stance = world.constants.stance_persistence, world.stance.T
    stance *= persistence
    stance += (1 - persistence) * public.T


# ── Beliefs, accidents, wars ─────────────────────────────────────────────────────


def updated_belief(belief: Array, odds: Array | float) -> Array:
    """A probability after its odds were multiplied."""
    return belief * odds / (1 - belief + belief * odds)


def learn(world: World, deeds_by_track: list[Deeds]) -> None:
    """Beliefs about resolve follow what the other side did (7.7)."""
    for deeds in deeds_by_track:
        telling = deeds.where(deeds.column("belief_odds") != 1)
        beliefs, places = flat(world.resolve), received(world, telling)
        beliefs[places] = updated_belief(beliefs[places], telling.column("belief_odds"))
    world.keep_in_range("resolve")


def find_tense(world: World) -> Mask:
    """Dyads in which accidents can happen, (W, n, n)."""
    tense = at_least(world.rung, world.constants.tense_rung)
    tense &= ~world.background
    tense &= ~world.ended[:, None, None]
    return tense


def have_accidents(world: World, tense: Mask, draws: Array) -> None:
    """A tense dyad may slip upward; `draws` is (W, n, n), the same in both directions."""
    rules = world.constants
    slips = np.flatnonzero(tense.T & np.less(draws.T, rules.accident_rate))
    shift(world, "rung", slips, rules.at(slips % world.worlds).accident_jump)


def find_wars(world: World) -> Mask:
    """Dyads in full-scale war (W, n, n): long enough at the rung of a major strike or exchange."""
    rules, rung = world.constants, world.rung
    _count_weeks(world.weeks_major, at_least(rung, rules.major_rung))
    _count_weeks(world.weeks_exchange, at_least(rung, rules.exchange_rung))
    war = at_least(world.weeks_major, rules.war_weeks_major)
    war |= at_least(world.weeks_exchange, rules.war_weeks_exchange)
    war &= ~world.background
    np.maximum(rung.T, rules.war_rung, out=rung.T, where=war.T)
    return war


def _count_weeks(clock: NDArray[np.int16], there: Mask) -> None:
    """One more week in a row where it still is, none where it is not."""
    clock += 1
    clock *= there


def find_clashes(world: World, relations: Relations) -> Mask:
    """Worlds (W,) in which two great powers clash this week; their clock stops afterwards."""
    rules = world.constants
    powers = np.flatnonzero(relations.great_power)
    one, other = powers[np.array(np.nonzero(~np.eye(len(powers), dtype=np.bool_)))]
    clashing = at_least(world.rung[:, one, other], rules.major_rung) & ~world.ended[:, None]
    number, pair = np.nonzero(clashing)
    world.rung[number, one[pair], other[pair]] = rules.at(number).clash_rung
    return np.asarray(clashing.any(axis=1))


# ── Hostility and decay ──────────────────────────────────────────────────────────


def impulses(world: World, deeds: Deeds) -> Array:
    """Impulse on hostility of i toward j from all deeds of j toward i, (W, n, n)."""
    return sum_received(world, deeds, -deeds.column("goldstein") / 10)


def react(world: World, impulse: Array, draws: Array) -> None:
    """Hostility returns to its baseline, answers the other side, and wavers (7.9)."""
    rules = world.constants
    hostility, baseline = world.hostility.T, world.baseline.T
    hostility -= baseline
    hostility *= rules.hostility_persistence
    hostility += baseline
    hostility += rules.reciprocity * impulse.T
    hostility += 2 * rules.hostility_noise * (draws.T - 0.5)
    world.keep_in_range("hostility")


def get_ready(world: World) -> None:
    """A strike is prepared while the pressure to make it is high, and stood down otherwise."""
    rules = world.constants
    pressed = np.greater(world.pressure.T, rules.readiness_threshold)
    readiness = world.readiness.T
    np.multiply(readiness, rules.readiness_persistence, out=readiness, where=~pressed)
    np.add(readiness, rules.readiness_rate, out=readiness, where=pressed)
    world.keep_in_range("readiness")


def decay(world: World) -> None:
    """What fades, fades; what is used up is replenished (7.10)."""
    rules = world.constants
    get_ready(world)
    lapse_threats(world)
    for values, persistence in (
        (world.pressure, rules.pressure_persistence),
        (world.advice, rules.advice_persistence),
        (world.guard, rules.guard_persistence),
        (world.capability, rules.capability_persistence),
        (world.rung, np.where(world.ended, 1.0, rules.rung_persistence)),
    ):
        np.multiply(values.T, persistence, out=values.T)
    world.stock += (rules.replenishment * (world.endurance + world.flow.sum(axis=1)).T).T
    world.keep_in_range("rung", "stock")


def lapse_threats(world: World) -> None:
    """Threats fade; one that sinks below the level of notice weakens belief in its author."""
    rules = world.constants
    commitment = world.commitment.T
    noticed = commitment >= rules.lapse_level
    commitment *= rules.commitment_persistence
    lapsed = np.flatnonzero(noticed & (commitment < rules.lapse_level))
    pair, number = np.divmod(lapsed, world.worlds)
    target, actor = np.divmod(pair, world.actors)
    seen_by = number + world.worlds * (target + world.actors * actor)
    beliefs = flat(world.resolve)
    beliefs[seen_by] = updated_belief(beliefs[seen_by], rules.at(number).lapse_odds)
    world.keep_in_range("resolve")
