"""What a run says of itself: `manifest.json`."""

import datetime
import json
import math
import platform
import shlex
from collections.abc import Mapping
from dataclasses import asdict
from importlib.metadata import version
from importlib.resources import files
from typing import Any

import numpy as np

from realpolitik.sim.engine.parameters import ASSUMED, FIXED, KINDS, Parameter
from realpolitik.sim.experiments.drawing import Points
from realpolitik.sim.experiments.ensemble import TOLD_WORLDS, Result
from realpolitik.sim.experiments.located import FORMAT
from realpolitik.sim.experiments.sealing import digest_of
from realpolitik.sim.experiments.summary import Summary
from realpolitik.sim.experiments.uncertain import Assumed, number_of_settings
from realpolitik.sim.formatting.numbers import set_words
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.vocabulary import vocabulary

LIBRARIES = ("mesa", "numpy", "pandas", "plotly", "pyarrow", "pydantic", "scipy")
HELP_GRADES = (
    "none, or restraint",
    "words",
    "diplomatic cover",
    "defensive arms",
    "intelligence",
    "offensive arms",
    "own force",
)
EXAMPLES = 12
STANDING = ("realpolitik.agents", "standing.json")


def configuration_hash(result: Result) -> str:
    """SHA-256 of all that determines the numbers: scenario, seed, worlds, values and code."""
    configuration = {
        "scenario": result.scenario.model_dump(mode="json"),
        "name": result.scenario.name,
        "seed": result.seed,
        "worlds": result.worlds,
        "version": version("realpolitik"),
        "origin": result.origin,
    }
    drawn = {"drawn": drawn_from(result)} if result.drawing else {}
    return digest_of(configuration | drawn)


def drawn_from(result: Result) -> dict[str, Any] | None:
    """What the numbers of each world were drawn from; None if they are as they stand."""
    return result.drawing.facts if result.drawing else None


def describe(
    result: Result, now: datetime.datetime, called: str = "", assumed: Assumed | None = None
) -> dict[str, Any]:
    """The manifest without the list of files; NaN is written as null.

    Args:
        result: The ensemble.
        now: When it was run.
        called: How the scenario was asked for, if not by its name.
        assumed: What the numbers do to the outcomes, if that was asked.

    Raises:
        ValueError: parameters differ between worlds, which no command could repeat.
    """
    if result.arrays:
        differing = min(result.arrays)
        raise ValueError(f"{differing} differs between worlds: a folder holds runs of one setting")
    manifest = {
        "format": FORMAT,
        "tool": {"name": "realpolitik", "version": version("realpolitik")},
        "versions": {"python": platform.python_version()}
        | {library: version(library) for library in LIBRARIES},
        "created": now.isoformat(timespec="seconds"),
        "seed": result.seed,
        "worlds": result.worlds,
        "seconds": round(result.seconds, 3),
        "worlds_per_second": round(result.worlds_per_second, 1),
        "hash": configuration_hash(result),
        "command": _command(result, called or result.scenario.name, assumed),
        "scenario": scenario_facts(result.scenario),
        "outcomes": [
            _outcome(name, measure.model_dump(exclude={"label", "base_rate"}), summary)
            | {"assumed": vars(assumed.outcomes[name]) if assumed else None}
            for (name, measure), summary in zip(
                result.scenario.outcomes.items(), result.outcomes.values(), strict=True
            )
        ],
        "uncertain": {"drawn": drawn_from(result), "assumed": assumed and _settings_of(assumed)},
        "provenance": _provenance(),
        "standing": standing(),
        "incentives": _incentives(result.scenario),
        "typical_world": {"world": typical_world(result)},
        "help_grades": [
            {"grade": grade, "label": label} for grade, label in enumerate(HELP_GRADES)
        ],
        "origin": result.origin,
    }
    cleaned: dict[str, Any] = _without_nan(manifest)
    return cleaned


def standing() -> list[str]:
    """How the model stands against the record, in sentences that were written when it was scored.

    See `docs/validation.md`, of which they are the first lines.
    """
    package, name = STANDING
    text = files(package).joinpath(name).read_text(encoding="utf-8")
    return [str(one) for one in json.loads(text)]


def _settings_of(assumed: Assumed) -> dict[str, Any]:
    """How many settings of the numbers were looked at, and what they were drawn from."""
    counts = {"settings": assumed.settings, "each": assumed.each}
    return {**counts, "seconds": round(assumed.seconds, 3), **assumed.drawing.facts}


