"""What is said of a replay: acts foreseen and done, surprises with their reasons, and the end."""

import datetime
from collections.abc import Iterator
from functools import cached_property, partial
from importlib.metadata import version
from typing import Any

import pandas as pd

from realpolitik.sim.charts.forecasts import calibration
from realpolitik.sim.charts.record import weekly_shares
from realpolitik.sim.documents.acts import CLASS_NAMES, RELIABILITY, bin_table
from realpolitik.sim.documents.document import (
    IN_FULL,
    Block,
    Chart,
    Column,
    Document,
    Folded,
    Row,
    Section,
    Show,
    Table,
    Text,
    text,
)
from realpolitik.sim.documents.reasons import reason_name
from realpolitik.sim.engine.actions import NAMED
from realpolitik.sim.formatting.names import Names, heading_of
from realpolitik.sim.formatting.numbers import capital, number, percent, rounded_percent
from realpolitik.sim.record.backtest import MODEL
from realpolitik.sim.record.icews import is_fitted
from realpolitik.sim.record.replay import LEAD
from realpolitik.sim.record.replayed import PRIOR, Replayed
from realpolitik.sim.scenario.vocabulary import vocabulary

NOTE = (
    "What the record says was done takes the place of what the model would draw; the state follows "
    "by its equations. These are the reasons that the model has, not those of a government."
)
TOLD = 4  # reasons of a surprise that are named
TENSE = 12  # pairs whose state at the end is shown
SHOWN = 40  # pairs and classes


def replay_document(found: Replayed, command: str) -> Document:
    """All that is said of a replay; `command` makes it again."""
    return ReplayView(found).document(command)


