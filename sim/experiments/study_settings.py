"""`study.json`, and whether a folder that holds it may be used for a study.

It holds all that determines the results of a study, and what is needed to read them.
"""

import contextlib
import json
from collections.abc import Collection, Iterator, Mapping
from hashlib import sha256
from importlib.metadata import version
from typing import Any

import numpy as np
import pandas as pd

from realpolitik.sim.experiments.chunks import Chunk
from realpolitik.sim.experiments.design import design, extend_design, starting_point
from realpolitik.sim.experiments.located import FORMAT
from realpolitik.sim.experiments.origin import changed_origin, origin_of, other_versions, versions
from realpolitik.sim.experiments.plan import Favoured, Plan, Until, Vary
from realpolitik.sim.experiments.plan_options import command_of
from realpolitik.sim.experiments.sealing import digest_of, means, rounded
from realpolitik.sim.experiments.study_folder import (
    FAILED,
    PARTS,
    POINTS,
    SETTINGS,
    DamagedPartError,
    StudyFolder,
    StudyFolderError,
)
from realpolitik.sim.files.json_text import indented
from realpolitik.sim.files.ours import ForeignError, refuse_foreign
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.serialise import dump_scenario, essence
from realpolitik.sim.scenario.vocabulary import vocabulary_of
from realpolitik.sim.stats.intervals import Scale

# ── What study.json holds ────────────────────────────────────────────────────────────


ORIGIN, MADE_WITH = "origin", "made_with"
ASKED = ("file", "command", "fixed", "version", MADE_WITH)
"""How a study was asked for, and by what: two that differ in nothing else are one."""

FIXED = ("format", "name", "sampler", "seed")
"""What stays as it is when a study is extended."""

Settings = Mapping[str, Any]


def describe(plan: Plan) -> dict[str, Any]:
    """The plan as it is written into the folder; equal plans give equal settings."""
    scenario = plan.scenario
    return {
        "format": FORMAT,
        "version": version("realpolitik"),
        "name": plan.name,
        "title": plan.title,
        "question": plan.question,
        "scenario": {
            "name": scenario.name,
            "title": scenario.title,
            "question": scenario.question.strip(),
            "called": plan.called,
            "weeks": scenario.weeks,
            "hash": _hash(scenario),
        },
        "measures": {
            name: essence(measure.model_dump(mode="json"))
            for name, measure in scenario.outcomes.items()
        },
        "vary": [_describe_vary(vary, plan) for vary in plan.vary],
        "sampler": plan.sampler,
        **_describe_given(plan),
        **({"fixed": dict(plan.fixed)} if plan.fixed else {}),
        "points": plan.points,
        "worlds": plan.worlds,
        "seed": plan.seed,
        "outcomes": [_describe_outcome(name, plan) for name in plan.outcomes],
        "until": vars(plan.until) if plan.until else None,
        "thresholds": dict(plan.thresholds),
        "favoured": vars(plan.favoured) if plan.favoured else None,
        "file": plan.file,
        "command": command_of(plan),
        "origin": origin_of(scenario),
        MADE_WITH: [versions()],
    }


def _hash(scenario: Scenario) -> str:
    """Digest of all in a scenario that has a part in what happens; outcomes have none."""
    content = essence(scenario.model_dump(mode="json", exclude={"outcomes"}))
    text = json.dumps(content, sort_keys=True)
    return sha256(text.encode()).hexdigest()


def _describe_given(plan: Plan) -> dict[str, Any]:
    """Of points that are given: by which file, and a digest of all values."""
    if plan.sampler != "given":
        return {}
    digest = sha256(np.array(plan.rows, dtype="<f8").tobytes()).hexdigest()
    return {"given": {"called": plan.points_file, "sha256": digest}}


def _describe_vary(vary: Vary, plan: Plan) -> dict[str, Any]:
    parameter = vocabulary_of(plan.scenario).parameters[vary.address]
    return {
        "address": vary.address,
        "low": vary.low,
        "high": vary.high,
        "values": list(vary.values),
        "default": rounded(starting_point(plan)[vary.address]),
        "declared": [rounded(parameter.low), rounded(parameter.high)],
        "meaning": parameter.meaning,
        "unit": parameter.unit,
        **({"integral": True} if vary.integral else {}),
    }


def _describe_outcome(name: str, plan: Plan) -> dict[str, Any]:
    measure = plan.scenario.outcomes[name]
    label = measure.label or name.replace("_", " ")
    return {"name": name, "label": label, "scale": measure.scale}


