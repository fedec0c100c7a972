"""How well weekly choices are foreseen, on weeks that nothing was fitted to.

One week ahead, each week is foreseen from what the record says of all before it. Free-running,
worlds go on from every fourth week by themselves. Where a pair has no such act in the model, or the
record cannot tell it, the model's forecast is the pair's own rate.
"""

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from realpolitik.sim.files.json_text import RecordError
from realpolitik.sim.record.chances import class_chances, covered, told_options
from realpolitik.sim.record.classes import CLASSES, acts_of
from realpolitik.sim.record.icews import AFTER_FIT, is_fitted
from realpolitik.sim.record.replay import (
    LEAD,
    Acts,
    Replay,
    Spell,
    long_spells,
    replay,
    spells_of,
    told_acts,
)
from realpolitik.sim.record.rivals import LEAST, RIVALS, Learnt
from realpolitik.sim.record.weekly import Record
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.vocabulary import vocabulary
from realpolitik.sim.stats.blocks import BLOCK, block_interval
from realpolitik.sim.stats.reliability import binned

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

MODEL, DYAD_RATE = "model", "dyad_rate"
FORECASTS = (MODEL, *RIVALS)
FEWEST = 4  # blocks of weeks below which there is no interval (assumed)
BINS = 10  # of forecast probability
HORIZON, EVERY = 26, 4  # weeks foreseen freely, and weeks from one start to the next
NEAR = "weeks 1 to 8"
SPANS = {NEAR: (1, 8), "weeks 9 to 26": (9, HORIZON)}
ALL = "all"


# ── Scores ───────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Difference:
    """Mean log score less that of another forecast, with 95 % from blocks of weeks.

    Below 0 the first is better. The ends are NaN where there are too few blocks.
    """

    difference: float
    low: float
    high: float