class ReplayView:
    """A replay in words."""

    def __init__(self, found: Replayed) -> None:
        """Of a replay."""
        self.found = found

    @cached_property
    def names(self) -> Names:
        """What the actors are called."""
        actors = vocabulary().actors
        return Names({code: actors[code].title for code in self.found.scenario.actors})

    def document(self, command: str) -> Document:
        """All that is said."""
        found, record = self.found, self.found.record
        return Document(
            kind="Replay",
            title="A record, week by week",
            question="What does the model make of what was done: which acts had it foreseen, "
            "which not, and where does it leave these actors?",
            answer=[*self._answer()],
            facts={
                "Scenario": found.scenario.title,
                "Weeks": f"{len(record.weeks)}, from {record.weeks[0]} to {record.weeks[-1]}",
                "Actors": ", ".join(record.actors),
            },
            note=NOTE,
            sections=[
                Section("weeks", "Foreseen and done, week by week", self._weeks),
                Section("pairs", "By pair", self._pairs, IN_FULL),
                Section("surprises", "Surprises", self._surprises),
                Section("reliability", "Reliability", self._reliability, IN_FULL),
                Section("end", "After the last week", self._end),
            ],
            command=command,
            version=version("realpolitik"),
            data=self._data,
        )

    def _answer(self) -> Iterator[str]:
        cases = self.found.cases
        done, not_done = (cases.loc[cases["happened"] == one, "chance"] for one in (True, False))
        yield (
            f"Before weeks in which a pair did an act, the model gave it a chance of "
            f"{percent(done.mean())} on average ({len(done):,} acts); before other weeks one of "
            f"{percent(not_done.mean())} ({len(not_done):,})."
        )
        worst = self.found.surprises.iloc[0]
        yield (
            f"It was most surprised that {self._deed(0)} in the week of {worst['week']}, which it "
            f"had given {rounded_percent(worst['chance'])}."
        )
        if fitted := sum(map(is_fitted, self.found.record.weeks)):
            yield (
                f"The shipped numbers were fitted to {fitted:,} of these weeks: of them, what was "
                "foreseen is no test (`realpolitik backtest` scores the others)."
            )
        end = self.found.end().iloc[0]
        yield (
            f"After the last week the highest rung is {number(end['rung'], 1)}, between "
            f"{self.names.the(end['of'])} and {self.names.the(end['toward'])}."
        )

    def _deed(self, surprise: int) -> str:
        """What was done, or not, such as "Iran denounces Israel"."""
        row = self.found.surprises.iloc[surprise]
        reasons = self.found.reasons
        action = reasons.loc[reasons["surprise"] == surprise, "action"].iloc[0]
        deed = self.names.deed(row["of"], NAMED[action].toward(self.names.the(row["toward"])))
        return deed if row["happened"] else f"it is not so that {deed}"

    # ── Sections ─────────────────────────────────────────────────────────────────────

    def _weeks(self) -> Iterator[Block]:
        weeks, shocks = self.found.weeks(), self.shocks()
        draw = partial(weekly_shares, weeks, shocks, CLASS_NAMES)
        yield Chart("weeks", draw, _share_table(self.found.classes(), [_class_column()]))
        yield Text(
            f"The first {LEAD} weeks on end fill what is remembered, and are left out. Shares are "
            "of pairs that have such an act in the model.",
            IN_FULL,
        )
        if len(shocks):
            dates = [Column("Shock", text("label")), Column("Week of", text("week"))]
            yield Table(shocks, dates)

    def _pairs(self) -> Iterator[Block]:
        pairs = self.found.pairs().sort_values("log", ascending=False, kind="stable")
        yield "Worst foreseen first:"
        yield _share_table(pairs.head(SHOWN), [self._pair()])
        rest = _share_table(pairs.iloc[SHOWN:], [self._pair()])
        if len(rest.frame):
            yield Folded("The other pairs and classes", [rest])

    def _surprises(self) -> Iterator[Block]:
        yield Table(
            self.surprises(),
            [
                Column("Week of", text("week")),
                Column("What was done", text("deed")),
                Column("Chance", lambda row: rounded_percent(row["chance"]), right=True),
                Column("Why the model thought so", text("why"), short="Reasons"),
            ],
        )
        yield Text(
            "The reasons are log odds of the act against doing nothing of the kind; the base rate "
            "is what the choice begins with, and the strongest reasons follow.",
            IN_FULL,
        )

    def surprises(self) -> pd.DataFrame:
        """The cases in which the model was most wrong, with deed and why, in words."""
        found = self.found.surprises
        deeds = [capital(self._deed(number)) for number in range(len(found))]
        whys = [self._why(number) for number in range(len(found))]
        return found.assign(deed=deeds, why=whys)

    def _why(self, surprise: int) -> str:
        reasons = self.found.reasons
        own = reasons[(reasons["surprise"] == surprise) & (reasons["log_odds"].abs() >= 0.005)]
        prior = own[own["address"] == PRIOR]
        others = own.drop(prior.index).sort_values("log_odds", key=abs, ascending=False)
        told = pd.concat([prior, others.head(TOLD)])
        return "; ".join(
            f"{reason_of(address)} {_signed(odds)}"
            for address, odds in zip(told["address"], told["log_odds"], strict=True)
        )

    def _reliability(self) -> Iterator[Block]:
        bins = self.found.reliability().assign(hypothesis=MODEL)
        draw = partial(calibration, bins, {MODEL: "the model"}, RELIABILITY)
        yield Chart("calibration", draw, bin_table(bins))

    def _end(self) -> Iterator[Block]:
        yield Table(
            self.found.end().head(TENSE),
            [
                self._name("of"),
                self._name("toward"),
                Column("Rung", lambda row: number(row["rung"], 1), right=True),
                Column("Hostility", lambda row: number(row["hostility"]), right=True),
                Column("Pressure", lambda row: number(row["pressure"]), right=True),
            ],
        )

    def _name(self, key: str) -> Column:
        return Column(capital(key), lambda row: self.names.title(row[key]))

    def _pair(self) -> Column:
        def show(row: Row) -> str:
            of, toward = (self.names.title(row[end]) for end in ("of", "toward"))
            return f"{of} toward {toward}: {CLASS_NAMES[row['class']]}"

        return Column("Pair and act", show)

    def shocks(self) -> pd.DataFrame:
        """Those of the scenario that fall into the record: `week` (its Monday), `label`."""
        scenario, weeks = self.found.scenario, self.found.record.weeks
        spelling = [scenario.title, scenario.question]
        rows = [
            (str(monday), heading_of(shock.id, spelling))
            for shock in scenario.shocks
            if shock.date and (monday := _monday(shock.date)) in weeks
        ]
        return pd.DataFrame(rows, columns=["week", "label"]).sort_values("week", kind="stable")

    def _data(self) -> dict[str, Any]:
        found, record = self.found, self.found.record
        reasons, told = found.reasons, found.surprises.drop(columns=["spell", "place"])
        surprises = [
            {**_plain(row), "reasons": reasons[reasons["surprise"] == n].drop(columns="surprise")}
            for n, row in enumerate(told.to_dict("records"))
        ]
        return {
            "scenario": found.scenario.name,
            "actors": list(record.actors),
            "weeks": found.weeks(),
            "pairs": found.pairs(),
            "reliability": found.reliability(),
            "surprises": surprises,
            "end": found.end(),
            "notes": [*self._answer()],
        }


def _plain(row: dict[Any, Any]) -> dict[str, Any]:
    return {str(key): value for key, value in row.items()}


def _monday(day: datetime.date) -> datetime.date:
    return day - datetime.timedelta(days=day.weekday())


def reason_of(address: str) -> str:
    """A reason by the address of its weight, such as "Israel ties · rapport"."""
    if address == PRIOR:
        return "base rate"
    _, incentive, *part = address.split(".")
    return reason_name(incentive, *part)


def _signed(value: float) -> str:
    return f"{'+' if value > 0 else ''}{number(value)}"


def _class_column() -> Column:
    return Column("Act", lambda row: CLASS_NAMES[row["class"]])


def _share_table(frame: pd.DataFrame, first: list[Column]) -> Table:
    """Rows with predicted and observed shares of weeks."""

    def share(key: str) -> Show:
        return lambda row: percent(row[key])

    return Table(
        frame,
        [
            *first,
            Column("Cases", lambda row: f"{row['cases']:,}", right=True),
            Column("Foreseen", share("predicted"), right=True),
            Column("Done", share("observed"), right=True),
            Column("Log score", lambda row: number(row["log"], 3), right=True),
        ],
    )
