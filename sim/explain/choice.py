"""A choice laid open: the options of one week, what spoke for each, and what was taken."""

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from realpolitik.sim.engine.actions import HOLD, Action
from realpolitik.sim.engine.options import Options
from realpolitik.sim.explain.probe import (
    ActorProbe,
    Group,
    Snapshot,
    groups_in,
    groups_of,
    groups_toward,
    options_of,
    watching,
)
from realpolitik.sim.scenario.schema import Scenario

NO_OPTION = -1
PRIOR, OFFSET, TOTAL = "base_rate", "ordinary_weeks", "total"
"""The steps of a waterfall that are no incentive: what it begins with, and where it ends."""


@dataclass(frozen=True)
class Choice:
    """What an actor chose in one week of one world, toward everyone, and why.

    Toward each other actor it takes one option of each choice; these are a group. Of an option with
    base rate q, utility U and offset o the probability within its group goes with q·exp(λ(U − o)).
    Its log odds against *hold*, the option of doing nothing, are therefore
    λ·(U − o − U_hold) + ln(q / q_hold), and U is the sum of the contributions. The offset is what
    is at stake in the ordinary weeks of the pair anyway: the base rate holds it already.

    Attributes:
        scenario: Its name.
        seed, world, week: Where the choice lies; weeks count from 1.
        date: First day of the week.
        actor: Code of the actor.
        rule: How the week was picked.
        precision: λ [1/utility].
        options: One row an option, group by group: target (code), track, choice (the track, or
            the act where it is chosen by itself), option (its number), action, label, deal (id,
            empty for none), open, chosen, base_rate [1/week], offset [utility], utility, log_odds
            (against hold; NaN where closed), probability (0 where closed).
        sought: Number of the option that was asked about; −1 if none was.
        contributions: One row for each option and reason: option, incentive, part, address,
            contribution [utility]. What there is to say of a reason stands in `reasons`.
    """

    scenario: str
    seed: int
    world: int
    week: int
    date: datetime.date
    actor: str
    rule: str
    precision: float
    options: pd.DataFrame
    contributions: pd.DataFrame
    sought: int = NO_OPTION

    @cached_property
    def margins(self) -> pd.DataFrame:
        """What was taken in each group, and by how much it led or trailed the best other option.

        Columns: target, choice, track, option, action, base_rate, probability, runner_up (number of
        the most probable other open option, −1 if there is none), runner_up_action,
        runner_up_probability, margin (utility), margin_log_odds, likeliest (whether what was taken
        was the most probable: a margin in log odds of at least 0).
        """
        return pd.DataFrame(
            [_margin_row(group, self._of(group, self.options)) for group in self.groups]
        )

    @cached_property
    def groups(self) -> list[Group]:
        """All groups, in the order of `margins`."""
        return list(dict.fromkeys(groups_in(self.options)))

    def margin(self, group: Group) -> dict[str, Any]:
        """The row of `margins` of a group."""
        rows = self._of(group, self.margins)
        return {str(name): value for name, value in rows.iloc[0].items()}

    def group_of(self, option: int) -> Group:
        """The group that an option belongs to."""
        return groups_in(self.options[self.options["option"] == option])[0]

    def main_group(self, target: str | None = None, track: str | None = None) -> Group:
        """The group of the rarest deed, that with the lowest base rate.

        Where nothing was done: the group in which the second-best option came nearest. Toward that
        target and on that track alone, if they are given.

        Raises:
            ScenarioError: the actor has no choice there.
        """
        asked = groups_toward(self.groups, target, track)
        rows = self.margins[[group in asked for group in self.groups]]
        deeds = rows[rows["action"] != HOLD].sort_values("base_rate", kind="stable")
        near = rows.sort_values("margin_log_odds", kind="stable", na_position="last")
        return groups_in(deeds if len(deeds) else near)[0]

    def weighed(self, group: Group) -> tuple[int, int]:
        """The option of a group that is explained, and the one that it is weighed against.

        What was asked about, if it was open and not taken, against what was taken; else what was
        taken, against hold or, where that was taken, the most probable other (−1: there is none).
        """
        rows, margin = self._of(group, self.options), self.margin(group)
        taken = int(margin["option"])
        sought = rows[(rows["option"] == self.sought) & rows["open"]]
        if len(sought) and self.sought != taken:
            return self.sought, taken
        hold = int(rows.loc[rows["action"] == HOLD, "option"].iloc[0])
        return taken, hold if taken != hold else int(margin["runner_up"])

    def waterfall(self, option: int, against: int) -> pd.DataFrame:
        """From nothing to the log odds of one option against another, a step a reason.

        Both are numbers of options of one group. Columns: term (`base_rate`, `ordinary_weeks`, the
        incentives from the strongest to the weakest, `total`), utility (difference of
        contributions; NaN for the base rate), log_odds, start, end.
        """
        rows = self.options.set_index("option").loc[[option, against]]
        gains = self._by_incentive(option) - self._by_incentive(against)
        gains = gains.iloc[np.argsort(-gains.abs().to_numpy(), kind="stable")]
        prior = float(np.log(rows["base_rate"].iloc[0] / rows["base_rate"].iloc[1]))
        usual = float(rows["offset"].iloc[1] - rows["offset"].iloc[0])
        utility = np.array([usual, *gains])
        steps = np.array([prior, *(self.precision * utility)])
        ends = np.cumsum(steps)
        return pd.DataFrame(
            {
                "term": [PRIOR, OFFSET, *gains.index, TOTAL],
                "utility": [math.nan, *utility, utility.sum()],
                "log_odds": [*steps, ends[-1]],
                "start": [0.0, *ends[:-1], 0.0],
                "end": [*ends, ends[-1]],
            }
        )

    def added(self, option: int, against: int) -> "pd.Series[float]":
        """What each reason adds to the utility of one option more than to that of another.

        Address → difference of contributions.
        """
        one, other = (
            self.contributions[self.contributions["option"] == each].set_index("address")
            for each in (option, against)
        )
        added: pd.Series[float] = one["contribution"] - other["contribution"]
        return added

    def as_json(self) -> dict[str, Any]:
        """The same as plain values, with None for what is no number."""
        groups = [{**self.margin(group), "options": self._options(group)} for group in self.groups]
        head = ("scenario", "seed", "world", "week", "actor", "rule", "precision", "sought")
        own = {name: getattr(self, name) for name in head}
        return plain({**own, "date": self.date.isoformat(), "groups": groups})  # type: ignore[no-any-return]

    def _options(self, group: Group) -> list[dict[str, Any]]:
        """The options of a group."""
        rows = self._of(group, self.options).drop(columns=["target", "track", "choice"])
        return [self._option(row) for row in rows.to_dict("records")]

    def _option(self, row: dict[Any, Any]) -> dict[str, Any]:
        """An option with what was added to its utility: address → contribution."""
        added = self.contributions[self.contributions["option"] == row["option"]]
        terms = dict(zip(added["address"], added["contribution"], strict=True))
        return {**row, "contributions": {name: value for name, value in terms.items() if value}}

    def _by_incentive(self, option: int) -> "pd.Series[float]":
        """What each incentive added to the utility of an option, its parts put together."""
        added = self.contributions[self.contributions["option"] == option]
        sums: pd.Series[float] = added.groupby("incentive", sort=False)["contribution"].sum()
        return sums

    @staticmethod
    def _of(group: Group, table: pd.DataFrame) -> pd.DataFrame:
        """The rows of a group."""
        return table[(table["target"] == group.target) & (table["choice"] == group.choice)]


