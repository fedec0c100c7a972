"""Runs every trial of every claim, and says of each claim whether it holds in the model."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass
from itertools import islice

import numpy as np
import pandas as pd

from realpolitik.sim.claims.claim import (
    VERDICTS,
    CaseKey,
    Claim,
    ClaimCase,
    ClaimOutcome,
    ClaimTest,
)
from realpolitik.sim.claims.verdict import joint, judge, reason
from realpolitik.sim.engine.measures import Measure
from realpolitik.sim.engine.world import Array
from realpolitik.sim.experiments.chunks import Chunk, missing, run_chunk
from realpolitik.sim.experiments.workers import Serial
from realpolitik.sim.scenario.arguments import executor_given, function_given, whole_number
from realpolitik.sim.scenario.serialise import pack
from realpolitik.sim.stats.intervals import Interval, Scale, paired_changes

# ── One trial ────────────────────────────────────────────────────────────────────────


Values = Mapping[str, Array]
"""Column of an outcome → its values (W,)."""


class ClaimTally:
    """The values of the two sides of a trial; of each world only their difference is kept.

    A week that never came counts as the horizon, the shorter where the two differ. Worlds in which
    that is absent which the trial takes as given are left out.

    Attributes:
        trial: The trial.
        without: What the worlds say where the actor has no motives; None if that is not asked.
    """

    def __init__(self, trial: ClaimTest) -> None:
        """Begins with no world."""
        self.trial = trial
        self.without = ClaimTally(trial.without) if trial.without else None
        compared = (trial.base, trial.changed or trial.base)
        horizon = min(side.case.scenario.weeks for side in compared)
        self._scale = Scale.of(trial.base.measure.scale, horizon)
        self._differences: list[Array] = []
        self._totals = np.zeros(2)

    def add(self, block: Mapping[CaseKey, Values]) -> None:
        """Takes the outcomes of each case in the same worlds."""
        trial = self.trial
        first = self._scale.counted(_values(block, trial.base))
        changed = self._scale.counted(_values(block, trial.changed)) if trial.changed else first
        seen = np.ones(len(first), dtype=bool)
        if trial.given:
            seen = _values(block, trial.given) == 1
        self._totals += first[seen].sum(), changed[seen].sum()
        difference = changed - first if trial.changed else first
        self._differences.append(difference[seen])
        if self.without:
            self.without.add(block)

    @property
    def n(self) -> int:
        """Worlds, or pairs of worlds, that are looked at."""
        return sum(len(one) for one in self._differences)

    @property
    def level(self) -> float:
        """Mean of the outcome, with the change if there is one; NaN if no world is looked at."""
        return float(self._totals[1]) / self.n if self.n else np.nan

    @property
    def base(self) -> float:
        """Mean without the change; without a change the level that it is held against."""
        if self.trial.level:
            return sum(self.trial.level) / 2
        return float(self._totals[0]) / self.n if self.n else np.nan

    @property
    def by(self) -> float:
        """The smallest effect that matters; half the width of the range for `within`."""
        if self.trial.expect == "within" and self.trial.level:
            return (self.trial.level[1] - self.trial.level[0]) / 2
        return self.trial.by

    def effect(self) -> Interval:
        """Level less base, with its 95 % interval: paired, where something is changed.

        Shares have the intervals of Tango and Wilson, means those of Student.
        """
        values = np.concatenate([np.zeros(0), *self._differences])
        if self.trial.changed is not None:
            return paired_changes(self._scale, values)
        found = self._scale.level(values)
        return Interval(*(end - self.base for end in (found.mean, found.low, found.high)))


def _values(block: Mapping[CaseKey, Values], side: ClaimOutcome) -> Array:
    return block[side.case.key][side.column]


# ── The table of the audit ───────────────────────────────────────────────────────────


WITHOUT = ("without_motives", "without_low", "without_high")
"""Effect and interval of a test for an actor without motives."""

COLUMNS = (
    *("id", "paragraph", "actor", "kind", "status", "claim", "encoded", "inferred"),
    *("by_construction", "test", "outcome", "scenario", "changed", "expect", "by", "level"),
    *("base", "effect", "low", "high", "n", "finding", *WITHOUT, "without_finding"),
    *("verdict", "why", "note"),
)


def claims_table(
    claims: Sequence[Claim], tallies: Mapping[str, Sequence[ClaimTally]]
) -> pd.DataFrame:
    """One row a trial, and one for each claim that cannot be tested, in the order of the claims."""
    rows = [row for claim in claims for row in _rows(claim, tallies[claim.id])]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def counts(table: pd.DataFrame) -> dict[str, int]:
    """Verdict → number of claims, of all verdicts there are."""
    found = table.drop_duplicates("id")["verdict"].value_counts()
    return {verdict: int(found.get(verdict, 0)) for verdict in VERDICTS}


def telling(table: pd.DataFrame) -> pd.DataFrame:
    """One row a claim: of its tests the first whose finding is the verdict."""
    settled = table[table["finding"] == table["verdict"]]
    return settled.drop_duplicates("id").reset_index(drop=True)


def _rows(claim: Claim, tallies: Sequence[ClaimTally]) -> Iterator[dict[str, object]]:
    findings = [judge(tally.effect(), tally.trial.expect, tally.by) for tally in tallies]
    said = {
        "id": claim.id,
        "paragraph": claim.paragraph,
        "actor": claim.actor,
        "kind": claim.kind,
        "status": claim.status,
        "claim": claim.claim,
        "encoded": ", ".join(claim.encoded),
        "inferred": claim.inferred,
        "by_construction": claim.by_construction,
        "verdict": joint(findings),
        "note": claim.note,
    }
    if not tallies:
        yield said | _nothing(claim.untestable)
    for number, (tally, finding) in enumerate(zip(tallies, findings, strict=True), start=1):
        yield said | _found(tally) | {"test": number, "finding": finding}


def _nothing(why: str) -> dict[str, object]:
    words = dict.fromkeys(("outcome", "scenario", "changed", "expect", "without_finding"), "")
    numbers = dict.fromkeys(("by", "level", "base", "effect", "low", "high", *WITHOUT), np.nan)
    return {**words, **numbers, "test": 0, "n": 0, "finding": "not testable", "why": why}


def _found(tally: ClaimTally) -> dict[str, object]:
    """What one trial gave."""
    trial, effect = tally.trial, tally.effect()
    return {
        "outcome": trial.outcome,
        "scenario": trial.base.case.called,
        "changed": trial.change,
        "expect": trial.expect,
        "by": tally.by,
        "level": tally.level,
        "base": tally.base,
        "effect": effect.mean,
        "low": effect.low,
        "high": effect.high,
        "n": tally.n,
        "why": reason(effect, trial.expect, tally.by),
        **_without(tally.without),
    }


def _without(tally: ClaimTally | None) -> dict[str, object]:
    """What the same test gave for an actor without motives."""
    if tally is None:
        return {**dict.fromkeys(WITHOUT, np.nan), "without_finding": ""}
    effect = tally.effect()
    numbers = dict(zip(WITHOUT, (effect.mean, effect.low, effect.high), strict=True))
    return {**numbers, "without_finding": judge(effect, tally.trial.expect, tally.by)}


# ── The audit ────────────────────────────────────────────────────────────────────────


Progress = Callable[[int, int], None]

AHEAD = 16  # chunks given out at once where there is an executor


def audit(
    claims: Sequence[Claim],
    worlds: int = 2000,
    seed: int = 0,
    progress: Progress | None = None,
    executor: Executor | None = None,
) -> pd.DataFrame:
    """Tries all claims in the same worlds: one row a trial, in the order of the claims.

    Each scenario with its parameters is run once, whatever number of trials looks at it. The
    result depends on claims, worlds and seed alone, not on the executor. What is kept is one block
    of worlds of the outcomes that are asked for, and one number a world for each trial.

    Args:
        claims: As `load_claims` gives them, or some of them.
        worlds: Worlds of every case, at least 1.
        seed: Seed of all draws, at least 0.
        progress: Called after every block of a case with the worlds done and in all.
        executor: Who runs the worlds; None for this process.

    Returns:
        id, paragraph, actor, kind, status, claim, encoded, inferred, by_construction, test (its
        number, 0 for none), outcome, scenario, changed, expect, by, level, base, effect, low, high,
        n, finding (of this test), without_motives, without_low, without_high (effect and interval
        for an actor without motives; NaN where that is not asked), without_finding (empty there),
        verdict (of the claim: the same in all its rows), why, note.

    Raises:
        ValueError: a number of worlds below 1, or a negative seed.
    """
    worlds, seed = whole_number(worlds, "worlds", 1), whole_number(seed, "seed")
    function_given(progress, "progress")
    executor_given(executor)
    tallies = {claim.id: tuple(map(ClaimTally, claim.trials)) for claim in claims}
    work = _work([trial for claim in claims for trial in claim.trials])
    done, total = 0, worlds * len(work.cases)
    for chunk in missing(0, worlds, ()):
        block: dict[CaseKey, Values] = {}
        for key, values in work.run(chunk, seed, executor):
            block[key] = values
            done += chunk.worlds
            if progress:
                progress(done, total)
        for tally in (one for tries in tallies.values() for one in tries):
            tally.add(block)
    return claims_table(claims, tallies)


@dataclass(frozen=True)
class _Work:
    """What has to be simulated.

    Attributes:
        cases: The different cases.
        columns: What is wanted of each.
        packed: Scenario → its text with all outcomes that any case of it is asked for.
    """

    cases: Mapping[CaseKey, ClaimCase]
    columns: Mapping[CaseKey, tuple[str, ...]]
    packed: Mapping[str, str]

    def run(
        self, chunk: Chunk, seed: int, executor: Executor | None
    ) -> Iterator[tuple[CaseKey, Values]]:
        """The worlds of a chunk of every case, in the order in which they are done."""
        runner = executor or Serial()
        waiting = iter(self.cases.items())
        flying: dict[Future[Values], CaseKey] = {}
        try:
            while True:
                for key, case in islice(waiting, (AHEAD if executor else 1) - len(flying)):
                    text, settings = self.packed[case.called], dict(case.parameters)
                    wanted = (text, seed, settings, chunk, self.columns[key])
                    flying[runner.submit(run_case, *wanted)] = key
                if not flying:
                    return
                for future in wait(flying, return_when=FIRST_COMPLETED).done:
                    yield flying.pop(future), future.result()
        finally:
            for future in flying:
                future.cancel()


def run_case(
    packed: str, seed: int, settings: Mapping[str, float], chunk: Chunk, columns: Sequence[str]
) -> Values:
    """The wanted outcomes of the worlds of a chunk: column → (W,). May run in another process."""
    found = run_chunk(packed, seed, settings, chunk)
    return {column: found[column].to_numpy(dtype=np.float64) for column in columns}


def _work(trials: Sequence[ClaimTest]) -> _Work:
    """The cases of the trials, each once."""
    cases: dict[CaseKey, ClaimCase] = {}
    columns: dict[CaseKey, dict[str, None]] = {}
    outcomes: dict[str, dict[str, Measure]] = {}
    for side in (side for trial in trials for side in trial.sides):
        case = cases.setdefault(side.case.key, side.case)
        columns.setdefault(case.key, {})[side.column] = None
        outcomes.setdefault(case.called, _awaited(case))[side.column] = side.measure
    scenarios = {case.called: case.scenario for case in cases.values()}
    packed = {
        called: pack(scenario.model_copy(update={"outcomes": outcomes[called]}))
        for called, scenario in scenarios.items()
    }
    return _Work(cases, {key: tuple(names) for key, names in columns.items()}, packed)


def _awaited(case: ClaimCase) -> dict[str, Measure]:
    """The outcomes that shocks of the scenario wait for, which must stay."""
    names = [shock.when.outcome for shock in case.scenario.shocks if shock.when]
    return {name: case.scenario.outcomes[name] for name in names}


# ── Which conclusions follow ─────────────────────────────────────────────────────────


CONCLUDED = ("behaviour", "prediction", "precedent")
REPORTED = "fact"
ALSO = "also"

# Verdict → what is said of a conclusion, and of conduct that the article reports as a fact.
WORDS = {
    "holds": ("Follows", "Shown"),
    ALSO: ("Holds, also without Russia's motives", "Shown, also without Russia's motives"),
    "fails": ("Does not follow", "Not shown"),
    "undecided": ("Undecided", "Undecided"),
    "not testable": ("Cannot be tested", "Cannot be tested"),
}


def conclusions(table: pd.DataFrame) -> pd.DataFrame:
    """The claims of conduct, past and to come, in a table of `audit`: one row each.

    The row is that of the test which settles it, with `word`, what is said of it: what the article
    concludes follows or does not; what it reports as a fact is shown by the model or not. Where
    every test against a level holds for an actor without motives as well, that is said instead.
    Those that follow come first. Nothing here says that a claim is true of the world.
    """
    found = telling(table[table["kind"].isin(CONCLUDED)])
    asked = table[table["without_finding"] != ""]
    also = (asked["without_finding"] == "holds").groupby(asked["id"]).all()
    is_also = (found["verdict"] == "holds") & found["id"].isin(also.index[also])
    said = found["verdict"].mask(is_also, ALSO)
    reported = (found["status"] == REPORTED).astype(int)
    words = [WORDS[verdict][column] for verdict, column in zip(said, reported, strict=True)]
    order = said.map(list(WORDS).index)
    return found.assign(word=words).loc[order.sort_values(kind="stable").index]