@dataclass(frozen=True)
class Scores:
    """Scores of cases, summed over the pairs of a week.

    Attributes:
        cases: One row a week that is scored, class and forecast: `week` (number), `class`,
            `forecast`, `log`, `brier` (sums over pairs), `n` (pairs), `positive` (of which had the
            act).
    """

    cases: pd.DataFrame

    @cached_property
    def classes(self) -> list[str]:
        """The classes, then `all` for all of them together."""
        return [*dict.fromkeys(self.cases["class"]), ALL]

    def table(self) -> pd.DataFrame:
        """A row a class and forecast.

        Columns: class, forecast, n, positive, log_score, brier (means over cases), and the
        `Difference` from the pair's own rate.
        """
        return pd.DataFrame([row for name in self.classes for row in self._rows(name)])

    def difference(self, base: str, of: str = ALL, forecast: str = MODEL) -> Difference:
        """How much better a forecast is than another, on a class of acts."""
        sums = [
            self._of(of, name).groupby("block")[["log", "n"]].sum() for name in (forecast, base)
        ]
        beyond, count = (sums[0]["log"] - sums[1]["log"]).to_numpy(), sums[0]["n"].to_numpy()
        return Difference(float(beyond.sum() / count.sum()), *_ends(beyond, count))

    def log_score(self, forecast: str, of: str = ALL) -> float:
        """Mean log score of a forecast on a class of acts."""
        cases = self._of(of, forecast)
        return float(cases["log"].sum() / cases["n"].sum())

    def _of(self, name: str, forecast: str) -> pd.DataFrame:
        cases = self.cases[self.cases["forecast"] == forecast]
        cases = cases if name == ALL else cases[cases["class"] == name]
        return cases.assign(block=cases["week"] // BLOCK)

    def _rows(self, name: str) -> Iterator[dict[str, object]]:
        for forecast in FORECASTS:
            of = self._of(name, forecast)
            n = int(of["n"].sum())
            yield {
                "class": name,
                "forecast": forecast,
                "n": n,
                "positive": int(of["positive"].sum()),
                "log_score": of["log"].sum() / n,
                "brier": of["brier"].sum() / n,
                **asdict(self.difference(DYAD_RATE, name, forecast)),
            }


def _ends(beyond: Array, count: Array) -> tuple[float, float]:
    """The middle 95 % of the mean of blocks that are drawn anew."""
    if len(count) < FEWEST:
        return np.nan, np.nan
    return block_interval(beyond, count)


@dataclass(frozen=True)
class Foreseen:
    """Forecasts of some weeks, and what happened.

    Attributes:
        chances: Forecast → probability of each case, (classes, weeks, pairs).
        happened: (classes, weeks, pairs).
        weeks: Days of the Mondays, counted from any one day, (weeks,).
        lead: Weeks from the last that was known, (weeks,).
    """

    chances: Mapping[str, Array]
    happened: Mask
    weeks: NDArray[np.int64]
    lead: NDArray[np.int64]

    def cases(self, weeks: Mask, pairs: Mask) -> pd.DataFrame:
        """The rows of `Scores.cases` of some weeks and pairs."""
        happened = self.happened[:, weeks][:, :, pairs]
        week = np.tile(self.weeks[weeks] // 7, len(CLASSES))
        names = np.repeat([*CLASSES], weeks.sum())
        tables = []
        for forecast in FORECASTS:
            chance = np.clip(self.chances[forecast][:, weeks][:, :, pairs], LEAST, 1 - LEAST)
            log = -np.log(np.where(happened, chance, 1 - chance))
            sums = {"log": log, "brier": (chance - happened) ** 2, "positive": happened}
            columns = {name: values.sum(axis=2).ravel() for name, values in sums.items()}
            table = pd.DataFrame({"week": week, "class": names, **columns})
            tables.append(table.assign(forecast=forecast, n=pairs.sum()))
        return pd.concat(tables, ignore_index=True)


@dataclass(frozen=True)
class Backtest:
    """Forecasts of a record, scored.

    Attributes:
        scenario: What the weeks were seen with.
        earlier: The weeks that were learnt on.
        record: The weeks that were foreseen; the first four of each spell are only looked back on.
        worlds: Number of worlds that ran freely from each start.
        seed: Their seed.
        one_week: One week ahead, each spell.
        free: Free-running, from each start.
        covered: Pairs that have an act of each class in the model that a record can tell,
            (classes, pairs).
    """

    scenario: Scenario
    earlier: Record
    record: Record
    worlds: int
    seed: int
    one_week: Sequence[Foreseen]
    free: Sequence[Foreseen]
    covered: Mask

    @cached_property
    def scores(self) -> Scores:
        """One week ahead."""
        return self._scores(np.ones(len(self.record.pairs), dtype=np.bool_))

    @cached_property
    def state_scores(self) -> Scores | None:
        """One week ahead, without the armed movements; None if fewer than two states are left."""
        pairs = np.array([self.states.issuperset(pair) for pair in self.record.pairs])
        return self._scores(pairs) if pairs.any() else None

    @cached_property
    def free_scores(self) -> dict[str, Scores]:
        """Free-running: span of weeks after the start → scores; spans that there are none of lack.

        See `SPANS`.
        """
        found = {span: [*self._free(*ends)] for span, ends in SPANS.items()}
        return {span: Scores(pd.concat(tables)) for span, tables in found.items() if tables}

    @cached_property
    def states(self) -> frozenset[str]:
        """The actors that are no armed movements."""
        actors = vocabulary().actors
        return frozenset(code for code in self.record.actors if actors[code].kind is None)

    @property
    def weeks(self) -> int:
        """Number of weeks that are scored one week ahead."""
        return sum(len(one.weeks) for one in self.one_week)

    def reliability(self) -> pd.DataFrame:
        """Forecasts one week ahead in bins: hypothesis (forecast), then the columns of `binned`."""
        happened = np.concatenate([one.happened.ravel() for one in self.one_week])
        tables = []
        for name in FORECASTS:
            chances = np.concatenate([one.chances[name].ravel() for one in self.one_week])
            tables.append(binned(chances, happened, BINS).assign(hypothesis=name))
        return pd.concat(tables, ignore_index=True)

    def _scores(self, pairs: Mask) -> Scores:
        every = [one.cases(np.ones(len(one.weeks), dtype=np.bool_), pairs) for one in self.one_week]
        return Scores(pd.concat(every, ignore_index=True))

    def _free(self, first: int, last: int) -> Iterator[pd.DataFrame]:
        """The cases from `first` to `last` weeks after each start."""
        pairs = np.ones(len(self.record.pairs), dtype=np.bool_)
        for one in self.free:
            weeks = (first <= one.lead) & (one.lead <= last)
            if weeks.any():
                yield one.cases(weeks, pairs)


# ── The weeks ────────────────────────────────────────────────────────────────────────


def split(
    record: Record, since: datetime.date | None = None, until: datetime.date | None = None
) -> tuple[Record, Record]:
    """The weeks of a record to learn on, and those to foresee.

    Args:
        record: All weeks.
        since: First day of what is foreseen; None for that after the fit of the shipped numbers.
        until: Its last Monday at most, if there is one.

    Raises:
        RecordError: the shipped numbers were fitted to a week that would be foreseen, none is left
            to foresee, or none to learn on.
    """
    first = since or AFTER_FIT
    ahead = record.between(first, until)
    if fitted := [week for week in ahead.weeks if is_fitted(week)]:
        raise RecordError(
            f"the numbers that are shipped were fitted to {len(fitted)} of these weeks, from "
            f"{fitted[0]} to {fitted[-1]}, which are therefore not scored; --from {AFTER_FIT} "
            "begins after them"
        )
    if not long_spells(ahead):
        told = f" to {until}" if until else ""
        raise RecordError(
            f"no {LEAD + 1} weeks on end from {first}{told}, the first {LEAD} of which are looked "
            f"back on; the record covers {_span(record)}"
        )
    earlier = record.between(None, ahead.weeks[0] - datetime.timedelta(days=1))
    if not earlier.weeks:
        raise RecordError(
            f"no week before {ahead.weeks[0]} to learn the rates of pairs on; the record covers "
            f"{_span(record)}"
        )
    return earlier, ahead


def _span(record: Record) -> str:
    return f"{record.weeks[0]} to {record.weeks[-1]}"


# ── All forecasts ────────────────────────────────────────────────────────────────────


def backtest(
    scenario: Scenario,
    earlier: Record,
    record: Record,
    worlds: int = 400,
    seed: int = 0,
    tell: Callable[[int, int], None] | None = None,
) -> Backtest:
    """Foresees the weeks of a record, and scores it.

    Args:
        scenario: What the weeks are seen with.
        earlier: Weeks to learn the rivals' rates on.
        record: Weeks to foresee, of the same actors; see `split`.
        worlds: Number of worlds that run freely from each start, 1 to 1024.
        seed: Their seed.
        tell: Called with starts done and in all.
    """
    told, learnt = told_acts(scenario, record), Learnt.of([*spells_of(earlier)])
    spells = long_spells(record)
    starts = [(spell, start) for spell in spells for start in range(LEAD, len(spell.weeks), EVERY)]
    free = []
    for done, (spell, start) in enumerate(starts):
        free.append(_run_freely(scenario, spell, start, learnt, told, worlds, seed))
        if tell:
            tell(done + 1, len(starts))
    replayed = replay(scenario, record, told=told)
    one_week = [_one_week(spell, learnt) for spell in replayed]
    return Backtest(scenario, earlier, record, worlds, seed, one_week, free, covered(replayed[0]))


# ── One week ahead ───────────────────────────────────────────────────────────────────


def _one_week(spell: Spell, learnt: Learnt) -> Foreseen:
    """Each week of a spell from the lead on."""
    acts, chance = acts_of(spell.record), class_chances(spell)
    own = learnt.dyad_rate[:, None, :]
    model = np.where(np.isnan(chance), own, chance)[:, LEAD:]
    days = _days(spell.record)[LEAD:]
    chances = {MODEL: model, **learnt.forecasts(acts)}
    return Foreseen(chances, acts[:, LEAD:], days, np.ones(len(days), dtype=np.int64))


def _days(record: Record) -> NDArray[np.int64]:
    return np.array([week.toordinal() for week in record.weeks], dtype=np.int64)


# ── Free-running ─────────────────────────────────────────────────────────────────────


def _run_freely(
    scenario: Scenario,
    spell: Record,
    start: int,
    learnt: Learnt,
    told: Acts,
    worlds: int,
    seed: int,
) -> Foreseen:
    """The weeks after the first `start` weeks of a spell, which alone are known."""
    known = spell.between(spell.weeks[0], spell.weeks[start - 1])
    ahead = spell.weeks[start : start + HORIZON]
    lead = np.array([(week - known.weeks[-1]).days // 7 for week in ahead])
    model = Replay(scenario, known, worlds, rng=seed, further=int(lead[-1]), told=told)
    for _ in model.rows:
        model.apply_shocks()
        model.take()
    model.replaying = False
    places = _places(model, spell)
    chance = np.stack([_step(model, places) for _ in range(lead[-1])])[lead - 1]
    acts = acts_of(spell)
    happened = acts[:, start : start + HORIZON]
    own = np.broadcast_to(learnt.dyad_rate[:, None, :], happened.shape)
    can = np.zeros(own[:, 0].shape, dtype=np.bool_)
    can.reshape(-1)[places[places >= 0]] = True
    first = {name: rate[:, start - LEAD, None] for name, rate in learnt.forecasts(acts).items()}
    chances = {name: np.broadcast_to(rate, happened.shape) for name, rate in first.items()}
    chances[MODEL] = np.where(can[:, None], chance.swapaxes(0, 1), own)
    return Foreseen(chances, happened, _days(spell)[start : start + HORIZON], lead)


def _places(model: Replay, record: Record) -> NDArray[np.int64]:
    """For each option of all actors the place of its class and pair, −1 where none is told."""
    places, first = np.full(len(model.acts), -1), 0
    for actor, told in zip(model.actors, model.told, strict=True):
        for number, option, pair in told_options(actor, told, record):
            places[first + option] = number * len(record.pairs) + pair
        first += len(actor.options)
    return places


def _step(model: Replay, places: NDArray[np.int64]) -> Array:
    """Share of worlds in which each pair does an act of each class in a further week."""
    model.step()
    found = places[model.happened.deeds.option]
    shape = (len(CLASSES), len(model.spell.pairs))
    counts = np.bincount(found[found >= 0], minlength=shape[0] * shape[1])
    return np.asarray(counts.reshape(shape) / model.world.worlds)
