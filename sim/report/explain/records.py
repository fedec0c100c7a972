"""What a page about reasons is made of: what was asked, a choice laid open, and its words."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from realpolitik.sim.documents.reasons import reason_name
from realpolitik.sim.words.names import Names, verb_phrase

BASE_RATE, TOTAL = "base_rate", "total"
ALL_WEEKS = 0


@dataclass(frozen=True)
class Asked:
    """What was asked about, and in what words it is told.

    `labels` gives the verb phrase of each action, `kept` of each track the one for doing nothing.
    """

    title: str
    question: str
    weeks: int
    seed: int
    version: str
    command: str
    names: Names
    labels: Mapping[str, str]
    kept: Mapping[str, str]

    def phrase(self, action: str, target: str, track: str = "") -> str:
        """What is done, such as "sends offensive arms to Iran"."""
        if action == "hold":
            return self.kept.get(track, "does nothing")
        label = self.labels.get(action, action.replace("_", " "))
        return verb_phrase(action, label, self.names.the(target) if target else "")

    def deed(self, actor: str, action: str, target: str, track: str = "") -> str:
        """Who does what, such as "Russia sends offensive arms to Iran"."""
        return self.names.deed(actor, self.phrase(action, target, track))


@dataclass(frozen=True)
class Weighed:
    """An option against another of its track, by number; of none (−1) there is nothing to say.

    `steps` run from nothing to the log odds of the first against the second: term (`base_rate`,
    incentives, `total`), log_odds.
    """

    option: int
    against: int
    steps: pd.DataFrame


@dataclass(frozen=True)
class LaidOpen:
    """A choice of one world.

    Attributes:
        world, week, date, actor: Where it lies, and whose it is.
        rule: How the week was picked.
        precision: λ [1/utility].
        options: A row an option: track, option, action, target, deal, open, chosen, base_rate,
            utility, log_odds, probability.
        contributions: A row an option and reason: option, incentive, part, address, contribution.
        margins: A row a track: track, option, action, target, probability, runner_up,
            runner_up_action, runner_up_target, runner_up_probability, margin, margin_log_odds,
            likeliest.
        sought: Number of the option that was asked about; −1 if none was.
        weighed: Track → what is explained: what was taken or, where something else that was open
            was asked about, that against what was taken.
    """

    world: int
    week: int
    date: datetime.date
    actor: str
    rule: str
    precision: float
    options: pd.DataFrame
    contributions: pd.DataFrame
    margins: pd.DataFrame
    sought: int
    weighed: Mapping[str, Weighed]

    def margin(self, track: str) -> "pd.Series[Any]":
        """What was taken on a track, and how it stands to the best of all others."""
        return self.margins[self.margins["track"] == track].iloc[0]


@dataclass(frozen=True)
class MeanLaidOpen:
    """The mean reasons for an action against doing nothing, over an ensemble.

    Attributes:
        worlds, actor, action: What was asked about.
        track: Of the action.
        precision: λ [1/utility].
        contributions: target, week (0: all weeks), incentive (`total`: utility), part, address,
            mean, low, high, n.
        openness: target, week, open, probability, probability_low, probability_high, log_odds,
            base_rate, hold_rate, n.
    """

    worlds: int
    actor: str
    action: str
    track: str
    precision: float
    contributions: pd.DataFrame
    openness: pd.DataFrame


def named_terms(terms: pd.DataFrame) -> pd.DataFrame:
    """The steps of a waterfall under the names that are shown."""
    names = {BASE_RATE: "base rate", TOTAL: "in all"}
    return terms.assign(term=[names.get(term, reason_name(term)) for term in terms["term"]])


def main_track(choice: LaidOpen, track: str = "") -> str:
    """The track that a page begins with: the one asked for, else that of the rarest deed.

    Rarest is the deed with the lowest base rate; where nothing was done, the track on which the
    second-best option came nearest.
    """
    if track:
        return track
    taken = choice.options[choice.options["chosen"]]
    deeds = taken[taken["action"] != "hold"]
    if len(deeds):
        return str(deeds.sort_values("base_rate", kind="stable")["track"].iloc[0])
    near = choice.margins.sort_values("margin_log_odds", kind="stable", na_position="last")
    return str(near["track"].iloc[0])
