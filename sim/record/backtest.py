"""How well weekly choices are foreseen, on weeks that nothing was fitted to.

One week ahead, each week is foreseen from what the record says of all before it. Free-running,
worlds go on from every fourth week by themselves. Where a pair has no such act in the model, or the
record cannot tell it, the model's forecast is the pair's own rate.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from realpolitik.sim.engine.actions import ACTIONS
from realpolitik.sim.engine.actor import StateActor
from realpolitik.sim.record.replay import LEAD, Replay, Spell, Told, replay, spells_of
from realpolitik.sim.record.rivals import CLASSES, RIVALS, Learnt, acts_of
from realpolitik.sim.record.weekly import Record
from realpolitik.sim.scenario.schema import Scenario

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

MODEL, DYAD_RATE = "model", "dyad_rate"
FORECASTS = (MODEL, *RIVALS)
LEAST = 0.001  # probabilities are kept between this and 1 − this
BLOCK = 4  # weeks that may hang together
RESAMPLES = 2000
HORIZON, EVERY = 26, 4  # weeks foreseen freely, and weeks from one start to the next
SPANS = {"weeks 1 to 8": (1, 8), "weeks 9 to 26": (9, 26)}
ALL = "all"


@dataclass(frozen=True)
class Scores:
    """Scores of cases, summed over the pairs of a week.

    Attributes:
        cases: One row a week that is scored, class and forecast: `week` (number), `class`,
            `forecast`, `log`, `brier` (sums over pairs), `n` (pairs), `positive` (of which had the
            act).
    """

    cases: pd.DataFrame

    def table(self) -> pd.DataFrame:
        """A row a class and forecast, `all` being all classes.

        Columns: class, forecast, n, positive, log_score, brier (means over cases), difference (of
        the log score from that of the pair's own rate), low, high (95 %, from blocks of weeks).
        """
        classes = [*dict.fromkeys(self.cases["class"]), ALL]
        return pd.DataFrame([row for name in classes for row in self._rows(name)])

    def _rows(self, name: str) -> Iterator[dict[str, object]]:
        cases = self.cases if name == ALL else self.cases[self.cases["class"] == name]
        base = cases[cases["forecast"] == DYAD_RATE]
        for forecast, of in cases.groupby("forecast", sort=False):
            n = int(of["n"].sum())
            yield {
                "class": name,
                "forecast": forecast,
                "n": n,
                "positive": int(of["positive"].sum()),
                "log_score": of["log"].sum() / n,
                "brier": of["brier"].sum() / n,
                **_difference(of, base),
            }


def _difference(of: pd.DataFrame, base: pd.DataFrame) -> dict[str, float]:
    """Mean log score less that of the pair's own rate, with 95 % from blocks of weeks."""
    sums = [rows.groupby(rows["week"] // BLOCK)[["log", "n"]].sum() for rows in (of, base)]
    beyond, count = (sums[0]["log"] - sums[1]["log"]).to_numpy(), sums[0]["n"].to_numpy()
    drawn = np.random.default_rng(0).integers(len(count), size=(RESAMPLES, len(count)))
    means = beyond[drawn].sum(axis=1) / count[drawn].sum(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    return {"difference": beyond.sum() / count.sum(), "low": float(low), "high": float(high)}


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
        record: The weeks that were foreseen; the first four of each spell are only looked back on.
        learnt: What earlier weeks say.
        one_week: One week ahead, each spell.
        free: Free-running, from each start.
        covered: Pairs that have an act of each class in the model that a record can tell,
            (classes, pairs).
    """

    record: Record
    learnt: Learnt
    one_week: Sequence[Foreseen]
    free: Sequence[Foreseen]
    covered: Mask

    def scores(self, codes: Collection[str] | None = None) -> Scores:
        """One week ahead; between these actors only, if they are given."""
        pairs = np.array([codes is None or {*pair} <= {*codes} for pair in self.record.pairs])
        every = [one.cases(np.ones(len(one.weeks), dtype=np.bool_), pairs) for one in self.one_week]
        return Scores(pd.concat(every, ignore_index=True))

    def free_scores(self, first: int, last: int) -> Scores:
        """Free-running, from `first` to `last` weeks after the start."""
        pairs = np.ones(len(self.record.pairs), dtype=np.bool_)
        of_span = [(first <= one.lead) & (one.lead <= last) for one in self.free]
        every = [one.cases(weeks, pairs) for one, weeks in zip(self.free, of_span, strict=True)]
        return Scores(pd.concat(every, ignore_index=True))


def backtest(
    scenario: Scenario,
    earlier: Record,
    record: Record,
    worlds: int = 400,
    seed: int = 1,
    tell: Callable[[int, int], None] | None = None,
) -> Backtest:
    """Foresees the weeks of a record, and scores it.

    Args:
        scenario: What the weeks are seen with.
        earlier: Weeks to learn the rivals' rates on.
        record: Weeks to foresee.
        worlds: Number of worlds that run freely from each start.
        seed: Their seed.
        tell: Called with starts done and in all.

    Raises:
        ValueError: no week is left to foresee, or none to learn on.
    """
    if not earlier.weeks:
        raise ValueError("there is no week before these to learn the rates of pairs on")
    spells = [spell for spell in spells_of(record) if len(spell.weeks) > LEAD]
    if not spells:
        raise ValueError(f"no spell of the record is longer than the {LEAD} weeks looked back on")
    learnt = Learnt.of([*spells_of(earlier)])
    replayed = [replay(scenario, spell)[0] for spell in spells]
    starts = [(spell, start) for spell in spells for start in range(LEAD, len(spell.weeks), EVERY)]
    free = []
    for done, (spell, start) in enumerate(starts):
        free.append(_run_freely(scenario, spell, start, learnt, worlds, seed))
        if tell:
            tell(done + 1, len(starts))
    one_week = [_one_week(spell, learnt) for spell in replayed]
    return Backtest(record, learnt, one_week, free, _covered(replayed[0]))


# ── One week ahead ───────────────────────────────────────────────────────────────────

NUMBER = {action: n for n, actions in enumerate(CLASSES.values()) for action in actions}
"""Action → number of its class."""


def _one_week(spell: Spell, learnt: Learnt) -> Foreseen:
    """Each week of a spell from the lead on."""
    acts = acts_of(spell.record)
    none = np.ones(acts.shape)
    for watched in spell.actors:
        for number, option, pair in told_options(watched.actor, watched.told, spell.record):
            none[number, :, pair] *= 1 - watched.probabilities[:, option]
    own = learnt.dyad_rate[:, None, :]
    model = np.where(_covered(spell)[:, None, :], 1 - none, own)[:, LEAD:]
    days = _days(spell.record)[LEAD:]
    chances = {MODEL: model, **learnt.forecasts(acts)}
    return Foreseen(chances, acts[:, LEAD:], days, np.ones(len(days), dtype=np.int64))


def told_options(actor: StateActor, told: Told, record: Record) -> Iterator[tuple[int, int, int]]:
    """Number of the class, of the option and of the pair, of each option that a record can tell.

    A record tells one action of a class.
    """
    options, codes = actor.options, actor.seat.codes
    pairs = {pair: n for n, pair in enumerate(record.pairs)}
    for option in np.flatnonzero(told.options).tolist():
        action = ACTIONS[options.action[option]].action
        if action in NUMBER:
            yield NUMBER[action], option, pairs[actor.code, codes[options.target[option]]]


def _covered(spell: Spell) -> Mask:
    """Which pairs have an act of each class that the record can tell, (classes, pairs)."""
    covered = np.zeros((len(CLASSES), len(spell.record.pairs)), dtype=np.bool_)
    for watched in spell.actors:
        for number, _, pair in told_options(watched.actor, watched.told, spell.record):
            covered[number, pair] = True
    return covered


def _days(record: Record) -> NDArray[np.int64]:
    return np.array([week.toordinal() for week in record.weeks], dtype=np.int64)


# ── Free-running ─────────────────────────────────────────────────────────────────────


def _run_freely(
    scenario: Scenario, spell: Record, start: int, learnt: Learnt, worlds: int, seed: int
) -> Foreseen:
    """The weeks after the first `start` weeks of a spell, which alone are known."""
    known = spell.between(spell.weeks[0], spell.weeks[start - 1])
    ahead = spell.weeks[start : start + HORIZON]
    lead = np.array([(week - known.weeks[-1]).days // 7 for week in ahead])
    model = Replay(scenario, known, worlds, rng=seed, further=int(lead[-1]))
    for _ in model.rows:
        model.apply_shocks()
        model.take()
    model.replaying = False
    places = _places(model, spell)
    chance = np.stack([_step(model, places) for _ in range(lead[-1])])[lead - 1]
    acts = acts_of(spell)
    happened = acts[:, start : start + HORIZON]
    own = np.broadcast_to(learnt.dyad_rate[:, None, :], happened.shape)
    covered = np.zeros(own[:, 0].shape, dtype=np.bool_)
    covered.reshape(-1)[places[places >= 0]] = True
    first = {name: rate[:, start - LEAD, None] for name, rate in learnt.forecasts(acts).items()}
    chances = {name: np.broadcast_to(rate, happened.shape) for name, rate in first.items()}
    chances[MODEL] = np.where(covered[:, None], chance.swapaxes(0, 1), own)
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
