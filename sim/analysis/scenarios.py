"""A study of several scenarios: a study of each in a folder of its own, and what differs.

`scenarios.json` says which there are; `scenarios/KEY` holds the study of each, whole in itself.
Tables and page on top of them are made anew whenever the studies are looked at.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from realpolitik.sim.analysis.study import Render, Study, plan_in, read_study, sweep
from realpolitik.sim.experiments.design import point_keys
from realpolitik.sim.experiments.located import FORMAT, read_record
from realpolitik.sim.experiments.plan import Plan
from realpolitik.sim.experiments.runner import Tell
from realpolitik.sim.experiments.schemas import ScenariosRecord
from realpolitik.sim.experiments.sealing import sealed
from realpolitik.sim.experiments.several import Several, name_of_several
from realpolitik.sim.experiments.study_folder import (
    ANALYSIS,
    SETTINGS,
    StudyFolder,
    StudyFolderError,
)
from realpolitik.sim.experiments.tallies import Findings
from realpolitik.sim.experiments.workers import Workers
from realpolitik.sim.files.csv_text import csv_text
from realpolitik.sim.files.drafts import alone_in
from realpolitik.sim.files.folder import Folder
from realpolitik.sim.files.json_text import RecordError, as_json
from realpolitik.sim.files.ours import ForeignError, refuse_foreign
from realpolitik.sim.formatting.missing import attempt_each
from realpolitik.sim.formatting.scales import capped
from realpolitik.sim.stats.intervals import Scale
from realpolitik.sim.stats.jackknife import Rows, Tally, assessable, came, half_width, without_each

# ── Differences between the scenarios ────────────────────────────────────────────────


COLUMNS = (
    *("scenario", "outcome", "label", "scale", "baseline", "other", "difference", "low", "high"),
    *("baseline_came", "other_came"),
    *("paired", "pairs", "points", "width_unpaired", "gain"),
)


def differences(findings: Mapping[str, Findings], outcomes: list[str]) -> pd.DataFrame:
    """Each shared outcome of each scenario less that of the first, averaged over shared points.

    Columns: scenario, outcome, label, scale, baseline, other (means over the points), difference,
    low, high (its 95 % interval, by batches of pairs of worlds), baseline_came, other_came (of
    weeks the shares of worlds in which it came), paired (true), pairs (the fewest worlds of a
    point), points (that both have, with a value in both), width_unpaired (of the
    interval as it would be without pairs), gain (how many times narrower pairs make it). NaN where
    there is no such point.
    """
    first, *others = findings
    about = findings[first].study
    labels = {
        one["name"]: capped(one["label"], one["scale"], about["scenario"]["weeks"])
        for one in about["outcomes"]
    }
    rows = []
    for key in others:
        here, there = shared_points(findings[first], findings[key])
        for name in outcomes:
            scale = findings[first].scales[name]
            one, other = (findings[each].tallies[name] for each in (first, key))
            ids = {"scenario": key, "outcome": name, "label": labels[name], "scale": scale.name}
            rows.append(ids | _difference(one, other, here, there, scale))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def curves_between(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The curves of all scenarios, one below the other, with the scenario of each in front."""
    kept = [table.assign(scenario=key) for key, table in tables.items() if len(table)]
    if not kept:
        return pd.DataFrame(columns=["scenario", "outcome", "address", "value"])
    joined = pd.concat(kept, ignore_index=True)
    return joined[["scenario", *joined.columns.drop("scenario")]]


def shared_points(one: Findings, other: Findings) -> tuple[Rows, Rows]:
    """Rows of the points that both have, in the order of the first: (points,) of each."""
    keys = {key: row for row, key in enumerate(point_keys(other.points, other.addresses))}
    pairs = [
        (row, keys[key])
        for row, key in enumerate(point_keys(one.points, one.addresses))
        if key in keys
    ]
    rows = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return rows[:, 0], rows[:, 1]


def _joined(one: Tally, here: Rows, other: Tally, there: Rows) -> Tally:
    """Some points of both, those of the first in front: batches are left out of all at once."""
    names = (field.name for field in fields(Tally))
    pairs = ((getattr(one, name)[here], getattr(other, name)[there]) for name in names)
    return Tally(*map(np.concatenate, pairs))


