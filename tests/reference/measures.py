"""What is read off a world (`docs/odd.md`, section 7.11)."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from tests.reference.state import ByDyad, Deed

if TYPE_CHECKING:
    from tests.reference.plain_model import PlainModel

STRIKES = ("limited_strike", "major_strike")


class Record:
    """What the measures need to know of the weeks so far."""

    def __init__(self, model: "PlainModel") -> None:
        self.model = model
        self.weeks = 0
        self.first: dict[tuple[str, str, str], int] = {}  # (by, action, on) → week
        self.full_scale_war = self.great_power_clash = self.regional_war = False
        self.third_party_entry = False
        self.war_ended_in: int | None = None
        self.highest_rung = 0.0
        self.at_blows: set[str] = set()  # actors in dyads at direct_rung in the last week
        self.help: ByDyad = defaultdict(float)
        self.public: ByDyad = defaultdict(float)
        self.material: ByDyad = defaultdict(float)
        self.deals: dict[str, int] = defaultdict(int)
        self.calm_weeks = 0
        self.calmed_in: int | None = None

    def take_down(self) -> None:
        """Measures a week."""
        self.weeks += 1
        for deed in self.model.deeds_of_week:
            self.first.setdefault((deed.actor, deed.action.action, deed.target), deed.week)
            self._count_help(deed)
        for name in self.model.deals_struck:
            self.deals[name] += 1
        self._measure_escalation()
        for dyad, score in self.model.public_score.items():
            self.public[dyad] += score
            self.material[dyad] += self.model.material_score[dyad]

    def _count_help(self, deed: Deed) -> None:
        """A strike helps the partners that stand against its target, another act its target."""
        helped = self._allies_against(deed) if deed.action.severity > 0 else [deed.target]
        for code in helped:
            dyad = deed.actor, code
            self.help[dyad] = max(self.help[dyad], deed.action.help_grade)

    def _allies_against(self, deed: Deed) -> list[str]:
        rung, tense = self.model.rung_at_choice, self.model.constants.tense_rung
        partners = self.model.actors[deed.actor].partners
        return [partner for partner in partners if rung[partner, deed.target] >= tense]

    def _measure_escalation(self) -> None:
        constants = self.model.constants
        rungs = {
            p: self.model.state.rung[p] for p in self.model.pairs if p not in self.model.background
        }
        highest = max(rungs.values(), default=0.0)
        self.highest_rung = max(self.highest_rung, highest)
        self._measure_wars()
        self.great_power_clash |= bool(self.model.clashes)
        before = self.at_blows
        self.at_blows = {code for p in rungs if rungs[p] >= constants.direct_rung for code in p}
        self.regional_war |= len(before | self.at_blows) >= constants.regional_actors
        self.calm_weeks = self.calm_weeks + 1 if highest <= constants.calm_rung else 0
        if self.calmed_in is None and self.calm_weeks >= constants.calm_weeks:
            self.calmed_in = self.model.week

    def _measure_wars(self) -> None:
        """Whether there is war, whether it is over, and whether a third party strikes."""
        wars = self.model.wars
        if self.full_scale_war and not wars and self.war_ended_in is None:
            self.war_ended_in = self.model.week
        self.full_scale_war |= bool(wars)
        self.third_party_entry |= any(
            deed.target in pair and deed.actor not in pair
            for deed in self.model.deeds_of_week
            if deed.action.action in STRIKES
            for pair in wars
        )

    def first_week(self, by: str, actions: Sequence[str], on: str) -> int | None:
        """First week in which any of the acts was done; None if never."""
        weeks = (self.first.get((by, action, on)) for action in actions)
        return min((week for week in weeks if week is not None), default=None)

    def did(self, by: str, actions: Sequence[str], on: str) -> float:
        """1 if any of the acts was done, else 0."""
        return float(self.first_week(by, actions, on) is not None)

    def mean(self, scores: ByDyad, measure: Any) -> float:
        """Mean over the weeks measured."""
        return scores[measure.by, measure.toward] / self.weeks if self.weeks else 0.0


def weeks_to(record: Record, measure: Any) -> float | None:
    """Week of the first act; None if it never came."""
    actions = STRIKES if measure.action == "direct_strike" else (measure.action,)
    return record.first_week(measure.by, actions, measure.target)


MEASURES: dict[str, Callable[[Record, Any], float | None]] = {
    "direct_strike": lambda record, m: record.did(m.by, STRIKES, m.target),
    "major_strike": lambda record, m: record.did(m.by, ["major_strike"], m.target),
    "act": lambda record, m: record.did(m.by, [m.action], m.target),
    "weeks_to": weeks_to,
    "full_scale_war": lambda record, m: float(record.full_scale_war),
    "great_power_clash": lambda record, m: float(record.great_power_clash),
    "regional_war": lambda record, m: float(record.regional_war),
    "third_party_entry": lambda record, m: float(record.third_party_entry),
    "weeks_to_end_of_war": lambda record, m: record.war_ended_in,
    "highest_rung": lambda record, m: record.highest_rung,
    "civilian_deaths": lambda record, m: record.model.state.casualties[m.target],
    "help_grade": lambda record, m: record.help[m.by, m.to],
    "public_alignment": lambda record, m: record.mean(record.public, m),
    "material_alignment": lambda record, m: record.mean(record.material, m),
    "say_do_gap": lambda record, m: record.mean(record.public, m) - record.mean(record.material, m),
    "deals": lambda record, m: record.deals[m.deal],
    "weeks_to_deescalation": lambda record, m: record.calmed_in,
}
