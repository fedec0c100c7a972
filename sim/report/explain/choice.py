"""One choice of one world: what was taken, what else there was, and what spoke for each."""

import math
from dataclasses import dataclass

import pandas as pd

from realpolitik.sim.charts.explain.waterfall import signed, waterfall
from realpolitik.sim.report.exhibits import Exhibit
from realpolitik.sim.report.explain.records import (
    BASE_RATE,
    TOTAL,
    Asked,
    LaidOpen,
    main_track,
    named_terms,
    reason_name,
)
from realpolitik.sim.report.run.tables import Table
from realpolitik.sim.words.numbers import NONE, capital, listing, number, percent, sentence

LOUD = 0.05
"""A reason that adds less than this is not named in a sentence [log odds]."""


@dataclass(frozen=True)
class Explained:
    """A choice with all that is told of it: the track that comes first, and what reasons there are.

    `reasons` has a row a weight: incentive, part, address, is_sum, weight, source, why.
    """

    asked: Asked
    choice: LaidOpen
    reasons: pd.DataFrame
    track: str

    @property
    def tracks(self) -> list[str]:
        """All tracks, the main one first."""
        return sorted(self.choice.margins["track"], key=lambda track: track != self.track)

    def taken(self, track: str) -> str:
        """Who did what on a track, such as "Russia sends arms to Iran"."""
        row = self.choice.margin(track)
        return self.asked.deed(self.choice.actor, row["action"], row["target"], track)

    def against(self, track: str) -> str:
        """What that is weighed against: hold or, where hold was taken, the next; "" for nothing."""
        row = self.choice.margin(track)
        if row["action"] != "hold":
            return self.asked.phrase("hold", "", track)
        if row["runner_up"] < 0:
            return ""
        return self.asked.phrase(str(row["runner_up_action"]), str(row["runner_up_target"]), track)


def choice_subject(
    asked: Asked, choice: LaidOpen, reasons: pd.DataFrame, track: str = ""
) -> Explained:
    """The choice, told from that track or from that of its rarest deed."""
    return Explained(asked, choice, reasons, main_track(choice, track))


def choice_answer(found: Explained) -> list[str]:
    """What was done and how likely that was; what spoke for it; what was done besides."""
    asked, choice, first = found.asked, found.choice, found.track
    row = choice.margin(first)
    said = f"in week {choice.week} of world {choice.world} {found.taken(first)}"
    chance = f"that had a probability of {percent(row['probability'])}"
    others = [
        f"{track}: {asked.phrase(each['action'], each['target'], track)} "
        f"({percent(each['probability'])})"
        for track, each in ((track, choice.margin(track)) for track in found.tracks[1:])
    ]
    return [
        " ".join(map(sentence, (said, f"{chance}; {_runner_up(asked, row, first)}"))),
        reasons_said(choice.waterfalls[first]),
        *([sentence(f"on the other tracks: {'; '.join(others)}")] if others else []),
    ]


def _runner_up(asked: Asked, row: "pd.Series[float]", track: str) -> str:
    """How what was taken stands to the best of all others."""
    if row["runner_up"] < 0:
        return "no other option was open"
    other = asked.phrase(str(row["runner_up_action"]), str(row["runner_up_target"]), track)
    other = f"“{other}” ({percent(row['runner_up_probability'])})"
    if row["likeliest"]:
        return f"it was the likeliest option, the next was {other}"
    return f"the likeliest was {other}, and choices are drawn"


def reasons_said(terms: pd.DataFrame) -> str:
    """The loudest three on each side, from the steps of a waterfall, as sentences."""
    reasons = terms[~terms["term"].isin([BASE_RATE, TOTAL])]
    loud = reasons[reasons["log_odds"].abs() >= LOUD]
    if loud.empty:
        return "No reason speaks for it or against it: the base rate decides."
    said = []
    for verb, rows in (
        ("for it", loud[loud["log_odds"] > 0].nlargest(3, "log_odds")),
        ("against it", loud[loud["log_odds"] < 0].nsmallest(3, "log_odds")),
    ):
        named = [
            f"{reason_name(str(term))} ({signed(step)})"
            for term, step in zip(rows["term"], rows["log_odds"], strict=True)
        ]
        speak = "speaks" if len(named) == 1 else "speak"
        said.append(f"{listing(named)} {speak} {verb}" if named else f"nothing speaks {verb}")
    base = terms.loc[terms["term"] == BASE_RATE, "log_odds"].iloc[0]
    return " ".join(map(sentence, (*said, f"the base rate adds {signed(base)}")))


