"""An actor: its roles, its options, its choice (`docs/odd.md`, sections 2 and 7.1)."""

import math
from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

import mesa

from realpolitik.sim.engine.actions import ACTIONS, HOLD, TRACKS, Action
from realpolitik.sim.engine.actor import StateActor
from tests.reference.incentives import Term, concerned
from tests.reference.state import Deed, Option, other_party, pair_of

if TYPE_CHECKING:
    from tests.reference.plain_model import PlainModel


class PlainActor(mesa.Agent):
    """A state or an armed movement: its roles, its incentives, and its options on each track."""

    model: "PlainModel"
    code: str

    def __init__(self, model: "PlainModel", declared: type[StateActor]) -> None:
        super().__init__(model)
        self.code, self.kind = declared.code, declared.kind
        self.great_power, self.actions = declared.great_power, declared.actions
        self.partners = model.present(declared.roles.partners)
        self.rivals = model.present(declared.roles.rivals)
        self.clients = model.present(declared.roles.clients)
        self.reach = model.present(declared.roles.reach)
        self.proxies = model.present(declared.roles.proxies)
        self.mediates = model.present(declared.roles.mediates)
        self.criticises = model.present(declared.roles.criticises)
        self.terms = [
            Term.of(self, incentive)
            for incentive in declared.all_incentives()
            if concerned(incentive) <= {*model.codes}
        ]
        self.options: dict[str, list[Option]] = {}
        self.chosen: list[Option] = []

    def list_options(self) -> None:
        """Lists the options of each track; the roles of all actors must be known by now."""
        self.options = {track: self._options(track) for track in TRACKS}

    def _options(self, track: str) -> list[Option]:
        options = [
            Option(action, target, deal, rate / len(targets))
            for action in ACTIONS
            if action.track == track and self._may(action)
            for targets in [self._targets(action.target)]
            for rate in [self.model.base_rate(action)]
            for target, deal in targets
        ]
        rest = 1 - sum(option.base_rate for option in options)
        if rest < 0:
            raise ValueError(f"base rates on the track {track} exceed 1 a week")
        return [
            option._replace(base_rate=rest) if option.action.action == HOLD else option
            for option in options
        ]

    def _may(self, action: Action) -> bool:
        return self.actions is None or action.action in (HOLD, *self.actions)

    def _targets(self, kind: str) -> list[tuple[str | None, str | None]]:
        """Targets and deals of an action, in order."""
        if kind == "none":
            return [(None, None)]
        if kind == "counterpart":
            deals = self.model.deals_of(self.code)
            return [(other_party(deal, self.code), deal.id) for deal in deals]
        return [(target, None) for target in self._actors(kind)]

    def _actors(self, kind: str) -> list[str]:
        proxied = {code for proxy in self.proxies for code in self.model.actors[proxy].reach}
        return {
            "partner": [*self.partners],
            "partner_in_crisis": [*self.partners],
            "mediated": [*dict.fromkeys(self.partners + self.mediates)],
            "rival": [*self.rivals],
            "criticised": [*dict.fromkeys(self.rivals + self.criticises)],
            "client": [*self.clients],
            "tense": [*dict.fromkeys(self.rivals + self.reach)],
            "reach": [*self.reach],
            "proxy_reach": [rival for rival in self.rivals if rival in proxied],
        }[kind]

    def choose(self) -> None:
        """Chooses an option on every track from the snapshot of the week."""
        weighed = [(term, term.weight()) for term in self.terms]
        self.chosen = [self._pick(track, weighed) for track in TRACKS]

    def _pick(self, track: str, weighed: "Sequence[tuple[Term, float]]") -> Option:
        """One option by inverse CDF: P ∝ q · exp(λ U)."""
        precision, running, total = self.model.constants.precision, [], 0.0
        options = self.options[track]
        for option in options:
            if self.is_open(option):
                utility = sum(term.formula(self, term, w, option) for term, w in weighed)
                total += option.base_rate * math.exp(precision * utility)
            running.append(total)
        draw = self.model.draw(self.model.week, "choice", self.code, track)
        return options[min(bisect_right(running, draw * total), len(options) - 1)]

    def is_open(self, option: Option) -> bool:
        """Whether the option can be taken this week."""
        model, action, target = self.model, option.action, option.target
        if target is None:
            return True
        if action.target == "partner_in_crisis":
            return model.crisis[target] >= model.constants.crisis_level
        if action.target == "tense":
            pair = pair_of(self.code, target)
            tense = model.state.rung[self.code, target] >= model.constants.tense_rung
            return tense and pair not in model.background
        if model.state.stock[self.code] < model.constants.stock_use * action.severity:
            return False
        return action.rung < model.constants.direct_rung or self._prepared(target)

    def _prepared(self, target: str) -> bool:
        """Whether a direct strike on `target` can be made now."""
        model, pair = self.model, pair_of(self.code, target)
        return (
            model.state.readiness[self.code, target] >= 1
            or model.struck_lately(pair)
            or pair in model.background
        )

    def act(self) -> None:
        """Adds what was chosen to the deeds of the week."""
        for option in self.chosen:
            if option.target is not None:
                self.model.deeds_of_week.append(
                    Deed(self.model.week, self.code, option.target, option.action, option.deal)
                )
