"""`realpolitik validate`: verdicts for people and for programs."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from realpolitik.sim.cli.commands import cli
from tests.offenders import each

BAD = sorted((Path(__file__).parents[1] / "bad_scenarios").glob("*.yaml"))
SCENARIO = """\
title: A test of strength
question: Who is stronger?
start: 2024-08-05
weeks: 4
actors: [RUS, USA, IRN]
outcomes:
  war: {measure: full_scale_war, label: Is there war?}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A scenario in a file."""
    path = tmp_path / "strength.yaml"
    path.write_text(SCENARIO, encoding="utf-8")
    return path


def call(*words: str | Path) -> Result:
    """What the command does with these words."""
    return CliRunner().invoke(cli, [str(word) for word in words])


def test_files_that_are_well_are_named_on_stdout(file: Path) -> None:
    done = call("validate", file, "haniyeh_2024")
    assert done.exit_code == 0
    assert done.stdout == f"{file}: well\nhaniyeh_2024: well\n"
    assert done.stderr == ""


def test_one_wrong_file_is_exit_1_and_the_others_are_checked_all_the_same(file: Path) -> None:
    done = call("validate", BAD[0], "no_shock", "nowhere.yaml", file)
    assert done.exit_code == 1
    assert done.stdout == f"no_shock: well\n{file}: well\n"
    assert len(done.stderr.splitlines()) == 2


@each("bad", BAD)
def test_every_bad_file_is_located_faults_and_exit_1(bad: Path) -> None:
    done = call("validate", bad)
    assert done.exit_code == 1
    assert done.stdout == ""
    pattern = re.compile(re.escape(str(bad)) + r":\d+:\d+: .+")
    assert all(pattern.fullmatch(line) for line in done.stderr.splitlines())


def test_verdicts_are_json_for_programs(file: Path) -> None:
    bad = next(path for path in BAD if path.stem == "variant_with_an_unknown_parameter")
    done = call("validate", "--json", file, bad, "nowhere.yaml")
    assert done.exit_code == 1
    assert done.stderr == ""
    well, wrong, missing = json.loads(done.stdout)
    assert well == {"file": str(file), "ok": True, "faults": []}
    assert (wrong["file"], wrong["ok"]) == (str(bad), False)
    (fault,) = wrong["faults"]
    assert set(fault) == {"file", "line", "column", "problem", "expected", "suggestion"}
    assert (fault["file"], fault["suggestion"]) == (str(bad), "RUS.israel_ties")
    assert isinstance(fault["line"], int)
    assert missing["faults"][0]["line"] is None


def test_json_of_files_that_are_well_is_exit_0(file: Path) -> None:
    done = call("validate", "--json", file)
    assert done.exit_code == 0
    assert json.loads(done.stdout) == [{"file": str(file), "ok": True, "faults": []}]
