"""One choice of one world: what was taken, what else there was, and what spoke for each."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from realpolitik.sim.charts.explain.waterfall import odds_said, signed, waterfall
from realpolitik.sim.documents.exhibits import Exhibit, TextTable
from realpolitik.sim.report.explain.records import (
    Asked,
    LaidOpen,
    main_track,
    named_terms,
)
from realpolitik.sim.report.explain.weighing import added_table, chance_said, reasons_said
from realpolitik.sim.words.numbers import NONE, capital, number, percent, sentence


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

    def weighed(self, track: str) -> str:
        """Who is explained to do what: what was taken, or what was asked about."""
        row = self.option(self.choice.weighed[track].option)
        return self.asked.deed(self.choice.actor, row["action"], row["target"], track)

    def against(self, track: str) -> str:
        """What that is weighed against; "" if nothing else was open."""
        number = self.choice.weighed[track].against
        return self.phrase(number) if number >= 0 else ""

    def phrase(self, number: int) -> str:
        """What the option of that number is, such as "sends arms to Iran"."""
        row = self.option(number)
        return self.asked.phrase(str(row["action"]), str(row["target"]), str(row["track"]))

    def option(self, number: int) -> "pd.Series[Any]":
        """The row of the option of that number."""
        rows = self.choice.options
        return rows[rows["option"] == number].iloc[0]


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
        " ".join([*_sought(found), reasons_said(choice.weighed[first].steps)]),
        *([sentence(f"on the other tracks: {'; '.join(others)}")] if others else []),
    ]


def _sought(found: Explained) -> Iterator[str]:
    """How what was asked about stands to what was taken, if it is not that itself."""
    number = found.choice.sought
    row = found.option(number) if number >= 0 else None
    if row is None or row["chosen"]:
        return
    said = f"what was asked about, “{found.phrase(number)}”, "
    if not row["open"]:
        yield sentence(f"{said}was closed to it that week; the reasons are those for what it did")
        return
    odds = odds_said(float(found.choice.weighed[found.track].steps["log_odds"].iloc[-1]))
    yield sentence(f"{said}had a probability of {chance_said(row['probability'])}: {odds} that")


def _runner_up(asked: Asked, row: "pd.Series[float]", track: str) -> str:
    """How what was taken stands to the best of all others."""
    if row["runner_up"] < 0:
        return "no other option was open"
    other = asked.phrase(str(row["runner_up_action"]), str(row["runner_up_target"]), track)
    other = f"“{other}” ({percent(row['runner_up_probability'])})"
    if row["likeliest"]:
        return f"it was the likeliest option, the next was {other}"
    return f"the likeliest was {other}, and choices are drawn"


def choice_exhibits(found: Explained) -> list[Exhibit]:
    """A waterfall a track, with its reasons beneath; of a track without choice there is none."""
    return [_exhibit(found, track) for track in found.tracks if found.against(track)]


def _exhibit(found: Explained, track: str) -> Exhibit:
    choice, weighed = found.choice, found.choice.weighed[track]
    untaken = "" if found.option(weighed.option)["chosen"] else "; it was not taken"
    figure = waterfall(
        named_terms(weighed.steps),
        capital(found.weighed(track)),
        found.against(track),
        f"World {choice.world}, week {choice.week} ({choice.date}), one choice{untaken}.",
    )
    return Exhibit(f"reasons-{track}", figure, reasons_table(found, track))


def reasons_table(found: Explained, track: str, least: float = 0.0) -> TextTable:
    """Every incentive and part with what it adds, its weight, source and sentence.

    Those that add less than `least` [log odds] are left out.
    """
    choice, weighed = found.choice, found.choice.weighed[track]
    one, two = (
        choice.contributions[choice.contributions["option"] == option].set_index("address")
        for option in (weighed.option, weighed.against)
    )
    added = one["contribution"] - two["contribution"]
    return added_table(added, found.reasons, choice.precision, least)


def options_of(found: Explained, track: str) -> pd.DataFrame:
    """The options of a track, the likeliest first, those that were closed last."""
    rows = found.choice.options[found.choice.options["track"] == track]
    return rows.sort_values(["open", "probability"], ascending=False, kind="stable")


def options_table(found: Explained, track: str) -> TextTable:
    """The same in words."""
    return TextTable(
        ("Option", "Taken", "Probability", "Utility", "Log odds", "Base rate a week"),
        [_option(found.asked, row, track) for _, row in options_of(found, track).iterrows()],
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
