"""Why one actor chose as it did in one week of one world."""

import datetime
from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from realpolitik.sim.engine.actions import HOLD, TRACKS
from realpolitik.sim.engine.options import Options
from realpolitik.sim.engine.world import Array
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.study.explain.choice import NO_OPTION, Choice
from realpolitik.sim.study.explain.witness import (
    Look,
    Witness,
    holds,
    options_of,
    track_of,
    watching,
)

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
    with watching(scenario, seed, world, 1, actor) as witness:
        sought = options_of(witness, action, target) if action else []
        weeks = _watch(witness, week, sought)
        number, rule = _pick(weeks, week, sought, witness.options)
        look, chosen = weeks[number - 1]
        if not look.running[0]:
            raise ValueError(f"world {world} ended in a clash before week {number}")
        precision = witness.model.world.constants.precision
        return Choice(
            scenario=scenario.name,
            seed=seed,
            world=world,
            week=number,
            date=scenario.start + datetime.timedelta(weeks=number - 1),
            actor=actor,
            rule=rule,
            precision=precision,
            options=_options_table(witness, look, chosen, precision),
            contributions=_contributions_table(witness, look),
            sought=_asked_about(sought, look, chosen),
        )


def _asked_about(sought: Sequence[int], look: Look, chosen: Chosen) -> int:
    """Of the options that fit the question the one that was taken, else the most probable."""
    taken = [option for option in sought if option in chosen]
    likeliest = sorted(sought, key=lambda option: -look.weights[0, option])
    return next(iter([*taken, *likeliest]), NO_OPTION)


def _check_week(week: int | None, scenario: Scenario) -> None:
    if scenario.weeks < 1 or not 1 <= (week or 1) <= scenario.weeks:
        raise ValueError(f"there is no week {week or 1} among {scenario.weeks}")


def _watch(witness: Witness, week: int | None, sought: list[int]) -> list[tuple[Look, Chosen]]:
    """Every week up to the one that is wanted, as far as that is known beforehand."""
    weeks: list[tuple[Look, Chosen]] = []
    while witness.model.running:
        witness.begin()
        look = witness.look()
        witness.finish()
        weeks.append((look, witness.chosen()[0]))
        if week == look.week or (week is None and _does(weeks[-1][1], sought)):
            break
    return weeks


def _pick(
    weeks: list[tuple[Look, Chosen]], week: int | None, sought: list[int], options: Options
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


def _options_table(witness: Witness, look: Look, chosen: Chosen, precision: float) -> pd.DataFrame:
    """The rows of `Choice.options`."""
    options, model = witness.options, witness.model
    actions = options.actions()
    weights, utility = look.weights[0], look.utility[0]
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


def _contributions_table(witness: Witness, look: Look) -> pd.DataFrame:
    """The rows of `Choice.contributions`."""
    options, reasons = witness.options, witness.reasons
    count = len(options)
    track = [TRACKS[track_of(options, option)] for option in range(count)]
    return pd.DataFrame(
        {
            "track": np.repeat(track, len(reasons)),
            "option": np.repeat(np.arange(count), len(reasons)),
            "incentive": [reason.incentive for reason in reasons] * count,
            "part": [reason.part for reason in reasons] * count,
            "address": [reason.address for reason in reasons] * count,
            "contribution": look.contributions[:, 0].T.ravel(),
        }
    )
