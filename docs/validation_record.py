"""What is measured for `docs/validation.md`, kept beside the tables of the patterns.

Only that is kept which worlds alone can tell: what was read of each pattern, the share of worlds
with a yes to each question of each trigger, the headline outcomes, the tables of a calibration.
Verdicts, scores and sentences are made anew from these. With each part goes what was asked, as a
digest: a target that moves changes a verdict, a scenario or a default that moves makes the part
stale.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import asdict, dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from realpolitik.sim.calibrate.calibration import calibrate, describe_calibration
from realpolitik.sim.calibrate.measure import runs_of, table
from realpolitik.sim.calibrate.patterns import load_patterns
from realpolitik.sim.calibrate.plan import CalibrationPlan, by_case, load_calibration, narrowed
from realpolitik.sim.calibrate.statistic import Measurement, read
from realpolitik.sim.experiments.ensemble import simulate
from realpolitik.sim.experiments.summary import Summary
from realpolitik.sim.experiments.workers import Workers
from realpolitik.sim.files.json_text import as_json
from realpolitik.sim.hindcast.cases import HindcastCase, shipped_cases
from realpolitik.sim.hindcast.forecasts import load_rivals, simulated_forecasts
from realpolitik.sim.hindcast.hindcasting import Hindcast, scored
from realpolitik.sim.scenario.loading import load_scenario
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.serialise import without_prose
from realpolitik.sim.scenario.vocabulary import vocabulary
from realpolitik.sim.stats.intervals import Interval
from validation_weeks import RECORD_WEEKS, weeks_foreseen

SHIPPED = ("realpolitik.agents", "validation.json")
MAIN = "haniyeh_2024"
FREE_WORLDS = 400  # that go on freely from each start


@dataclass(frozen=True)
class Part:
    """One thing that was measured.

    Attributes:
        asked: Eight digits that stand for what was asked, see `asked_today`.
        worlds: Worlds of each setting.
        seed: Seed of all draws.
        found: What the worlds said.
    """

    asked: str
    worlds: int
    seed: int
    found: Mapping[str, Any]


@dataclass(frozen=True)
class ValidationRecord:
    """All that the page needs of worlds, and the fingerprint of the playthroughs of the model.

    Attributes:
        patterns: Pattern → the fields of its `Measurement`.
        hindcast: Trigger → rival → question → share of the worlds with a yes, window by window.
        weeks: Scores of weekly acts that nothing was fitted to, as tables, and what was said of
            them (`docs/validation_weeks.py`).
        headlines: Outcome of the main scenario → share, low, high, or median and the ends of nine
            tenths of the worlds; and `first_strike`, the earliest week in which Iran struck in any
            world.
        calibration: Name → rows of its tables; and `budget`.
    """

    playthroughs: str
    patterns: Part
    hindcast: Part
    weeks: Part
    headlines: Part
    calibration: Part

    @property
    def parts(self) -> dict[str, Part]:
        """Name → what was measured."""
        return {name: part for name, part in vars(self).items() if isinstance(part, Part)}


def asked_today(plan: CalibrationPlan | None = None) -> dict[str, str]:
    """Part → eight digits for what it would ask now: settings without prose, and all defaults.

    Of a calibration the budget is left aside: a smaller one asks the same.
    """
    cases, patterns = shipped_cases(), load_patterns()
    whole = describe_calibration(plan or load_calibration("base").plan)
    settings = [narrowed(*one) for one in by_case(one.gauge for one in patterns).values()]
    asked: dict[str, Any] = {
        "patterns": [_plain(one) for one in settings],
        "hindcast": [
            [case.name for case in cases],
            [_plain(one) for one in _situations(cases)],
            [dict(rival.parameters) for rival in load_rivals()],
        ],
        "weeks": _plain(load_scenario(RECORD_WEEKS)),
        "headlines": _plain(load_scenario(MAIN)),
        "calibration": {
            key: whole[key] for key in ("vary", "patterns", "findings", "seed", "cutoff")
        },
    }
    # To twelve digits: Python 3.12 adds the parts of a sum up more exactly than 3.11.
    defaults = {name: f"{one.default:.12g}" for name, one in vocabulary().parameters.items()}
    return {name: _digest([without_prose(one), defaults]) for name, one in asked.items()}


def _plain(scenario: Scenario) -> dict[str, Any]:
    """The scenario without the answers of the record, which are no part of what is simulated."""
    return scenario.model_dump(mode="json", exclude={"aftermath"})


def stale_parts(record: ValidationRecord) -> list[str]:
    """The parts that were measured of something else than what would be asked now."""
    today = asked_today()
    return [name for name, part in record.parts.items() if part.asked != today[name]]


def patterns_of(record: ValidationRecord) -> pd.DataFrame:
    """The table of `measure`, without a simulation."""
    found = record.patterns.found
    return table((one, Measurement(**found[one.id])) for one in load_patterns())


def _situations(cases: Iterable[HindcastCase]) -> Iterable[Scenario]:
    """The scenario of each trigger once."""
    return {case.trigger: case.scenario for case in cases}.values()


def hindcast_of(record: ValidationRecord) -> Hindcast:
    """The hindcast, without a simulation."""
    part, cases, rivals = record.hindcast, shipped_cases(), load_rivals()
    shares = {}
    for rival in rivals:
        kept = {name: _in_turn(found[rival.name]) for name, found in part.found.items()}
        for case in cases:
            yes = next(kept[str(case.trigger)][case.episode.outcome])
            shares[case.name, rival.name] = np.array([1 - yes, yes])
    return scored(cases, rivals, shares, part.worlds, part.seed)


def _in_turn(answers: Mapping[str, Sequence[float]]) -> dict[str, Iterator[float]]:
    """Question → its shares, one window after the other."""
    return {question: iter(shares) for question, shares in answers.items()}


def table_of(record: ValidationRecord, name: str) -> pd.DataFrame:
    """A table of the calibration."""
    rows = record.calibration.found[name]
    return pd.DataFrame(rows).map(lambda cell: np.nan if cell is None else cell)


def headlines_of(record: ValidationRecord) -> dict[str, Interval]:
    """Outcome → a share with its interval for chance, or a median with nine tenths of worlds."""
    return {name: Interval(*three) for name, three in record.headlines.found["outcomes"].items()}


def read_record(text: str | None = None) -> ValidationRecord:
    """A record out of its text; the one that is shipped if there is no text."""
    package, name = SHIPPED
    text = files(package).joinpath(name).read_text(encoding="utf-8") if text is None else text
    tree = json.loads(text)
    parts = {key: Part(**one) for key, one in tree.items() if key != "playthroughs"}
    return ValidationRecord(tree["playthroughs"], **parts)


def record_text(record: ValidationRecord) -> str:
    """A record as JSON."""
    return as_json(asdict(record))


def _digest(value: object) -> str:
    return sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:8]


# ── Measuring it, which takes minutes ────────────────────────────────────────────────

SEED = 0
WORLDS = {"patterns": 16_000, "hindcast": 1000, "headlines": 16_000}
STRIKE = "weeks_to_strike"
KEPT_TABLES = ("waves", "ranges", "final", "patterns", "sets", "conclusions")
BUDGET = ("points", "waves", "worlds", "finalists", "final_worlds", "finding_sets")


def measured(
    playthroughs: str, folder: Path, plan: CalibrationPlan, workers: Workers, events: Path
) -> ValidationRecord:
    """Runs everything; the calibration in a folder, in which a finished one is taken as it is.

    `events` is the folder of a record of events (`sim/record/icews.py`).
    """
    found = calibrate(plan, folder, workers, resume=True)
    kept = {name: json.loads(_rows_text(found.tables[name])) for name in KEPT_TABLES}
    kept["budget"] = {key: getattr(plan, key) for key in BUDGET}
    asked = asked_today(plan)
    with workers.hire() as executor:
        made = {
            name: Part(asked[name], WORLDS[name], SEED, measure(WORLDS[name], SEED, executor))
            for name, measure in MEASURES.items()
        }
    calibration = Part(asked["calibration"], plan.worlds, plan.seed, kept)
    weeks = Part(asked["weeks"], FREE_WORLDS, SEED, weeks_foreseen(events, FREE_WORLDS, SEED))
    return ValidationRecord(playthroughs, **made, weeks=weeks, calibration=calibration)


def _patterns(worlds: int, seed: int, executor: Executor) -> Mapping[str, Any]:
    patterns = load_patterns()
    runs = runs_of((one.gauge for one in patterns), {}, worlds, seed, executor)
    return {one.id: asdict(read(one.gauge, runs[one.gauge.case.name])) for one in patterns}


def _hindcast(worlds: int, seed: int, executor: Executor) -> Mapping[str, Any]:
    cases, rivals = shipped_cases(), load_rivals()
    shares = simulated_forecasts(cases, rivals, worlds, seed, executor=executor)
    kept: dict[str, Any] = {}
    for case in cases:
        for rival in rivals:
            answers = kept.setdefault(str(case.trigger), {}).setdefault(rival.name, {})
            yes = float(shares[case.name, rival.name][1])
            answers.setdefault(case.episode.outcome, []).append(yes)
    return kept


def _headlines(worlds: int, seed: int, executor: Executor) -> Mapping[str, Any]:
    result = simulate(load_scenario(MAIN), worlds, seed, executor=executor)
    outcomes = {name: _middle(one) for name, one in result.outcomes.items()}
    return {"outcomes": outcomes, "first_strike": int(result.runs[STRIKE].min())}


def _middle(one: Summary) -> list[float]:
    """What stands beside a record: a share with its interval, or the median with nine tenths."""
    return [one.mean, one.low, one.high] if one.scale == "share" else [one.median, one.q05, one.q95]


def _rows_text(frame: pd.DataFrame) -> str:
    return str(frame.to_json(orient="records", double_precision=12))


MEASURES: Mapping[str, Callable[[int, int, Executor], Mapping[str, Any]]] = {
    "patterns": _patterns,
    "hindcast": _hindcast,
    "headlines": _headlines,
}