def _difference(
    one: Tally, other: Tally, here: Rows, there: Rows, scale: Scale
) -> dict[str, object]:
    """The numbers of a row."""
    known = assessable(one)[here] & assessable(other)[there]
    count = int(known.sum())
    found: dict[str, object] = {"paired": True, "points": count, "pairs": 0}
    if not count:
        return found
    both, rows = _joined(one, here[known], other, there[known]), np.arange(2 * count)
    before, after = without_each(both, rows.reshape(2, count)).mean(axis=1)
    worlds = both.n.sum(axis=1).min()
    baseline, level = both.mean.reshape(2, count).mean(axis=1).tolist()
    came_before, came_after = came(both, scale).reshape(2, count).mean(axis=1).tolist()
    half = float(half_width(after - before, scale, worlds))
    alone = half_width(before, scale, worlds), half_width(after, scale, worlds)
    apart = 2 * float(np.hypot(*alone))
    low, high = level - baseline - half, level - baseline + half
    low, high = max(low, -scale.width), min(high, scale.width)
    return found | {
        "pairs": int(worlds),
        "baseline": baseline,
        "other": level,
        "baseline_came": came_before,
        "other_came": came_after,
        "difference": level - baseline,
        "low": low,
        "high": high,
        "width_unpaired": apart,
        "gain": apart / (2 * half) if half > 0 else np.nan,
    }


# ── Studies side by side ─────────────────────────────────────────────────────────────


MARK, PAGE, EACH = "scenarios.json", "scenarios.html", "scenarios"
TABLES = ("differences", "curves")


@dataclass(frozen=True)
class ScenarioStudy:
    """A study of several scenarios that was carried out.

    Attributes:
        folder: Where it lies.
        about: What `scenarios.json` holds: name, title, question, command and scenarios, each with
            key, title and called.
        studies: Short name of a scenario → its study, the baseline first.
        tables: `differences`, and the `curves` of each.
        missing: Why any of these could not be made, in sentences.
    """

    folder: Path
    about: Mapping[str, Any]
    studies: Mapping[str, Study]
    tables: Mapping[str, pd.DataFrame]
    missing: tuple[str, ...]


RenderSeveral = Callable[[ScenarioStudy], str]


def sweep_scenarios(
    plans: Sequence[Plan],
    folder: Path,
    workers: Workers | None = None,
    *,
    resume: bool = False,
    extend: bool = False,
    render: Render | None = None,
    render_several: RenderSeveral | None = None,
    tell: Tell | None = None,
) -> ScenarioStudy:
    """Carries out the same study of several scenarios, all in the same worlds.

    Args:
        plans: A plan for each scenario, the baseline first, as `load_study` gives them.
        folder: Where all goes; made if it is missing.
        workers: Who runs the worlds; none: this process.
        resume: Go on with what was broken off.
        extend: Go on with more worlds, points, outcomes or scenarios.
        render: Makes the page of each study, as for `sweep`.
        render_several: Makes the page that puts them side by side, out of what this returns.
        tell: Called with how each stands, after every chunk.

    Raises:
        ScenarioError: the plans differ in more than the scenario.
        StudyFolderError: the folder holds something else, or is in use.
        OSError: it cannot be written; what was written before is kept.
    """
    several, home = Several.of(plans), Folder(folder)
    home.make()
    with alone_in(folder) as alone:
        if not alone:
            raise StudyFolderError(f"{folder}: another process is at work on this study")
        is_only_read = home.has(PAGE) and not (resume or extend)
        _open(home, several, extend=extend)
        for key, plan in several.plans.items():
            home.make(f"{EACH}/{key}")
            sweep(
                plan,
                folder / EACH / key,
                workers,
                resume=resume,
                extend=extend,
                render=render,
                tell=tell,
            )
        found = read_scenarios(folder)
        if not is_only_read:
            publish_scenarios(found, render_several)
    return found


def read_scenarios(folder: Path) -> ScenarioStudy:
    """A study of several scenarios as it lies in its folder, analysed anew.

    Raises:
        StudyFolderError: there is none, or one of its studies is damaged, or is another's.
    """
    about = _about(Folder(folder))
    studies = {one["key"]: read_study(_place(folder, one["key"])) for one in about["scenarios"]}
    _refuse_exchanged(folder, about, studies)
    findings = {key: study.findings for key, study in studies.items()}
    first, *others = findings.values()
    shared = [name for name in first.tallies if all(name in one.tallies for one in others)]
    curves = {key: study.tables.get("curves", pd.DataFrame()) for key, study in studies.items()}
    makers = {
        "differences": lambda: differences(findings, shared),
        "curves": lambda: curves_between(curves),
    }
    return ScenarioStudy(folder, about, studies, *attempt_each("table", makers))


