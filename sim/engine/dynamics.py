"""The equations of the week: one function each, in the order of `docs/odd.md` 7.3 to 7.10.

Each takes the world and the deeds that bear on it, and changes the world in place. Nothing here
knows a country: relations come in as matrices.
"""

import numpy as np
from numpy.typing import NDArray

from realpolitik.sim.engine.deeds import (
    Deeds,
    Numbers,
    by_actor,
    by_target,
    given,
    join,
    mirrored,
    received,
    shift,
    sum_given,
    sum_received,
)
from realpolitik.sim.engine.parameters import added_up
from realpolitik.sim.engine.relations import Relations
from realpolitik.sim.engine.world import QUANTITIES, Array, Mask, World, at_least, flat

# ── Force ────────────────────────────────────────────────────────────────────────


def raise_rungs(world: World, deeds: Deeds, rung: Array | float) -> None:
    """Lifts the dyads of the deeds to at least `rung`."""
    for places in (given(world, deeds), received(world, deeds)):
        np.maximum.at(flat(world.rung), places, rung)


def find_attacked(world: World, force: Deeds) -> Mask:
    """Places from each actor toward those on whom it uses force this week, (W·n·n,)."""
    attacked = np.zeros(world.rung.size, dtype=np.bool_)
    attacked[given(world, force.with_column("rung"))] = True
    return attacked


def step_back(world: World, back: Deeds, attacked: Mask) -> None:
    """Lowers the rung of a dyad for each side that de-escalates while the other uses no force."""
    flat(world.overture)[given(world, back)] = 1.0
    back = back.where(~attacked[received(world, back)])
    rungs = flat(world.rung)
    for places in (given(world, back), received(world, back)):
        rungs[places] -= world.constants.at(back.world).deescalation_step


def note_exchanges(world: World, force: Deeds) -> None:
    """Two direct strikes in a dyad within a few weeks are an exchange, one rung higher."""
    rules = world.constants
    direct = force.where(force.column("rung") >= rules.at(force.world).direct_rung)
    here, there = given(world, direct), received(world, direct)
    last = flat(world.last_direct_strike)
    before = last[here]
    last[here] = last[there] = 0
    struck = np.zeros(last.shape, dtype=np.bool_)
    struck[here] = True
    again = struck[there] | (before <= rules.at(direct.world).exchange_weeks)
    exchanged = direct.where(again)
    raise_rungs(world, exchanged, rules.at(exchanged.world).exchange_rung)


def count_deaths(world: World, strikes: Deeds, draws: Array) -> Array:
    """Civilian deaths of each strike: log-logistic, less what defences prevent; added up.

    `draws` is (W, n, n), a uniform number for each actor that may strike each other.
    """
    rules = world.constants.at(strikes.world)
    there = by_target(world, strikes)
    draw = flat(draws)[given(world, strikes)]
    spread = (draw / (1 - draw)) ** np.full(len(strikes), 1 / rules.deaths_shape)
    prevented = (1 - rules.deaths_air_defence * flat(world.air_defence)[there]) * (
        1 - rules.deaths_guard * flat(world.guard)[there]
    )
    quality = 1 + flat(world.capability)[by_actor(world, strikes)]
    harm = np.floor(strikes.column("deaths") * spread * prevented * quality)
    deaths: Array = np.minimum(harm, rules.deaths_cap)
    shift(world, "casualties", there, deaths)
    return deaths


def stir_pressure(world: World, force: Deeds, strikes: Deeds, deaths: Array) -> None:
    """Hitting back relieves one's own street and stirs that of the victim."""
    rules = world.constants.at(strikes.world)
    flat(world.pressure)[given(world, force)] *= 1 - np.maximum(force.column("relief"), 0)
    blow = rules.pressure_impulse * strikes.column("severity")
    grief = rules.casualty_pressure * np.log10(1 + deaths)
    shift(world, "pressure", received(world, strikes), blow + grief)


def press_allies(world: World, strikes: Deeds, relations: Relations) -> None:
    """A blow to a partner presses to hit back for it, by the tie to that partner.

    Not so in a war that was on from the start: that its allies have their place in it is known.
    """
    strikes = strikes.where(~world.background[strikes.actor, strikes.target])
    row, ally = np.nonzero(relations.stands_by[strikes.target])
    struck = strikes.where(row)
    tie = relations.tie_between(struck.world, ally, struck.target)
    rules = world.constants.at(struck.world)
    blow = rules.alliance_pressure * tie * rules.pressure_impulse * struck.column("severity")
    places = received(world, struck.toward(ally))
    third = ally != struck.actor
    shift(world, "pressure", places[third], blow[third])


