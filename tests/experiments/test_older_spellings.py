"""Folders of before dyads were written as `IRN-ISR`, and before `on` was called `target`."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from realpolitik.sim.analysis.study import read_study
from realpolitik.sim.comparison.comparison import compare
from realpolitik.sim.comparison.inputs import open_subjects
from realpolitik.sim.experiments.run_folder import read_run
from realpolitik.sim.experiments.sealing import unsealed
from tests.cli.verbs import QUARREL, Verb

RUN, SWEEP, REPORT = Verb("run"), Verb("sweep"), Verb("report")
ENMITY, RESOLVE = "initial.hostility.IRN-ISR", "initial.resolve.ISR-IRN"
STUDY = ("quarrel.yaml", "--set", f"{ENMITY}=0.7,0.9", "--worlds", "4")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a scenario, in which the command is typed."""
    text = QUARREL.replace("parameters: {", f"parameters: {{{RESOLVE}: 0.6, ")
    (tmp_path / "quarrel.yaml").write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def older(tree: Any) -> Any:
    """A record as it was before."""
    if isinstance(tree, dict):
        return {_key(tree, key): older(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [older(one) for one in tree]
    return _address(tree) if isinstance(tree, str) else tree


def _key(tree: dict[str, Any], key: str) -> str:
    return "on" if key == "target" and "measure" in tree else _address(key)


def _address(text: str) -> str:
    return text.replace("IRN-ISR", "IRN>ISR").replace("ISR-IRN", "ISR>IRN")


def rewrite(path: Path, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    record = unsealed(json.loads(path.read_text()))
    path.write_text(json.dumps(older(change(record)) | {"format": 1}))


def without_origin(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key not in ("origin", "made_with")}


def make_old(folder: Path) -> None:
    """Puts the scenario of a folder, its records and its points into the older spelling."""
    scenario = folder / "scenario.yaml"
    text = _address(scenario.read_text()).replace("target:", "on:")
    assert "on: ISR" in text
    scenario.write_text(text)
    if (folder / "points.parquet").exists():
        for table in (folder / "points.parquet", *(folder / "parts").iterdir()):
            pd.read_parquet(table).rename(columns=_address).to_parquet(table, index=False)
        rewrite(folder / "study.json", without_origin)
    rewrite(folder / "manifest.json", lambda record: _listed(folder, without_origin(record)))
    assert "IRN>ISR" in (folder / "manifest.json").read_text()


def _listed(folder: Path, record: dict[str, Any]) -> dict[str, Any]:
    files = {name: sha256((folder / name).read_bytes()).hexdigest() for name in record["files"]}
    return record | {"files": files}


def test_a_study_is_reported_on_in_the_present_spelling() -> None:
    SWEEP.well(*STUDY, "--out", "study")
    tables = read_study(Path("study")).tables
    page = Path("study/study.html").read_text(encoding="utf-8")
    make_old(Path("study"))
    study = read_study(Path("study"))
    assert list(study.findings.points.columns) == ["point", ENMITY]
    assert study.findings.study["vary"][0]["address"] == ENMITY
    assert study.findings.study["measures"]["strike"]["target"] == "ISR"
    for name, table in tables.items():
        pd.testing.assert_frame_equal(table, study.tables[name])
    REPORT.well("study")
    again = Path("study/study.html").read_text(encoding="utf-8")
    assert "IRN&gt;ISR" in again  # title, question, name and command are as they were
    assert again.replace("IRN&gt;ISR", "IRN-ISR") == page


@pytest.mark.parametrize("how", [(), ("--resume",), ("--extend",)])
def test_a_study_is_not_gone_on_with_and_it_is_said_how_to_mend_it(how: tuple[str, ...]) -> None:
    SWEEP.well(*STUDY, "--out", "study")
    make_old(Path("study"))
    done = SWEEP.invoked(*STUDY, "--out", "study", *how)
    assert done.exit_code == 1
    assert done.stderr.splitlines() == [
        "study: holds a study with other settings; --out takes another folder, an extension can "
        "only add",
        "  format: 1 there, 2 now: it does not say which numbers and which code made it; "
        "`realpolitik report` still makes its page",
    ]


def test_a_run_is_compared_like_one_of_now() -> None:
    for name in ("old", "new"):
        RUN.well("quarrel.yaml", "--worlds", "20", "--set", f"{ENMITY}=0.8", "--out", name)
    make_old(Path("old"))
    assert read_run(Path("old")).manifest["scenario"]["parameters"][ENMITY] == 0.8
    one, other = open_subjects(["old", "new"])
    assert one.sets == other.sets >= {ENMITY, RESOLVE}
    assert one.outcomes == other.outcomes
    assert one.outcomes[0].definition["target"] == "ISR"
    found = compare(["old", "new"])
    assert found.differences["paired"].all()
    assert found.differences["note"].tolist() == ["the same scenario"] * 2
    assert found.manifest["notes"] == ["quarrel new: the same scenario"]
    REPORT.well("old")
