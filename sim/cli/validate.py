"""`realpolitik validate`: whether files can be run."""

import contextlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import click

from realpolitik.sim.calibrate.patterns import read_findings, read_patterns
from realpolitik.sim.calibrate.plan import load_calibration, shipped_calibrations
from realpolitik.sim.claims.claims_file import read_claims
from realpolitik.sim.cli.exits import WRONG_INPUT, note
from realpolitik.sim.cli.output import say, say_json
from realpolitik.sim.experiments.plan_file import load_study, shipped_studies
from realpolitik.sim.files.reading import MOST_TEXT, read_file
from realpolitik.sim.record.starting import load_scenario
from realpolitik.sim.scenario.errors import Fault, ScenarioError
from realpolitik.sim.scenario.finding import SourceFile, content_of, source_at, split_variant
from realpolitik.sim.scenario.kinds import kind_of
from realpolitik.sim.scenario.loading import shipped_scenarios


def check(file: str) -> None:
    """Reads a scenario, study, calibration, or file of claims, patterns or findings, in full.

    Raises:
        ScenarioError: something is wrong in it; it holds all faults.
    """
    CHECKS.get(_kind(file), load_scenario)(file)


def _kind(file: str) -> str:
    """What is in the file of that path; of no path, what is shipped under that name."""
    name, _ = split_variant(file)
    with contextlib.suppress(OSError, ValueError):
        return kind_of(read_file(name, MOST_TEXT))
    if name not in shipped_scenarios():
        kinds = {"study": shipped_studies(), "calibration": shipped_calibrations()}
        return next((kind for kind, names in kinds.items() if name in names), "")
    return ""


def _reading(read: Callable[[bytes, SourceFile], object]) -> Callable[[str], object]:
    """A check of a file by what reads its content."""

    def check(file: str) -> object:
        source = source_at(file)
        return read(content_of(source), source)

    return check


CHECKS: Mapping[str, Callable[[str], object]] = {
    "study": load_study,
    "calibration": load_calibration,
    "claims": _reading(read_claims),
    "patterns": _reading(read_patterns),
    "findings": _reading(read_findings),
}


def print_verdicts(files: Iterable[str]) -> None:
    """A line on stdout for each file that is well, and one on stderr for each fault of the others.

    Raises:
        Exit: one or more are wrong.
    """
    wrong = False
    for file in files:
        try:
            check(file)
        except ScenarioError as error:
            wrong = True
            note(*map(str, error.faults))
        else:
            say(f"{file}: well")
    if wrong:
        raise click.exceptions.Exit(WRONG_INPUT)


def print_json(files: Iterable[str]) -> None:
    """One JSON array on stdout, an object for each file with its faults.

    Raises:
        Exit: one or more are wrong.
    """
    verdicts = [_verdict(file) for file in files]
    say_json(verdicts, indent=2)
    if not all(verdict["ok"] for verdict in verdicts):
        raise click.exceptions.Exit(WRONG_INPUT)


def _verdict(file: str) -> dict[str, Any]:
    try:
        check(file)
    except ScenarioError as error:
        return {"file": file, "ok": False, "faults": [_record(fault) for fault in error.faults]}
    return {"file": file, "ok": True, "faults": []}


def _record(fault: Fault) -> dict[str, Any]:
    """A fault; line and column are null where it is the file as a whole."""
    return {
        "file": fault.place.path,
        "line": fault.place.line or None,
        "column": fault.place.column or None,
        "problem": fault.problem,
        "expected": fault.expected or None,
        "suggestion": fault.suggestion or None,
    }