def plan_of(settings: Settings, scenario: Scenario, points: pd.DataFrame | None = None) -> Plan:
    """The plan that these settings describe; the scenario needs no name.

    `points` are those of the folder, where they were given and no design makes them anew.
    """
    until, favoured = settings["until"], settings["favoured"]
    return Plan(
        **{key: settings[key] for key in ("name", "title", "question")},
        scenario=scenario.model_copy(update={"name": settings["scenario"]["name"]}),
        called=settings["scenario"]["called"],
        vary=tuple(
            Vary(
                *(one["address"], one["low"], one["high"], tuple(one["values"])),
                integral=one.get("integral", False),
            )
            for one in settings["vary"]
        ),
        **{key: settings[key] for key in ("sampler", "points", "worlds", "seed")},
        outcomes=tuple(outcome["name"] for outcome in settings["outcomes"]),
        until=Until(**until) if until else None,
        thresholds=dict(settings["thresholds"]),
        favoured=Favoured(**favoured) if favoured else None,
        rows=()
        if points is None
        else tuple(points.drop(columns="point").itertuples(index=False, name=None)),
        fixed=dict(settings.get("fixed", {})),
        points_file=settings.get("given", {}).get("called", ""),
        file=settings.get("file", ""),
    )


def settings_of(points: pd.DataFrame) -> dict[int, dict[str, float]]:
    """Point → address → value."""
    addresses = [str(column) for column in points.columns if column != "point"]
    values = points[addresses].to_numpy(dtype=np.float64).tolist()
    return {
        int(point): dict(zip(addresses, row, strict=True))
        for point, row in zip(points["point"], values, strict=True)
    }


def marks_of(settings: Settings, points: Mapping[int, Mapping[str, float]]) -> dict[int, str]:
    """Point → digest of all that its worlds come from: scenario, seed, values and code.

    A part is marked with it, so that one of another study is never taken for one of this.

    Args:
        settings: What `study.json` holds.
        points: Point → address → value.
    """
    worlds = {"scenario": settings["scenario"]["hash"]}
    base = digest_of(worlds | {key: settings.get(key) for key in ("seed", ORIGIN)})
    return {point: digest_of({"of": base, "at": values}) for point, values in points.items()}


def changes(there: Settings, asked: Settings) -> Iterator[str]:
    """What two settings say otherwise, such as `worlds: 400 there, 500 asked for`.

    By which path the scenario or the study was asked for is no matter.
    """
    if there["format"] != FORMAT:
        yield _older(there)
        return
    for key in asked:
        if key not in (*ASKED, ORIGIN) and _meant(there.get(key)) != _meant(asked[key]):
            yield _change(key, there.get(key), asked[key])
    yield from changed_origin(there[ORIGIN], asked[ORIGIN])


def blocking_changes(there: Settings, asked: Settings) -> Iterator[str]:
    """Why a study with the first settings cannot be extended to one with the second."""
    if there["format"] != FORMAT:
        yield _older(there)
        return
    for key in FIXED:
        if there.get(key) != asked[key]:
            yield _change(key, there.get(key), asked[key])
    if there["scenario"]["hash"] != asked["scenario"]["hash"]:
        yield "scenario: more than its outcomes has changed"
    if there["worlds"] > asked["worlds"]:
        yield _change("worlds", there["worlds"], asked["worlds"])
    for name, measure in asked["measures"].items():
        if means(there["measures"].get(name, measure)) != means(measure):
            yield f"outcome {name}: is measured in another way"
    yield from changed_origin(there[ORIGIN], asked[ORIGIN])


def going_on(there: Settings, asked: Settings) -> dict[str, Any]:
    """The settings of a study that is gone on with: all versions that had a part in it are kept."""
    made_with = [
        *there[MADE_WITH],
        *(one for one in asked[MADE_WITH] if one not in there[MADE_WITH]),
    ]
    return dict(asked) | {MADE_WITH: made_with}


def version_notes(there: Settings) -> list[str]:
    """What other versions of Python, NumPy or this package had a part in a study."""
    told = (other_versions(one, versions()) for one in there[MADE_WITH])
    return [f"note: made with other versions: {each}" for each in told if each]


def _older(there: Settings) -> str:
    return (
        f"format: {there['format']} there, {FORMAT} now: it does not say which numbers and which "
        "code made it; `realpolitik report` still makes its page"
    )


def _meant(value: Any) -> Any:
    """What a setting means: its numbers to twelve digits, and no path."""
    bare = {**value, "called": ""} if isinstance(value, dict) and "called" in value else value
    return means(bare)


def _change(key: str, there: Any, asked: Any) -> str:
    if key == "given":
        return "points: the values are not those that are there"
    if isinstance(asked, int | str) and isinstance(there, int | str):
        return f"{key}: {there} there, {asked} asked for"
    return f"{key}: not what it is there"


# ── Whether a folder may be used for a study, and what it holds of it already ────────


