"""What each kind of number adds to the forecast of weekly choices, in weeks that are kept back.

Habit is what each pair usually does; momentum and reaction are what it did, and suffered, of late.
All else is what actors want.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from realpolitik.sim.record.cases import Cases, cases_in, incentive_of
from realpolitik.sim.record.estimate import fitted, no_prior
from realpolitik.sim.record.logit import TINY, Fit, most_probable, probabilities, without
from realpolitik.sim.record.rates import Counted
from realpolitik.sim.record.weekly import Record
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.stats.blocks import BLOCK, block_interval

Array = NDArray[np.float64]

MEMORY = ("momentum", "reaction")
LEVELS = ("habit", "memory", "all")


def what_adds(earlier: Record, later: Record, scenario: Scenario) -> pd.DataFrame:
    """How well the choices of a record are foreseen, from what another says.

    Args:
        earlier: Weeks to fit to.
        later: Weeks to foresee.
        scenario: What the weeks are seen with.

    Returns:
        A row a kind of number, each with those before it, the constants fitted anew: `numbers`
        (`habit`, `memory`, `all`), `score` (mean log score a choice, 0 best), `difference` from the
        row above with `low` and `high` (95 %, by blocks of weeks; NaN in the first).

    Raises:
        ValueError: the two records have no choice in common.
    """
    counted = Counted.of(earlier, scenario)
    fits = fitted([*cases_in(earlier, scenario, counted)])
    seen = {one.actor.code: one for one in cases_in(later, scenario, counted)}
    scored = [
        _scores(cases, result, seen[cases.actor.code])
        for cases, result in fits
        if cases.actor.code in seen
    ]
    if not scored:
        raise ValueError("the earlier and the later weeks have no choice in common")
    return pd.DataFrame(_rows(pd.concat(scored)))


def _scores(cases: Cases, result: Fit, later: Cases) -> pd.DataFrame:
    """Log scores of the later choices of an actor: `week` and a column a kind of number."""
    made = later.choices.made
    scores = {"week": later.choices.week[made]}
    for level in LEVELS:
        chance = probabilities(later.choices, _numbers(cases, result, level))
        lost = -later.choices.taken * np.log(np.maximum(chance, TINY))
        scores[level] = np.add.reduceat(lost, later.choices.starts)[made]
    return pd.DataFrame(scores)


def _numbers(cases: Cases, result: Fit, level: str) -> Array:
    """Estimates of the weights of a kind, 0 for the others, and the constants to them."""
    first = len(cases.constants)
    names = [incentive_of(weight) for weight in cases.weights]
    kept = [level == "all" or (level == "memory" and name in MEMORY) for name in names]
    numbers: Array = result.estimate * np.concatenate([np.ones(first), kept])
    choices = without(cases.choices, np.arange(len(numbers)) >= first, numbers)
    numbers[:first], _ = most_probable(choices, no_prior(first), numbers[:first])
    return numbers


def _rows(scores: pd.DataFrame) -> Iterator[dict[str, object]]:
    blocks = scores.groupby(scores["week"] // BLOCK)
    sums, counts = blocks[[*LEVELS]].sum(), blocks.size().to_numpy()
    for before, level in zip((None, *LEVELS), LEVELS, strict=False):
        added = (sums[level] - sums[before]).to_numpy() if before else np.full(len(counts), np.nan)
        low, high = block_interval(added, counts)
        yield {
            "numbers": level,
            "score": sums[level].sum() / counts.sum(),
            "difference": added.sum() / counts.sum(),
            "low": low,
            "high": high,
        }
