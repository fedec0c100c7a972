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

from realpolitik.sim.engine.actions import HOLD, TRACKS
from realpolitik.sim.engine.options import Options
from realpolitik.sim.engine.world import Array
from realpolitik.sim.explain.probe import (
    ActorProbe,
    Snapshot,
    holds,
    options_of,
    track_of,
    watching,
)
from realpolitik.sim.scenario.schema import Scenario

NO_OPTION = -1
PRIOR = "base_rate"
TOTAL = "total"


@dataclass(frozen=True)
class Choice:
    """What an actor chose in one week of one world, and why.

    Of an option with base rate q and utility U the probability goes with q·exp(λU). Its log odds
    against *hold*, the option of doing nothing on the same track, are therefore
    λ·(U − U_hold) + ln(q / q_hold), and U is the sum of the contributions.

    Attributes:
        scenario: Its name.
        seed, world, week: Where the choice lies; weeks count from 1.
        date: First day of the week.
        actor: Code of the actor.
        rule: How the week was picked.
        precision: λ [1/utility].
        options: One row an option: track, option (its number), action, label, target (code, empty
            for none), deal (id, empty for none), open, chosen, base_rate [1/week], utility,
            log_odds (against hold; NaN where closed), probability (0 where closed).
        sought: Number of the option that was asked about; −1 if none was.
        contributions: One row for each option and reason: track, option, incentive, part, address,
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
        """What was taken on each track, and by how much it led or trailed the best other option.

        Columns: track, option, action, target, probability, runner_up (number of the most probable
        other open option, −1 if there is none), runner_up_action, runner_up_target,
        runner_up_probability, margin (utility), margin_log_odds, likeliest (whether what was
        taken was the most probable: a margin in log odds of at least 0).
        """
        tracks = dict.fromkeys(self.options["track"])
        return pd.DataFrame([self._margin_row(track) for track in tracks])

    def margin(self, track: str) -> dict[str, Any]:
        """The row of `margins` of a track."""
        rows = self.margins[self.margins["track"] == track]
        return {str(name): value for name, value in rows.iloc[0].items()}

    @property
    def main_track(self) -> str:
        """The track of the rarest deed, that with the lowest base rate.

        Where nothing was done: the track on which the second-best option came nearest.
        """
        deeds = self.options[self.options["chosen"] & (self.options["action"] != "hold")]
        if len(deeds):
            return str(deeds.sort_values("base_rate", kind="stable")["track"].iloc[0])
        near = self.margins.sort_values("margin_log_odds", kind="stable", na_position="last")
        return str(near["track"].iloc[0])

    def weighed(self, track: str) -> tuple[int, int]:
        """The option of a track that is explained, and the one that it is weighed against.

        What was asked about, if it was open and not taken, against what was taken; else what was
        taken, against hold or, where that was taken, the most probable other (−1: there is none).
        """
        rows, taken = self.options[self.options["track"] == track], self._taken(track)
        sought = rows[(rows["option"] == self.sought) & rows["open"]]
        if len(sought) and self.sought != taken:
            return self.sought, taken
        hold = int(rows.loc[rows["action"] == "hold", "option"].iloc[0])
        return taken, hold if taken != hold else self._best_other(track, hold)

    def waterfall(self, option: int, against: int) -> pd.DataFrame:
        """From nothing to the log odds of one option against another, a step a reason.

        Both are numbers of options on one track. Columns: term (`base_rate`, the incentives from
        the strongest to the weakest, `total`), utility (difference of contributions; NaN for the
        base rate), log_odds, start, end.
        """
        rows = self.options.set_index("option").loc[[option, against]]
        gains = self._by_incentive(option) - self._by_incentive(against)
        gains = gains.iloc[np.argsort(-gains.abs().to_numpy(), kind="stable")]
        prior = float(np.log(rows["base_rate"].iloc[0] / rows["base_rate"].iloc[1]))
        steps = np.array([prior, *(self.precision * gains)])
        ends = np.cumsum(steps)
        return pd.DataFrame(
            {
                "term": [PRIOR, *gains.index, TOTAL],
                "utility": [math.nan, *gains, gains.sum()],
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
        margins = {row["track"]: row for row in self.margins.to_dict("records")}
        tracks = [
            {**margins[track], "options": [self._option(row) for row in rows.to_dict("records")]}
            for track, rows in self.options.groupby("track", sort=False)
        ]
        head = ("scenario", "seed", "world", "week", "actor", "rule", "precision", "sought")
        own = {name: getattr(self, name) for name in head}
        return plain({**own, "date": self.date.isoformat(), "tracks": tracks})  # type: ignore[no-any-return]

    def _option(self, row: dict[Any, Any]) -> dict[str, Any]:
        """An option with what was added to its utility: address → contribution."""
        added = self.contributions[self.contributions["option"] == row["option"]]
        terms = dict(zip(added["address"], added["contribution"], strict=True))
        own = {str(name): value for name, value in row.items() if name != "track"}
        return {**own, "contributions": {name: value for name, value in terms.items() if value}}

    def _margin_row(self, track: str) -> dict[str, object]:
        """The row of `margins` of that track."""
        rows = self.options.set_index("option")
        one = self._taken(track)
        other = self._best_other(track, one)
        taken, second = rows.loc[one], None if other == NO_OPTION else rows.loc[other]
        ahead = math.nan if second is None else taken["log_odds"] - second["log_odds"]
        return {
            "track": track,
            "option": one,
            "action": taken["action"],
            "target": taken["target"],
            "probability": taken["probability"],
            "runner_up": other,
            "runner_up_action": "" if second is None else second["action"],
            "runner_up_target": "" if second is None else second["target"],
            "runner_up_probability": 0.0 if second is None else second["probability"],
            "margin": math.nan if second is None else taken["utility"] - second["utility"],
            "margin_log_odds": ahead,
            "likeliest": second is None or bool(ahead >= 0),
        }

    def _by_incentive(self, option: int) -> "pd.Series[float]":
        """What each incentive added to the utility of an option, its parts put together."""
        added = self.contributions[self.contributions["option"] == option]
        sums: pd.Series[float] = added.groupby("incentive", sort=False)["contribution"].sum()
        return sums

    def _taken(self, track: str) -> int:
        rows = self.options
        return int(rows.loc[rows["chosen"] & (rows["track"] == track), "option"].iloc[0])

    def _best_other(self, track: str, option: int) -> int:
        rows = self.options
        others = rows[(rows["track"] == track) & rows["open"] & (rows["option"] != option)]
        if others.empty:
            return NO_OPTION
        return int(others["option"].iloc[int(np.argmax(others["log_odds"]))])


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


Chosen = NDArray[np.int64]  # the option taken on each track, (tracks,)


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
            never did, or none is named, that of its gravest deed, the one that puts a dyad on the
            highest rung, of several the most severe, then the dearest, then the earliest.
        action: What is asked about, and what to look for if no week is given.
        target: Toward whom; None for anyone: the one for which it was taken, else most probable.

    Raises:
        ScenarioError: the actor takes no part, or has no such option.
        ValueError: the week lies beyond the horizon, or the world had ended before it.
    """
    _check_week(week, scenario)
    with watching(scenario, seed, world, 1, actor) as probe:
        sought = options_of(probe, action, target) if action else []
        weeks = _watch(probe, week, sought)
        number, rule = _pick(weeks, week, sought, probe.options)
        snapshot, chosen = weeks[number - 1]
        if not snapshot.running[0]:
            raise ValueError(f"world {world} ended in a clash before week {number}")
        precision = probe.model.world.constants.precision
        return Choice(
            scenario=scenario.name,
            seed=seed,
            world=world,
            week=number,
            date=scenario.start + datetime.timedelta(weeks=number - 1),
            actor=actor,
            rule=rule,
            precision=precision,
            options=_options_table(probe, snapshot, chosen, precision),
            contributions=_contributions_table(probe, snapshot),
            sought=_asked_about(sought, snapshot, chosen),
        )


