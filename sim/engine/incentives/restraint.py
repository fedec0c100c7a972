"""What holds an actor back, or forces its hand, when it arms and acts."""

from dataclasses import dataclass

import numpy as np

from realpolitik.sim.engine.incentives.base import (
    NOTHING_MOVES,
    ONE,
    Incentive,
    Reading,
    Seat,
    Stakes,
    reading,
)
from realpolitik.sim.engine.parameters import Weight
from realpolitik.sim.engine.roles import Roles
from realpolitik.sim.engine.world import Array


@dataclass(frozen=True, kw_only=True)
class Entrapment(Incentive):
    """Not to be dragged into the crisis of a partner (Snyder 1984)."""

    name: str = "entrapment"
    formula = "−w·max(benefit, 0)·crisis(j), for partners and clients, except in force"

    def terms(self, seat: Seat) -> tuple[Stakes, Array]:
        """The crisis of each partner or client."""
        options = seat.options
        helped = np.isin(options.target, seat.numbers(seat.own.partners + seat.own.clients))
        drawn_in = helped & ~options.on_track("force")
        cost = np.where(drawn_in, -np.maximum(options.column("benefit"), 0), 0.0)
        targets = seat.toward(cost)
        at_stake = reading("crisis", [(target,) for target in targets])
        return at_stake, seat.by_target(targets, cost)


@dataclass(frozen=True, kw_only=True)
class LegalBar(Incentive):
    """A UN embargo on arms to the target."""

    name: str = "legal_bar"
    formula = "−w·embargo(j), for arms"

    def terms(self, seat: Seat) -> tuple[Stakes, Array]:
        """The embargo on each client."""
        arms = -seat.options.column("arms")
        clients = seat.toward(arms)
        at_stake = reading("embargo", [(client,) for client in clients])
        return at_stake, seat.by_target(clients, arms)


@dataclass(frozen=True, kw_only=True)
class ArmingAversion(Incentive):
    """Do not arm the kind of actor that is an enemy at home."""

    kind: str
    formula = "−w·[kind of j], for arms"

    def terms(self, seat: Seat) -> tuple[Stakes, Array]:
        """Nothing that moves: the kind of the target."""
        of_kind = [number for number, kind in enumerate(seat.kinds) if kind == self.kind]
        aversion = np.where(
            np.isin(seat.options.target, of_kind), -seat.options.column("arms"), 0.0
        )
        return NOTHING_MOVES, aversion[None, :]


@dataclass(frozen=True, kw_only=True)
class PendingDelivery(Incentive):
    """A delivery that waits forces the choice to send it or to call it back."""

    name: str = "pending_delivery"
    weight: Weight | None = Weight(0.25, 0.0, 0.5)
    why: str = "A shipment about to leave must be sent or called back."
    formula = "w·pending(i→j), for sending what waits and for withholding"

    def concerns(self, roles: Roles) -> bool:
        """Whoever has clients may have something to deliver."""
        return bool(roles.clients)

    def terms(self, seat: Seat) -> tuple[Stakes, Array]:
        """Offensive arms that wait for each client, then defensive ones."""
        offensive = seat.options.column("delivery")
        defensive = seat.options.column("delivery_defensive")
        to_whom, to_whom_defensive = seat.toward(offensive), seat.toward(defensive)
        loadings = np.vstack(
            [
                seat.by_target(to_whom, offensive),
                seat.by_target(to_whom_defensive, defensive),
            ]
        )
        waiting = (
            *reading("pending", [(seat.actor, client) for client in to_whom]).entries,
            *reading(
                "pending_defensive", [(seat.actor, client) for client in to_whom_defensive]
            ).entries,
        )
        return Reading(waiting), loadings


@dataclass(frozen=True, kw_only=True)
class Cost(Incentive):
    """Acting costs, the more the less is left in stock."""

    name: str = "cost_of_acting"
    weight: Weight | None = Weight(1.0, 0.5, 2.0)
    why: str = "Every act spends money, arms or credit."
    formula = "−w·cost·(2 − stock(i))"

    def terms(self, seat: Seat) -> tuple[Stakes, Array]:
        """What acting costs with an empty stock, and what the stock saves of it."""
        cost = seat.options.column("cost")
        stock = reading("stock", [(seat.actor,)])
        return Reading((ONE, *stock.entries)), np.stack([-2 * cost, cost])
