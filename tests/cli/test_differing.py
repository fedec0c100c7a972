"""`realpolitik show --diff` and `--resolved`."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from realpolitik.sim.cli.commands import cli
from realpolitik.sim.cli.scenario.differing import differences
from realpolitik.sim.scenario.loading import load_scenario, read_scenario, shipped_scenarios
from tests.offenders import each

BASE = """\
title: The base
question: Is it there?
start: 2024-08-05
weeks: 10
actors: [RUS, USA, IRN]
parameters: {RUS.saudi_ties: 0.1}
shocks:
  - {id: ships, kind: posture, week: 1, by: USA, protecting: IRN}
levers:
  - {parameter: RUS.saudi_ties, label: Ties, range: [0, 0.1]}
outcomes:
  war: {measure: full_scale_war}
sources: [One, Two]
"""
ONE = read_scenario(BASE, "one.yaml")


def call(*words: str | Path, **env: str) -> Result:
    """What the command does with these words."""
    return CliRunner().invoke(cli, [str(word) for word in words], env=env)


def told(top: str) -> list[str]:
    """The differences that a change of the base makes, each on a line."""
    other = read_scenario(top, "other.yaml")
    return [f"{how} {what}" for how, what in differences(ONE, other)]


@pytest.mark.parametrize(
    ("old", "new", "difference"),
    [
        ("weeks: 10", "weeks: 20", "changed weeks: 10 -> 20"),
        ("RUS, USA, IRN]", "RUS, USA, IRN, ISR]", "added actors.ISR"),
        ("Two]", "Three]", "removed sources.Two|added sources.Three"),
        ("RUS.saudi_ties: 0.1", "", "removed parameters.RUS.saudi_ties: 0.1"),
        (
            "RUS.saudi_ties: 0.1",
            "RUS.saudi_ties: {value: 0.2, source: A guess}",
            "changed parameters.RUS.saudi_ties: 0.1 -> value 0.2, source A guess",
        ),
        (", week: 1", ", week: 1, guard: 0.5", "changed shocks.ships.guard: 0.3 -> 0.5"),
        (
            "week: 1",
            "when: {outcome: war}",
            "removed shocks.ships.week: 1|added shocks.ships.when: outcome war, delay_weeks 1",
        ),
        ("[0, 0.1]", "[0, 0.2]", "changed levers.RUS.saudi_ties.range: [0, 0.1] -> [0, 0.2]"),
        ("war: {m", "peace: {m", "removed outcomes.war: m|added outcomes.peace: m"),
    ],
)
def test_each_difference_is_a_line(old: str, new: str, difference: str) -> None:
    found = told(BASE.replace(old, new))
    wanted = difference.split("|")
    assert [line[: len(one)] for line, one in zip(found, wanted, strict=True)] == wanted


def test_a_scenario_does_not_differ_from_itself() -> None:
    assert told(BASE) == []
    assert call("show", "--diff", "no_shock", "no_shock").stdout.endswith("Nothing differs.\n")


def test_both_scenarios_are_named(tmp_path: Path) -> None:
    file = tmp_path / "one.yaml"
    file.write_text(BASE + "variants: {long: {weeks: 30}}\n", encoding="utf-8")
    lines = call("show", "--diff", file, f"{file}#long").stdout.splitlines()
    assert lines[0].split() == ["from", str(file), "The", "base"]
    assert lines[1].split() == ["to", f"{file}#long", "The", "base:", "long"]
    assert lines[-1].split() == ["changed", "weeks:", "10", "->", "30"]


def test_differences_fit_a_narrow_terminal() -> None:
    done = call("show", "--diff", "haniyeh_2024", "no_shock", COLUMNS="60")
    assert done.exit_code == 0
    assert max(len(line) for line in done.stdout.splitlines()) <= 60


@pytest.mark.parametrize("words", [["--diff", "no_shock"], ["no_shock", "no_shock"]])
def test_a_wrong_number_of_scenarios_is_wrong_usage(words: list[str]) -> None:
    done = call("show", *words)
    assert done.exit_code == 2
    assert "wanted" in done.stderr


@each("name", shipped_scenarios())
def test_what_is_resolved_reads_back_the_same(name: str, tmp_path: Path) -> None:
    scenario = load_scenario(name)
    done = call("show", "--resolved", name)
    assert "extends" not in done.stdout
    again = read_scenario(done.stdout, str(tmp_path / f"{scenario.name}.yaml"))
    assert list(differences(scenario, again)) == []
