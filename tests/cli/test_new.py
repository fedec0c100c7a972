"""`realpolitik new`: files to begin with, that are right as they are and with their examples."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from realpolitik.sim.cli.commands import cli
from realpolitik.sim.scenario.loading import load_scenario, shipped_scenarios
from realpolitik.sim.scenario.schema import Scenario
from tests.offenders import each


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def new(*words: str) -> Result:
    """What `realpolitik new` does with these words."""
    return CliRunner().invoke(cli, ["new", *words])


def with_examples(file: str) -> Scenario:
    """The scenario of a file once the sign is taken away before each example."""
    text = re.sub(r"^#(?=\S|  )", "", Path(file).read_text(encoding="utf-8"), flags=re.MULTILINE)
    Path(file).write_text(text, encoding="utf-8")
    return load_scenario(file)


def test_a_starter_is_right_as_it_is() -> None:
    done = new("gulf_crisis")
    assert (done.exit_code, done.stdout) == (0, "gulf_crisis.yaml\n")
    assert load_scenario("gulf_crisis.yaml").title == "Gulf crisis"


def test_a_starter_is_right_with_its_examples() -> None:
    new("crisis")
    scenario = with_examples("crisis.yaml")
    assert scenario.variants == ("no_killing",)
    assert scenario.shocks[1].when is not None
    assert scenario.levers
    assert scenario.deals
    assert scenario.initial


@each("name", shipped_scenarios())
def test_a_file_that_extends_is_right_as_it_is_and_with_its_examples(name: str) -> None:
    assert new("mine", "--from", name).exit_code == 0
    plain, base = load_scenario("mine.yaml"), load_scenario(name)
    assert (plain.shocks, plain.outcomes) == (base.shocks, base.outcomes)
    assert plain.title == "Mine"
    assert plain.variants == ("another_value",)
    changed = with_examples("mine.yaml")
    assert changed.variants == ("another_value",)
    assert len(changed.shocks) == len(base.shocks) + 1
    Path("mine.yaml").unlink()


def test_a_file_may_extend_another_of_this_folder(here: Path) -> None:
    new("one")
    for path in ("one.yaml", "./one.yaml", str(here / "one.yaml")):
        assert new("two", "--from", path).exit_code == 0
        assert load_scenario("two.yaml").shocks == load_scenario("one.yaml").shocks
        Path("two.yaml").unlink()


@pytest.mark.parametrize("base", ["haniye_2024", "../one.yaml", "nowhere.yaml", "bad.yaml"])
def test_what_cannot_be_extended_is_told_and_nothing_written(base: str) -> None:
    Path("bad.yaml").write_text("title: 3", encoding="utf-8")
    done = new("two", "--from", base)
    assert done.exit_code == 1
    assert done.stderr.startswith("bad.yaml:1:1: " if base == "bad.yaml" else f"--from {base}: ")
    assert not Path("two.yaml").exists()


def test_no_file_is_overwritten() -> None:
    Path("mine.yaml").write_text("precious", encoding="utf-8")
    done = new("mine")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == "mine.yaml: is there already; nothing was written\n"
    assert Path("mine.yaml").read_text(encoding="utf-8") == "precious"


@pytest.mark.parametrize("name", ["../up", "a b", "", ".hidden", "a/b", "a\nb"])
def test_a_name_that_is_no_plain_name_is_refused(name: str, here: Path) -> None:
    assert new(name).exit_code == 1
    assert list(here.iterdir()) == []


@pytest.mark.parametrize("name", ["123", "no", "null", "_", "x.yaml"])
def test_any_plain_name_gives_a_title(name: str) -> None:
    (file,) = new(name).stdout.split()
    assert load_scenario(file).title


def test_the_schema_is_named_if_it_lies_there() -> None:
    new("without")
    Path("schema.json").touch()
    new("with")
    line = "# yaml-language-server: $schema=schema.json\n"
    assert Path("with.yaml").read_text(encoding="utf-8") == line + Path("without.yaml").read_text(
        encoding="utf-8"
    ).replace("without", "with").replace("Without", "With")