def find_truces(world: World, attacked: Mask) -> Numbers:
    """Places of dyads, both ways, in which both sides of a war stepped back and now hold fire.

    A background war ends so only where the constants let it.
    """
    stepped = np.greater_equal(world.overture.T, world.constants.truce_level)
    places = np.flatnonzero(stepped)
    mirror, rules = mirrored(world, places), world.constants.at(places % world.worlds)
    both = stepped.reshape(-1)[mirror]
    both &= flat(world.rung)[places] >= rules.direct_rung
    both &= ~(attacked[places] | attacked[mirror])
    both &= ~flat(world.kept_up)[places] | np.greater_equal(rules.background_wars_end, 0.5)
    truces: Numbers = places[both]
    return truces


def make_truces(world: World, places: Numbers) -> None:
    """The war is over: rung, weeks of war and the last strike start anew."""
    rungs = flat(world.rung)
    rungs[places] = np.minimum(rungs[places], world.constants.at(places % world.worlds).truce_rung)
    for clock in (world.weeks_major, world.weeks_exchange, world.weeks_direct):
        flat(clock)[places] = 0
    flat(world.last_direct_strike)[places] = QUANTITIES["last_direct_strike"].high
    flat(world.kept_up)[places] = False


def spend_stock(world: World, strikes: Deeds) -> None:
    """Strikes use up stock, but for those of a background war: it has supplies of its own."""
    strikes = strikes.where(~world.background[strikes.actor, strikes.target])
    used = world.constants.at(strikes.world).stock_use * strikes.column("severity")
    shift(world, "stock", by_actor(world, strikes), -used)


def use_force(world: World, force: Deeds, draws: Array, relations: Relations) -> None:
    """All force of the week, at once (7.3)."""
    strikes, attacked = force.with_column("severity"), find_attacked(world, force)
    raise_rungs(world, force, force.column("rung"))
    step_back(world, force.of("de_escalate"), attacked)
    note_exchanges(world, force)
    deaths = count_deaths(world, strikes, draws)
    stir_pressure(world, force, strikes, deaths)
    press_allies(world, strikes, relations)
    spend_stock(world, strikes)
    flat(world.commitment)[given(world, strikes)] = 0.0
    world.keep_in_range("rung")
    make_truces(world, find_truces(world, attacked))


# ── Material, words, private ─────────────────────────────────────────────────────


def lift_rungs(world: World, deeds: Deeds) -> None:
    """Words, sanctions and arms lift their dyads, the less the more usual they are in the pair."""
    lifting = deeds.with_column("rung")
    raise_rungs(world, lifting, lifting.column("rung") * (1 - lifting.rate))


def send_arms(world: World, material: Deeds, relations: Relations) -> None:
    """Flows, what they give to the receiver, sanctions, and the rungs they raise (7.4)."""
    shift(world, "flow", given(world, material), material.column("flow"))
    for name in ("capability", "air_defence"):
        gained = material.with_column(name)
        shift(world, name, by_target(world, gained), gained.column(name))
    sanctions = material.of("sanction")
    isolate(world, sanctions, relations)
    for pending, column in (
        (world.pending, "delivery"),
        (world.pending_defensive, "delivery_defensive"),
    ):
        flat(pending)[given(world, material.with_column(column))] = 0.0
    lift_rungs(world, sanctions)
    lift_rungs(world, _against_rivals(material.with_column("flow"), relations))


def isolate(world: World, sanctions: Deeds, relations: Relations) -> None:
    """More sanctions than usual isolate, fewer let the isolation go."""
    size = world.isolation.size
    imposed = np.bincount(by_target(world, sanctions), minlength=size).reshape(world.actors, -1)
    beyond = imposed - np.atleast_2d(relations.usual_sanctions).T * ~world.ended
    isolation = world.isolation.T
    isolation += world.constants.sanction_step * beyond
    world.keep_in_range("isolation")


def _against_rivals(sent: Deeds, relations: Relations) -> Deeds:
    """What is sent to a client, as it bears on each rival of that client."""
    row, rival = np.nonzero(relations.rival[sent.target])
    against = sent.where(row).toward(rival)
    return against.where(against.target != against.actor)


def speak(world: World, words: Deeds, private: Deeds, relations: Relations) -> None:
    """Threats, cover, advice and mediation (7.5)."""
    rules = world.constants
    for deeds in (words, private):
        lift_rungs(world, deeds)
    threats = words.of("threaten")
    outstanding = given(world, threats)
    missing = 1 - flat(world.commitment)[outstanding]
    shift(world, "commitment", outstanding, rules.at(threats.world).commitment_step * missing)
    covered = words.of("diplomatic_cover")
    shift(world, "isolation", by_target(world, covered), -rules.at(covered.world).cover_step)
    advice = private.of("urge_restraint")
    tie = relations.tie_between(advice.world, advice.target, advice.actor)
    shift(world, "advice", by_target(world, advice), rules.at(advice.world).advice_step * tie)
    offers = private.of("mediate")
    shift(world, "mediation", by_target(world, offers), rules.at(offers.world).mediation_step)


