"""`realpolitik hindcast`: what it prints, writes and refuses."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from realpolitik.sim.cli.exits import Command
from realpolitik.sim.cli.hindcast import hindcast
from realpolitik.sim.hindcast import cases

EPISODE = """\
title: A short quarrel
question: What comes of it?
start: 2024-08-05
weeks: 2
actors: [RUS, IRN, ISR, USA]
outcomes:
  help: {measure: help_grade, by: RUS, to: IRN}
  strike: {measure: direct_strike, by: IRN, target: ISR}
episode:
  outcome: OUTCOME
  observed: OBSERVED
  date: 2024-08-06
  in_article: TOLD
  source: A paper
"""
QUICK = ("--worlds", "20", "--jobs", "1")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a folder of two episodes, in which the command is typed."""
    (tmp_path / "unseen").mkdir()
    for name, values in (("a", ("help", "1", "true")), ("b", ("strike", "false", "false"))):
        text = EPISODE
        for word, value in zip(("OUTCOME", "OBSERVED", "TOLD"), values, strict=True):
            text = text.replace(word, value)
        (tmp_path / "unseen" / f"{name}.yaml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str) -> Result:
    """What `realpolitik hindcast` does with these words."""
    group = Command("realpolitik")
    group.add_command(hindcast)
    return CliRunner().invoke(group, ["hindcast", *words])


def well(*words: str) -> str:
    done = run(*words)
    assert done.exit_code == 0, done.output
    return done.stdout


def answer(*words: str) -> dict[str, Any]:
    """The object that `--json` prints; NaN is no JSON."""
    told: dict[str, Any] = json.loads(well(*words, *QUICK, "--json"), parse_constant=pytest.fail)
    return told


def test_the_tables_name_rivals_episodes_and_the_verdict(here: Path) -> None:
    printed = well("unseen", *QUICK)
    assert "Cases: 2; Triggers: 0; Worlds: 20 a forecast; Seed: 0" in printed
    for words in ("H1 realpolitik", "H2 automatic_ally", "H3 linkage_retaliator", "H0 base_rate"):
        assert words in printed
    assert "2 cases, of 2 crises, are too few to say who forecasts better" in printed
    assert "No base rate in the record (taken as even): A short quarrel (b)." in printed
    assert "help_in_israeli_crises, 2 of 7.4 weeks" in printed
    assert "Bayes factor of H1 realpolitik over the rival, the ratio of the likelihoods" in printed


def test_json_has_scores_of_rivals_and_forecasts_of_episodes(here: Path) -> None:
    told = answer("unseen")
    for one in told["hypotheses"].values():
        assert {"rps", "log_score", "skill"} <= one.keys()
        assert {"rps_difference", "rps_difference_low", "rps_difference_high"} <= one.keys()
        assert {"bayes_factor", "bayes_low", "bayes_high"} <= one.keys()
        assert set(one["cases"]) == {"article", "omitted", "all"}
    assert told["hypotheses"]["base_rate"]["label"] == "H0"
    assert told["hypotheses"]["base_rate"]["skill"] == 0
    assert set(told["episodes"]) == {"a", "b"}
    assert told["episodes"]["a"]["observed"] == "1"
    forecast = told["episodes"]["a"]["forecast"]["realpolitik"]
    assert sum(forecast.values()) == pytest.approx(1)
    assert list(forecast) == ["0", "1", "2", "3", "4", "5", "6"]
    assert told["episodes"]["a"]["crisis"] == "a"
    assert told["questions"] == []
    assert told["against_by_other_coding"] is None


def test_an_interval_that_does_not_exist_is_null(here: Path) -> None:
    one = answer("unseen/a.yaml")["hypotheses"]["realpolitik"]
    assert one["rps_difference_low"] is None
    assert one["cases"]["omitted"]["n"] == 0


def test_processes_change_nothing(here: Path) -> None:
    here_alone = answer("unseen")
    with_two = json.loads(well("unseen", "--worlds", "20", "--jobs", "2", "--json"))
    assert with_two == here_alone


@pytest.mark.drawn
def test_a_page_is_written_whose_name_is_printed(here: Path) -> None:
    printed = well("unseen", *QUICK, "--out", "pages/found.html")
    assert printed.endswith(f"Page  {Path('pages') / 'found.html'}\n")
    assert "A short quarrel" in (here / "pages" / "found.html").read_text(encoding="utf-8")


def test_its_answer_is_delivered_as_that_of_verbs_about_reasons(here: Path) -> None:
    assert answer("unseen", "--out", "found.html")["page"] == "found.html"
    done = run("unseen", *QUICK, "--png")
    assert done.exit_code == 2
    assert "say --out FILE.html" in done.stderr


def test_without_a_path_the_shipped_episodes_are_scored(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of which one is taken for all, as all take long."""
    few = tuple(case for case in cases.shipped_cases() if case.trigger == "il20_2018")
    monkeypatch.setattr(cases, "shipped_cases", lambda: few)
    told = json.loads(well("--worlds", "2", "--jobs", "1", "--json"))
    assert set(told["episodes"]) == {case.name for case in few}


def test_other_hypotheses_may_be_scored(here: Path) -> None:
    (here / "mine").mkdir()
    text = "extends: haniyeh_2024\ntitle: A [bold] one\nparameters: {RUS.israel_ties: 0}\n"
    (here / "mine" / "bold.yaml").write_text(text, encoding="utf-8")
    told = answer("unseen", "--hypotheses", "mine")
    assert list(told["hypotheses"]) == ["bold", "base_rate", "uniform", "logistic"]
    assert told["hypotheses"]["bold"]["title"] == "A [bold] one"
    assert told["hypotheses"]["bold"]["label"] == ""


def test_what_is_not_used_of_a_hypothesis_is_told(here: Path) -> None:
    (here / "mine").mkdir()
    text = "extends: no_shock\nparameters: {RUS.israel_ties: 0}\ninitial: {embargo: {IRN: 1}}\n"
    (here / "mine" / "bold.yaml").write_text(text, encoding="utf-8")
    printed = well("unseen", "--hypotheses", "mine", *QUICK)
    assert "bold: of a hypothesis only `parameters` are used, not its `initial`." in printed
    assert "Bayes factor of bold over the rival" in printed


def test_enough_crises_get_intervals_and_a_verdict(here: Path) -> None:
    for place in range(8):
        text = (here / "unseen" / "b.yaml").read_text(encoding="utf-8")
        (here / "unseen" / f"c{place}.yaml").write_text(text, encoding="utf-8")
    told = answer("unseen")
    one = told["hypotheses"]["realpolitik"]
    assert (one["n"], one["crises"]) == (10, 10)
    assert one["rps_difference_low"] < one["rps_difference"] < one["rps_difference_high"]
    assert sum(sentence.startswith("The simulator") for sentence in told["verdict"]) == 3


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["nothing"], 1, "nothing: cannot be read"),
        (["."], 1, "no file in the folder holds an episode"),
        (["unseen", "--hypotheses", "nowhere"], 1, "nowhere: cannot be read"),
        (["unseen", "--worlds", "0"], 2, "worlds"),
        (["unseen", "--out", "unseen"], 1, "is a folder"),
        (["unseen", "--out", "x.txt"], 1, "the page is HTML; a file such as x.txt.html is wanted"),
        (["unseen", "--out", f"{'x' * 300}.html", *QUICK], 1, "cannot be written"),
        (["unseen", "unseen"], 1, "a second episode 'a'"),
    ],
)
def test_bad_input_is_told_in_a_line(here: Path, words: list[str], code: int, told: str) -> None:
    done = run(*words)
    assert done.exit_code == code, done.output
    assert told in done.stderr
    assert "Traceback" not in done.output
