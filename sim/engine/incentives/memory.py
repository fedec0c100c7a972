"""What the last weeks leave behind: habits, affronts, and ways out of a war."""

from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from realpolitik.sim.engine.actions import QUADS
from realpolitik.sim.engine.incentives.base import Incentive, Seat, Stakes
from realpolitik.sim.engine.parameters import Weight, added_up
from realpolitik.sim.engine.scales import salience
from realpolitik.sim.engine.world import Array, World, row_of, rows

# ── What it did, and what was done to it ─────────────────────────────────────────────


@dataclass(frozen=True, kw_only=True)
class Momentum(Incentive):
    """What was done of late beyond the usual goes on (Goldstein & Pevehouse 1997)."""

    name: str = "momentum"
    weight: Weight | None = Weight(0.15, 0.0, 0.5)
    why: str = "A policy that has been taken up is carried on for some weeks."
    formula = "w·(recent(i→j) − usual(i→j)) of the quad class, for acts"

    def terms(self, seat: Seat) -> tuple[Stakes, Array]:
        """What was done of late toward each target, of each quad class, beyond the usual."""
        options = seat.options
        acts = np.flatnonzero(options.acts)
        kinds = options.target[acts] * len(QUADS) + options.quads[acts]
        cases, line = np.unique(kinds, return_inverse=True)
        loadings = np.zeros((len(cases), len(options)))
        loadings[line, acts] = 1.0
        rates = np.atleast_2d(options.rate).T[acts]
        usual = np.zeros((len(cases), rates.shape[1]))
        np.add.at(usual, line, rates)
        places = zip(*np.divmod(cases, len(QUADS)), strict=True)
        numbers = [row_of((seat.actor, *place), len(seat.codes)) for place in places]
        return partial(_departures, np.array(numbers, dtype=np.int64), usual), loadings


def _departures(numbers: NDArray[np.int64], usual: Array, world: World) -> Array:
    """How far recent acts depart from the usual ones, (W, f)."""
    departures: Array = rows(world.recent)[numbers] - usual
    return departures.T


@dataclass(frozen=True, kw_only=True)
class Reaction(Incentive):
    """An affront, to oneself or to a partner, is answered; one who suffers it is supported."""

    name: str = "reaction"
    weight: Weight | None = Weight(0.15, 0.0, 0.5)
    why: str = "What was done to it or to a partner is not left without an answer."
    formula = (
        "w·reaction·clip(affront(i→j) + s·Σ affront(k→j), −1, 1), k the partners of i; "
        "w·solidarity·max(0, max affront(j→k)), for partners"
    )

    def terms(self, seat: Seat) -> tuple[Stakes, Array]:
        """The affronts by each target, then the worst that each partner suffered."""
        reaction, solidarity = seat.options.column("reaction"), seat.options.column("solidarity")
        targets, partners = seat.toward(reaction), seat.numbers(seat.own.partners)
        loadings = [seat.by_target(targets, reaction), seat.by_target(partners, solidarity)]
        at_stake = partial(_affronts, seat.actor, list(targets), partners)
        return at_stake, np.vstack(loadings)


def _affronts(actor: int, targets: list[int], partners: tuple[int, ...], world: World) -> Array:
    """Affronts that each target gave, and the worst that each partner suffered: (W, f)."""
    affront = world.affront.T  # (by whom, to whom, W)
    shared = added_up(affront[targets, partner] for partner in partners)
    felt = affront[targets, actor] + world.constants.partner_share * shared
    suffered = [worst_affront(world, partner, besides=actor) for partner in partners]
    return np.concatenate([np.clip(felt, -1, 1), np.reshape(suffered, (-1, world.worlds))]).T


def worst_affront(world: World, of: int, besides: int) -> Array:
    """The worst affront that an actor suffered by others than one, at least 0: (W,)."""
    by = world.affront.T[:, of]
    before, after = (part.max(axis=0, initial=0.0) for part in (by[:besides], by[besides + 1 :]))
    worst: Array = np.maximum(before, after)
    return worst


# ── Ways out ─────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, kw_only=True)
class WarWeariness(Incentive):
    """A war that has gone on long, and cost much, is to be ended."""

    name: str = "war_weariness"
    weight: Weight | None = Weight(0.25, 0.0, 0.6)
    why: str = "Fighting wears out the means, and the patience of those who bear it."
    formula = "w·reconciles·⅓(weeks of war + salience of own deaths + 1 − stock(i)), from rung 6 on"

    def terms(self, seat: Seat) -> tuple[Stakes, Array]:
        """Weariness of fighting each target."""
        reconciles = seat.options.column("reconciles")
        targets = seat.toward(reconciles)
        at_stake = partial(weariness, actor=seat.actor, targets=list(targets))
        return at_stake, seat.by_target(targets, reconciles)


def weariness(world: World, actor: int, targets: list[int]) -> Array:
    """How weary an actor is of fighting each target, (W, targets) in [0, 1]."""
    rules = world.constants
    long = np.minimum(world.weeks_direct.T[targets, actor] / rules.weary_weeks, 1.0)
    cost = salience(world.casualties[:, actor], rules.salience_deaths) + 1 - world.stock[:, actor]
    fighting = world.rung.T[targets, actor] >= rules.direct_rung
    weary: Array = (long + cost) / 3 * fighting
    return weary.T


@dataclass(frozen=True, kw_only=True)
class Overture(Incentive):
    """A step back of the other side, or a third who mediates, opens a way out (Osgood 1962)."""

    name: str = "overture"
    weight: Weight | None = Weight(0.25, 0.0, 0.6)
    why: str = "It is easier to step back when the other has, or when a third carries the offer."
    formula = "w·reconciles·min(1, overture(j→i) + max(mediation(i), mediation(j))), if tense"

    def terms(self, seat: Seat) -> tuple[Stakes, Array]:
        """What is held out toward each target."""
        reconciles = seat.options.column("reconciles")
        targets = seat.toward(reconciles)
        at_stake = partial(way_out, actor=seat.actor, targets=list(targets))
        return at_stake, seat.by_target(targets, reconciles)


def way_out(world: World, actor: int, targets: list[int]) -> Array:
    """How open the way out of a tense dyad with each target is, (W, targets) in [0, 1]."""
    mediation = world.mediation.T
    mediated = np.maximum(mediation[targets], mediation[actor])
    held_out = np.minimum(world.overture.T[actor, targets] + mediated, 1.0)
    tense = world.rung.T[targets, actor] >= world.constants.tense_rung
    opened: Array = held_out * tense
    return opened.T
