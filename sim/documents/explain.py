"""What is said of reasons: of one choice of one world, and of an action in a whole ensemble."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, partial

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.reasons import (
    NOTHING,
    format_odds,
    reasons_over_time,
    signed,
    waterfall,
)
from realpolitik.sim.documents.document import (
    EVERYWHERE,
    IN_FULL,
    SCREEN,
    Block,
    Chart,
    Column,
    Document,
    Folded,
    Heading,
    Row,
    Section,
    Show,
    Table,
    Text,
    rows_of,
    text,
)
from realpolitik.sim.documents.reasons import MEANINGS, Inquiry, reason_name
from realpolitik.sim.documents.text_bars import step_bars
from realpolitik.sim.engine.actions import HOLD, NAMED, PUBLIC
from realpolitik.sim.engine.rates import rate_address
from realpolitik.sim.explain.choice import NO_OPTION, OFFSET, PRIOR, TOTAL, Choice
from realpolitik.sim.explain.ensemble_reasons import ALL_WEEKS, MeanChoice
from realpolitik.sim.explain.probe import Group, added_by, groups_in, reasons
from realpolitik.sim.formatting.missing import attempt_texts
from realpolitik.sim.formatting.numbers import (
    NONE,
    capital,
    how_many_worlds,
    listing,
    number,
    percent,
    sentence,
)
from realpolitik.sim.scenario.vocabulary import vocabulary

LOUD = 0.05
"""A reason that adds less than this is not named in a sentence [log odds]."""

NEAR, NEAREST = 0.1, 3
"""Something nearly done had this probability at least; so many are told, the likeliest."""

MOST, NAMED_BESIDES = 8, 6
"""Choices of a week that have a section of their own; deeds that the answer names."""

ONLY_SCREEN = frozenset({SCREEN})
HEADINGS = {
    "words": "In words",
    "private": "Behind closed doors",
    "material": "With arms, aid and trade",
    "force": "By force",
}


# ── Reasons, of a choice and of means alike ──────────────────────────────────────────


def describe_reasons(terms: pd.DataFrame) -> str:
    """The loudest three on each side, from the steps of a waterfall, as sentences."""
    found = terms[~terms["term"].isin([PRIOR, OFFSET, TOTAL])]
    loud = found[found["log_odds"].abs() >= LOUD]
    if loud.empty:
        return "No reason speaks for it or against it: the base rate decides."
    told = []
    for verb, rows in (
        ("for it", loud[loud["log_odds"] > 0].nlargest(3, "log_odds")),
        ("against it", loud[loud["log_odds"] < 0].nsmallest(3, "log_odds")),
    ):
        named = [
            f"{reason_name(str(term))} ({signed(step)})"
            for term, step in zip(rows["term"], rows["log_odds"], strict=True)
        ]
        speak = "speaks" if len(named) == 1 else "speak"
        told.append(f"{listing(named)} {speak} {verb}" if named else f"nothing speaks {verb}")
    before, usual = terms.set_index("term")["log_odds"][[PRIOR, OFFSET]]
    taken_off = f", ordinary weeks {signed(usual)}" if abs(usual) >= LOUD else ""
    return " ".join(map(sentence, (*told, f"the base rate adds {signed(before)}{taken_off}")))


def format_chance(chance: float) -> str:
    """A probability in percent, with two figures where it is small."""
    return percent(chance) if not 0 < chance < 0.01 else f"{100 * chance:.2g}\u00a0%"


def named_terms(terms: pd.DataFrame) -> pd.DataFrame:
    """The steps of a waterfall under the names that are shown."""
    return terms.assign(
        term=["in all" if term == TOTAL else reason_name(term) for term in terms["term"]]
    )


def _signed(key: str) -> Show:
    return lambda row: signed(row[key])


def reason_columns(unit: str = "Log odds") -> list[Column]:
    """Of a reason, as `added_by` gives it; `unit` heads what it adds."""
    return [
        Column("Reason", lambda row: reason_name(row["incentive"], row["part"])),
        Column(unit, _signed("log_odds"), right=True, short="Adds"),
        Column("Utility", lambda row: number(row["utility"], 3), right=True, on=IN_FULL),
        Column("Weight", lambda row: f"{row['weight']:.3g}".replace("-", "−"), right=True),
        Column("Source", text("source")),
        Column("Why", text("why")),
    ]


def _spelt_out(deed: str, other: str, terms: pd.DataFrame, rows: pd.DataFrame) -> Iterator[Block]:
    """What a terminal has in place of a chart: the waterfall in letters, and what adds to it."""
    yield Heading(f"{capital(deed)}, against “{other}”", ONLY_SCREEN)
    yield Text("log odds: 0 is as likely, +0.69 twice, −0.69 half; █ for, ░ against", ONLY_SCREEN)
    yield _steps(terms)
    loud = rows[~(rows["log_odds"].abs() < NOTHING)]
    yield Table(loud, reason_columns(), on=ONLY_SCREEN)
    if quiet := len(rows) - len(loud):
        yield Text(f"{quiet} more add nothing here.", ONLY_SCREEN)


def _steps(terms: pd.DataFrame) -> Table:
    """Every step that is not 0, with its bar."""
    ends = terms["term"].isin([PRIOR, TOTAL])
    rows = named_terms(terms)[ends | (terms["log_odds"].abs() >= NOTHING)]
    rows = rows.assign(bar=step_bars(rows["log_odds"].tolist()))
    columns = (
        Column("Reason", text("term")),
        Column("Adds", _signed("log_odds"), right=True),
        Column("", text("bar")),
    )
    return Table(rows, columns, on=ONLY_SCREEN)


# ── One choice ───────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Explained:
    """The choices of one week of one world, told from one of them on.

    Attributes:
        inquiry: What was asked.
        choice: All choices of the week, laid open.
        group: The one that comes first.
        target: Whom they are toward; None tells of all.
    """

    inquiry: Inquiry
    choice: Choice
    group: Group
    target: str | None = None

    @cached_property
    def margins(self) -> pd.DataFrame:
        """The margins of all groups that may be told of but the first."""
        groups = self.choice.groups
        kept = [one != self.group and self.target in (None, one.target) for one in groups]
        return self.choice.margins[kept]

    @cached_property
    def deeds(self) -> pd.DataFrame:
        """Those in which something else was done, the rarest first."""
        rows = self.margins[self.margins["action"] != HOLD]
        return rows.sort_values("base_rate", kind="stable")

    @cached_property
    def near(self) -> pd.DataFrame:
        """Those in which something nearly was, the likeliest first."""
        rows = self.margins[self.margins["action"] == HOLD]
        rows = rows[rows["runner_up_probability"] >= NEAR]
        rows = rows.sort_values("runner_up_probability", ascending=False, kind="stable")
        return rows.head(NEAREST)

    @property
    def told(self) -> list[Group]:
        """The first group, and the others that are told of."""
        return [self.group, *groups_in(self.deeds), *groups_in(self.near)][:MOST]

    @cached_property
    def weights(self) -> pd.DataFrame:
        """What is known of each reason of the actor."""
        return reasons(self.choice.actor, self.inquiry.scenario.settings)

    def terms(self, group: Group) -> pd.DataFrame:
        """The steps of the waterfall of a group; those of what was taken, if nothing else was."""
        one, other = self.choice.weighed(group)
        return self.choice.waterfall(one, one if other == NO_OPTION else other)

    def added(self, group: Group) -> pd.DataFrame:
        """What each reason adds to what is explained in a group."""
        added = self.choice.added(*self.choice.weighed(group))
        return added_by(self.weights, added, self.choice.precision)

    def option(self, option: int) -> Row:
        """The row of the option of that number."""
        rows = self.choice.options
        return {str(key): one for key, one in rows[rows["option"] == option].iloc[0].items()}

    def phrase(self, option: int) -> str:
        """What the option of that number is, such as "sends arms to Iran"."""
        row = self.option(option)
        return self.inquiry.phrase(row["action"], row["target"], row["track"])

    def deed(self, option: int) -> str:
        """Who does that, such as "Russia sends arms to Iran"."""
        return self.inquiry.names.deed(self.choice.actor, self.phrase(option))

    def heading(self, group: Group) -> str:
        """What a group is about, such as "By force, toward Iran".

        Of what is said in public: "In words: whether Russia denounces Iran".
        """
        if group.track == PUBLIC:
            asked = self.inquiry.whether(self.choice.actor, group.choice, group.target)
            return f"{HEADINGS[group.track]}: {asked}"
        return f"{HEADINGS[group.track]}, toward {self.inquiry.names.the(group.target)}"


def choice_document(found: Explained) -> Document:
    """All that is said of one choice."""
    inquiry, choice = found.inquiry, found.choice
    return inquiry.document(
        kind="Why one choice was made",
        answer=lambda: choice_answer(found),
        facts={
            "Actor": inquiry.names.title(choice.actor),
            "World": f"{choice.world}, seed {inquiry.seed}",
            "Week": f"{choice.week} of {inquiry.scenario.weeks}, from {choice.date}",
            "Picked": choice.rule,
        },
        sections=[
            *(
                Section(
                    f"choice-{place}",
                    found.heading(group),
                    partial(_group, found, group, place),
                    EVERYWHERE if group == found.group else IN_FULL,
                )
                for place, group in enumerate(found.told, start=1)
            ),
            Section("besides", "All other choices of that week", partial(_besides, found)),
        ],
        words=MEANINGS,
        data={**choice.as_json(), "reasons": found.weights.to_dict("records")},
    )


def choice_answer(found: Explained) -> list[str]:
    """What was done and how likely that was; what spoke for it; what else was done, or nearly."""
    choice, row = found.choice, found.choice.margin(found.group)
    told = f"in week {choice.week} of world {choice.world} {found.deed(row['option'])}"
    chance = f"that had a probability of {percent(row['probability'])}"
    besides = {
        "besides": _phrases(found, found.deeds, ""),
        "not done, but near": _phrases(found, found.near, "runner_up_"),
    }
    return [
        " ".join(map(sentence, (told, f"{chance}; {_runner_up(found, row)}"))),
        " ".join([*_sought(found), describe_reasons(found.terms(found.group))]),
        *(sentence(f"{what}: {'; '.join(told)}") for what, told in besides.items() if told),
    ]


def _phrases(found: Explained, margins: pd.DataFrame, which: str) -> list[str]:
    """What was taken in each group, or came next to it, with its probability."""
    rows = [*rows_of(margins)]
    phrases = [
        f"{found.inquiry.phrase(row[f'{which}action'], row['target'], row['track'])} "
        f"({percent(row[f'{which}probability'])})"
        for row in rows[:NAMED_BESIDES]
    ]
    left = len(rows) - len(phrases)
    return [*phrases, f"and {left} more"] if left else phrases


def _sought(found: Explained) -> Iterator[str]:
    """How what was asked about stands to what was taken, if it is not that itself."""
    option = found.choice.sought
    row = found.option(option) if option != NO_OPTION else None
    if row is None or row["chosen"]:
        return
    told = f"what was asked about, “{found.phrase(option)}”, "
    if not row["open"]:
        yield sentence(f"{told}was closed to it that week; the reasons are those for what it did")
        return
    odds = format_odds(float(found.terms(found.group)["log_odds"].iloc[-1]))
    yield sentence(f"{told}had a probability of {format_chance(row['probability'])}: {odds} that")


def _runner_up(found: Explained, row: Row) -> str:
    """How what was taken stands to the best of all others."""
    if row["runner_up"] == NO_OPTION:
        return "no other option was open"
    other = f"“{found.phrase(row['runner_up'])}” ({percent(row['runner_up_probability'])})"
    if row["likeliest"]:
        return f"it was the likeliest option, the next was {other}"
    return f"the likeliest was {other}, and choices are drawn"


def _group(found: Explained, group: Group, place: int) -> Iterator[Block]:
    """The waterfall, if there was a choice, and the options."""
    one, other = found.choice.weighed(group)
    rows = options(found, group)
    if other != NO_OPTION:
        table = Table(found.added(group), reason_columns(), on=IN_FULL)
        yield Chart(f"reasons-{place}", partial(_drawn, found, group), table)
    yield Folded(f"What else there was: {len(rows)} rows", [Table(rows, OPTION, on=IN_FULL)])
    yield Table(rows[rows["open"]], OPTION, on=ONLY_SCREEN)
    if closed := int((~rows["open"]).sum()):
        yield Text(f"{closed} more were closed.", ONLY_SCREEN)
    if other == NO_OPTION:
        yield "Nothing else was open: there was no choice."
        return
    yield from _spelt_out(
        found.deed(one), found.phrase(other), found.terms(group), found.added(group)
    )


def _drawn(found: Explained, group: Group) -> go.Figure:
    choice = found.choice
    one, other = choice.weighed(group)
    untaken = "" if found.option(one)["chosen"] else "; it was not taken"
    return waterfall(
        named_terms(found.terms(group)),
        capital(found.deed(one)),
        found.phrase(other),
        f"World {choice.world}, week {choice.week} ({choice.date}), one choice{untaken}.",
    )


def options(found: Explained, group: Group) -> pd.DataFrame:
    """The options of a group, the likeliest first, the closed ones last.

    Columns beside those of the choice: phrase, source (of the base rate).
    """
    every = found.choice.options
    rows = every[(every["target"] == group.target) & (every["choice"] == group.choice)]
    rows = rows.sort_values(["open", "probability"], ascending=False, kind="stable")
    addresses = [rate_address(found.choice.actor, group.target, name) for name in rows["action"]]
    rates = [vocabulary().rates.get(address) for address in addresses]
    return rows.assign(
        phrase=[found.phrase(option) for option in rows["option"]],
        source=[rate.parameter.source if rate else "" for rate in rates],
    )


def _besides(found: Explained) -> Iterator[Block]:
    """What was done in all other choices; on a terminal what is told of."""
    told = pd.concat([found.deeds, found.near])
    if len(told):
        yield Heading("What else it did that week, and nearly did", ONLY_SCREEN)
        yield Table(told, _besides_columns(found), on=ONLY_SCREEN)
    if held := len(found.margins) - len(told):
        choices = f"{held} other {'choice' if held == 1 else 'choices'}"
        yield Text(f"In {choices} it did nothing, and nearly nothing.", ONLY_SCREEN)
    every = Table.whole(found.margins, _besides_columns(found), on=IN_FULL)
    yield Folded(f"What came of each: {len(found.margins)} rows", [every])


def _besides_columns(found: Explained) -> list[Column]:
    """Of a choice: what was taken, and what came next."""

    def phrase(option: int) -> str:
        return NONE if option == NO_OPTION else found.phrase(option)

    return [
        Column("What it did", lambda row: phrase(row["option"])),
        Column("Probability", lambda row: percent(row["probability"]), right=True),
        Column("Likeliest other", lambda row: phrase(row["runner_up"])),
        Column("Probability", lambda row: percent(row["runner_up_probability"]), right=True),
    ]


def _option(row: Row) -> str:
    deal = f" ({row['deal']})" if row["deal"] else ""
    return f"{row['phrase']}{deal}{' (taken)' if row['chosen'] else ''}"


OPTION = (
    Column("Option", _option),
    Column(
        "Probability",
        lambda row: percent(row["probability"]) if row["open"] else "closed",
        right=True,
    ),
    Column("Utility", lambda row: number(row["utility"], 3), right=True, on=IN_FULL),
    Column("Log odds", lambda row: signed(row["log_odds"]) if row["open"] else NONE, right=True),
    Column("Base rate a week", lambda row: percent(row["base_rate"]), right=True),
    Column("Source of the base rate", text("source"), on=IN_FULL),
)
"""Of an option."""


# ── The ensemble ─────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Meant:
    """The mean reasons for an action.

    Attributes:
        inquiry: What was asked.
        mean: The means.
        picked: Why this action was picked; empty if it was asked for.
        week: The one that is told of; all for ALL_WEEKS.
    """

    inquiry: Inquiry
    mean: MeanChoice
    picked: str = ""
    week: int = ALL_WEEKS

    @cached_property
    def weights(self) -> pd.DataFrame:
        """What is known of each reason of the actor."""
        return reasons(self.mean.actor, self.inquiry.scenario.settings)

    @property
    def track(self) -> str:
        """The track of the action."""
        return NAMED[self.mean.action].track

    def other(self, target: str) -> str:
        """What the action is weighed against toward a target."""
        return self.inquiry.phrase(HOLD, target, self.track)

    def deed(self, target: str) -> str:
        """Who does what toward a target."""
        return self.inquiry.deed(self.mean.actor, self.mean.action, target, self.track)

    def added(self, target: str) -> pd.DataFrame:
        """What each reason adds toward a target."""
        added = self.mean.added(target, self.week).set_index("address")["mean"]
        return added_by(self.weights, added, self.mean.precision)


def mean_document(found: Meant) -> Document:
    """All that is said of the mean reasons for an action."""
    inquiry, mean = found.inquiry, found.mean
    return inquiry.document(
        kind="What speaks for an action",
        answer=lambda: mean_answer(found, mean.targets),
        facts={
            "Actor": inquiry.names.title(mean.actor),
            "Action": f"{NAMED[mean.action].label} ({mean.action})",
            **({"Picked": found.picked} if found.picked else {}),
            "Worlds": f"{how_many_worlds(mean.worlds)}, seed {inquiry.seed}",
            "Weeks": str(found.week or f"all {inquiry.scenario.weeks}"),
        },
        sections=[
            Section("reasons", "What speaks for it and against it", partial(_of_targets, found))
        ],
        words=MEANINGS,
        data={
            **mean.as_json(),
            "picked": found.picked,
            "week": found.week,
            "reasons": found.weights.to_dict("records"),
        },
    )


def reasons_section(found: Meant) -> Section:
    """The reasons for the headline choice of a run, toward the target that is the likeliest."""
    first = found.mean.targets[:1]

    def make() -> Iterator[Block]:
        told = attempt_texts("the answer", lambda: mean_answer(found, first))
        yield " ".join([*told, *([f"Picked: {found.picked}."] if found.picked else [])])
        for target in first:
            yield from _of_target(found, target, 1)

    return Section("reasons", "The reasons for the headline choice", make, IN_FULL)


def mean_answer(found: Meant, targets: list[str]) -> list[str]:
    """How often it was open and chosen, and what speaks for it; a paragraph a target."""
    return [_paragraph(found, target) for target in targets] or [
        "It was open in no week of any world: there is nothing to explain."
    ]


def _paragraph(found: Meant, target: str) -> str:
    row, week, deed = found.mean.open_to(target, found.week), found.week, found.deed(target)
    when = "in a week" if week == ALL_WEEKS else f"in week {week}"
    if not row["n"]:
        return sentence(f"{deed} {when}: it was open in no world")
    of = "of the weeks" if week == ALL_WEEKS else "of the worlds that ran"
    low, high = format_chance(row["probability_low"]), format_chance(row["probability_high"])
    told = (
        f"{when} in which it is open to it, {deed} with a mean probability of "
        f"{format_chance(row['probability'])} ({low} to {high})",
        f"it is open in {percent(row['open'])} {of}, and then {format_odds(row['log_odds'])} "
        f"“{found.other(target)}”",
    )
    return " ".join([*map(sentence, told), describe_reasons(found.mean.waterfall(target, week))])


def _of_targets(found: Meant) -> Iterator[Block]:
    yield Text(
        "Each world counts with its mean over the weeks in which the action was open to it; a "
        "reason that sways from week to week shows so in the chart over the weeks.",
        IN_FULL,
    )
    for place, target in enumerate(found.mean.targets, start=1):
        yield from _of_target(found, target, place)
        terms = found.mean.waterfall(target, found.week)
        if terms["log_odds"].notna().all():
            deed, other = found.deed(target), found.other(target)
            yield from _spelt_out(deed, other, terms, found.added(target))


def _of_target(found: Meant, target: str, place: int) -> Iterator[Block]:
    """The waterfall of the means and the reasons over the weeks."""
    table = Table(found.added(target), reason_columns("Mean log odds"), on=IN_FULL)
    yield Chart(f"mean-{place}", partial(_mean_waterfall, found, target), table)
    if found.inquiry.scenario.weeks > 1:
        weekly = found.mean.weekly(target)
        weekly = weekly.assign(reason=[reason_name(name) for name in weekly["incentive"]])
        draw = partial(_over_weeks, found, target, weekly)
        yield Chart(f"weeks-{place}", draw, _weeks_table(weekly))


def _mean_waterfall(found: Meant, target: str) -> go.Figure:
    row, weeks = found.mean.open_to(target, found.week), found.inquiry.scenario.weeks
    when = f"all {weeks} weeks" if found.week == ALL_WEEKS else f"week {found.week}"
    return waterfall(
        named_terms(found.mean.waterfall(target, found.week)),
        capital(found.deed(target)),
        found.other(target),
        f"Means over {how_many_worlds(int(row['n']))} in which it was open, {when}.",
    )


def _over_weeks(found: Meant, target: str, weekly: pd.DataFrame) -> go.Figure:
    worlds = how_many_worlds(found.mean.worlds)
    sample = f"{worlds}; a week’s means are over those where it was open."
    return reasons_over_time(weekly, capital(found.deed(target)), found.other(target), sample)


def _weeks_table(weekly: pd.DataFrame) -> Table:
    """A row a week, with what each reason adds."""
    wide = weekly.pivot_table(index="week", columns="reason", values="mean", sort=False)
    counts = weekly.groupby("week")["n"].first()
    return Table(
        wide.assign(n=counts).reset_index(),
        [
            Column("Week", text("week")),
            Column("Worlds", lambda row: f"{row['n']:,}", right=True),
            *(Column(str(name), _signed(str(name)), right=True) for name in wide.columns),
        ],
        on=IN_FULL,
    )
