"""Study files: what they say becomes a plan, and every fault is told of with its place."""

import re
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from realpolitik.sim import load_scenario
from realpolitik.sim.experiments.design import design
from realpolitik.sim.experiments.plan import Favoured, Plan, Until, Vary
from realpolitik.sim.experiments.plan_file import (
    find_study,
    is_study,
    load_study,
    read_study,
    shipped_studies,
)
from realpolitik.sim.scenario.errors import ScenarioError
from tests.fuzz.changes import changed as mutated
from tests.offenders import each

BAD = sorted((Path(__file__).parents[1] / "bad_studies").glob("*.yaml"))
HEAD = "title: A title\nquestion: A question?\nscenario: haniyeh_2024\n"
STUDIES = tuple(shipped_studies())


def plan(text: str) -> Plan:
    """The plan of a text that has no fault and nothing unusual in it."""
    read = read_study(text, "folder/x.yaml")
    assert read.warnings == ()
    return read.plan


def faults(text: str | bytes) -> list[str]:
    """The faults of a text, each on its line."""
    with pytest.raises(ScenarioError) as caught:
        read_study(text, "x.yaml")
    return str(caught.value).splitlines()


# ── What a file says ─────────────────────────────────────────────────────────────────


def test_a_study_needs_a_title_a_question_a_scenario_and_something_to_vary() -> None:
    given = plan(f"{HEAD}vary:\n  RUS.israel_ties:\n")
    assert (given.name, given.title, given.called) == ("x", "A title", "haniyeh_2024")
    assert given.vary == (Vary("RUS.israel_ties", 0, 0.92),)
    assert (given.sampler, given.points, given.worlds, given.seed) == ("grid", 11, 400, 0)
    assert given.outcomes == tuple(load_scenario("haniyeh_2024").outcomes)
    assert (given.until, given.thresholds, given.favoured) == (None, {}, None)


def test_everything_that_can_be_said_is_taken_over() -> None:
    given = plan(
        f"schema_version: 1\n{HEAD}"
        "parameters: {RUS.iran_dependence: 0.4}\n"
        "vary:\n"
        "  RUS.israel_ties: {low: 0.1, high: 0.5}\n"
        "  world.precision: {low: 6, high: 9}\n"
        "sampler: sobol\npoints: 8\nworlds: 70\nseed: 5\n"
        "outcomes: [highest_rung, strike_on_israel]\n"
        "until: {outcome: strike_on_israel, width: 0.02, most: 900}\n"
        "thresholds: {strike_on_israel: 0.5}\n"
        "favoured: {outcome: highest_rung, below: 7}\n"
    )
    assert given.vary == (Vary("RUS.israel_ties", 0.1, 0.5), Vary("world.precision", 6, 9))
    assert given.scenario.settings["RUS.iran_dependence"] == 0.4
    assert (given.sampler, given.points, given.worlds, given.seed) == ("sobol", 8, 70, 5)
    assert given.outcomes == ("highest_rung", "strike_on_israel")
    assert given.until == Until("strike_on_israel", 0.02, 900)
    assert given.thresholds == {"strike_on_israel": 0.5}
    assert given.favoured == Favoured("highest_rung", "below", 7)


def test_a_scenario_may_be_a_variant() -> None:
    text = f"{HEAD}vary: {{RUS.israel_ties: }}".replace(
        "haniyeh_2024", "hypotheses/linkage_retaliator#aid_stops"
    )
    assert plan(text).scenario.title == "The same Russia once American aid to Ukraine stops"