def _asked_about(sought: Sequence[int], snapshot: Snapshot, chosen: Chosen) -> int:
    """Of the options that fit the question the one that was taken, else the most probable."""
    taken = [option for option in sought if option in chosen]
    likeliest = sorted(sought, key=lambda option: -snapshot.weights[0, option])
    return next(iter([*taken, *likeliest]), NO_OPTION)


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
        weeks.append((snapshot, probe.chosen()[0]))
        if week == snapshot.week or (week is None and _does(weeks[-1][1], sought)):
            break
    return weeks


def _pick(
    weeks: list[tuple[Snapshot, Chosen]], week: int | None, sought: list[int], options: Options
) -> tuple[int, str]:
    """The week to be explained, and the rule it was picked by."""
    if week is not None:
        return week, "the week asked for"
    deeds = [chosen for _, chosen in weeks]
    if _does(deeds[-1], sought):
        return len(deeds), "the first week in which it did what was asked about"
    before = "it never did what was asked about; " if sought else ""
    gravity, at = max((_gravity(chosen, options), -n) for n, chosen in enumerate(deeds, start=1))
    if gravity == (0.0, 0.0, 0.0) and not any(_acts(chosen, options) for chosen in deeds):
        return 1, f"{before}it did nothing at all: the first week"
    return -at, f"{before}the week of its gravest deed"


