"""An actor: its roles, its options, its choice (`docs/odd.md`, sections 2 and 7.1)."""

import itertools
import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import mesa

from realpolitik.sim.engine.actions import ACTIONS, HOLD, Action
from realpolitik.sim.engine.actor import StateActor
from tests.reference.incentives import Term, concerned
from tests.reference.rates import offset, rate
from tests.reference.state import Deed, Option, other_party, pair_of

if TYPE_CHECKING:
    from tests.reference.plain_model import PlainModel

CHOICE_OF = {
    act: act.action if act.track == "words" else act.track for act in ACTIONS if act.action != HOLD
}
CHOICES = {
    name: [
        one
        for one in ACTIONS
        if CHOICE_OF.get(one) == name or (one.action, one.track) == (HOLD, act.track)
    ]
    for act, name in CHOICE_OF.items()
}
"""The name of each choice → what it is between, in the order of the rows, hold among it."""


class PlainActor(mesa.Agent):
    """A state or an armed movement: its roles, its incentives, and its options toward others."""

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
        self.terms = [
            Term.of(self, incentive)
            for incentive in declared.all_incentives()
            if concerned(incentive) <= {*model.codes}
        ]
        self.options: dict[tuple[str, str], list[Option]] = {}  # (toward whom, choice) → options
        self.rates: dict[tuple[str, str], float] = {}  # (toward whom, act) → rate
        self.weights: dict[tuple[str, str], list[float]] = {}  # of the options, this week
        self.chosen: list[Option] = []

    def list_options(self) -> None:
        """Lists the options toward each other actor; the roles of all must be known by now."""
        for other, (choice, actions) in itertools.product(self.model.codes, CHOICES.items()):
            options = self._options(other, actions) if other != self.code else []
            if any(option.action.action != HOLD for option in options):
                self.options[other, choice] = options

    def acts(self) -> Iterator[Option]:
        """All options but hold."""
        for options in self.options.values():
            yield from (option for option in options if option.action.action != HOLD)

    def _options(self, target: str, actions: Sequence[Action]) -> list[Option]:
        """The acts of a choice toward one other, and hold, which takes what they leave."""
        options = [
            option
            for action in actions
            if self._may(action)
            for option in self._options_of(action, target)
        ]
        rest = 1 - sum(option.rate for option in options)
        rest = max(rest, self.model.constants.least_hold)
        return [o._replace(rate=rest) if o.action.action == HOLD else o for o in options]

    def _may(self, action: Action) -> bool:
        return self.actions is None or action.action in (HOLD, *self.actions)

    def _options_of(self, action: Action, target: str) -> list[Option]:
        """None, one, or one for each deal."""
        if action.action == HOLD:
            return [Option(action, target, None, 0.0, 0.0)]
        deals = self._deals(target) if action.target == "counterpart" else [None]
        whole = rate(self, self.model.actors[target], action)
        if not (deals and whole and self._is_of(action.target, target)):
            return []
        self.rates[target, action.action] = whole
        off = offset(self.code, target, action)
        return [Option(action, target, deal, whole / len(deals), off) for deal in deals]

    def _deals(self, target: str) -> list[str | None]:
        deals = self.model.deals_of(self.code)
        return [deal.id for deal in deals if other_party(deal, self.code) == target]

    def _is_of(self, kind: str, target: str) -> bool:
        """Whether an act of that kind can be done to the target."""
        if kind in ("anyone", "counterpart"):
            return True
        proxied = {code for proxy in self.proxies for code in self.model.actors[proxy].reach}
        return (
            target
            in {
                "partner": self.partners,
                "partner_in_crisis": self.partners,
                "mediated": self.partners + self.mediates,
                "rival": self.rivals,
                "client": self.clients,
                "reach": self.reach,
                "proxy_reach": proxied.intersection(self.rivals),
            }[kind]
        )

    def choose(self) -> None:
        """Makes every choice toward every other from the snapshot of the week."""
        weighed = [(term, term.weight()) for term in self.terms]
        self.weights = {
            group: [self._weigh(option, weighed) for option in options]
            for group, options in self.options.items()
        }
        self.chosen = [self._pick(*group) for group in self.options]

    def _weigh(self, option: Option, weighed: "Sequence[tuple[Term, float]]") -> float:
        """What the probability of an option is proportional to: q · exp(λ (U − o))."""
        if not self.is_open(option):
            return 0.0
        utility = sum(term.formula(self, term, w, option) for term, w in weighed)
        precision = self.model.constants.precision
        return option.rate * math.exp(precision * (utility - option.offset))

    def _pick(self, target: str, choice: str) -> Option:
        """One option by inverse CDF."""
        options = self.options[target, choice]
        running = list(itertools.accumulate(self.weights[target, choice]))
        draw = self.model.draw(self.model.week, "choice", self.code, target, choice)
        return options[min(bisect_right(running, draw * running[-1]), len(options) - 1)]

    def is_open(self, option: Option) -> bool:
        """Whether the option can be taken this week."""
        model, action, target = self.model, option.action, option.target
        if action.target == "partner_in_crisis":
            return model.crisis[target] >= model.constants.crisis_level
        if model.state.stock[self.code] < model.stock_used(self.code, target, action):
            return False
        return action.rung < model.constants.direct_rung or self._prepared(target)

    def _prepared(self, target: str) -> bool:
        """Whether a direct strike on `target` can be made now."""
        model, dyad = self.model, (self.code, target)
        return (
            model.state.readiness[dyad] >= 1
            or model.struck_lately(dyad)
            or pair_of(*dyad) in model.background
        )

    def act(self) -> None:
        """Adds what was chosen to the deeds of the week."""
        self.model.deeds_of_week += [
            Deed(self.model.week, self.code, option.target, option.action, option.deal)
            for option in self.chosen
            if option.action.action != HOLD
        ]
