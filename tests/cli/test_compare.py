"""`realpolitik compare`: what it prints, what it leaves, what it refuses."""

import io
import json
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from realpolitik.sim.cli.commands import cli
from realpolitik.sim.cli.compare import credit_of, default_folder
from realpolitik.sim.comparison.comparison import compare as compare_api
from realpolitik.sim.comparison.inputs import line_up
from realpolitik.sim.documents.compare import brief_change
from realpolitik.sim.files.drafts import alone_in

SCENARIO = """\
title: Will nothing come of this?
question: What comes of it?
start: 2024-08-05
weeks: 6
actors: [RUS, USA, IRN, ISR]
outcomes:
  strike: {measure: direct_strike, by: IRN, target: ISR, label: "[red]Iran[/red] | strikes"}
  peak: {measure: highest_rung}
  soon: {measure: weeks_to, action: limited_strike, by: IRN, target: ISR}
variants:
  pressed: {parameters: {IRN.domestic_pressure: 1.0}}
  short: {weeks: 4}
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a short scenario, in which the command is typed."""
    (tmp_path / "short.yaml").write_text(SCENARIO, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def compare(*words: str | Path) -> Result:
    """What `realpolitik compare` does with these words."""
    return CliRunner().invoke(cli, ["compare", *map(str, words)])


def well(*words: str | Path) -> str:
    """What it prints when all is well."""
    done = compare(*words)
    assert done.exit_code == 0, done.output
    return done.stdout


def answer(*words: str | Path) -> dict[str, Any]:
    """The object that `compare --json` prints; NaN is no JSON."""
    told: dict[str, Any] = json.loads(well(*words, "--json"), parse_constant=pytest.fail)
    return told


@pytest.mark.drawn
def test_a_scenario_against_its_variant(here: Path) -> None:
    printed = well("short.yaml", "short.yaml#pressed", "--worlds", "60")
    assert "[red]Iran[/red] | strikes" in printed
    assert "The histories part in" in printed
    (folder,) = (here / "results" / "comparisons").iterdir()
    assert folder.name.startswith("short_vs_short-pressed-")
    assert (folder / "compare.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert len(pd.read_csv(folder / "tables" / "differences.csv")) == 3
    assert json.loads((folder / "manifest.json").read_text())["paired"] is True


@pytest.mark.drawn
def test_the_same_command_leaves_the_same_bytes(here: Path) -> None:
    names = ("short.yaml", "short.yaml#pressed", "--worlds", "30")
    for out in ("one", "other"):
        well(*names, "--out", out)
    one, other = (
        {path.name: path.read_bytes() for path in (here / out).rglob("*") if path.is_file()}
        for out in ("one", "other")
    )
    assert one == other


def test_a_scenario_against_itself_differs_by_nothing(here: Path) -> None:
    told = answer("short.yaml", "short.yaml", "--worlds", "40")
    for row in told["tables"]["differences"]:
        assert (row["difference"], row["low"], row["high"]) == (0, 0, 0)
    said = well("short.yaml", "short.yaml", "--worlds", "40")
    assert "The histories part in none of 40 pairs of worlds." in said


# ── Its folder ───────────────────────────────────────────────────────────────────────

PRESSED = ("short.yaml", "short.yaml#pressed", "--worlds", "20")


def contents(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


@pytest.mark.parametrize(
    "other",
    [
        ("short.yaml", "short.yaml#short", "--worlds", "20"),
        (*PRESSED[:3], "21"),
        (*PRESSED, "--seed", "1"),
    ],
)
def test_another_comparison_in_the_same_folder_is_refused(
    here: Path, other: tuple[str, ...]
) -> None:
    well(*PRESSED, "--out", "k")
    before = contents(here / "k")
    done = compare(*other, "--out", "k")
    assert done.exit_code == 1
    assert done.stderr.startswith("k: holds another comparison; --out takes another folder")
    assert "there: short.yaml (20 worlds, seed 0)" in done.stderr
    assert contents(here / "k") == before


def test_the_same_comparison_is_made_anew_without_the_pictures_of_before(here: Path) -> None:
    well(*PRESSED, "--out", "k")
    before = contents(here / "k")
    (here / "k" / "pictures").mkdir()
    (here / "k" / "pictures" / "rungs.png").write_bytes(b"old")
    well(*PRESSED, "--out", "k")
    assert contents(here / "k") == before


def test_two_comparisons_in_one_folder_at_a_time_are_refused(here: Path) -> None:
    (here / "k").mkdir()
    with alone_in(here / "k"):
        done = compare(*PRESSED, "--out", "k")
    assert done.exit_code == 1
    assert "another process is at work" in done.stderr
    assert contents(here / "k") == {}


def test_comparisons_of_other_settings_lie_apart_where_no_folder_is_named(here: Path) -> None:
    for words in (PRESSED, (*PRESSED, "--seed", "1"), PRESSED):
        well(*words)
    assert len(list((here / "results" / "comparisons").iterdir())) == 2


def test_the_manifest_of_something_else_is_left_alone(here: Path) -> None:
    (here / "manifest.json").write_text("{}", encoding="utf-8")
    done = compare(*PRESSED, "--out", ".")
    assert done.exit_code == 1
    assert "manifest.json is not that of a comparison" in done.stderr
    assert (here / "manifest.json").read_text(encoding="utf-8") == "{}"


def test_what_cannot_be_written_is_told_and_leaves_no_draft(here: Path) -> None:
    assert compare(*PRESSED, "--out", "k").exit_code == 0
    (here / "k" / "compare.html").unlink()
    (here / "k" / "compare.html").mkdir()
    done = compare(*PRESSED, "--out", "k")
    assert done.exit_code == 1
    assert "k/compare.html: cannot be written" in done.stderr
    assert not list((here / "k").glob(".unfinished*"))


# ── Runs, and what cannot be paired ──────────────────────────────────────────────────


def test_run_folders_are_compared_like_their_scenarios(here: Path) -> None:
    runs = []
    for name in ("short.yaml", "short.yaml#pressed"):
        words = ["run", name, "--worlds", "50", "--seed", "4", "--json"]
        runs.append(json.loads(CliRunner().invoke(cli, words).stdout)["run_dir"])
    of_runs = answer(*runs)["tables"]["differences"]
    of_scenarios = answer("short.yaml", "short.yaml#pressed", "--worlds", "50", "--seed", "4")
    numbers = [[row["difference"], row["low"], row["high"]] for row in of_runs]
    assert numbers == [
        [row["difference"], row["low"], row["high"]]
        for row in of_scenarios["tables"]["differences"]
    ]


def run_of(*words: str) -> str:
    """The folder of a run."""
    done = CliRunner().invoke(cli, ["run", *words, "--json"])
    assert done.exit_code == 0, done.output
    return str(json.loads(done.stdout)["run_dir"])


def test_what_cannot_be_paired_is_compared_all_the_same_and_said(here: Path) -> None:
    shorter = run_of("short.yaml#short", "--worlds", "40")
    done = compare("short.yaml", shorter)
    assert done.exit_code == 0, done.output
    assert "not paired: other length (6 and 4 weeks); shares and counts over" in done.output
    assert "Not paired:" not in done.output
    assert "(never = week 4) (not paired)" in done.output


def test_a_scenario_of_another_length_is_run_as_long_as_the_baseline_and_it_is_said(
    here: Path,
) -> None:
    said = "run for 6 weeks, as the baseline, instead of its own 4"
    done = compare("short.yaml", "short.yaml#short", "--worlds", "20", "--out", "k")
    assert said in done.output
    assert "not paired" not in done.output
    assert f"{said}." in (here / "k" / "compare.html").read_text(encoding="utf-8")
    manifest = json.loads((here / "k" / "manifest.json").read_text(encoding="utf-8"))
    assert [(one["weeks"], one["own_weeks"]) for one in manifest["scenarios"]] == [(6, 6), (6, 4)]


def test_where_deeds_are_known_of_the_first_worlds_only_it_is_said(here: Path) -> None:
    runs = [run_of(name, "--worlds", "120") for name in ("short.yaml", "short.yaml#pressed")]
    assert re.search(r"part in \d+ % of the first 100 pairs of worlds", well(*runs))


def test_what_is_to_be_known_of_a_row_stands_below_the_table(here: Path) -> None:
    (here / "late.yaml").write_text(
        SCENARIO.replace("strike: {measure: direct_strike", "strike: {measure: major_strike"),
        encoding="utf-8",
    )
    words = ("short.yaml", "late.yaml", "--worlds", "20")
    said = "Not paired: the outcome is defined in another way: [red]Iran[/red] | strikes."
    assert said in re.sub(r"\s+", " ", well(*words))
    assert "\n- Not paired: the outcome is defined" in well(*words, "--markdown")


def test_pictures_of_unlike_sides_are_signed_for_each(here: Path) -> None:
    runs = [
        Path(run_of("short.yaml", "--worlds", worlds, "--seed", seed))
        for worlds, seed in (("20", "0"), ("30", "3"))
    ]
    signed_for = credit_of(compare_api(runs))
    assert re.search(r"\(seed 0, 20 worlds\) / .* \(seed 3, 30 worlds\)", signed_for)
    same = credit_of(compare_api(["short.yaml", "short.yaml#pressed"], 20))
    assert " · short / short-pressed · seed 0 · 20 worlds · " in same


def test_csv_and_markdown_hold_a_row_an_outcome(here: Path) -> None:
    words = ("short.yaml", "short.yaml#pressed", "--worlds", "30")
    table = pd.read_csv(io.StringIO(well(*words, "--csv")))
    assert table["outcome"].tolist() == ["strike", "peak", "soon"]
    change = table["level_other"] - table["level_baseline"]
    assert change.tolist() == pytest.approx(table["difference"].tolist(), abs=1e-12)
    for side in ("baseline", "other"):
        ends = [table[f"level_{end}_{side}"] for end in ("low", "high")]
        assert ((ends[0] <= table[f"level_{side}"]) & (table[f"level_{side}"] <= ends[1])).all()
    assert re.search(r"\| \d+\.\d.% \(\d+\.\d.% to \d+\.\d.%\) \|", well(*words, "--markdown"))
    lines = well(*words, "--markdown").splitlines()
    assert sum(line.startswith("|") for line in lines) == 5
    assert "\\| strikes" in well(*words, "--markdown")


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["short.yaml"], 2, "a baseline and one other at least"),
        (["short.yaml", "shrot.yaml"], 1, "shrot.yaml"),
        (["short.yaml", "short.yaml#presed"], 1, "did you mean 'pressed'"),
        (["short.yaml", "."], 1, "not a run folder"),
        (["short.yaml", "short.yaml", "--worlds", "0"], 2, "--worlds"),
        (["short.yaml", "short.yaml", "--json", "--csv"], 2, "--json and --csv are two ways"),
    ],
)
def test_bad_input_is_told_in_a_line(here: Path, words: list[str], code: int, told: str) -> None:
    done = compare(*words)
    assert done.exit_code == code, done.output
    assert told in done.stderr
    assert not (here / "results").exists()


