"""The model a second time: one world, plain loops and dictionaries, an ordinary Mesa model.

Written from `docs/odd.md` and not from the engine, with which it shares only what is declared: the
tables, the actors' classes, the scenario. Here is the week, in the order of that text, whose
section numbers head the parts; actors, incentives, measures, draws and shocks stand in the modules
beside. The tests hold the two models together; the benchmark takes this one for what a Mesa user
would write.

Quantities are dictionaries by actor (`stock["IRN"]`) or by directed dyad (`hostility["IRN",
"ISR"]`: of Iran toward Israel). `i` acts toward `j`.
"""

import itertools
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import mesa

from realpolitik.sim.engine.actions import NAMED, Action
from realpolitik.sim.engine.deals import Deal
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.vocabulary import vocabulary
from tests.reference.actor import PlainActor
from tests.reference.incentives import stake
from tests.reference.measures import MEASURES, Record
from tests.reference.shocks import SHOCKS, Conditions, as_set, chance
from tests.reference.state import (
    NEVER,
    RANGES,
    ByDyad,
    Constants,
    Deed,
    Draw,
    Dyad,
    Place,
    State,
    clip,
    other_party,
    pair_of,
    starting_state,
    times_odds,
)


class PlainModel(mesa.Model):
    """One world of a scenario.

    Attributes:
        week: Number of the last week that was played; 0 at the start.
        state: All quantities.
        deeds: What was done so far, in the order of actors, targets and choices.
        felt: Week and id of every shock that took effect.
        truces: Week and dyad of every truce.
        history: A copy of everything after each week, if asked for: then no outcomes are collected.
    """

    spec: Scenario
    codes: tuple[str, ...]
    constants: Constants
    state: State
    actors: dict[str, PlainActor]

    def __init__(
        self,
        spec: Scenario,
        *,
        draw: Draw | None = None,
        keep_history: bool = False,
        rng: int | None = None,
    ) -> None:
        super().__init__(rng=rng)
        words = vocabulary()
        self.spec, self.codes, self.week, self.ended = spec, spec.actors, 0, False
        self.draw: Draw = draw or self._own_draw
        self.values = words.values(spec.settings)
        self.constants = Constants(self.values)
        self.state = starting_state(spec, words)
        self.baseline = dict(self.state.hostility)
        self.pairs = list(itertools.combinations(sorted(self.codes), 2))
        self.background = {p for p in self.pairs if self.state.rung[p] >= self.constants.war_rung}
        for a, b in self.background:
            self.state.floor[a, b] = self.state.floor[b, a] = self.constants.war_rung
        self.weeks_at_major = dict.fromkeys(self.pairs, 0)
        self.weeks_at_exchange = dict.fromkeys(self.pairs, 0)
        self.weeks_at_direct = dict.fromkeys(self.pairs, 0)
        parties_present = (d for d in spec.deals if {d.actor, d.rival} <= set(self.codes))
        self.deals = sorted(parties_present, key=lambda deal: deal.id)
        self.openness = {deal.id: deal.openness for deal in self.deals}
        self.actors = {code: PlainActor(self, words.actors[code]) for code in self.codes}
        self.agents.do("list_options")
        self.recent = {
            option.by(i): 0.0 for i, actor in self.actors.items() for option in actor.acts()
        }
        self.deeds_of_week: list[Deed] = []
        self.deeds: list[Deed] = []
        self.felt: list[tuple[int, str]] = []
        self.truces: list[tuple[int, Dyad]] = []
        self.record = Record(self)
        self.shocks = [as_set(shock, spec.settings) for shock in spec.shocks]
        self.conditions = Conditions(self)
        self.conditions.look()
        self.history: list[dict[str, dict[Any, Any]]] = []
        self.keep_history = keep_history
        self.running = spec.weeks > 0
        self.datacollector = mesa.DataCollector(
            model_reporters={name: partial(PlainModel.outcome, name=name) for name in spec.outcomes}
        )

    def _own_draw(self, week: int, *name: str) -> float:
        return self.random.random()

    def present(self, codes: Sequence[str]) -> tuple[str, ...]:
        """Those of the actors that take part, in the order given."""
        return tuple(code for code in codes if code in self.codes)

    def deals_of(self, code: str) -> list[Deal]:
        """The deals to which an actor is a party, by id."""
        return [deal for deal in self.deals if code in (deal.actor, deal.rival)]

    def open_between(self, one: str, other: str) -> float:
        """Largest openness of a deal between the two, 0 without one."""
        between = (deal.id for deal in self.deals_of(one) if other_party(deal, one) == other)
        return max((self.openness[number] for number in between), default=0.0)

    def struck_lately(self, dyad: Dyad) -> bool:
        """Whether the last direct strike in the dyad is recent enough for an exchange."""
        return self.state.last_direct_strike[dyad] <= self.constants.exchange_weeks

    def step(self) -> None:
        """One week."""
        self.week += 1
        self.apply_shocks()
        self.take_snapshot()
        if not self.ended:
            self.agents.do("choose").do("act")
        self.settle()
        self.keep()

    def take_snapshot(self) -> None:
        """What is worked out once for all choices of the week."""
        self.deeds_of_week = []
        self.crisis = {code: self._crisis(code) for code in self.codes}
        self.rung_at_choice = dict(self.state.rung)

    def _crisis(self, j: str) -> float:
        state, full = self.state, self.constants.crisis_rung
        worst = max(max(state.rung[j, k] / full, state.pressure[j, k]) for k in self.codes)
        return min(1.0, max(worst, state.isolation[j], state.embargo[j]))

    def settle(self) -> None:
        """Everything happens at once."""
        self.impulse: ByDyad = defaultdict(float)
        self.suffered: ByDyad = defaultdict(float)
        self.deals_struck: list[str] = []
        self.use_force()
        self.send_material()
        self.hear_words()
        self.score_alignment()
        self.settle_deals()
        self.revise_beliefs()
        self.escalate()
        self.shift_hostility()
        if not self.ended:
            self.record.take_down()
        self.ended = self.ended or bool(self.clashes)
        self.decay()

    def keep(self) -> None:
        """Keeps what is asked for later."""
        self.deeds += self.deeds_of_week
        self.conditions.look()
        if self.keep_history:
            self.history.append({name: dict(now) for name, now in self.everything().items()})
        else:
            self.datacollector.collect(self)
        self.running = self.week < self.spec.weeks

    def everything(self) -> dict[str, dict[Any, Any]]:
        """All state variables by name."""
        return self.state.as_tables() | {
            "baseline": self.baseline,
            "openness": self.openness,
            "recent": self.recent,
            "weights": {} if self.ended else {a.code: a.weights for a in self.actors.values()},
            "weeks_at_major": self.weeks_at_major,
            "weeks_at_exchange": self.weeks_at_exchange,
            "weeks_at_direct": self.weeks_at_direct,
        }

    def on_tracks(self, *tracks: str) -> list[Deed]:
        """The deeds of the week on these tracks."""
        return [deed for deed in self.deeds_of_week if deed.action.track in tracks]

    def outcome(self, name: str) -> float | None:
        """Value of an outcome so far; None for what never came."""
        measure = self.spec.outcomes[name]
        return MEASURES[measure.measure](self.record, measure)

    # ── 7.3 Force

    def use_force(self) -> None:
        """Rungs, deaths, pressure, stock, threats and truces after the week's acts of force."""
        acts = {(deed.actor, deed.target): deed.action for deed in self.on_tracks("force")}
        deaths = {(i, j): self._deaths(i, j, act) for (i, j), act in acts.items()}
        for pair in sorted({pair_of(*dyad) for dyad in acts}):
            self._climb(pair, acts)
        for i, j in itertools.permutations(self.codes, 2):
            self._press(i, j, acts, deaths)
        for (i, j), act in acts.items():
            self.state.move("casualties", j, deaths[i, j])
            self.state.move("stock", i, -self.stock_used(i, j, act))
            if act.severity > 0:
                self.state.put("commitment", (i, j), 0.0)
            if act.action == "de_escalate":
                self.state.put("overture", (i, j), 1.0)
        for pair in self.pairs:
            if self._agree_to_stop(pair, acts):
                self._make_truce(pair)

    def stock_used(self, i: str, j: str, act: Action) -> float:
        """What an act of i on j needs and uses; a background war has supplies of its own."""
        if pair_of(i, j) in self.background:
            return 0.0
        return self.constants.stock_use * act.severity

    def _climb(self, pair: Dyad, acts: Mapping[Dyad, Action]) -> None:
        """The rung of a dyad after the acts of both sides."""
        constants, (a, b) = self.constants, pair
        sides = [(acts.get((a, b)), acts.get((b, a))), (acts.get((b, a)), acts.get((a, b)))]
        rung = max(self.state.rung[pair], *(act.rung for act, _ in sides if act))
        for act, answer in sides:
            if act and act.action == "de_escalate" and not (answer and answer.rung > 0):
                rung -= constants.deescalation_step
        direct = sum(1 for act, _ in sides if act and act.rung >= constants.direct_rung)
        if direct == 2 or (direct == 1 and self.struck_lately(pair)):
            rung = max(rung, constants.exchange_rung)
        if direct:
            self.state.put("last_direct_strike", pair, 0.0)
        self.state.put("rung", pair, rung)

    def _deaths(self, i: str, j: str, act: Action) -> float:
        """Civilian deaths on the soil of j: log-logistic, whole, capped."""
        if not act.deaths:
            return 0.0
        constants, state = self.constants, self.state
        draw = self.draw(self.week, "casualties", i, j)
        deaths = act.deaths * (draw / (1 - draw)) ** (1 / constants.deaths_shape)
        deaths *= 1 - constants.deaths_air_defence * state.air_defence[j]
        deaths *= 1 - constants.deaths_guard * state.guard[j]
        deaths *= 1 + state.capability[i]
        return min(float(math.floor(deaths)), constants.deaths_cap)

    def _press(
        self, i: str, j: str, acts: Mapping[Dyad, Action], deaths: Mapping[Dyad, float]
    ) -> None:
        """The pressure on i to hit j: less after its own act, more after those of j."""
        constants, own, theirs = self.constants, acts.get((i, j)), acts.get((j, i))
        pressure = self.state.pressure[i, j]
        if own:
            pressure *= 1 - max(own.relief, 0.0)
        if theirs:
            pressure += constants.pressure_impulse * theirs.severity
            pressure += constants.casualty_pressure * math.log10(1 + deaths[j, i])
        for k in self.actors[i].partners:
            if (j, k) in acts and pair_of(j, k) not in self.background:
                felt = constants.alliance_pressure * max(self.tie(i, k), 0.0)
                pressure += felt * constants.pressure_impulse * acts[j, k].severity
        self.state.put("pressure", (i, j), pressure)

    def _agree_to_stop(self, pair: Dyad, acts: Mapping[Dyad, Action]) -> bool:
        """Whether both sides of a fight have stepped back, and neither used force this week."""
        constants, sides = self.constants, (pair, pair[::-1])
        if pair in self.background and constants.background_wars_end < 0.5:
            return False
        return (
            self.state.rung[pair] >= constants.direct_rung
            and all(self.state.overture[side] >= constants.truce_level for side in sides)
            and not any(side in acts and acts[side].rung > 0 for side in sides)
        )

    def _make_truce(self, pair: Dyad) -> None:
        """The fighting ends, and is to begin anew if it does."""
        self.truces.append((self.week, pair))
        self.state.let_go(pair)
        self.state.put("rung", pair, min(self.state.rung[pair], self.constants.truce_rung))
        self.state.put("last_direct_strike", pair, NEVER)
        for weeks in (self.weeks_at_major, self.weeks_at_exchange, self.weeks_at_direct):
            weeks[pair] = 0

    # ── 7.4 Material

    def send_material(self) -> None:
        """Arms, intelligence and sanctions."""
        changes: dict[tuple[str, Place], float] = defaultdict(float)
        for deed in self.on_tracks("material"):
            i, j, act = deed.actor, deed.target, deed.action
            changes["flow", (i, j)] += act.flow
            changes["capability", j] += act.capability
            changes["air_defence", j] += act.air_defence
            if act.action == "sanction":
                changes["isolation", j] += self.constants.sanction_step
                self.state.raise_rung((i, j), self.unusual_rung(deed))
            if act.delivery:
                self.state.put("pending", (i, j), 0.0)
            if act.delivery_defensive:
                self.state.put("pending_defensive", (i, j), 0.0)
            if act.flow > 0:
                for rival in self.actors[j].rivals:
                    if rival != i:
                        self.state.raise_rung((i, rival), self.unusual_rung(deed))
        for (i, one), j in itertools.product(self.actors.items(), self.codes):
            if i != j and not self.ended:
                usual = one.rates.get((j, "sanction"), 0.0)
                changes["isolation", j] -= self.constants.sanction_step * usual
        self.state.move_all(changes)

    def unusual_rung(self, deed: Deed) -> float:
        """The rung of an act, less what is usual in the pair."""
        return deed.action.rung * (
            1 - self.actors[deed.actor].rates[deed.target, deed.action.action]
        )

    # ── 7.5 Words and private

    def hear_words(self) -> None:
        """Threats, cover, advice and mediation."""
        changes: dict[tuple[str, Place], float] = defaultdict(float)
        for deed in self.on_tracks("words", "private"):
            i, j, act = deed.actor, deed.target, deed.action
            self.state.raise_rung((i, j), self.unusual_rung(deed))
            if act.action == "threaten":
                missing = 1 - self.state.commitment[i, j]
                changes["commitment", (i, j)] += self.constants.commitment_step * missing
            elif act.action == "diplomatic_cover":
                changes["isolation", j] -= self.constants.cover_step
            elif act.action == "urge_restraint":
                changes["advice", j] += self.constants.advice_step * max(self.tie(j, i), 0.0)
            elif act.action == "mediate":
                changes["mediation", j] += self.constants.mediation_step
        self.state.move_all(changes)

    def tie(self, i: str, partner: str) -> float:
        """Sum of the unscaled weights of the stakes of i in a partner."""
        return sum(
            term.total
            for term in self.actors[i].terms
            if term.formula is stake and term.incentive.partner == partner
        )

    def score_alignment(self) -> None:
        """The weekly scores of words and of deeds, and the running public stance."""
        words = self._alignment_of_acts("words")
        deeds = self._alignment_of_acts("material", "force")
        keep = self.constants.stance_persistence
        self.public_score, self.material_score = {}, {}
        for i, j in itertools.permutations(self.codes, 2):
            self.public_score[i, j] = self._score(words, i, j)
            self.material_score[i, j] = self._score(deeds, i, j)
            stance = keep * self.state.stance[i, j] + (1 - keep) * self.public_score[i, j]
            self.state.put("stance", (i, j), stance)

    def _alignment_of_acts(self, *tracks: str) -> ByDyad:
        sums: ByDyad = defaultdict(float)
        for deed in self.on_tracks(*tracks):
            sums[deed.actor, deed.target] += deed.action.alignment
        return sums

    def _score(self, acts: ByDyad, i: str, j: str) -> float:
        """How far i sided with j: what it did toward j, less half of what toward its rivals."""
        against = sum(acts.get((i, k), 0.0) for k in self.actors[j].rivals if k != i)
        return clip(acts.get((i, j), 0.0) - against / 2, -1.0, 1.0)

    # ── 7.6 Deals

    def settle_deals(self) -> None:
        """Channels open or close; offers may be accepted."""
        for deal in self.deals:
            offered = any(deed.deal == deal.id for deed in self.deeds_of_week)
            self.openness[deal.id] = self._openness(deal, offered)
            concession = bargain(deal, self.state)
            draw = self.draw(self.week, "deal", deal.id)
            if offered and concession is not None and draw < self.openness[deal.id]:
                self._strike(deal, concession)

    def _openness(self, deal: Deal, offered: bool) -> float:
        """Openness of the channel, which hostility elsewhere chills."""
        hostility, constants, i, r = self.state.hostility, self.constants, deal.actor, deal.rival
        chill = (1 - deal.compartment) * (hostility[i, r] + hostility[r, i]) / 2
        base = clip(deal.openness - chill, 0.0, 1.0)
        openness = base + constants.openness_persistence * (self.openness[deal.id] - base)
        return openness + constants.openness_step * (1 - openness) if offered else openness

    def _strike(self, deal: Deal, concession: float) -> None:
        """The deal is struck: relief for the one, goodwill between both."""
        self.openness[deal.id] = 1.0
        self.deals_struck.append(deal.id)
        relief = self.constants.deal_relief * min(1.0, concession)
        self.state.move("isolation", deal.actor, -relief)
        self.impulse[deal.actor, deal.rival] -= self.constants.deal_goodwill
        self.impulse[deal.rival, deal.actor] -= self.constants.deal_goodwill

    # ── 7.7 Beliefs

    def revise_beliefs(self) -> None:
        """What was done this week, taken as a sign of resolve."""
        factors: ByDyad = defaultdict(lambda: 1.0)
        for deed in self.deeds_of_week:
            factors[deed.target, deed.actor] *= deed.action.belief_odds
        for dyad, factor in factors.items():
            self.state.put("resolve", dyad, times_odds(self.state.resolve[dyad], factor))

    # ── 7.8 Accidents and wars

    def escalate(self) -> None:
        """Accidents, wars, and clashes of great powers."""
        self.wars: set[Dyad] = set()
        self.clashes: set[Dyad] = set()
        for pair in self.pairs:
            if not self.ended:
                self._risk_accident(pair)
            self._count_weeks(pair)
            if self._is_war(pair):
                self.wars.add(pair)
                self.state.raise_rung(pair, self.constants.war_rung)
            if self._is_clash(pair):
                self.clashes.add(pair)
                self.state.put("rung", pair, self.constants.clash_rung)

    def _risk_accident(self, pair: Dyad) -> None:
        if pair in self.background or self.state.rung[pair] < self.constants.tense_rung:
            return
        if self.draw(self.week, "accident", *pair) < self.constants.accident_rate:
            self.state.move("rung", pair, self.constants.accident_jump)

    def _count_weeks(self, pair: Dyad) -> None:
        rung = self.state.rung[pair]
        for weeks, level in (
            (self.weeks_at_major, self.constants.major_rung),
            (self.weeks_at_exchange, self.constants.exchange_rung),
            (self.weeks_at_direct, self.constants.direct_rung),
        ):
            weeks[pair] = weeks[pair] + 1 if rung >= level else 0

    def _is_war(self, pair: Dyad) -> bool:
        if pair in self.background or not self.struck_lately(pair):
            return False
        return (
            self.weeks_at_major[pair] >= self.constants.war_weeks_major
            or self.weeks_at_exchange[pair] >= self.constants.war_weeks_exchange
        )

    def _is_clash(self, pair: Dyad) -> bool:
        great = all(self.actors[code].great_power for code in pair)
        return great and self.state.rung[pair] >= self.constants.major_rung

    # ── 7.9 Hostility and affronts

    def shift_hostility(self) -> None:
        """Hostility answers what is unusual and returns to its baseline; affronts are felt."""
        self._add_impulses()
        constants, state = self.constants, self.state
        for i, j in itertools.permutations(self.codes, 2):
            base, impulse = self.baseline[i, j], self.impulse.get((i, j), 0.0)
            noise = constants.hostility_noise * (2 * self.draw(self.week, "noise", i, j) - 1)
            lasting = constants.hostility_persistence * (state.hostility[i, j] - base)
            hostility = base + lasting + constants.reciprocity * impulse + noise
            state.put("hostility", (i, j), hostility)
            affront = constants.affront_persistence * state.affront[i, j]
            suffered = constants.affront_step * self.suffered.get((i, j), 0.0)
            state.put("affront", (i, j), affront + suffered)

    def _add_impulses(self) -> None:
        """What was done this week, less what is done in an ordinary one."""
        for deed in self.deeds_of_week:
            self.impulse[deed.target, deed.actor] -= deed.action.goldstein / 10
            self.suffered[deed.target, deed.actor] += deed.action.affront
        if self.ended:
            return
        for j, actor in self.actors.items():
            for (i, name), rate in actor.rates.items():
                self.impulse[i, j] += rate * NAMED[name].goldstein / 10
                self.suffered[i, j] -= rate * NAMED[name].affront

    # ── 7.10 Decay

    def decay(self) -> None:
        """What decays, decays."""
        for code in self.codes:
            self._decay_of(code)
        for i, j in itertools.permutations(self.codes, 2):
            self._decay_between(i, j)
        for pair in self.pairs:
            self.state.move("last_direct_strike", pair, 1.0)
        if not self.ended:
            for pair in self.pairs:
                rung = self.state.rung[pair] * self.constants.rung_persistence
                self.state.put("rung", pair, rung)
            self._remember()

    def _decay_of(self, i: str) -> None:
        """Quantities of one actor."""
        constants, state = self.constants, self.state
        arms = sum(state.flow[j, i] for j in self.codes)
        state.move("stock", i, constants.replenishment * (state.endurance[i] + arms))
        state.put("advice", i, state.advice[i] * constants.advice_persistence)
        state.put("mediation", i, state.mediation[i] * constants.mediation_persistence)
        state.put("guard", i, state.guard[i] * constants.guard_persistence)
        state.put("capability", i, state.capability[i] * constants.capability_persistence)

    def _decay_between(self, i: str, j: str) -> None:
        """Quantities of one directed dyad; a threat that runs out costs its maker belief."""
        constants, state = self.constants, self.state
        if state.pressure[i, j] > constants.readiness_threshold:
            state.move("readiness", (i, j), constants.readiness_rate)
        else:
            readiness = state.readiness[i, j] * constants.readiness_persistence
            state.put("readiness", (i, j), readiness)
        state.put("pressure", (i, j), state.pressure[i, j] * constants.pressure_persistence)
        state.put("overture", (i, j), state.overture[i, j] * constants.overture_persistence)
        before = state.commitment[i, j]
        after = before * constants.commitment_persistence
        state.put("commitment", (i, j), after)
        if before >= constants.lapse_level > after:
            state.put("resolve", (j, i), times_odds(state.resolve[j, i], constants.lapse_odds))

    def _remember(self) -> None:
        """Keeps in mind what each one did of late, option by option, beyond the usual."""
        memory, done = self.constants.memory, {deed.option for deed in self.deeds_of_week}
        for i, actor in self.actors.items():
            for option in actor.acts():
                which = option.by(i)
                departure = (which in done) - option.rate
                self.recent[which] = memory * self.recent[which] + (1 - memory) * departure

    # ── 7.13 Shocks

    def apply_shocks(self) -> None:
        """The scenario's shocks of the week."""
        for shock in self.shocks:
            if self.conditions.week_of(shock) != self.week:
                continue
            if self.draw(self.week, "shock", shock.id) < chance(shock):
                SHOCKS[shock.kind](self, shock)
                self.felt.append((self.week, shock.id))

    def shift_baseline(self, dyad: Dyad, change: float) -> None:
        """Moves hostility and what it returns to."""
        self.state.move("hostility", dyad, change)
        self.baseline[dyad] = clip(self.baseline[dyad] + change, *RANGES["hostility"])


def bargain(deal: Deal, state: State) -> float | None:
    """The concession of the Nash solution; None if there is no bargain to be had."""
    ours, theirs = (deal.actor, deal.toward), (deal.toward, deal.actor)
    words, sent, received = (
        quantity.get(dyad, 0.0)
        for quantity, dyad in ((state.stance, ours), (state.flow, ours), (state.flow, theirs))
    )
    threat = deal.threat_base + deal.threat_words * max(words, 0.0) + deal.threat_flow * sent
    least = (deal.restraint_cost + deal.dependence_cost * received) / deal.concession_value
    most = threat * deal.expectation / deal.concession_cost
    return (least + most) / 2 if least <= most else None
