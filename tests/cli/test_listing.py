"""`realpolitik list`: every name is there."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from realpolitik.sim.cli.commands import cli
from realpolitik.sim.cli.scenario import TOPICS
from realpolitik.sim.scenario import finding, loading
from realpolitik.sim.scenario.loading import shipped_scenarios
from realpolitik.sim.scenario.vocabulary import vocabulary

HEAD = "title: Strength\nquestion: Whose?\nstart: 2024-08-05\nactors: [RUS, USA]"


def listed(*topic: str, **env: str) -> str:
    """What is printed."""
    done = CliRunner().invoke(cli, ["list", *topic], env=env)
    assert done.exit_code == 0
    return done.stdout


@pytest.mark.parametrize(
    ("topic", "names"),
    [
        ("scenarios", shipped_scenarios()),
        ("actors", vocabulary().actors),
        ("actions", vocabulary().actions),
        ("parameters", vocabulary().parameters),
        ("outcomes", [*vocabulary().measures, *vocabulary().base_rates]),
    ],
)
def test_every_name_of_a_topic_begins_a_line(topic: str, names: list[str]) -> None:
    lines = listed(topic).splitlines()
    column = 1 if topic == "actions" else 0
    told = {words[column] for line in lines if len(words := line.split()) > column}
    assert set(names) <= told


def test_variants_stand_beside_their_scenario(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    text = f"{HEAD}\nvariants: {{calm: {{weeks: 3}}, cold: {{weeks: 4}}}}"
    (tmp_path / "one.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(finding, "files", lambda package: tmp_path)
    (line,) = [line for line in listed("scenarios").splitlines() if line.startswith("one ")]
    assert line.split() == ["one", "Strength", "#calm,", "#cold"]


def test_incentives_have_weight_range_source_and_reason() -> None:
    text = listed("incentives")
    for code in vocabulary().actors:
        for parameter in vocabulary().weights_of(code):
            (line,) = [
                line for line in text.splitlines() if line.split()[:1] == [parameter.address]
            ]
            numbers = f"{parameter.default:.10g} ({parameter.low:.10g} to {parameter.high:.10g}"
            assert numbers in line
            assert line.endswith(parameter.source)
            assert parameter.meaning in text


def test_parameters_are_listed_as_a_topic_and_as_an_option() -> None:
    assert listed("--parameters") == listed("parameters") == listed("parameters", "--parameters")


def test_parameters_tell_whether_they_are_grounded_and_in_what() -> None:
    lines = {line.split()[0]: line for line in listed("--parameters").splitlines() if line.strip()}
    for address, parameter in vocabulary().parameters.items():
        assert vocabulary().provenance(parameter) in lines[address].split(), address
        assert lines[address].endswith(parameter.source), address
    for key, source in vocabulary().sources.items():
        assert lines[key].endswith(source.citation), key


def test_parameters_as_json_say_what_each_rests_on_and_within_what() -> None:
    told = json.loads(listed("parameters", "--json"))
    words = vocabulary()
    assert list(told) == list(words.parameters)
    for address, parameter in words.parameters.items():
        assert told[address]["basis"] == words.provenance(parameter)
        assert (told[address]["low"], told[address]["high"]) == (parameter.low, parameter.high)
        assert (told[address]["basis"] == "estimated") <= (told[address]["level"] > 0)


@pytest.mark.parametrize("topic", [["actors"], []])
def test_json_is_of_parameters_alone(topic: list[str]) -> None:
    done = CliRunner().invoke(cli, ["list", *topic, "--json"])
    assert done.exit_code == 2
    assert "list parameters --json" in done.stderr


def test_without_a_topic_there_is_a_little_of_each() -> None:
    text = listed()
    assert "haniyeh_2024" in text
    assert "RUS Russia" in text
    assert "offensive_arms" in text
    assert "direct_strike" in text


def test_measures_tell_which_keys_they_need() -> None:
    (line,) = [line for line in listed("outcomes").splitlines() if line.startswith("weeks_to ")]
    assert "[action], by, target" in line


@pytest.mark.parametrize("topic", TOPICS)
def test_lists_fit_a_narrow_terminal(topic: str) -> None:
    assert max(len(line) for line in listed(topic, COLUMNS="60").splitlines()) <= 60


@pytest.mark.parametrize("topic", TOPICS)
def test_lists_keep_a_line_for_each_name_where_no_terminal_is(topic: str) -> None:
    assert all(line == line.rstrip() for line in listed(topic).splitlines())


def test_a_shipped_scenario_that_is_wrong_hides_no_other(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    files = shipped_scenarios()
    monkeypatch.setattr(loading, "content_of", lambda source: _spoilt(source.where))
    done = CliRunner().invoke(cli, ["list", "scenarios"])
    assert "no_shock.yaml:1:1" in done.stderr
    assert set(files) - {"no_shock"} <= set(done.stdout.split())


def _spoilt(where: str) -> bytes:
    return b"{}" if where.endswith("no_shock.yaml") else Path(where).read_bytes()
