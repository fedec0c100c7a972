"""A choice laid open: the options of one week, what spoke for each, and what was taken."""

import datetime
import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

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