def _margin_row(group: Group, rows: pd.DataFrame) -> dict[str, object]:
    """The row of `Choice.margins` of a group, from its options."""
    taken = rows[rows["chosen"]].iloc[0]
    others = rows[rows["open"] & ~rows["chosen"]]
    row = {
        **group._asdict(),
        "track": group.track,
        **taken[["option", "action", "base_rate", "probability"]],
        "runner_up": NO_OPTION,
        "runner_up_action": "",
        "runner_up_probability": 0.0,
        "margin": math.nan,
        "margin_log_odds": math.nan,
        "likeliest": True,
    }
    if others.empty:
        return row
    second = others.iloc[int(np.argmax(others["log_odds"]))]
    ahead = taken["log_odds"] - second["log_odds"]
    return {
        **row,
        **{f"runner_up_{name}": second[name] for name in ("action", "probability")},
        "runner_up": second["option"],
        "margin": taken["utility"] - second["utility"],
        "margin_log_odds": ahead,
        "likeliest": bool(ahead >= 0),
    }


def plain(value: Any) -> Any:
    """The value as JSON can hold it: no NumPy types, None for NaN and infinities."""
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


# ── One choice, explained ────────────────────────────────────────────────────────────


Chosen = NDArray[np.int64]  # the option taken in each group, (groups,)


def explain_choice(
    scenario: Scenario,
    seed: int,
    world: int,
    actor: str,
    week: int | None = None,
    action: str | None = None,
    target: str | None = None,
) -> Choice:
    """Re-simulates one world up to a week, and lays open what an actor then chose, and why.

    Args:
        scenario: What was set going; with the parameters of the ensemble the world is of.
        seed: Seed of the ensemble.
        world: Number of the world in it, from 0.
        actor: Code of the actor.
        week: The week, from 1. Without it: the first week in which the actor did `action`; if it
            never did, or none is named, that of its gravest deed toward `target`, the one that puts
            a dyad on the highest rung, of several the most severe, then the dearest, then the
            earliest.
        action: What is asked about, and what to look for if no week is given.
        target: Toward whom; None for anyone: the one for which it was taken, else most probable.

    Raises:
        ScenarioError: the actor takes no part, or has no such option.
        ValueError: the week lies beyond the horizon, or the world had ended before it.
    """
    _check_week(week, scenario)
    with watching(scenario, seed, world, 1, actor) as probe:
        sought = options_of(probe, action, target) if action else []
        groups = groups_of(probe.options, probe.model.codes)
        aimed = [group in groups_toward(groups, target) for group in groups]
        weeks = _watch(probe, week, sought)
        deeds = [_deeds(chosen[aimed], probe.options) for _, chosen in weeks]
        number, rule = (week, "the week asked for") if week else _pick(deeds, sought, target)
        snapshot, chosen = weeks[number - 1]
        if not snapshot.running[0]:
            raise ValueError(f"world {world} ended in a clash before week {number}")
        precision = probe.model.world.constants.precision
        options = _options_table(probe, snapshot, chosen, precision)
        return Choice(
            scenario=scenario.name,
            seed=seed,
            world=world,
            week=number,
            date=scenario.start + datetime.timedelta(weeks=number - 1),
            actor=actor,
            rule=rule,
            precision=precision,
            options=options,
            contributions=_contributions_table(probe, snapshot),
            sought=_asked_about(options.loc[sought]),
        )


