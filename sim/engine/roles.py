"""Roles: whom an actor can deal with, and so what it can do to whom."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from realpolitik.sim.engine.actions import ACTIONS, HOLD, Action

RELATIONS = ("client", "patron", "partner", "rival", "neither")


@dataclass(frozen=True)
class Roles:
    """The other actors with whom an actor stands in each role."""

    partners: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    clients: tuple[str, ...] = ()
    reach: tuple[str, ...] = ()
    proxies: tuple[str, ...] = ()
    mediates: tuple[str, ...] = ()

    def among(self, codes: Sequence[str]) -> "Roles":
        """The same roles without actors that are not in `codes`."""
        return Roles(
            **{
                role: tuple(code for code in members if code in codes)
                for role, members in vars(self).items()
            }
        )


def relation(code: str, target: str, roles: Mapping[str, Roles]) -> str:
    """What `target` is to `code`: the first of `RELATIONS` that holds by their roles."""
    own = roles[code]
    members = {
        "client": own.clients,
        "patron": [other for other in roles if code in roles[other].clients],
        "partner": own.partners,
        "rival": own.rivals,
    }
    return next((name for name in members if target in members[name]), "neither")


def acts_toward(
    code: str, target: str, roles: Mapping[str, Roles], allowed: Collection[str] | None
) -> list[Action]:
    """What an actor can do to another by their roles, in the order of the table of actions.

    `allowed` are the names of the actions it may use, None for all. What aims at the other party of
    a deal is not among them.
    """
    kinds = _kinds(code, target, roles)
    return [
        action
        for action in ACTIONS
        if action.target in kinds
        and action.action != HOLD
        and (allowed is None or action.action in allowed)
    ]


def _kinds(code: str, target: str, roles: Mapping[str, Roles]) -> set[str]:
    """The kinds of target that one actor is for another."""
    own = roles[code]
    through = [other for proxy in own.proxies if proxy in roles for other in roles[proxy].reach]
    members = {
        "partner": own.partners,
        "partner_in_crisis": own.partners,
        "mediated": own.partners + own.mediates,
        "rival": own.rivals,
        "client": own.clients,
        "reach": own.reach,
        "proxy_reach": [rival for rival in own.rivals if rival in through],
    }
    return {"anyone", *(kind for kind, of in members.items() if target in of)}