def _refuse_exchanged(folder: Path, about: Mapping[str, Any], studies: Mapping[str, Study]) -> None:
    """Makes sure that each study is that of its scenario, in the worlds of the others.

    Raises:
        StudyFolderError: one is not.
    """
    settings = {key: study.findings.study for key, study in studies.items()}
    seed = settings[about["scenarios"][0]["key"]]["seed"]
    for one in about["scenarios"]:
        there = settings[one["key"]]
        pairs = {
            "scenario.called": (there["scenario"]["called"], one["called"]),
            "seed": (there["seed"], seed),
        }
        for key, (found, wanted) in pairs.items():
            if found != wanted:
                told = f"{key}: found {found}; expected {wanted}, as this is the study of {MARK}"
                raise StudyFolderError(f"{_place(folder, one['key']) / SETTINGS}: {told}")


def plans_in(folder: Path) -> list[Plan]:
    """The plan of each scenario of the study that lies in a folder.

    Raises:
        StudyFolderError: there is none, or one is damaged.
    """
    keys = [one["key"] for one in _about(Folder(folder))["scenarios"]]
    return [plan_in(_place(folder, key)) for key in keys]


def publish_scenarios(found: ScenarioStudy, render: RenderSeveral | None) -> None:
    """Writes the tables, and the page that puts the scenarios side by side."""
    home = Folder(found.folder)
    for name in TABLES:
        if name in found.tables:
            home.write_text(f"{ANALYSIS}/{name}.csv", csv_text(found.tables[name]))
        else:
            home.remove(f"{ANALYSIS}/{name}.csv")
    if render:
        home.write_text(PAGE, render(found))


def holds_several(folder: Path) -> bool:
    """Whether a study of several scenarios lives in a folder."""
    return Folder(folder).has(MARK)


def _open(home: Folder, several: Several, *, extend: bool) -> None:
    """Says in the folder which scenarios it is to hold."""
    try:
        refuse_foreign(home, MARK)
    except ForeignError as error:
        raise StudyFolderError(f"{home.place}: {error.strerror}") from None
    asked = _describe(several)
    if home.has(MARK):
        there = {one["key"]: one["called"] for one in _about(home)["scenarios"]}
        wanted = {one["key"]: one["called"] for one in asked["scenarios"]}
        if there != wanted and not (extend and there.items() <= wanted.items()):
            raise StudyFolderError(
                f"{home.place}: holds a study of {', '.join(there.values())}; "
                "--out takes another folder, --extend adds scenarios"
            )
    home.sweep_up()
    if not home.has(MARK) or _about(home) != asked:
        home.write_text(MARK, as_json(sealed(asked)))


def _describe(several: Several) -> dict[str, Any]:
    first = several.baseline
    typed = f"{first.title}, in {len(several.plans)} scenarios"
    return {
        "format": FORMAT,
        "version": version("realpolitik"),
        "name": name_of_several([*several.plans.values()]),
        "title": first.title if first.file else typed,
        "question": first.question,
        "scenarios": [
            {"key": key, "title": several.titles[key], "called": plan.called}
            for key, plan in several.plans.items()
        ],
        "command": several.command,
    }


def _about(home: Folder) -> dict[str, Any]:
    """What `scenarios.json` holds.

    Raises:
        StudyFolderError: it is missing, or is none of ours.
    """
    try:
        return read_record(home, MARK, ScenariosRecord)
    except RecordError as error:
        advice = (
            f"  The studies in {EACH} are whole in themselves: `realpolitik report` takes each."
        )
        raise StudyFolderError(*error.lines, advice) from None


def _place(folder: Path, key: str) -> Path:
    """The folder of the study of a scenario, reached by no link.

    Raises:
        StudyFolderError: it is a link, or there is no study.
    """
    place = folder / EACH / key
    if place.is_symlink() or place.parent.is_symlink():
        raise StudyFolderError(f"{place}: is a link, and what lies behind it is left alone")
    if not StudyFolder(place).is_begun:
        cure = f"the command in {MARK}, with --out for this folder, makes it anew"
        raise StudyFolderError(f"{place}: no study (there is no {SETTINGS}); {cure}")
    return place