def test_a_path_to_a_scenario_is_relative_to_the_study(tmp_path: Path) -> None:
    text = "extends: haniyeh_2024\ntitle: My own\nvariants: {calm: {title: Calm}}\n"
    (tmp_path / "mine.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "studies").mkdir()
    study = tmp_path / "studies" / "one.yaml"
    text = f"{HEAD}vary: {{RUS.israel_ties: }}".replace("haniyeh_2024", "../mine.yaml#calm")
    study.write_text(text, encoding="utf-8")
    read = load_study(study)
    assert read.plan.scenario.title == "Calm"
    assert read.plan.called == f"{tmp_path / 'mine.yaml'}#calm"


def test_faults_of_the_scenario_are_told_of_with_those_of_the_study(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("extends: haniyeh_2024\nweeks: -1\n", encoding="utf-8")
    study = tmp_path / "one.yaml"
    text = f"{HEAD}vary: {{RUS.israel_ties: }}\nworlds: 0\n"
    study.write_text(text.replace("haniyeh_2024", "mine.yaml"), encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load_study(study)
    places = [Path(fault.place.path).name for fault in caught.value.faults]
    assert places == ["mine.yaml", "one.yaml"]


def test_an_empty_file_is_refused() -> None:
    assert faults("")[0].startswith("x.yaml:1:1: the file is empty")


@each("file", BAD)
def test_bad_study_has_exactly_the_faults_it_says(file: Path) -> None:
    head = re.match(r"(# \d+:\d+: [^\n]*\n)+", file.read_text(encoding="utf-8"))
    assert head, f"{file.name} does not say what is wrong with it"
    expected = [f"x.yaml:{line.removeprefix('# ')}" for line in head.group().splitlines()]
    assert faults(file.read_bytes()) == expected


def test_out_of_any_text_comes_a_plan_or_faults() -> None:
    files = [file.read_bytes() for file in (*BAD, *shipped_studies().values())]
    random, counts = Random(0), Counter[str]()
    for _ in range(300):
        counts[outcome_of(mutated(random.choice(files), random, files))] += 1
    assert counts["a plan"] > 0
    assert counts["faults"] > 0


def outcome_of(data: bytes) -> str:
    """What came of the input; anything but a plan and faults is raised."""
    try:
        assert len(design(read_study(data, "x.yaml").plan)) > 1
    except ScenarioError as error:
        return "faults" if str(error) else "nothing"
    return "a plan"


# ── Which file is meant ──────────────────────────────────────────────────────────────


def test_a_shipped_study_has_a_short_name_and_a_long_one() -> None:
    by_name = load_study("israel_ties").plan
    assert by_name == load_study("sweeps/israel_ties").plan
    assert by_name == load_study(find_study("israel_ties").where).plan
    assert by_name.name == "israel_ties"


def test_a_study_that_is_not_there_is_told_of_with_the_nearest() -> None:
    with pytest.raises(ScenarioError, match="did you mean 'israel_ties'"):
        load_study("isreal_ties")


@pytest.mark.parametrize("name", ["israel_ties", "sweeps/israel_ties"])
def test_the_name_of_a_study_is_told_from_that_of_a_scenario(name: str) -> None:
    assert is_study(name)
    assert is_study(find_study(name).where)
    assert not is_study("haniyeh_2024")
    assert not is_study("hypotheses/linkage_retaliator#aid_stops")


def test_a_file_is_a_study_by_what_it_holds(tmp_path: Path) -> None:
    study, scenario = tmp_path / "a.yaml", tmp_path / "b.yaml"
    study.write_text(HEAD, encoding="utf-8")
    scenario.write_text("extends: haniyeh_2024\n", encoding="utf-8")
    assert is_study(study)
    assert not is_study(scenario)
    assert not is_study(f"{scenario}#variant")
    assert not is_study(tmp_path / "not_there.yaml")


def test_a_name_that_nothing_bears_is_told_of_with_the_nearest_of_both_kinds() -> None:
    with pytest.raises(ScenarioError, match="did you mean 'israel_ties'"):
        is_study("isreal_ties")
    with pytest.raises(ScenarioError, match="did you mean 'haniyeh_2024'"):
        is_study("haniyeh_2042")
    with pytest.raises(ScenarioError, match="there is no such file"):
        is_study("x" * 5000)


def test_a_folder_is_no_study(tmp_path: Path) -> None:
    assert not is_study(str(tmp_path))
    with pytest.raises(ScenarioError, match="is a folder, not a study"):
        load_study(str(tmp_path))


# ── Shipped studies ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", STUDIES)
def test_a_shipped_study_asks_a_question_and_is_small_enough_for_a_laptop(name: str) -> None:
    read = load_study(name)
    assert read.warnings == ()
    assert read.plan.question.endswith("?")
    assert len(design(read.plan)) * read.plan.worlds <= 200_000


def test_shipped_studies_use_every_sampler() -> None:
    plans = [load_study(name).plan for name in STUDIES]
    assert len(plans) >= 6
    assert {one.sampler for one in plans} == {
        "grid",
        "latin_hypercube",
        "sobol",
        "morris",
        "one_at_a_time",
    }
    assert any(one.until for one in plans)
    assert any(one.favoured for one in plans)


@pytest.mark.parametrize(("points", "worlds", "seed"), [("3.0", "1e2", "1.0"), ("3", "'1e2'", "1")])
def test_whole_numbers_may_be_written_as_people_and_yaml_1_1_write_them(
    points: str, worlds: str, seed: str
) -> None:
    vary = "vary: {RUS.israel_ties: {low: 0, high: 0.8}}\n"
    text = f"title: T\nquestion: Q?\nscenario: no_shock\n{vary}"
    plan = read_study(f"{text}points: {points}\nworlds: {worlds}\nseed: {seed}\n", "x.yaml").plan
    assert (plan.points, plan.worlds, plan.seed) == (3, 100, 1)
    assert all(type(number) is int for number in (plan.points, plan.worlds, plan.seed))