def open_folder(folder: StudyFolder, plan: Plan, *, resume: bool, extend: bool) -> pd.DataFrame:
    """Makes the folder ready for the plan, and gives its points.

    Raises:
        StudyFolderError: it holds something else, other settings, or an unfinished study that
            nobody asked to go on with.
    """
    asked = describe(plan)
    if not folder.is_begun:
        _refuse_foreign(folder)
    if not folder.is_begun or folder.is_bare:
        folder.begin(asked, dump_scenario(plan.scenario), design(plan))
        folder.sweep_out()
        return folder.points()
    there = folder.settings()
    if other := list(changes(there, asked)):
        hindering = list(blocking_changes(there, asked))
        if hindering:
            told = hindering if extend else other
            raise _refusal(folder, told, "an extension can only add")
        if not extend:
            raise _refusal(folder, other, "--extend adds to it")
        points = extend_design(_points_there(folder, plan), design(plan))
        folder.drop_changed()
    elif folder.is_finished:
        folder.sweep_out()
        if resume or extend:
            folder.put_subject(dump_scenario(plan.scenario), _points_there(folder, plan))
            folder.put_settings(going_on(there, asked))
        else:
            folder.refuse_changed(SETTINGS)
        return folder.points()
    elif resume or extend:  # a kill may have come while another plan was being written
        points = extend_design(_points_there(folder, plan), design(plan))
    else:
        parts, points = len(folder.chunks()), folder.points()
        raise StudyFolderError(
            f"{folder.path}: holds this study unfinished ({parts:,} parts at {len(points):,} "
            "points); --resume goes on with it"
        )
    folder.begin(going_on(there, asked), dump_scenario(plan.scenario), points)
    folder.sweep_out()
    return folder.points()


def _points_there(folder: StudyFolder, plan: Plan) -> pd.DataFrame:
    """The points that are there; of a study that never grew they are made anew.

    Raises:
        StudyFolderError: they are damaged, and nobody knows any more which part belongs to which.
    """
    with contextlib.suppress(DamagedPartError):
        points = folder.points()
        if POINTS not in folder.changed_files():
            return points
    points = design(plan)
    if not (folder.lists_points(points) or _are_all_of(folder, points)):
        raise StudyFolderError(
            f"{folder.path / POINTS}: damaged or missing, and the parts are numbered by it; "
            "put back a copy of it, or begin anew with --out"
        )
    return points


def _are_all_of(folder: StudyFolder, points: pd.DataFrame) -> bool:
    """Whether all parts that are there are sound, and of these points."""
    marks = marks_of(folder.settings(), settings_of(points))
    try:
        for chunk in folder.chunks():
            folder.part(chunk, mark=marks[chunk.point])
    except (DamagedPartError, KeyError):
        return False
    return True


def _refuse_foreign(folder: StudyFolder) -> None:
    """Makes sure that nothing is there but what a kill may have left, before there was a study."""
    left = [kind for kind in (PARTS, FAILED) if not folder.files.names(kind)]
    try:
        refuse_foreign(folder.files, SETTINGS, left)
    except ForeignError as error:
        raise StudyFolderError(f"{folder.path}: {error.strerror}") from None


def _refusal(folder: StudyFolder, reasons: list[str], advice: str) -> StudyFolderError:
    told = f"holds a study with other settings; --out takes another folder, {advice}"
    return StudyFolderError(f"{folder.path}: {told}", *indented(reasons))


def sound_parts(
    folder: StudyFolder, scales: Mapping[str, Scale], marks: Mapping[int, str]
) -> Iterator[tuple[Chunk, pd.DataFrame | str]]:
    """Each part that is there, or why it must be made again; such a part is removed.

    Args:
        folder: Where they are.
        scales: Those of the outcomes that it must hold.
        marks: What the parts of each point are marked with.
    """
    changed = set(folder.changed_files())
    for chunk in sorted(folder.chunks()):
        part = _sound_part(folder, chunk, scales, changed, marks.get(chunk.point, ""))
        if isinstance(part, str):
            folder.drop_part(chunk)
        yield chunk, part


def _sound_part(
    folder: StudyFolder,
    chunk: Chunk,
    scales: Mapping[str, Scale],
    changed: Collection[str],
    mark: str,
) -> pd.DataFrame | str:
    """A part, or what is wrong with it."""
    try:
        part = folder.part(chunk, scales, mark)
    except DamagedPartError as error:
        return str(error)
    if f"{PARTS}/{chunk.name}.parquet" in changed:
        return f"{PARTS}/{chunk.name}.parquet: not the file that was written"
    lacking = [name for name in scales if name not in part.columns]
    return f"{chunk.name}: does not hold {lacking[0]} yet" if lacking else part