def _asked_about(sought: pd.DataFrame) -> int:
    """Of the options that fit the question the one that was taken, else the most probable."""
    ranked = sought.sort_values(["chosen", "probability"], ascending=False, kind="stable")
    return int(ranked["option"].iloc[0]) if len(ranked) else NO_OPTION


def _check_week(week: int | None, scenario: Scenario) -> None:
    if scenario.weeks < 1 or not 1 <= (week or 1) <= scenario.weeks:
        raise ValueError(f"there is no week {week or 1} among {scenario.weeks}")


def _watch(probe: ActorProbe, week: int | None, sought: list[int]) -> list[tuple[Snapshot, Chosen]]:
    """Every week up to the one that is wanted, as far as that is known beforehand."""
    weeks: list[tuple[Snapshot, Chosen]] = []
    while probe.model.running:
        probe.begin()
        snapshot = probe.snapshot()
        probe.finish()
        chosen = probe.chosen()[0]
        weeks.append((snapshot, chosen))
        if snapshot.week == week or (week is None and np.isin(chosen, sought).any()):
            break
    return weeks


Deeds = dict[int, Action]  # those of a week: number of the option → what it is


def _deeds(chosen: Chosen, options: Options) -> Deeds:
    """Those of the options taken that are deeds."""
    actions = options.actions()
    return {option: actions[option] for option in chosen[options.acts[chosen]].tolist()}


def _pick(deeds: Sequence[Deeds], sought: Sequence[int], target: str | None) -> tuple[int, str]:
    """The week to be explained, and the rule it was picked by."""
    if not deeds[-1].keys().isdisjoint(sought):
        return len(deeds), "the first week in which it did what was asked about"
    before = "it never did what was asked about; " if sought else ""
    toward = f" toward {target}" if target else ""
    if not any(deeds):
        return 1, f"{before}it did nothing at all{toward}: the first week"
    week = max(range(len(deeds)), key=lambda place: _gravity(deeds[place]))
    return week + 1, f"{before}the week of its gravest deed{toward}"


def _gravity(deeds: Deeds) -> tuple[float, float, float]:
    """Rung, severity and cost of the gravest deed of a week; below all others without one."""
    every = ((action.rung, action.severity, action.cost) for action in deeds.values())
    return max(every, default=(-1.0, 0.0, 0.0))


def _options_table(
    probe: ActorProbe, snapshot: Snapshot, chosen: Chosen, precision: float
) -> pd.DataFrame:
    """The rows of `Choice.options`."""
    options, model = probe.options, probe.model
    actions = options.actions()
    weights, utility = snapshot.weights[0], snapshot.utility[0]
    is_open = weights > 0
    sizes = [group.stop - group.start for group in options.groups]
    groups = np.repeat(np.array(groups_of(options, model.codes)), sizes, axis=0)
    totals = [weights[group].sum() for group in options.groups]
    score = precision * (utility - options.offset) + np.log(options.base_rate)
    ids = [deal.id for deal in model.spec.deals]
    return pd.DataFrame(
        {
            "target": groups[:, 0],
            "track": [action.track for action in actions],
            "choice": groups[:, 1],
            "option": np.arange(len(options)),
            "action": [action.action for action in actions],
            "label": [action.label for action in actions],
            "deal": [ids[deal] if deal >= 0 else "" for deal in options.deal],
            "open": is_open,
            "chosen": np.isin(np.arange(len(options)), chosen),
            "base_rate": options.base_rate,
            "offset": options.offset,
            "utility": utility,
            "log_odds": np.where(is_open, score - np.repeat(score[options.holds], sizes), np.nan),
            "probability": weights / np.repeat(totals, sizes),
        }
    )


def _contributions_table(probe: ActorProbe, snapshot: Snapshot) -> pd.DataFrame:
    """The rows of `Choice.contributions`."""
    reasons, count = probe.reasons, len(probe.options)
    return pd.DataFrame(
        {
            "option": np.repeat(np.arange(count), len(reasons)),
            "incentive": [reason.incentive for reason in reasons] * count,
            "part": [reason.part for reason in reasons] * count,
            "address": [reason.address for reason in reasons] * count,
            "contribution": snapshot.contributions[:, 0].T.ravel(),
        }
    )
