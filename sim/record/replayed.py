"""What a replay shows: acts foreseen and done, where the model was most wrong, and the end."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from realpolitik.sim.engine.actions import ACTIONS
from realpolitik.sim.files.json_text import RecordError
from realpolitik.sim.record.chances import class_chances, told_options
from realpolitik.sim.record.classes import CLASSES, acts_of
from realpolitik.sim.record.replay import LEAD, Spell, Watched, long_spells, replay
from realpolitik.sim.record.rivals import LEAST
from realpolitik.sim.record.weekly import Pair, Record
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.stats.reliability import binned

Case = Mapping[Any, Any]
"""A row of `Replayed.cases`."""

BINS = 10  # of forecast probability
MOST = 20  # surprises that are laid open
PRIOR = "base_rate"
"""What the choice begins with, before any reason: the base rate less what it has in it anyway."""

STATE = ("rung", "hostility", "pressure")
END_COLUMNS = ("of", "toward", *STATE)


@dataclass(frozen=True)
class Replayed:
    """A record, replayed.

    Attributes:
        scenario: What the weeks were seen with.
        record: The weeks.
        spells: Those that follow each other; the first four of each only fill what is remembered.
    """

    scenario: Scenario
    record: Record
    spells: tuple[Spell, ...]

    @cached_property
    def cases(self) -> pd.DataFrame:
        """A row a case that the model has an act for and the record can tell, from the lead on.

        Columns: spell, place (number of the week in it), week (its Monday), class, of, toward,
        chance (of such an act, before the week), happened, log (log score).
        """
        return pd.concat(map(_cases, range(len(self.spells)), self.spells), ignore_index=True)

    def classes(self) -> pd.DataFrame:
        """A row a class: class, cases, predicted and observed share, log."""
        return _shares(self.cases, ["class"])

    def weeks(self) -> pd.DataFrame:
        """A row a class and week: class, spell, week, cases, predicted and observed share."""
        return _shares(self.cases, ["class", "spell", "week"])

    def pairs(self) -> pd.DataFrame:
        """A row a pair and class: of, toward, class, cases, predicted and observed share, log."""
        return _shares(self.cases, ["of", "toward", "class"])

    def reliability(self) -> pd.DataFrame:
        """Chances in bins: the columns of `binned`."""
        return binned(self.cases["chance"], self.cases["happened"], BINS)

    @cached_property
    def surprises(self) -> pd.DataFrame:
        """The cases in which the model was most wrong, the worst first; the columns of `cases`."""
        return self.cases.nlargest(MOST, "log", keep="first").reset_index(drop=True)

    @cached_property
    def reasons(self) -> pd.DataFrame:
        """What spoke for the act of each surprise, and what against it.

        Columns: surprise (its number), action, address (of the weight; `base_rate` for what the
        choice begins with), log_odds (against doing nothing of the kind).
        """
        tables = [
            self._reasons(row).assign(surprise=number)
            for number, row in enumerate(self.surprises.to_dict("records"))
        ]
        return pd.concat(tables, ignore_index=True)

    def end(self) -> pd.DataFrame:
        """A row an ordered pair after the last week, the most tense first: `END_COLUMNS`."""
        world = self.spells[-1].world
        rows = [
            (*pair, *(float(getattr(world, name)[0][_place(world.index, pair)]) for name in STATE))
            for pair in self.record.pairs
        ]
        table = pd.DataFrame(rows, columns=[*END_COLUMNS])
        return table.sort_values([*STATE], ascending=False, kind="stable", ignore_index=True)

    def _reasons(self, row: Case) -> pd.DataFrame:
        """The reasons of one case; several rows a weight if it has several acts."""
        spell, number = self.spells[row["spell"]], [*CLASSES].index(row["class"])
        pair = spell.record.pairs.index((row["of"], row["toward"]))
        return pd.concat(
            [
                log_odds(watched, row["place"], option)
                for watched in spell.actors
                for of, option, toward in told_options(watched.actor, watched.told, spell.record)
                if (of, toward) == (number, pair)
            ]
        )


def log_odds(watched: Watched, week: int, option: int) -> pd.DataFrame:
    """What makes an option likelier before a week than doing nothing of the kind.

    Args:
        watched: The actor, with what was at stake.
        week: Its number among the weeks of the spell.
        option: The number of the option.

    Returns:
        action, address (of the weight, `base_rate` for q · exp(−λo)), log_odds; they add up to the
        log odds of the option against hold.
    """
    actor, options = watched.actor, watched.actor.options
    starts = [group.start for group in options.groups]
    hold = options.holds[np.searchsorted(starts, option, side="right") - 1]
    prior = np.atleast_2d(actor.prior)[0]
    apart = watched.stakes[week, option] - watched.stakes[week, hold]
    weights = np.array([actor.seat.values[address] for address in watched.addresses])
    gains = actor.model.world.constants.precision * weights * apart
    action = ACTIONS[options.action[option]].action
    return pd.DataFrame(
        {
            "action": action,
            "address": [PRIOR, *watched.addresses],
            "log_odds": [float(np.log(prior[option] / prior[hold])), *gains],
        }
    )


def _cases(number: int, spell: Spell) -> pd.DataFrame:
    chance = class_chances(spell)[:, LEAD:]
    happened = acts_of(spell.record)[:, LEAD:]
    classes, weeks, pairs = np.nonzero(~np.isnan(chance))
    mondays = np.array([week.isoformat() for week in spell.record.weeks[LEAD:]])
    of, toward = np.array(spell.record.pairs).T
    came, chances = happened[classes, weeks, pairs], chance[classes, weeks, pairs]
    kept = np.clip(chances, LEAST, 1 - LEAST)
    return pd.DataFrame(
        {
            "spell": number,
            "place": weeks + LEAD,
            "week": mondays[weeks],
            "class": np.array([*CLASSES])[classes],
            "of": of[pairs],
            "toward": toward[pairs],
            "chance": chances,
            "happened": came,
            "log": -np.log(np.where(came, kept, 1 - kept)),
        }
    )


def _shares(cases: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Means by some columns: cases, predicted, observed, log."""
    means = {"cases": ("log", "size"), "predicted": ("chance", "mean")}
    means |= {"observed": ("happened", "mean"), "log": ("log", "mean")}
    return cases.groupby(by, sort=False, as_index=False).agg(**means)


def _place(index: Mapping[str, int], pair: Pair) -> tuple[int, int]:
    return index[pair[0]], index[pair[1]]


def replay_record(scenario: Scenario, record: Record) -> Replayed:
    """Replays the weeks of a record, with what was at stake in them.

    Raises:
        RecordError: it has no run of weeks that is longer than the lead.
    """
    if not long_spells(record):
        raise RecordError(
            f"no {LEAD + 1} weeks on end, the first {LEAD} of which fill what is remembered; the "
            f"record has {len(record.weeks)} weeks"
        )
    return Replayed(scenario, record, tuple(replay(scenario, record, stakes=True)))
