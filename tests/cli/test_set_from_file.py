"""`--set @FILE`: parameters from YAML, JSON and CSV, in `run` and in `sweep`."""

import json
from pathlib import Path

import pandas as pd
import pytest

from realpolitik.sim import load_scenario
from realpolitik.sim.experiments.vary_request import requests_in_file
from tests.cli.verbs import QUARREL, Verb

RUN, SWEEP = Verb("run"), Verb("sweep")
TIES, ENMITY = "RUS.israel_ties", "initial.hostility.IRN-ISR"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a scenario, in which the command is typed."""
    (tmp_path / "quarrel.yaml").write_text(QUARREL)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def file(name: str, content: str | bytes) -> str:
    """The name of a file that holds this."""
    Path(name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return name


def test_a_run_takes_them_and_what_is_typed_later_counts() -> None:
    file("cold.yaml", f"{TIES}: 0.25\nworld.precision: 8\n")
    words = ("quarrel.yaml", "--worlds", "2", "--set", "@cold.yaml", "--set", f"{TIES}=0.5")
    folder = Path(RUN.answer(*words)["run_dir"])
    parameters = load_scenario(folder / "scenario.yaml").parameters
    assert (parameters[TIES], parameters["world.precision"]) == (0.5, 8)


@pytest.mark.parametrize(
    ("word", "code", "told"),
    [
        ("@", 2, "a path is wanted, and this is empty"),
        ("@none.yaml", 1, "none.yaml: cannot be read: No such file"),
        ("@.", 1, ".: cannot be read: it is a folder"),
        ("@/dev/zero", 1, "/dev/zero: cannot be read: it is a device"),
    ],
)
@pytest.mark.parametrize("verb", [RUN, SWEEP])
def test_what_is_no_file_is_told(verb: Verb, word: str, code: int, told: str) -> None:
    verb.refused(["quarrel.yaml", "--set", word], code, told)


def test_a_sweep_takes_ranges_and_single_values() -> None:
    content = (
        f"{TIES}: 0:0.8:0.4\nIRN.domestic_pressure: [0, 0.5]\nworld.precision: 8\n"
        "RUS.iran_partner: {low: 0, high: 0.5, step: 0.25}\nRUS.iran_dependence:\n"
    )
    read = {one.address: one for one in requests_in_file(file("s.yaml", content))}
    assert (read[TIES].low, read[TIES].high, read[TIES].step) == (0, 0.8, 0.4)
    assert read["IRN.domestic_pressure"].values == (0, 0.5)
    assert (read["world.precision"].values, read["world.precision"].is_fixed) == ((8,), True)
    assert read["RUS.iran_partner"].step == 0.25
    assert read["RUS.iran_dependence"].low is None
    file("s.yaml", f"{TIES}: 0:0.8:0.4\nworld.precision: 8\n")
    SWEEP.well("quarrel.yaml", "--set", "@s.yaml", "--worlds", "4", "--out", "file")
    typed = ("--set", f"{TIES}=0:0.8:0.4", "--set", "world.precision=8")
    SWEEP.well("quarrel.yaml", *typed, "--worlds", "4", "--out", "typed")
    names = sorted(path.name for path in Path("file/parts").iterdir())
    assert all(
        Path(f"file/parts/{name}").read_bytes() == Path(f"typed/parts/{name}").read_bytes()
        for name in names
    )
    assert load_scenario(Path("file/scenario.yaml")).settings["world.precision"] == 8


def test_the_command_in_the_folder_repeats_what_was_fixed() -> None:
    file("s.yaml", f"{TIES}: [0, 0.5]\nworld.precision: 8\n")
    SWEEP.well("quarrel.yaml", "--set", "@s.yaml", "--worlds", "4", "--out", "first")
    command = json.loads(Path("first/study.json").read_text())["command"]
    assert SWEEP.answer(*command.split()[2:], "--out", "second")["points"] == 2
    one, other = (
        json.loads(Path(f"{name}/study.json").read_text()) for name in ("first", "second")
    )
    assert one == other


def test_points_of_a_file_are_run_with_what_is_fixed() -> None:
    file("p.csv", f"{TIES}\n0.1\n0.2\n")
    words = ("quarrel.yaml", "--points", "p.csv", "--set", "world.precision=8", "--worlds", "4")
    SWEEP.well(*words, "--out", "given")
    assert load_scenario(Path("given/scenario.yaml")).settings["world.precision"] == 8
    assert list(pd.read_parquet("given/points.parquet").columns) == ["point", TIES]
    told = f"--set {TIES}=0.3: {TIES} is set to one value, and varied as well"
    SWEEP.refused([*words, "--set", f"{TIES}=0.3"], 1, told)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (f"{TIES}: 0:0.8:0.3\n", "s.yaml:1:18: steps of 0.3 from 0 leave out 0.8"),
        (f"{TIES}: [0, high]\n", f"s.yaml:1:18: {TIES} is a list; expected a number, a list of"),
        (f"{TIES}: [0, 1]\nUSA.x: 3\n", "s.yaml:2:1: unknown parameter 'USA.x'"),
        (f"{TIES}: [0, 0.5]\nworld.precision: 800\n", "s.yaml:2:18: world.precision is 800"),
        (f"{TIES}: {{lo: 3}}\n", "s.yaml:1:19: unknown key 'lo'"),
        (f"{TIES}: 0.3\n", f"s.yaml:1:18: {TIES} has one level, 0.3; expected two levels or more"),
    ],
)
def test_a_fault_of_a_range_is_told_with_file_and_line(content: str, told: str) -> None:
    file("s.yaml", content)
    SWEEP.refused(["quarrel.yaml", "--set", "@s.yaml"], 1, told)
