"""What each incentive does: the same worlds without it."""

from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from realpolitik.sim.engine.world import Array
from realpolitik.sim.explain.outcome_flips import Count, Progress, Worlds, spread
from realpolitik.sim.formatting.scales import capped
from realpolitik.sim.scenario.errors import Place, ScenarioError, unknown
from realpolitik.sim.scenario.schema import Scenario, need_outcomes
from realpolitik.sim.scenario.vocabulary import vocabulary
from realpolitik.sim.stats.intervals import Interval, Scale, paired_difference, paired_means

SMALLEST = {"share": 0.01, "alignment": 0.002}
"""The smallest changes that matter, by scale; the same as in the claims audit."""
OF_OTHERS = 0.1
"""That of all other scales."""

RULE = (
    "decides: the interval of the difference leaves out 0, and without it the outcome at least "
    "doubles, or falls to at most half, or turns its sign, or, of a share, comes to lie on the "
    "other side of one half; moves: the interval leaves out 0; redundant: it does not, and all of "
    f"it is nearer to 0 than the smallest change that matters, {SMALLEST['share']:g} of a share, "
    f"{SMALLEST['alignment']:g} of an alignment, {OF_OTHERS:g} on any other scale; undecided: it "
    "does not, and reaches beyond that, so that more worlds may tell"
)

Outcomes = Mapping[str, Array]


@dataclass(frozen=True)
class Removal:
    """What is taken away: `kind` is incentive, part or pair; `addresses` are set to 0."""

    kind: str
    addresses: tuple[str, ...]

    @property
    def settings(self) -> dict[str, float]:
        """Address → 0."""
        return dict.fromkeys(self.addresses, 0.0)


def ablate(
    scenario: Scenario,
    actor: str,
    worlds: int = 1000,
    seed: int = 0,
    pairs: bool = False,
    progress: Progress | None = None,
    executor: Executor | None = None,
) -> pd.DataFrame:
    """The effect of each incentive of an actor on each outcome, from the same worlds without it.

    An incentive is taken away by setting its whole weight to 0, which may lie outside the range
    it is declared for. A tie also says how much an actor is listened to; that goes with it. The
    intervals are those of each row alone: of twenty rows without an effect one is read as moving.

    Columns: kind (incentive, part, pair), address, second (the other of a pair, else empty),
    outcome, label, scale, before (the mean), after (without it), difference, low, high (its 95 %
    paired interval, Tango's for shares, else Student's), extra, extra_low, extra_high (of a pair:
    what its difference has beyond the sum of the two single ones; else NaN), n (pairs of worlds),
    before_came, after_came (of weeks the share of worlds in which it came; NaN on other scales),
    smallest (the smallest change that matters), reading (decides, moves, redundant or undecided:
    see `RULE`; empty without an interval). A week that never came counts as the horizon.

    Args:
        scenario: What to set going.
        actor: Code of an actor in it.
        worlds: How many, at least 2.
        seed: Seed of all draws.
        pairs: Whether to take away each pair of incentives too.
        progress: Called with ensembles done and in all.
        executor: Who runs them; None for this process.

    Raises:
        ScenarioError: the actor takes no part.
    """
    if actor not in scenario.actors:
        raise ScenarioError([unknown(Place("actor"), "actor", actor, scenario.actors)])
    need_outcomes(scenario)
    removals = list(removals_of(actor, pairs))
    same = Worlds.of(scenario, seed, worlds)
    settings = [{}, *(removal.settings for removal in removals)]
    count = Count(progress, len(settings))
    results = []
    for result in spread(same.run, settings, executor):
        results.append(result)
        count.step()
    before = results[0]
    after = {one.addresses: result for one, result in zip(removals, results[1:], strict=True)}
    return pd.DataFrame(
        [
            _row(scenario, name, removal, before, after)
            for removal in removals
            for name in scenario.outcomes
        ]
    )


def removals_of(actor: str, pairs: bool) -> Iterator[Removal]:
    """Each incentive of an actor, followed by its parts; then, if wanted, each pair of them."""
    wholes = []
    for incentive in vocabulary().actors[actor].all_incentives():
        whole, *parts = (parameter.address for parameter in incentive.parameters(actor))
        wholes.append(whole)
        yield Removal("incentive", (whole,))
        yield from (Removal("part", (part,)) for part in parts)
    if pairs:
        yield from (Removal("pair", both) for both in combinations(wholes, 2))


def _row(
    scenario: Scenario,
    name: str,
    removal: Removal,
    before: Outcomes,
    after: Mapping[tuple[str, ...], Outcomes],
) -> dict[str, object]:
    """The effect of one removal on one outcome."""
    measure = scenario.outcomes[name]
    scale = Scale.of(measure.scale, scenario.weeks)
    one, other = before[name], after[removal.addresses][name]
    effect = paired_difference(scale, one, other)
    mean, mean_after = (scale.level(values).mean for values in (one, other))
    runs = [one, *(after[(each,)][name] for each in removal.addresses), other]
    first, *second = removal.addresses
    return {
        "kind": removal.kind,
        "address": first,
        "second": "".join(second),
        "outcome": name,
        "label": capped(measure.label or name.replace("_", " "), scale.name, scenario.weeks),
        "scale": measure.scale,
        "before": mean,
        "after": mean_after,
        "difference": effect.mean,
        "low": effect.low,
        "high": effect.high,
        **_extra(scale, runs),
        "n": len(one),
        "before_came": scale.came(one),
        "after_came": scale.came(other),
        "smallest": smallest(measure.scale),
        "reading": reading(measure.scale, mean, mean_after, effect),
    }


def smallest(scale: str) -> float:
    """The smallest change that matters, in the unit of the scale."""
    return SMALLEST.get(scale, OF_OTHERS)


def reading(scale: str, before: float, after: float, effect: Interval) -> str:
    """Whether what was taken away decides, moves, is redundant or undecided, by `RULE`."""
    if not np.isfinite(effect.low):
        return ""
    if not (effect.low > 0 or effect.high < 0):
        is_small = max(-effect.low, effect.high) < smallest(scale)
        return "redundant" if is_small else "undecided"
    small, large = sorted((abs(before), abs(after)))
    crosses = scale == "share" and (before >= 0.5) != (after >= 0.5)
    decides = crosses or 2 * small <= large or before * after < 0
    return "decides" if decides else "moves"


def _extra(scale: Scale, runs: list[Array]) -> dict[str, float]:
    """What a pair does beyond its two: of runs with both, without one, the other, and both."""
    names = ("extra", "extra_low", "extra_high")
    if len(runs) < 4:
        return dict.fromkeys(names, np.nan)
    both, without_one, without_other, without_both = map(scale.counted, runs)
    interval = paired_means(without_both - without_one - without_other + both, 2 * scale.width)
    return dict(zip(names, (interval.mean, interval.low, interval.high), strict=True))
