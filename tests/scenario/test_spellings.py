"""Older spellings that are still read, and files that went through YAML 1.1."""

from pathlib import Path

import pytest
import yaml

from realpolitik.sim.calibrate.plan import read_calibration, shipped_calibrations
from realpolitik.sim.engine.actions import address_of
from realpolitik.sim.experiments.plan_file import find_study, read_study, shipped_studies
from realpolitik.sim.scenario.errors import ScenarioError
from realpolitik.sim.scenario.finding import SourceFile, content_of, find
from realpolitik.sim.scenario.loading import load_scenario, read_scenario, shipped_scenarios
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.serialise import dump_scenario
from realpolitik.sim.scenario.vocabulary import vocabulary

BASE = """\
title: A quarrel
question: Does Iran strike?
start: 2024-08-05
actors: [RUS, IRN, ISR, USA]
parameters: {initial.hostility.IRN-ISR: 0.7}
initial: {hostility: {RUS-USA: 0.6}}
levers: [{parameter: initial.resolve.ISR-IRN, label: Resolve}]
shocks:
  - {id: s, kind: sanctions, week: 1, by: USA, target: RUS}
outcomes:
  s: {measure: direct_strike, by: IRN, target: ISR}
variants:
  v: {outcomes: {s: {target: USA}}, parameters: {initial.hostility.IRN-ISR: 0.8}}
"""
OLD = BASE.replace("target:", "on:").replace("IRN-", "IRN>").replace("-IRN", ">IRN")
OLD = OLD.replace("RUS-", "RUS>")


def read(text: str, variant: str = "") -> Scenario:
    return read_scenario(text, "x.yaml") if not variant else load_scenario(f"{text}#{variant}")


def faults(text: str) -> str:
    with pytest.raises(ScenarioError) as caught:
        read(text)
    return str(caught.value)


def through_yaml_1_1(text: str | bytes) -> str:
    """The file as PyYAML writes it that read it."""
    return yaml.safe_dump(yaml.safe_load(text), allow_unicode=True, sort_keys=False)


@pytest.mark.parametrize("text", [OLD, through_yaml_1_1(OLD), through_yaml_1_1(BASE)])
def test_older_spellings_and_what_yaml_1_1_makes_of_them_are_the_same_scenario(
    text: str, tmp_path: Path
) -> None:
    assert dump_scenario(read(text)) == dump_scenario(read(BASE))
    files = [tmp_path / name / "x.yaml" for name in ("one", "other")]
    for file, content in zip(files, (text, BASE), strict=True):
        file.parent.mkdir()
        file.write_text(content, encoding="utf-8")
    one, other = (dump_scenario(load_scenario(f"{file}#v")) for file in files)
    assert one == other


def test_a_variant_in_one_spelling_changes_a_scenario_in_the_other(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(OLD, encoding="utf-8")
    text = "extends: base.yaml\noutcomes: {s: {target: USA}}\nparameters: {%s: 0.8}\n"
    (tmp_path / "top.yaml").write_text(text % "initial.hostility.IRN-ISR", encoding="utf-8")
    found = load_scenario(tmp_path / "top.yaml")
    assert found.outcomes["s"].model_dump()["target"] == "USA"
    assert found.settings == {"initial.hostility.IRN-ISR": 0.8}


def test_every_shipped_scenario_is_the_same_after_a_round_trip_through_yaml_1_1() -> None:
    for name in shipped_scenarios():
        source, _ = find(name)
        again = read_scenario(through_yaml_1_1(content_of(source)), source.where)
        assert again == load_scenario(name), name
        written = dump_scenario(again)
        assert yaml.safe_load(written) == yaml.safe_load(through_yaml_1_1(written))
        assert dump_scenario(read_scenario(through_yaml_1_1(written), "x.yaml")) == written


def test_every_shipped_study_claim_and_calibration_survives_yaml_1_1_too() -> None:
    for name in shipped_studies():
        source = find_study(name)
        text = content_of(source)
        assert read_study(through_yaml_1_1(text), source.where) == read_study(text, source.where)
    for file in shipped_calibrations().values():
        written, where = file.read_text(encoding="utf-8"), SourceFile(str(file), file)
        assert read_calibration(through_yaml_1_1(written), where) == read_calibration(
            written, where
        )


@pytest.mark.parametrize("word", ["NO", "on", "y", "1:30", "012", "1_000", "2024-08-05", "1e3"])
def test_what_yaml_1_1_would_change_is_quoted_when_it_is_written(word: str) -> None:
    scenario = read(BASE).model_copy(update={"title": word})
    assert yaml.safe_load(dump_scenario(scenario))["title"] == word
    assert f"title: '{word}'\n" in dump_scenario(scenario)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "  s: {measure",
            "  true: {measure",
            "the key is true (YAML 1.1 reads the bare words `on`",
        ),
        (
            "[RUS, IRN",
            "[false, IRN",
            "is false; expected text, in quotes (YAML 1.1 reads the bare words",
        ),
        ("target: ISR", "target: ISR, on: ISR", "the key 'target' stands here a second time"),
    ],
)
def test_the_cause_is_told_where_it_is_not_clear_what_was_meant(
    old: str, new: str, told: str
) -> None:
    assert told in faults(BASE.replace(old, new))


@pytest.mark.parametrize("text", ["IRN>ISR", "initial.flow.*>IRN", "initial.*.RUS>*"])
def test_the_older_spelling_of_a_dyad_becomes_the_present_one(text: str) -> None:
    assert address_of(text) == text.replace(">", "-")


@pytest.mark.parametrize("text", ["RUS<>IRN", "RUS.israel_ties", "a > b", "> 3"])
def test_everything_else_stays_as_it_is(text: str) -> None:
    assert address_of(text) == text


def test_both_ways_have_a_spelling_that_a_shell_takes_as_it_is() -> None:
    texts = [BASE.replace("RUS-USA: 0.6", f"RUS{way}USA: 0.65") for way in ("--", "<>")]
    spelled = [read(text) for text in texts]
    starts = [vocabulary().start(one, one.settings)["hostility"] for one in spelled]
    assert starts[0] == starts[1]
    assert starts[0]["RUS", "USA"] == starts[0]["USA", "RUS"] == 0.65


@pytest.mark.parametrize("way", ["--", "<>"])
def test_an_address_of_both_ways_is_refused_with_the_two_that_are_meant(way: str) -> None:
    told = f"initial.hostility.IRN{way}ISR is two addresses; expected one way each: "
    text = BASE.replace(
        "parameters: {initial.hostility.IRN-ISR", f"parameters: {{initial.hostility.IRN{way}ISR", 1
    )
    assert told + "initial.hostility.IRN-ISR and initial.hostility.ISR-IRN" in faults(text)