def test_differences_carry_their_sign_and_unit() -> None:
    def told(value: float, scale: str) -> str:
        return brief_change({"difference": value, "label": "", "scale": scale})

    assert told(0.041, "share") == "+4.1 points"
    assert told(-0.3, "weeks") == "−0.30 weeks"
    assert told(0.0478, "alignment") == "+0.048"
    assert told(float("nan"), "share") == "–"


def test_names_of_folders_are_plain(here: Path) -> None:
    (here / "us conduct.yaml").write_text(SCENARIO, encoding="utf-8")
    name = default_folder(line_up(["haniyeh_2024", "us conduct.yaml"])).name
    assert re.fullmatch(r"haniyeh_2024_vs_us-conduct-[0-9a-f]{8}", name)


def test_weeks_are_said_to_be_capped(here: Path) -> None:
    assert "(never = week 6)" in well(*PRESSED)


def test_a_narrow_terminal_gets_fewer_columns_and_whole_words(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    printed = well(*PRESSED)
    assert "No room for: Down, Gain. A wider terminal has it all." in printed
    assert max(map(len, printed.splitlines()[:-2])) <= 80
    assert re.search(r"\d\.\d points +[+−]?\d+\.\d to [+−]?\d+\.\d ", printed)
    monkeypatch.setenv("COLUMNS", "140")
    assert "No room for" not in well(*PRESSED)


def test_the_answer_stands_last_above_where_it_lies(here: Path) -> None:
    *_, answer, _, folder, page = well(*PRESSED, "--out", "k").splitlines()
    assert answer.startswith("Worlds are compared pair by pair")
    assert (folder, page) == ("Folder  k", "Page    k/compare.html")


def test_without_a_common_outcome_there_are_no_rows_and_tables_keep_their_columns(
    here: Path,
) -> None:
    other = SCENARIO[: SCENARIO.index("outcomes:")] + "outcomes: {other: {measure: highest_rung}}\n"
    (here / "other.yaml").write_text(other, encoding="utf-8")
    words = ("short.yaml", "other.yaml", "--worlds", "5", "--out", "k")
    table = pd.read_csv(io.StringIO(well(*words, "--csv")))
    assert list(table) == list(pd.read_csv(io.StringIO(well(*PRESSED, "--csv"))))
    assert table.empty
    assert "no outcome in common" in well(*words)
    assert {"world", "track", "action"} <= set(pd.read_csv(here / "k" / "tables" / "events.csv"))


# ── One title ────────────────────────────────────────────────────────────────────────


def test_scenarios_of_one_title_are_told_apart_by_their_files_everywhere(here: Path) -> None:
    for name, value in (("cold", 0), ("warm", 0.6)):
        text = f"extends: short.yaml\nparameters: {{RUS.israel_ties: {value}}}\n"
        (here / f"{name}.yaml").write_text(text, encoding="utf-8")
    (here / "b").mkdir()
    (here / "b" / "warm.yaml").write_text(SCENARIO, encoding="utf-8")
    words = ("cold.yaml", "warm.yaml", "b/warm.yaml", "--worlds", "3", "--out", "c")
    title = "Will nothing come of this?"
    labels = [f"{title} ({called})" for called in ("cold", "warm.yaml", "b/warm.yaml")]
    table, markdown = well(*words), well(*words, "--markdown")
    assert f"{labels[1]}, against {labels[0]}" in table
    assert f"{labels[2]}, against {labels[0]}" in table
    assert all(f"**{label}, against" in markdown for label in labels[1:])
    page = (here / "c" / "compare.html").read_text(encoding="utf-8")
    assert all(label in page for label in labels)
