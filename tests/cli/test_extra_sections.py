"""What a report holds beside its run: reasons, what would flip it, and the claims."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from realpolitik.sim.cli import extra_sections
from realpolitik.sim.cli.commands import cli
from realpolitik.sim.scenario.loading import load_scenario

SCENARIO = """\
title: Will nothing come of this?
question: What comes of it?
start: 2024-08-05
weeks: 4
actors: [RUS, USA, IRN, ISR]
outcomes:
  strike: {measure: direct_strike, by: IRN, target: ISR, label: Iran strikes}
variants:
  unasked: {outcomes: null}
  over_at_once: {weeks: 0}
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a short scenario; few worlds are enough here."""
    monkeypatch.setattr(extra_sections, "REASONED", 20)
    monkeypatch.setattr(extra_sections, "FLIPPED", 20)
    (tmp_path / "short.yaml").write_text(SCENARIO, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str) -> Path:
    """The folder of a run."""
    done = CliRunner().invoke(cli, ["run", *words, "--json"])
    assert done.exit_code == 0, done.output
    return Path(json.loads(done.stdout)["run_dir"])


def report_in(folder: Path) -> str:
    """The report as it stands there."""
    return (folder / "report.html").read_text(encoding="utf-8")


def test_reasons_are_told_of_the_first_actor_that_is_asked_about(here: Path) -> None:
    report = report_in(run("short.yaml", "--worlds", "20"))
    assert 'id="reasons"' in report
    assert "the scenario asks for it: outcome strike" in report
    assert 'id="hangs"' not in report


def test_a_full_report_says_what_the_conclusion_hangs_on(here: Path) -> None:
    report = report_in(run("short.yaml", "--worlds", "20", "--full"))
    assert 'id="hangs"' in report
    assert "IRN.domestic_pressure" in report
    assert 'id="claims"' not in report  # they are about another scenario


def test_a_full_report_moves_the_base_rates_as_well() -> None:
    addresses = extra_sections.tried(load_scenario("haniyeh_2024"), "IRN")
    assert {one.partition(".")[0] for one in addresses} == {"IRN", "action"}
    assert "action.limited_strike.base_rate" in addresses


def test_a_full_report_on_the_scenario_of_the_claims_has_them(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extra_sections, "tried", lambda *_: ["IRN.domestic_pressure"])
    report = report_in(run("haniyeh_2024", "--worlds", "8", "--full"))
    assert 'id="claims"' in report
    assert 'href="#claims"' in report


def test_the_report_made_anew_is_the_same(here: Path) -> None:
    folder = run("short.yaml", "--worlds", "20")
    before = report_in(folder)
    for words, same in (["--full"], False), ([], True):
        done = CliRunner().invoke(cli, ["report", str(folder), *words])
        assert done.exit_code == 0, done.output
        assert (report_in(folder) == before) is same


@pytest.mark.parametrize("variant", ["unasked", "over_at_once"])
def test_where_nothing_is_asked_or_happens_there_is_nothing_further(
    here: Path, variant: str
) -> None:
    report = report_in(run(f"short.yaml#{variant}", "--worlds", "5", "--full"))
    assert 'id="reasons"' not in report
