"""What a conclusion hangs on: how far one number must move before an outcome crosses a level."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

import numpy as np
import pandas as pd

from realpolitik.sim.engine.world import Array
from realpolitik.sim.experiments.chunks import missing, run_chunk
from realpolitik.sim.explain.choice_flips import NEVER, Span, default_parameters, spans_of
from realpolitik.sim.scenario.arguments import executor_given, function_given, whole_number
from realpolitik.sim.scenario.errors import Place, ScenarioError, unknown
from realpolitik.sim.scenario.schema import Scenario, need_outcomes
from realpolitik.sim.scenario.serialise import pack
from realpolitik.sim.scenario.values import refuse_beyond
from realpolitik.sim.stats.intervals import Interval, Scale

# ── The same worlds at other values of the parameters ────────────────────────────────


Task = TypeVar("Task")
Done = TypeVar("Done")
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Worlds:
    """Worlds 0 to n − 1 of a scenario under one seed: the same draws at every setting.

    Attributes:
        packed: The scenario, as `pack` gives it, so that other processes can have it.
        seed: Seed of the draws.
        worlds: How many.
    """

    packed: str
    seed: int
    worlds: int

    @classmethod
    def of(cls, scenario: Scenario, seed: int, worlds: int) -> "Worlds":
        """The worlds of a scenario.

        Raises:
            ScenarioError: a value lies outside the declared range of its parameter.
            ValueError: fewer than two worlds, or a negative seed.
        """
        refuse_beyond(scenario)
        seed, worlds = whole_number(seed, "seed"), whole_number(worlds, "worlds", 2)
        return cls(pack(scenario), seed, worlds)

    def run(self, settings: Mapping[str, float]) -> Mapping[str, Array]:
        """Outcome → its value in each world (NaN for none), (W,), with these values on top."""
        chunks = missing(0, self.worlds, ())
        parts = [run_chunk(self.packed, self.seed, settings, chunk) for chunk in chunks]
        table = pd.concat(parts, ignore_index=True).drop(columns=["point", "world"])
        return {str(name): table[name].to_numpy(dtype=float) for name in table.columns}


def spread(
    work: Callable[[Task], Done], tasks: Iterable[Task], executor: Executor | None
) -> Iterator[Done]:
    """What comes of each task, in the order of the tasks, whoever does the work.

    Raises:
        TypeError: the executor is none.
    """
    executor_given(executor)
    return executor.map(work, tasks) if executor else map(work, tasks)


class Count:
    """Tells how many of so many steps are done."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        """Begins with none.

        Raises:
            TypeError: the progress cannot be called.
        """
        function_given(progress, "progress")
        self._progress, self._done, self.total = progress, 0, total

    def step(self) -> None:
        """One more is done."""
        self._done += 1
        if self._progress:
            self._progress(self._done, self.total)


# ── Where an outcome crosses a level along one parameter ─────────────────────────────


At = Callable[[int], Interval]


@dataclass(frozen=True)
class LevelCrossing:
    """Where the level is crossed, and between which values the worlds cannot tell it from there."""

    at: float
    low: float
    high: float


@dataclass(frozen=True)
class Line:
    """The values of a parameter at which an outcome may be looked at.

    Attributes:
        values: In ascending order.
        home: Number of the one that the scenario has.
        at: What the outcome is at the value of that number; worth remembering, asked for often.
        level: What it is to cross.
    """

    values: Array
    home: int
    at: At
    level: float

    def above(self, number: int) -> bool:
        """Whether the outcome has reached the level there."""
        return self.at(number).mean >= self.level

    def clear(self, number: int) -> bool:
        """Whether the interval of the outcome leaves out the level there."""
        there = self.at(number)
        return there.low > self.level or there.high < self.level

    @property
    def ends(self) -> tuple[int, int]:
        """Numbers of the first and the last value."""
        return 0, len(self.values) - 1

    def straddled(self) -> list[int]:
        """The ends that lie on the other side of the level than home does."""
        return [end for end in self.ends if self.above(end) != self.above(self.home)]

    def crossing(self, end: int) -> LevelCrossing:
        """Where the level is crossed between home and an end on the other side of it.

        By bisection, and between the last two values by a straight line. The interval reaches to
        the first values on both sides at which the level lies outside the interval of the
        outcome, or to the ends: all values of the parameter at which the worlds could not tell
        the outcome from the level (a test turned round).
        """
        near, far = _bisect(self.home, end, lambda n: self.above(n) != self.above(self.home))
        left, right = sorted((near, far))
        first, last = self.ends
        return LevelCrossing(
            self._between(near, far),
            float(self.values[self._clearing(left, first)]),
            float(self.values[self._clearing(right, last)]),
        )

    def _between(self, near: int, far: int) -> float:
        """Where the straight line between two values meets the level."""
        start, stop = self.at(near).mean, self.at(far).mean
        share = (self.level - start) / (stop - start)
        return float(self.values[near] + share * (self.values[far] - self.values[near]))

    def _clearing(self, start: int, end: int) -> int:
        """The first value that is clear on the way to an end, or the end."""
        if start == end or self.clear(start):
            return start
        return _bisect(start, end, self.clear)[1] if self.clear(end) else end


def _bisect(start: int, end: int, holds: Callable[[int], bool]) -> tuple[int, int]:
    """Neighbours of which the second, farther from `start`, is where something begins to hold.

    It does not hold at `start` and holds at `end`; if it comes and goes, one of the places where
    it comes is found.
    """
    while abs(end - start) > 1:
        middle = (start + end) // 2
        if holds(middle):
            end = middle
        else:
            start = middle
    return start, end


def values_between(
    low: float, high: float, here: float, steps: int, *, integral: bool = False
) -> tuple[Array, int]:
    """Evenly spaced values over a range with `here` among them, and its number.

    Of what takes whole numbers only, those next to them, each once.
    """
    spaced = np.linspace(low, high, steps + 1)
    values = np.unique([*(np.rint(spaced) if integral else spaced), here])
    return values, int(np.searchsorted(values, here))


# ── Flips ────────────────────────────────────────────────────────────────────────────


STEPS = 64  # of the range: a flip is looked for between two values so far apart
UNDECIDED = "undecided: too near the level for so many worlds"


def flip_outcome(
    scenario: Scenario,
    outcome: str,
    level: float,
    parameters: Sequence[str] | None = None,
    worlds: int = 400,
    seed: int = 0,
    progress: Progress | None = None,
    executor: Executor | None = None,
) -> pd.DataFrame:
    """How far each single parameter must move before the mean of an outcome crosses a level.

    All evaluations see the same worlds. The ends of each range come first; only where one lies on
    the other side of the level than the scenario itself is the crossing looked for, by bisection
    to 1/64 of the range. Of an outcome that crosses twice between the scenario and an end, nothing
    is seen.

    Columns: address, default (its value in the scenario), low, high (its range), at_default,
    at_default_low, at_default_high, at_low, at_low_low, at_low_high, at_high, at_high_low,
    at_high_high (the outcome there, with 95 % intervals), flips_at (the crossing nearest to
    default; NaN: never), flip_low, flip_high (the values between which these worlds cannot tell
    the outcome from the level; an end of the range where they cannot up to there), distance,
    share_of_range, n (worlds), at_default_came, at_low_came, at_high_came (of weeks the share of
    worlds in which it came; NaN on other scales), verdict, source, why. In the order of
    `parameters`. A week that never came counts as the horizon.

    Args:
        scenario: What to set going.
        outcome: One of its outcomes.
        level: In the unit of the outcome.
        parameters: Addresses; None takes those of `default_parameters`, two evaluations each.
        worlds: How many at each value, at least 2.
        seed: Seed of all draws.
        progress: Called with the evaluations and searches done, and how many are known of.
        executor: Who runs them; None for this process.

    Raises:
        ScenarioError: an outcome or a parameter that does not exist.
    """
    need_outcomes(scenario)
    if outcome not in scenario.outcomes:
        raise ScenarioError([unknown(Place("outcome"), "outcome", outcome, scenario.outcomes)])
    asked = default_parameters(scenario) if parameters is None else parameters
    spans = spans_of(scenario, asked)
    scale = Scale.of(scenario.outcomes[outcome].scale, scenario.weeks)
    question = Question(Worlds.of(scenario, seed, worlds), outcome, scale, level)
    count = Count(progress, 1 + 2 * len(spans))
    settings = [{}, *({span.address: end} for span in spans for end in (span.low, span.high))]
    found = []
    for answer in spread(question.answer, settings, executor):
        found.append(answer)
        count.step()
    here, ends = found[0], zip(found[1::2], found[2::2], strict=True)
    trials = [Trial(question, span, here, *both) for span, both in zip(spans, ends, strict=True)]
    count.total += sum(trial.flips for trial in trials)
    crossings = spread(Trial.crossings, [trial for trial in trials if trial.flips], executor)
    rows = []
    for trial in trials:
        rows.append(trial.row(next(crossings) if trial.flips else []))
        if trial.flips:
            count.step()
    return pd.DataFrame(rows)


@dataclass(frozen=True)
class Question:
    """Which outcome of which worlds, and the level in question."""

    worlds: Worlds
    outcome: str
    scale: Scale
    level: float

    def answer(self, settings: dict[str, float]) -> "Answer":
        """The outcome with these values."""
        values = self.worlds.run(settings)[self.outcome]
        return Answer(**vars(self.scale.level(values)), came=self.scale.came(values))


@dataclass(frozen=True)
class Answer(Interval):
    """The mean of the outcome; of weeks with the share of worlds in which it came."""

    came: float


@dataclass(frozen=True)
class Trial:
    """One parameter, and the outcome where the scenario has it and at its ends."""

    question: Question
    span: Span
    here: Answer
    low: Answer
    high: Answer

    @property
    def known(self) -> tuple[Answer, Answer, Answer]:
        """The outcome at both ends, and between them in the scenario itself."""
        return self.low, self.here, self.high

    @property
    def flips(self) -> bool:
        """Whether an end lies on the other side of the level."""
        return len({one.mean >= self.question.level for one in self.known}) > 1

    def crossings(self) -> list[LevelCrossing]:
        """Where the level is crossed on either side, the nearest to the default first."""
        span = self.span
        integral = span.parameter.integral
        values, home = values_between(span.low, span.high, span.here, STEPS, integral=integral)
        known = {home: self.here, 0: self.low, len(values) - 1: self.high}

        @cache
        def at(number: int) -> Answer:
            if number in known:
                return known[number]
            return self.question.answer({span.address: float(values[number])})

        line = Line(values, home, at, self.question.level)
        found = [line.crossing(end) for end in line.straddled()]
        return sorted(found, key=lambda one: abs(one.at - span.here))

    def row(self, crossings: list[LevelCrossing]) -> dict[str, object]:
        """The row of the table."""
        span = self.span
        first = crossings[0] if crossings else LevelCrossing(np.nan, np.nan, np.nan)
        return {
            "address": span.address,
            "default": span.here,
            "low": span.low,
            "high": span.high,
            **_named("at_default", self.here),
            **_named("at_low", self.low),
            **_named("at_high", self.high),
            "flips_at": first.at,
            "flip_low": first.low,
            "flip_high": first.high,
            "distance": first.at - span.here,
            "share_of_range": abs(first.at - span.here) / (span.high - span.low),
            "n": self.question.worlds.worlds,
            "at_default_came": self.here.came,
            "at_low_came": self.low.came,
            "at_high_came": self.high.came,
            "verdict": self._verdict(crossings),
            "source": span.parameter.source,
            "why": span.parameter.meaning,
        }

    def _verdict(self, crossings: list[LevelCrossing]) -> str:
        """What the row says, in words."""
        if crossings:
            return " and ".join(f"at {one.at:.3g}" for one in crossings)
        level = self.question.level
        return UNDECIDED if any(one.low <= level <= one.high for one in self.known) else NEVER


def _named(name: str, interval: Interval) -> dict[str, float]:
    return {name: interval.mean, f"{name}_low": interval.low, f"{name}_high": interval.high}
