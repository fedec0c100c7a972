"""What was computed is kept, whatever becomes of its page."""

import datetime
from pathlib import Path

import pytest

from realpolitik.sim.cli import extra_sections
from realpolitik.sim.experiments.run_folder import read_run
from tests.cli.verbs import QUARREL, Verb

SILENT = "".join(
    f"  rate.{pair}.{act}: 0\n"
    for pair in ("HEZ-HOU", "HOU-HEZ")
    for act in ("support", "denounce", "threaten", "propose_talks")
)
IDLE = f"""\
title: Nobody moves
question: Does anybody?
start: 2024-08-05
weeks: 3
actors: [HEZ, HOU]
parameters:
{SILENT}outcomes:
  height: {{measure: highest_rung}}
"""
RUN = Verb("run")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a quarrel and with actors that never act."""
    (tmp_path / "quarrel.yaml").write_text(QUARREL, encoding="utf-8")
    (tmp_path / "idle.yaml").write_text(IDLE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def report_in(home: Path) -> str:
    """The report of the only run below a folder."""
    (report,) = home.rglob("report.html")
    return report.read_text(encoding="utf-8")


def test_a_run_in_which_nobody_acts_says_so(here: Path) -> None:
    done = RUN.invoked("idle.yaml", "--worlds", "5")
    assert done.exit_code == 0, done.output
    assert "nobody acts" in done.stderr
    page = report_in(here / "results")
    assert "Hezbollah does nothing in these worlds" in page
    assert "Nobody did anything." in page


def test_scenarios_without_a_common_outcome_are_compared(here: Path) -> None:
    Verb("compare").well("quarrel.yaml", "idle.yaml", "--worlds", "5")


def test_two_runs_of_one_moment_are_both_kept(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Frozen(datetime.datetime):
        """A clock that stands still."""

        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> "Frozen":
            return cls(2024, 8, 5, 12, tzinfo=tz)

    monkeypatch.setattr(datetime, "datetime", Frozen)
    for _ in range(3):
        RUN.well("quarrel.yaml", "--worlds", "2", "--no-progress")
    assert len([*(here / "results" / "quarrel").iterdir()]) == 3


def test_a_run_stands_whose_reasons_cannot_be_told(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("out of ink")

    monkeypatch.setattr(extra_sections, "explain_ensemble", fail)
    with pytest.warns(UserWarning, match="out of ink"):
        RUN.well("quarrel.yaml", "--worlds", "5")
    assert "out of ink" in report_in(here / "results")


def test_a_run_whose_report_is_broken_off_keeps_its_worlds(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(extra_sections, "explain_ensemble", break_off)
    done = RUN.invoked("quarrel.yaml", "--worlds", "5")
    assert done.exit_code == 130
    (folder,) = (here / "results" / "quarrel").iterdir()
    assert f"realpolitik report {folder.relative_to(here)}" in done.stderr
    assert len(read_run(folder).runs) == 5
