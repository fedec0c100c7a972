"""`--set` is the same in every verb that runs a scenario, and is repeated with it."""

import json
import shlex
from pathlib import Path
from typing import Any

import pytest

from realpolitik.sim import compare
from realpolitik.sim.experiments.run_folder import read_run
from realpolitik.sim.scenario.errors import ScenarioError
from tests.cli.verbs import QUARREL, Verb

RUN, COMPARE = Verb("run"), Verb("compare")
EXPLAIN, FLIPS, ABLATE = Verb("explain"), Verb("flips"), Verb("ablate")
RATE = "action.limited_strike.base_rate"
GIVEN = 0.0123456789012345  # to more digits than a person would write
SET = ("--set", f"{RATE}={GIVEN}")
FEW = ("--worlds", "40", "--seed", "3")
OTHERS = {
    EXPLAIN: ("--actor", "IRN", "--action", "limited_strike", "--target", "ISR"),
    FLIPS: ("--outcome", "strike", "--parameter", "IRN.israel_enmity"),
    ABLATE: ("--actor", "IRN"),
}
EVERY = {RUN: ("quarrel.yaml",), COMPARE: ("quarrel.yaml", "quarrel.yaml")} | {
    verb: ("quarrel.yaml", *words) for verb, words in OTHERS.items()
}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a scenario, and with one that holds the number itself."""
    (tmp_path / "quarrel.yaml").write_text(QUARREL)
    (tmp_path / "edited.yaml").write_text(QUARREL.replace("base_rate: 0.04", f"base_rate: {GIVEN}"))
    (tmp_path / "given.yaml").write_text(f"{RATE}: {GIVEN}\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def levels(told: dict[str, Any]) -> dict[tuple[str, str], float]:
    return {(row["scenario"], row["outcome"]): row["mean"] for row in told["tables"]["levels"]}


def without(told: dict[str, Any], *names: str) -> dict[str, Any]:
    return {key: value for key, value in told.items() if key not in names}


def test_run_and_compare_have_the_numbers_of_an_edited_file() -> None:
    ran = RUN.answer("quarrel.yaml", *SET, *FEW)["outcomes"]
    assert ran == RUN.answer("edited.yaml", *FEW)["outcomes"]
    assert ran != RUN.answer("quarrel.yaml", *FEW)["outcomes"]
    found = levels(COMPARE.answer("quarrel.yaml", "quarrel.yaml", *SET, *FEW))
    assert len(found) == 4
    for (_, outcome), mean in found.items():
        assert mean == ran[outcome]["mean"]
    edited = levels(COMPARE.answer("edited.yaml", "edited.yaml", *FEW))
    assert list(edited.values()) == list(found.values())


@pytest.mark.parametrize("verb", OTHERS)
@pytest.mark.parametrize("given", [SET, ("--set", "@given.yaml")])
def test_the_verbs_of_reasons_have_the_numbers_of_an_edited_file(
    verb: Verb, given: tuple[str, ...]
) -> None:
    told = verb.answer("quarrel.yaml", *OTHERS[verb], *given, *FEW)
    edited = verb.answer("edited.yaml", *OTHERS[verb], *FEW)
    names = ("command", "scenario")
    assert without(told, *names) == without(edited, *names)
    plain = verb.answer("quarrel.yaml", *OTHERS[verb], *FEW)
    assert without(told, *names) != without(plain, *names)
    again = shlex.split(told["command"])
    assert verb.answer(*again[2:]) == told


def test_the_commands_that_repeat_a_run_and_its_reasons_hold_the_number_to_its_last_bit() -> None:
    folder = Path(RUN.answer("quarrel.yaml", *SET, *FEW, "--out", "run")["run_dir"])
    manifest = read_run(folder).manifest
    words = shlex.split(manifest["command"])
    RUN.well(*words[2:], "--out", "again")
    assert read_run(Path("again")).manifest["hash"] == manifest["hash"]
    report = (folder / "report.html").read_text(encoding="utf-8")
    assert f"--seed 3 --set {RATE}={GIVEN}" in report.replace("&#x27;", "'")


def test_a_comparison_says_what_was_set_and_is_another_than_one_without() -> None:
    pair = ("quarrel.yaml", "quarrel.yaml", "--worlds", "4")
    COMPARE.well(*pair, *SET, "--out", "k")
    manifest = json.loads(Path("k/manifest.json").read_text())
    assert [one["set"] for one in manifest["scenarios"]] == [{RATE: GIVEN}] * 2
    page = Path("k/compare.html").read_text(encoding="utf-8")
    assert f"realpolitik compare quarrel.yaml quarrel.yaml --worlds 4 --seed 0 {' '.join(SET)}" in (
        page
    )
    told = f"there: quarrel.yaml (4 worlds, seed 0, {SET[1]}), quarrel.yaml (4"
    COMPARE.refused([*pair, "--out", "k"], 1, told)
    COMPARE.well(*pair, *SET, "--out", "k")


@pytest.mark.parametrize("verb", EVERY)
@pytest.mark.parametrize(
    ("word", "code", "told"),
    [
        ("RUS.israel_tie=0", 1, "--set RUS.israel_tie=0: unknown parameter 'RUS.israel_tie'; did"),
        ("world.precision=1e3", 1, "--set world.precision=1000: world.precision is 1000; expected"),
        ("RUS.israel_ties", 2, "'RUS.israel_ties' is not PATH=VALUE, such as RUS.israel_ties=0"),
        ("RUS.israel_ties=nan", 2, "'nan' in 'RUS.israel_ties=nan' is not a finite number"),
        ("@none.yaml", 1, "none.yaml: cannot be read: No such file"),
    ],
)
def test_every_verb_refuses_the_same_in_the_same_words(
    verb: Verb, word: str, code: int, told: str
) -> None:
    verb.refused([*EVERY[verb], "--set", word], code, told)


@pytest.mark.parametrize("verb", EVERY)
def test_faults_of_the_scenario_are_told_beside_those_of_the_settings(verb: Verb) -> None:
    Path("quarrel.yaml").write_text(QUARREL.replace("weeks:", "wekks:"))
    verb.refused([*EVERY[verb], "--set", "a=1"], 1, "--set a=1: unknown parameter 'a'")
    verb.refused([*EVERY[verb], "--set", "a=1"], 1, "quarrel.yaml:4:1: unknown key 'wekks'")


@pytest.mark.parametrize("verb", [*OTHERS, COMPARE])
def test_a_run_that_is_there_keeps_its_parameters(verb: Verb) -> None:
    RUN.well("quarrel.yaml", *FEW, "--out", "run")
    subjects = ["run", "run"] if verb == COMPARE else ["run", *OTHERS[verb]]
    verb.refused([*subjects, *SET], 2, f"--set {SET[1]}: ")


def test_a_run_stands_beside_a_scenario_with_another_number() -> None:
    RUN.well("quarrel.yaml", *FEW, "--out", "run")
    found = levels(COMPARE.answer("run", "quarrel.yaml", *SET))
    edited = levels(COMPARE.answer("run", "edited.yaml"))
    assert list(found.values()) == list(edited.values())


def test_compare_takes_them_from_python_too() -> None:
    pair = ["quarrel.yaml", "quarrel.yaml"]
    found = compare(pair, worlds=8, parameters={RATE: GIVEN}).levels
    edited = compare(["edited.yaml"] * 2, worlds=8).levels
    assert found["mean"].tolist() == edited["mean"].tolist()
    with pytest.raises(
        ScenarioError, match=r"parameters RUS\.israel_ties=7: RUS\.israel_ties is 7"
    ):
        compare(pair, worlds=8, parameters={"RUS.israel_ties": 7})
