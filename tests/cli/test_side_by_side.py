"""`realpolitik sweep` of several scenarios, typed or in a study file."""

from pathlib import Path

import pytest

from realpolitik.sim import load_study, sweep_scenarios
from tests.cli.verbs import QUARREL, Verb

SWEEP = Verb("sweep")
TIES = ("--set", "RUS.israel_ties=0,0.4", "--worlds", "20")
BOTH = ("quarrel.yaml", "quarrel.yaml#calm", *TIES)
STUDY = """\
title: With and without
question: What did the killing do?
scenarios: [quarrel.yaml, quarrel.yaml#calm]
vary: {RUS.israel_ties: {values: [0, 0.4]}}
worlds: 20
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a scenario that has a variant, in which the command is typed."""
    variants = "variants:\n  calm: {shocks: [{id: killed, drop: true}]}\n"
    (tmp_path / "quarrel.yaml").write_text(QUARREL + variants)
    (tmp_path / "both.yaml").write_text(STUDY)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_scenario_and_its_variant_are_put_side_by_side() -> None:
    told = SWEEP.answer(*BOTH)
    assert list(told["scenarios"]) == ["quarrel", "quarrel-calm"]
    rows = {row["outcome"]: row for row in told["tables"]["differences"]}
    apart = rows["strike"]["other"] - rows["strike"]["baseline"]
    assert rows["strike"]["difference"] == pytest.approx(apart)
    assert rows["strike"]["low"] <= rows["strike"]["difference"] <= rows["strike"]["high"]
    assert Path(told["folder"]).name == "quarrel_and_1-RUS.israel_ties"
    alone = SWEEP.answer("quarrel.yaml#calm", *TIES, "--out", "alone")
    assert told["scenarios"]["quarrel-calm"]["tables"] == alone["tables"]


@pytest.mark.drawn
def test_the_page_has_the_curves_of_both_and_leads_to_each(here: Path) -> None:
    printed = SWEEP.well(*BOTH, "--out", "kept")
    assert "Iran strikes" in printed
    page = (here / "kept" / "scenarios.html").read_text()
    assert 'href="scenarios/quarrel-calm/study.html"' in page
    assert (here / "kept" / "scenarios" / "quarrel-calm" / "study.html").is_file()
    for anchor in ('id="differences"', 'id="curves"', "one line a scenario"):
        assert anchor in page
    (here / "kept" / "scenarios.html").unlink()
    assert Verb("report").well("kept") == f"{Path('kept') / 'scenarios.html'}\n"
    assert (here / "kept" / "scenarios.html").read_text() == page


def test_a_study_file_names_them(here: Path) -> None:
    told = SWEEP.answer("both.yaml")
    typed = SWEEP.answer(*BOTH, "--out", "typed")
    assert told["tables"] == typed["tables"]
    assert Path(told["folder"]).name == "both"
    read = load_study("both.yaml")
    found = sweep_scenarios(read.plans, here / "python")
    differences = [row["difference"] for row in told["tables"]["differences"]]
    assert found.tables["differences"]["difference"].tolist() == pytest.approx(differences)


def test_the_folder_goes_on_and_takes_more_worlds() -> None:
    SWEEP.well(*BOTH, "--out", "kept")
    told = SWEEP.answer("kept", "--worlds", "30", "--extend")
    assert {row["pairs"] for row in told["tables"]["differences"]} == {30}
    assert SWEEP.answer("kept") == told


def test_scenarios_are_run_at_the_points_of_a_file(here: Path) -> None:
    (here / "p.csv").write_text("RUS.israel_ties\n0.1\n0.3\n0.2\n")
    words = ("quarrel.yaml", "quarrel.yaml#calm", "--points", "p.csv", "--worlds", "4")
    assert {row["points"] for row in SWEEP.answer(*words)["tables"]["differences"]} == {3}


def test_a_dry_run_tells_of_each(here: Path) -> None:
    before = sorted(here.iterdir())
    assert SWEEP.well(*BOTH, "--dry-run").count("sampler") == 2
    assert sorted(here.iterdir()) == before


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["quarrel.yaml", "both.yaml", *TIES], 2, "both.yaml is a study"),
        (["quarrel.yaml", "quarrel.yaml", *TIES], 1, "the scenario stands here a second time"),
        (["quarrel.yaml", "no_shock", *TIES], 1, "no_shock: the scenario lasts 26 weeks"),
        (["quarrel.yaml", "nowhere.yaml", *TIES], 1, "nowhere.yaml"),
        (["quarrel.yaml", "quarrel.yaml#calm"], 2, "say what is varied"),
    ],
)
def test_what_cannot_be_put_side_by_side_is_refused(words: list[str], code: int, told: str) -> None:
    SWEEP.refused(words, code, told)
    assert not Path("results").exists()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            "scenarios: [quarrel.yaml]",
            "both.yaml:3:12: scenarios is a list; expected a list of two or more; `scenario` is",
        ),
        ("scenarios: quarrel.yaml", "both.yaml:3:12: scenarios is 'quarrel.yaml'; expected a list"),
        (
            "scenarios: [quarrel.yaml, 3]",
            "both.yaml:3:27: entry 2 of scenarios is 3; expected a name",
        ),
        ("scenarios: [quarrel.yaml, calm]", "both.yaml:3:27: unknown scenario 'calm'"),
        ("scenarios: [quarrel.yaml, quarrel.yaml#x]", "both.yaml:3:27: unknown variant 'x'"),
        (
            "scenario: quarrel.yaml\nscenarios: [quarrel.yaml, quarrel.yaml#calm]",
            "both.yaml:3:11: scenario stands beside scenarios; expected the one or the other",
        ),
    ],
)
def test_a_fault_of_the_list_is_told_where_it_stands(here: Path, line: str, told: str) -> None:
    text = STUDY.replace("scenarios: [quarrel.yaml, quarrel.yaml#calm]", line)
    (here / "both.yaml").write_text(text)
    done = SWEEP.invoked("both.yaml")
    assert done.exit_code == 1, done.output
    assert done.stderr.startswith(told)