def _does(chosen: Chosen, sought: Sequence[int]) -> bool:
    """Whether one of these options was taken."""
    return not {int(option) for option in chosen}.isdisjoint(sought)


def _acts(chosen: Chosen, options: Options) -> bool:
    return any(options.actions()[option].action != HOLD for option in chosen)


def _gravity(chosen: Chosen, options: Options) -> tuple[float, float, float]:
    """Rung, severity and cost of the gravest deed of a week."""
    actions = [options.actions()[option] for option in chosen]
    return max((action.rung, action.severity, action.cost) for action in actions)


def _options_table(
    probe: ActorProbe, snapshot: Snapshot, chosen: Chosen, precision: float
) -> pd.DataFrame:
    """The rows of `Choice.options`."""
    options, model = probe.options, probe.model
    actions = options.actions()
    weights, utility = snapshot.weights[0], snapshot.utility[0]
    is_open = weights > 0
    track = [track_of(options, option) for option in range(len(options))]
    ids = [deal.id for deal in model.spec.deals]
    return pd.DataFrame(
        {
            "track": [TRACKS[number] for number in track],
            "option": np.arange(len(options)),
            "action": [action.action for action in actions],
            "label": [action.label for action in actions],
            "target": [model.codes[code] if code >= 0 else "" for code in options.target],
            "deal": [ids[deal] if deal >= 0 else "" for deal in options.deal],
            "open": is_open,
            "chosen": np.isin(np.arange(len(options)), chosen),
            "base_rate": options.base_rate,
            "utility": utility,
            "log_odds": np.where(is_open, _log_odds(utility, options, track, precision), np.nan),
            "probability": weights / [weights[options.tracks[number]].sum() for number in track],
        }
    )


def _log_odds(utility: Array, options: Options, track: list[int], precision: float) -> Array:
    """λ·(U − U_hold) + ln(q / q_hold) of each option, (K,)."""
    hold = holds(options)[track]
    with np.errstate(divide="ignore"):  # an option without a base rate is closed
        prior = np.log(options.base_rate / options.base_rate[hold])
    odds: Array = precision * (utility - utility[hold]) + prior
    return odds


def _contributions_table(probe: ActorProbe, snapshot: Snapshot) -> pd.DataFrame:
    """The rows of `Choice.contributions`."""
    options, reasons = probe.options, probe.reasons
    count = len(options)
    track = [TRACKS[track_of(options, option)] for option in range(count)]
    return pd.DataFrame(
        {
            "track": np.repeat(track, len(reasons)),
            "option": np.repeat(np.arange(count), len(reasons)),
            "incentive": [reason.incentive for reason in reasons] * count,
            "part": [reason.part for reason in reasons] * count,
            "address": [reason.address for reason in reasons] * count,
            "contribution": snapshot.contributions[:, 0].T.ravel(),
        }
    )