def choice_exhibits(found: Explained) -> list[Exhibit]:
    """A waterfall a track, with its reasons beneath; of a track without choice there is none."""
    return [_exhibit(found, track) for track in found.tracks if found.against(track)]


def _exhibit(found: Explained, track: str) -> Exhibit:
    choice = found.choice
    figure = waterfall(
        named_terms(choice.waterfalls[track]),
        capital(found.taken(track)),
        found.against(track),
        f"World {choice.world}, week {choice.week} ({choice.date}), one choice.",
    )
    return Exhibit(f"reasons-{track}", figure, reasons_table(found, track))


def reasons_table(found: Explained, track: str) -> Table:
    """Every incentive and part with what it adds, its weight, source and sentence."""
    choice, row = found.choice, found.choice.margin(track)
    rows = choice.options[choice.options["track"] == track].set_index("option")
    hold = int(rows.index[rows["action"] == "hold"][0])
    other = hold if row["option"] != hold else int(row["runner_up"])
    one, two = (
        choice.contributions[choice.contributions["option"] == option].set_index("address")
        for option in (row["option"], other)
    )
    return added_table(one["contribution"] - two["contribution"], found.reasons, choice.precision)


def added_table(
    added: "pd.Series[float]", reasons: pd.DataFrame, precision: float, unit: str = "Log odds"
) -> Table:
    """What each reason adds (address → utility) beside what is known of it; loudest first.

    An incentive with parts comes with their sum, and its parts below it.
    """
    shown = list[tuple[float, list[tuple[str, ...]]]]()
    for _, rows in reasons.groupby("incentive", sort=False):
        parts = rows[~rows["is_sum"]]
        total = float(added.reindex(parts["address"]).sum())
        lines = [_line(row, added, total, precision) for row in rows.to_dict("records")]
        shown.append((abs(total), lines))
    shown.sort(key=lambda each: -each[0])
    header = ("Reason", unit, "Utility", "Weight", "Source", "Why")
    return Table(header, [line for _, lines in shown for line in lines])


def _line(
    row: dict[str, object] | dict[object, object],
    added: "pd.Series[float]",
    total: float,
    precision: float,
) -> tuple[str, ...]:
    gain = total if row["is_sum"] else float(added.get(row["address"], math.nan))
    return (
        reason_name(str(row["incentive"]), str(row["part"])),
        signed(precision * gain),
        number(gain, 3),
        f"{row['weight']:.3g}".replace("-", "−"),
        str(row["source"]),
        str(row["why"]),
    )


def options_table(found: Explained, track: str) -> Table:
    """The options of a track, the likeliest first, those that were closed last."""
    rows = found.choice.options[found.choice.options["track"] == track]
    rows = rows.sort_values(["open", "probability"], ascending=False, kind="stable")
    return Table(
        ("Option", "Taken", "Probability", "Utility", "Log odds", "Base rate a week"),
        [_option(found.asked, row, track) for _, row in rows.iterrows()],
    )


def _option(asked: Asked, row: "pd.Series[float]", track: str) -> tuple[str, ...]:
    phrase = asked.phrase(str(row["action"]), str(row["target"]), track)
    deal = f" ({row['deal']})" if row["deal"] else ""
    return (
        f"{phrase}{deal}",
        "taken" if row["chosen"] else NONE,
        percent(row["probability"]) if row["open"] else "closed",
        number(row["utility"], 3),
        signed(row["log_odds"]) if row["open"] else NONE,
        percent(row["base_rate"]),
    )
