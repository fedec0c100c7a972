"""What would have changed a mind: how far one number must move before a choice flips."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from realpolitik.sim.engine.actions import TRACKS
from realpolitik.sim.engine.parameters import base_rates, constants
from realpolitik.sim.engine.world import Array
from realpolitik.sim.scenario.errors import Place, ScenarioError, unknown
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.study.explain.choice import NO_OPTION
from realpolitik.sim.study.explain.held import HeldWeek, hold_week
from realpolitik.sim.study.explain.roots import nearest_root
from realpolitik.sim.study.explain.spans import Span, spans_of

Row = Mapping[str, Any]

NEVER = "never within its range"
TOLERANCE = 1e-12  # scores that differ by less are the same


def flip_choice(
    scenario: Scenario, seed: int, world: int, actor: str, week: int, track: str
) -> pd.DataFrame:
    """How far each single parameter must move before another option is the likeliest.

    The snapshot of the week is held: what happened before stays as it was, and so do the options
    that are open. Only the closed formula of the choice is evaluated anew, λ·U + ln q of every
    option, and its root is bracketed within the range of the parameter. The margin is that of the
    option taken over the best of all others. Choices are drawn: what was taken need not have been
    the likeliest. Then the margin is negative, and the table tells where it would have become so.

    Columns: address, default (its value in the scenario), low, high (its range), margin (in log
    odds, as it was), at_low, at_high (the margin at the ends), flips_at (NaN: never), distance
    (from default to there), share_of_range (how much of the range that is), chosen, chosen_target,
    instead, instead_target (the option that draws level there; the best other if none does, empty
    if no other is open),
    verdict, source, why. One row for every weight of the actor, sums and parts, and for the
    constants and base rates that move the margin at all; nearest flips first.

    Raises:
        ScenarioError: the actor takes no part, or there is no such track.
        ValueError: the week lies beyond the horizon, or the world had ended before it.
    """
    if track not in TRACKS:
        raise ScenarioError([unknown(Place("track"), "track", track, TRACKS)])
    held = hold_week(scenario, seed, world, actor, week)
    contest = Contest(held, TRACKS.index(track))
    own = [parameter.address for parameter in held.actor.parameters()]
    shared = [one.address for one in (*constants(), *base_rates()) if one.low < one.high]
    rows = [contest.row(span) for span in spans_of(scenario, own)]
    rows += [row for row in map(contest.row, spans_of(scenario, shared)) if _moves(row)]
    return _nearest_first(pd.DataFrame(rows))


def _moves(row: Row) -> bool:
    """Whether the margin is another at one of the ends."""
    return any(abs(row[end] - row["margin"]) > TOLERANCE for end in ("at_low", "at_high"))


def _nearest_first(table: pd.DataFrame) -> pd.DataFrame:
    """Nearest flips first, then those that move the margin most."""
    moved = (table["at_high"] - table["at_low"]).abs()
    order = table.assign(moved=-moved).sort_values(["share_of_range", "moved"], kind="stable")
    return table.loc[order.index].reset_index(drop=True)


@dataclass(frozen=True)
class Contest:
    """The option taken on a track, against all others that were open."""

    held: HeldWeek
    track: int

    @property
    def chosen(self) -> int:
        """Number of the option taken."""
        return int(self.held.chosen[self.track])

    def best_other(self, scores: Array) -> int:
        """Number of the open option with the highest score among the others; −1 if none is."""
        track = self.held.tracks[self.track]
        others = scores[track].copy()
        others[self.chosen - track.start] = -np.inf
        return int(track.start + np.argmax(others)) if np.any(others > -np.inf) else NO_OPTION

    def margin(self, scores: Array) -> float:
        """Score of the option taken less that of the best other; ∞ if no other is open."""
        rival = self.best_other(scores)
        return math.inf if rival == NO_OPTION else float(scores[self.chosen] - scores[rival])

    def row(self, span: Span) -> Row:
        """The row of one parameter."""

        def score(value: float) -> Array:
            return self.held.scores({span.address: value} if value != span.here else {})

        def margin(value: float) -> float:
            return self.margin(score(value))

        ends = {
            "margin": margin(span.here),
            "at_low": margin(span.low),
            "at_high": margin(span.high),
        }
        root = nearest_root(margin, span.here, span.low, span.high) if _moves(ends) else np.nan
        flips = bool(np.isfinite(root))
        rival = self.best_other(score(root if flips else span.here))
        return {
            "address": span.address,
            "default": span.here,
            "low": span.low,
            "high": span.high,
            **ends,
            "flips_at": root,
            "distance": root - span.here,
            "share_of_range": abs(root - span.here) / (span.high - span.low),
            **self._named("chosen", self.chosen),
            **self._named("instead", rival),
            "verdict": f"at {root:.3g}" if flips else NEVER,
            "source": span.parameter.source,
            "why": span.parameter.meaning,
        }

    def _named(self, name: str, option: int) -> dict[str, str]:
        """Action and target of an option, as two columns."""
        action, target = self.held.names[option] if option >= 0 else ("", "")
        return {name: action, f"{name}_target": target}