def alignment_scores(world: World, tables: list[Deeds], relations: Relations) -> Array:
    """How far the deeds of each actor side with each other actor this week, (W, n, n) in [−1, 1].

    What is done to j counts in full, what is done to a rival of j half and with the other sign.
    """
    deeds = join(tables)
    done = sum_given(world, deeds, deeds.column("alignment"))
    scores = done.copy(order="F")
    for one, rival in np.argwhere(relations.rival):
        scores[:, :, one] -= 0.5 * done[:, :, rival]
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


def learn(world: World, deeds: Deeds) -> None:
    """Beliefs about resolve follow what the other side did (7.7)."""
    telling = deeds.among(deeds.acts.column("belief_odds") != 1)
    beliefs, places = flat(world.resolve), received(world, telling)
    odds = np.ones(len(beliefs))
    np.multiply.at(odds, places, telling.column("belief_odds"))
    beliefs[places] = updated_belief(beliefs[places], odds[places])
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
    """Dyads in full-scale war (W, n, n): they still strike, and have long stood high enough."""
    rules, rung = world.constants, world.rung
    _count_weeks(world.weeks_major, at_least(rung, rules.major_rung))
    _count_weeks(world.weeks_exchange, at_least(rung, rules.exchange_rung))
    _count_weeks(world.weeks_direct, at_least(rung, rules.direct_rung))
    war = at_least(world.weeks_major, rules.war_weeks_major)
    war |= at_least(world.weeks_exchange, rules.war_weeks_exchange)
    war &= np.less_equal(world.last_direct_strike.T, rules.exchange_weeks).T
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


# ── Hostility, memory and decay ──────────────────────────────────────────────────


def impulses(world: World, deeds: Deeds, relations: Relations) -> Array:
    """Impulse on hostility of i toward j: how far the deeds of j depart from its usual ones.

    (W, n, n). Where a world has ended, nothing is usual.
    """
    impulse = sum_received(world, deeds, -deeds.column("goldstein") / 10)
    usual = np.atleast_3d(relations.usual_impulse.T)
    np.subtract(impulse.T, usual, out=impulse.T, where=~world.ended)
    return impulse


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


def take_affront(world: World, deeds: Deeds, relations: Relations) -> None:
    """Insults and blows beyond the usual are remembered for some weeks (7.9)."""
    rules, affront = world.constants, world.affront.T
    suffered = sum_received(world, deeds, deeds.column("affront"))
    usual = np.atleast_3d(relations.usual_affront.T)
    np.subtract(suffered.T, usual, out=suffered.T, where=~world.ended)
    affront *= rules.affront_persistence
    affront += rules.affront_step * suffered.T
    world.keep_in_range("affront")


def remember_acts(world: World, deeds: Deeds) -> None:
    """What was done of late fades, and this week's departure from the usual is added (7.10)."""
    kept, recent = np.where(world.ended, 1.0, world.constants.memory), world.recent.T
    recent *= kept
    recent -= (1 - kept) * np.atleast_2d(deeds.acts.rate).T
    recent[deeds.option, deeds.world] += 1 - kept[deeds.world]


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
        (world.overture, rules.overture_persistence),
        (world.mediation, rules.mediation_persistence),
        (world.rung, np.where(world.ended, 1.0, rules.rung_persistence)),
    ):
        np.multiply(values.T, persistence, out=values.T)
    armed = added_up(world.flow[:, sender] for sender in range(world.actors))
    world.stock += (rules.replenishment * (world.endurance + armed).T).T
    world.last_direct_strike += 1
    world.keep_in_range("rung", "stock", "last_direct_strike")


def lapse_threats(world: World) -> None:
    """Threats fade; one that sinks below the level of notice weakens belief in its author."""
    rules = world.constants
    commitment = world.commitment.T
    noticed = commitment >= rules.lapse_level
    commitment *= rules.commitment_persistence
    lapsed = np.flatnonzero(noticed & (commitment < rules.lapse_level))
    beliefs, seen_by = flat(world.resolve), mirrored(world, lapsed)
    odds = rules.at(lapsed % world.worlds).lapse_odds
    beliefs[seen_by] = updated_belief(beliefs[seen_by], odds)
    world.keep_in_range("resolve")
