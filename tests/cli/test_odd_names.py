"""Files and folders whose names are not UTF-8, or hold what a terminal would obey."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from realpolitik.sim.cli.commands import cli
from tests.cli.verbs import QUARREL

LATIN, HOSTILE = os.fsdecode(b"caf\xe9"), "a\x1b[2J\n\u202eb"


@pytest.fixture(params=[LATIN, HOSTILE])
def name(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a scenario in this folder, without its suffix."""
    monkeypatch.chdir(tmp_path)
    stem: str = request.param
    Path(f"{stem}.yaml").write_text(QUARREL, encoding="utf-8")
    return stem


def well(*words: str) -> str:
    """What the command prints when all is well: nothing that is not seen, and that is UTF-8."""
    done = CliRunner().invoke(cli, list(words))
    assert done.exit_code == 0, ascii(done.output)
    assert "\x1b" not in done.output
    assert "\u202e" not in done.output
    done.output.encode("utf-8")
    return done.stdout


def test_every_verb_takes_a_file_and_a_folder_of_such_a_name(name: str) -> None:
    file, few = f"{name}.yaml", ("--worlds", "2")
    assert json.loads(well("validate", file, "--json"))[0]["file"] == file
    folder = json.loads(well("run", file, *few, "--out", name, "--json"))["run_dir"]
    assert Path(folder).is_dir()
    assert len(well("report", folder).splitlines()) == 1
    well("show", file)
    well("compare", folder, file, "--out", f"{name}-c")
    well("sweep", file, "--set", "RUS.israel_ties=0,0.1", *few, "--out", f"{name}-s")
    well("report", f"{name}-s")
    well("explain", file, "--actor", "RUS", *few, "--out", f"{name}.html")
    parameter = ("--parameter", "RUS.israel_ties")
    well("flips", file, "--outcome", "strike", *parameter, *few, "--out", f"{name}-f.html")


def test_a_manifest_cannot_break_a_line_or_move_the_cursor(name: str) -> None:
    folder = Path(json.loads(well("run", f"{name}.yaml", "--worlds", "2", "--json"))["run_dir"])
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["scenario"]["title"] = manifest["scenario"]["name"] = HOSTILE
    manifest["tool"]["version"] = f"9{HOSTILE}"
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    for words in (["compare", str(folder), "no_shock"], ["explain", str(folder), "--actor", "RUS"]):
        done = CliRunner().invoke(cli, words)
        assert not {"\x1b", "\u202e"} & set(done.output)
        assert not any(line.startswith("\u202eb") for line in done.output.splitlines())


def test_no_scenario_extends_a_name_that_a_file_cannot_hold(name: str) -> None:
    done = CliRunner().invoke(cli, ["new", "other", "--from", f"{name}.yaml"])
    assert done.exit_code == 1
    assert len(done.stderr.splitlines()) == 1
    assert not Path("other.yaml").exists()
