"""What verbs say of files and folders that are for other verbs, and that what they say works."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

import realpolitik.agents
from realpolitik.sim.cli.commands import cli
from tests.cli.verbs import QUARREL

STUDY = (
    "title: S\nquestion: Q?\nscenario: base.yaml\nvary: {RUS.israel_ties: {low: 0, high: 0.4}}\n"
)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a scenario, a study, tables and text of other tools."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "base.yaml").write_text(QUARREL, encoding="utf-8")
    (tmp_path / "study.yaml").write_text(f"{STUDY}points: 2\nworlds: 4\n", encoding="utf-8")
    (tmp_path / "wide.yaml").write_text(QUARREL, encoding="utf-16")
    (tmp_path / "events.tab").write_text("source\ttarget\tcameo\nRUS\tIRN\t051\n", "utf-8")
    return tmp_path


def told(*words: str) -> str:
    """What a verb says of what it does not take."""
    done = CliRunner().invoke(cli, list(words))
    assert done.exit_code in {1, 2}, done.output
    assert len(done.stderr.splitlines()) == 1
    return done.stderr


def advised(*words: str) -> list[str]:
    """The words of the command that it leads to."""
    found = re.search(r"`realpolitik ([^`]+)`", told(*words))
    assert found, told(*words)
    return shlex.split(found[1])


@pytest.mark.parametrize(
    "words",
    [
        *(["run"], ["show"], ["flips", "--outcome", "strike"], ["compare", "base.yaml"]),
        *(["explain", "--actor", "RUS"], ["ablate", "--actor", "RUS"], ["calibrate"], ["report"]),
    ],
)
def test_a_study_leads_every_other_verb_to_sweep(here: Path, words: list[str]) -> None:
    assert advised(*words, "study.yaml") == ["sweep", "study.yaml"]


@pytest.mark.parametrize("verb", ["run", "show", "sweep", "calibrate", "report", "validate"])
@pytest.mark.parametrize(("file", "what"), [("wide.yaml", "UTF-16"), ("events.tab", "events")])
def test_files_of_other_kinds_are_named(here: Path, verb: str, file: str, what: str) -> None:
    assert what in told(verb, file)


def test_validate_takes_what_any_verb_takes(here: Path) -> None:
    files = ["base.yaml", "study.yaml", "israel_ties", "no_shock"]
    shipped = Path(realpolitik.agents.__path__[0])
    files += [str(shipped / f"{name}.yaml") for name in ("claims", "patterns", "findings")]
    done = CliRunner().invoke(cli, ["validate", *files])
    assert done.stdout.splitlines() == [f"{file}: well" for file in files], done.stderr
    assert done.exit_code == 0


def test_folders_lead_to_what_is_in_them(here: Path) -> None:
    def well(*words: str) -> None:
        done = CliRunner().invoke(cli, [*words, "--no-progress"])
        assert done.exit_code == 0, done.output

    well("run", "base.yaml", "--worlds", "2")
    well("compare", "base.yaml", "no_shock", "--worlds", "2", "--out", "c")
    newest = str(next(Path("results").glob("base/*")))
    for above in ("results", "results/base"):
        verb, folder = advised("report", above)
        assert verb == "report"
        assert Path(folder).samefile(newest)
    assert "c/compare.html" in told("report", "c")
    assert "c/compare.html" in told("explain", "c", "--actor", "RUS")
    assert f"{newest}/scenario.yaml" in told("show", newest)
    assert advised("sweep", newest)[0] == "report"


def test_a_name_leads_on_where_a_folder_is_wanted(here: Path) -> None:
    assert advised("report", "haniyeh_2024") == ["run", "haniyeh_2024"]
    assert advised("report", "israel_ties") == ["sweep", "israel_ties"]


def test_a_scenario_for_sweep_leads_to_a_range_that_it_has(here: Path) -> None:
    words = advised("sweep", "base.yaml")
    done = CliRunner().invoke(cli, [*words, "--dry-run"])
    assert done.exit_code == 0, done.output