def _command(result: Result, called: str, assumed: Assumed | None) -> str:
    """The command that repeats the run, given the scenario file."""
    drawing = result.drawing or (assumed and assumed.drawing)
    words = [
        *("realpolitik run", shlex.quote(called)),
        *(f"--worlds {result.worlds}", f"--seed {result.seed}"),
        *(f"--set {shlex.quote(word)}" for word in set_words(result.scenario.settings)),
        *(["--uncertain"] if result.drawing else []),
        *([f"--from {shlex.quote(drawing.called)}"] if isinstance(drawing, Points) else []),
        *(["--chance-only"] if assumed is None and number_of_settings(result.worlds) else []),
    ]
    return " ".join(words)


def scenario_facts(scenario: Scenario) -> dict[str, Any]:
    """What a manifest says of a scenario: who, from when, what happens, and what is asked."""
    actors = vocabulary().actors
    return {
        "name": scenario.name,
        "title": scenario.title,
        "question": scenario.question.strip(),
        "start": scenario.start.isoformat(),
        "weeks": scenario.weeks,
        "actors": [{"code": code, "title": actors[code].title} for code in scenario.actors],
        "shocks": [
            {
                "id": shock.id,
                "kind": shock.kind,
                "week": shock.seen_in_week(scenario.start),
                "felt_week": shock.felt_in_week(scenario.start),
                "when": shock.when.describe() if shock.when else None,
                "date": shock.date.isoformat() if shock.date else None,
                "note": shock.note,
                "source": shock.source,
                "probability": shock.probability,
            }
            for shock in scenario.shocks_as_set
        ],
        "deals": [deal.model_dump() for deal in scenario.deals],
        "parameters": scenario.settings,
        "sources": list(scenario.sources),
    }


def _outcome(name: str, measure: Mapping[str, Any], summary: Summary) -> dict[str, Any]:
    told = {"name": name, **measure, **asdict(summary)}
    told["label"] = summary.label or name.replace("_", " ")
    told["shares"] = summary.shares and {
        category: {"share": one.mean, "low": one.low, "high": one.high}
        for category, one in summary.shares.items()
    }
    return told


def _provenance() -> dict[str, Any]:
    """How many numbers can be set, how many there are of each kind, and some that are assumed."""
    words = vocabulary()
    numbers = [p for p in words.parameters.values() if not p.parts]
    kinds = [words.provenance(p) for p in numbers]
    assumed = [p for p, kind in zip(numbers, kinds, strict=True) if kind == ASSUMED]
    return {
        "parameters": len(numbers) - kinds.count(FIXED),
        **{kind: kinds.count(kind) for kind in KINDS},
        "examples": [_parameter(p) for p in assumed[:: max(1, len(assumed) // EXAMPLES)]],
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    fields = ("address", "default", "low", "high", "source", "meaning")
    return {field: getattr(parameter, field) for field in fields}


def _incentives(scenario: Scenario) -> list[dict[str, Any]]:
    """Every incentive, and part of one, of the actors of the scenario."""
    words = vocabulary()
    return [
        {
            "actor": code,
            "name": parameter.address.removeprefix(f"{code}."),
            "address": parameter.address,
            "default": parameter.default,
            "low": parameter.low,
            "high": parameter.high,
            "provenance": words.provenance(parameter),
            "source": parameter.source,
            "why": parameter.meaning,
        }
        for code in scenario.actors
        for parameter in words.weights_of(code)
    ]


def typical_world(result: Result) -> int:
    """The world, among those whose deeds are kept, whose outcomes lie nearest the medians.

    Distance is the mean over outcomes of the difference in rank from the median, worlds where a
    week never came counting as latest.
    """
    outcomes = result.runs.drop(columns="world").fillna(np.inf)
    ranks = outcomes.rank(pct=True)
    distance = (ranks - 0.5).abs().mean(axis=1)
    told = distance.iloc[:TOLD_WORLDS]
    return int(result.runs["world"].iloc[int(told.argmin())]) if len(outcomes.columns) else 0


def _without_nan(value: Any) -> Any:
    """The same with None for every number that is not finite."""
    if isinstance(value, dict):
        return {key: _without_nan(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_without_nan(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
