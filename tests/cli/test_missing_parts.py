"""A table or chart that cannot be made costs a study or a calibration that part alone."""

import json
import warnings
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from realpolitik.sim.analysis import scenarios, study
from realpolitik.sim.calibrate import findings
from realpolitik.sim.calibrate.calibration import calibrate
from realpolitik.sim.calibrate.plan import load_calibration
from realpolitik.sim.documents import calibrate as calibrated
from realpolitik.sim.documents import scenarios as several
from realpolitik.sim.documents import study as documents
from tests.cli.verbs import QUARREL, Verb

WHY = "the ink has run out"
STUDY = """\
title: A study
question: What moves it?
scenario: quarrel.yaml
vary: {IRN.domestic_pressure: {values: [0, 0.5, 1]}, RUS.israel_ties: {values: [0, 0.4]}}
worlds: 40
thresholds: {strike: 0.5}
"""
FIT = """\
title: A small calibration
question: Which pressure fits?
scenario: haniyeh_2024
vary: {IRN.domestic_pressure: , RUS.israel_ties: }
patterns: [strike_after_killing, full_scale_war]
points: 3
worlds: 20
waves: 1
finalists: 1
final_worlds: 20
findings: {sets: 1, worlds: 40}
"""
SWEEP, CALIBRATE = Verb("sweep"), Verb("calibrate")
BOTH = ("quarrel.yaml", "quarrel.yaml#calm", "--set", "RUS.israel_ties=0,0.4", "--worlds", "20")
IN_STUDY = {"summary", "spread", "curves", "effects", "tipping"}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a scenario, a study of it and a calibration, in which the command is typed."""
    variants = "variants:\n  calm: {shocks: [{id: killed, drop: true}]}\n"
    (tmp_path / "quarrel.yaml").write_text(QUARREL + variants)
    (tmp_path / "study.yaml").write_text(STUDY)
    (tmp_path / "fit.yaml").write_text(FIT)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A calibration that was carried out."""
    made = tmp_path_factory.mktemp("calibrating")
    (made / "fit.yaml").write_text(FIT)
    calibrate(load_calibration(made / "fit.yaml").plan, made / "kept")
    return made / "kept"


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Does something while a maker fails; what is missing is warned of."""

    def run(module: ModuleType, name: str, do: Callable[[], Any]) -> Any:
        def fail(*_: object, **__: object) -> None:
            raise RuntimeError(WHY)

        with monkeypatch.context() as patch, warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            patch.setattr(module, name, fail)
            done = do()
        assert any(WHY in str(one.message) for one in caught)
        return done

    return run


# ── Studies ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", sorted(IN_STUDY))
def test_a_table_of_a_study_that_fails_leaves_the_others(
    here: Path, broken: Callable[..., Any], name: str
) -> None:
    printed = broken(study, name, lambda: SWEEP.well("study.yaml", "--out", "kept"))
    assert f"The table {name} could not be made (RuntimeError: {WHY})." in printed
    made = {path.stem for path in (here / "kept" / "analysis").iterdir()}
    assert made == IN_STUDY - {name}
    text = (here / "kept" / "study.html").read_text()
    assert WHY in text
    assert 'id="again"' in text
    assert "The answer could not be made" not in text
    assert ("Chart: curves-1" in text) == (name != "curves")
    assert ('id="effects"' in text) == (name != "effects")
    told = broken(study, name, lambda: SWEEP.answer("study.yaml", "--out", "kept"))
    assert set(told["tables"]) == IN_STUDY - {name}
    assert WHY in told["missing"][0]


def test_what_is_missing_is_not_taken_for_what_never_came(
    here: Path, broken: Callable[..., Any]
) -> None:
    broken(study, "summary", lambda: SWEEP.well("study.yaml", "--out", "kept"))
    text = (here / "kept" / "study.html").read_text()
    assert "No outcome has a value at any point" not in text
    assert f"The table summary could not be made (RuntimeError: {WHY})." in text


def test_a_study_is_whole_once_the_fault_is_gone(here: Path, broken: Callable[..., Any]) -> None:
    whole = SWEEP.well("study.yaml", "--out", "whole")
    broken(study, "summary", lambda: SWEEP.well("study.yaml", "--out", "kept"))
    Verb("report").well("kept")
    for name in ("study.html", "analysis/summary.csv", "manifest.json"):
        assert (here / "kept" / name).read_bytes() == (here / "whole" / name).read_bytes()
    assert SWEEP.well("study.yaml", "--out", "kept") == whole.replace("whole", "kept")


PARTS = {
    "spread_table": "Chance a point",
    "crossings_table": "Crosses",
    "mattering_on_screen": "Difference,",
    "answer": "moves it most",
}
"""What makes a part of what is said → what stands in it and, on a terminal, nowhere else."""


@pytest.mark.parametrize("name", [*PARTS, "varied_table", "_map"])
def test_a_part_of_what_is_said_that_fails_leaves_the_others(
    here: Path, broken: Callable[..., Any], name: str
) -> None:
    printed = broken(documents, name, lambda: SWEEP.well("study.yaml", "--out", "kept"))
    assert [part for part, said in PARTS.items() if said not in printed] == [name] * (name in PARTS)
    assert (WHY in printed) == (name in PARTS)
    assert "Page    kept" in printed
    text = (here / "kept" / "study.html").read_text()
    assert WHY in text
    assert 'id="again"' in text


@pytest.mark.parametrize("name", ["differences", "curves_between"])
def test_a_table_between_scenarios_that_fails_leaves_the_other(
    here: Path, broken: Callable[..., Any], name: str
) -> None:
    printed = broken(scenarios, name, lambda: SWEEP.well(*BOTH, "--out", "kept"))
    assert WHY in printed
    other = "differences" if name == "curves_between" else "curves"
    assert [path.stem for path in (here / "kept" / "analysis").iterdir()] == [other]
    text = (here / "kept" / "scenarios.html").read_text()
    assert WHY in text
    assert 'id="again"' in text


@pytest.mark.parametrize("name", ["_differences", "_curves", "answer", "_scenarios"])
def test_a_part_of_what_is_said_of_several_scenarios_that_fails_leaves_the_others(
    here: Path, broken: Callable[..., Any], name: str
) -> None:
    printed = broken(several, name, lambda: SWEEP.well(*BOTH, "--out", "kept"))
    assert (WHY in printed) == (name in ("_differences", "answer"))
    assert "Page    kept" in printed
    text = (here / "kept" / "scenarios.html").read_text()
    assert WHY in text
    assert 'id="again"' in text


# ── Calibrations ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["waves", "ranges", "best", "patterns"])
def test_a_table_of_a_calibration_that_fails_leaves_the_others(
    here: Path, broken: Callable[..., Any], name: str
) -> None:
    printed = broken(findings, name, lambda: CALIBRATE.well("fit.yaml", "--out", "kept"))
    assert f"The table {name} could not be made (RuntimeError: {WHY})." in printed
    assert "Keeps its sign" in printed
    file = here / "kept" / "tables" / f"{name}.csv"
    assert not file.exists()
    told = json.loads(CALIBRATE.well("fit.yaml", "--out", "kept", "--resume", "--json"))
    assert told["missing"] == []
    assert file.is_file()


@pytest.mark.parametrize(
    "name",
    ["pattern_table", "wave_table", "finalist_table", "range_table", "finding_table", "chosen"],
)
def test_a_part_of_what_is_printed_of_a_calibration_that_fails_leaves_the_others(
    kept: Path, broken: Callable[..., Any], name: str
) -> None:
    words = ("fit.yaml", "--out", kept)
    whole = CALIBRATE.well(*words).splitlines()
    printed = broken(calibrated, name, lambda: CALIBRATE.well(*words)).splitlines()
    assert any(WHY in line for line in printed)
    assert printed[-1] == whole[-1]
    assert len(set(whole) - set(printed)) < len(whole) / 2


@pytest.mark.parametrize(
    ("name", "other"),
    [("implausibility_dots", "kept_ranges"), ("kept_ranges", "implausibility")],
)
def test_a_chart_of_a_calibration_that_fails_leaves_the_other(
    kept: Path, broken: Callable[..., Any], name: str, other: str
) -> None:
    found = calibrate(load_calibration("fit.yaml").plan, kept)
    drawn = broken(calibrated, name, lambda: calibrated.figures_of(found.plan, found.tables))
    assert list(drawn) == [other]
