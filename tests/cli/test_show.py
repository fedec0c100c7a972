"""`realpolitik show`: a scenario told, on a dated line, and beside another."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from realpolitik.sim.cli.commands import cli
from realpolitik.sim.cli.show import differences, drawing
from realpolitik.sim.scenario.loading import load_scenario, read_scenario, shipped_scenarios
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.vocabulary import vocabulary
from tests.offenders import each

BAD = sorted((Path(__file__).parents[1] / "bad_scenarios").glob("*.yaml"))
SCENARIO = """\
title: A test of strength
question: Who is stronger?
start: 2024-08-05
weeks: 26
actors: [RUS, USA, IRN]
parameters: {world.precision: 8, RUS.israel_ties: 0}
initial: {hostility: {RUS-USA: 0.25}}
shocks:
  - {id: late, kind: posture, week: 3, by: USA, protecting: IRN, probability: 0.5, note: Perhaps.}
  - {id: vote, kind: election, date: 2024-08-13, of: USA, inaugurated_after_weeks: 4}
deals:
  - {id: bargain, actor: RUS, rival: USA, toward: IRN}
outcomes:
  war: {measure: full_scale_war, label: Is there war?}
sources: [Hearsay]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A scenario in a file."""
    path = tmp_path / "strength.yaml"
    path.write_text(SCENARIO, encoding="utf-8")
    return path


def call(*words: str | Path, **env: str) -> Result:
    """What the command does with these words."""
    return CliRunner().invoke(cli, [str(word) for word in words], env=env)


# ── show ─────────────────────────────────────────────────────────────────────────────


def shown(file: Path) -> str:
    """What is shown, with single spaces."""
    done = call("show", file)
    assert done.exit_code == 0
    return re.sub(r"\s+", " ", done.stdout)


def test_the_frame_is_told(file: Path) -> None:
    text = shown(file)
    assert text.startswith("A test of strength Who is stronger? start 5 August 2024 ")
    assert "end 2 February 2025, after 26 weeks" in text
    assert "actors RUS Russia, USA United States, IRN Iran" in text


def test_shocks_stand_on_their_dates_in_order(file: Path) -> None:
    text = shown(file)
    vote, late = text.index("2024-08-13 week 2: election (vote)"), text.index("2024-08-19 week 3:")
    assert vote < late
    assert "felt from week 6" in text
    assert "with probability 0.5 Perhaps." in text


def test_only_parameters_that_differ_are_told(file: Path) -> None:
    default = vocabulary().parameters["world.precision"].default
    file.write_text(SCENARIO.replace("precision: 8", f"precision: {default}"), encoding="utf-8")
    text = shown(file)
    assert "world.precision" not in text
    assert "RUS.israel_ties 0 instead of " in text


def test_the_rest_is_told(file: Path) -> None:
    text = shown(file)
    assert "hostility RUS-USA 0.25" in text
    assert "bargain RUS holds back toward IRN if USA concedes" in text
    assert "war Is there war?; full_scale_war" in text
    assert text.endswith("Sources - Hearsay ")


def test_what_else_a_file_may_say_is_told(file: Path) -> None:
    more = """\
variants: {calm: {weeks: 3}}
levers: [{parameter: RUS.saudi_ties, label: Ties to Riyadh, range: [0, 0.1]}]
expects: [{outcome: war, than: no_shock, direction: higher, claim: Ships lead to war, source: Me}]
"""
    changed = SCENARIO.replace("week: 3", "when: {outcome: war, delay_weeks: 2}").replace(
        "precision: 8", "precision: {value: 8, range: [6, 9], source: A guess}"
    )
    file.write_text(changed + more, encoding="utf-8")
    text = shown(file)
    assert "variants #calm" in text
    assert "when 2 weeks after war is at least 1: posture (late), by USA" in text
    assert "; from 6 to 9; A guess" in text
    assert "RUS.saudi_ties Ties to Riyadh; from 0 to 0.1" in text
    assert "war higher than in no_shock: Ships lead to war (Me)" in text


def test_sections_with_nothing_to_say_are_left_out() -> None:
    text = call("show", "no_shock").stdout
    assert "What happens" not in text
    assert "Parameters that differ" not in text


@pytest.mark.parametrize("name", ["haniyeh_2024", "no_shock"])
def test_what_is_shown_fits_a_narrow_terminal(name: str) -> None:
    done = call("show", name, COLUMNS="60")
    assert max(len(line) for line in done.stdout.splitlines()) <= 60


HEAD = "title: A\nquestion: B?\nstart: 2024-08-05\nactors: [RUS, USA, IRN]\n"


def scenario(weeks: int, *shocks: str) -> Scenario:
    """A scenario with shocks of one kind at these times."""
    lines = [
        f"  - {{id: s{at}, kind: posture, by: USA, protecting: IRN, {time}}}\n"
        for at, time in enumerate(shocks)
    ]
    part = f"shocks:\n{''.join(lines)}" if lines else ""
    outcomes = "outcomes: {war: {measure: full_scale_war}}\n"
    return read_scenario(f"{HEAD}weeks: {weeks}\n{outcomes}{part}", "x.yaml")


def test_shocks_stand_where_their_dates_are() -> None:
    lines = drawing(scenario(10, "week: 1", "week: 6", "week: 6", "date: 2024-10-13"), 70)
    assert lines[0] == " " * 35 + "2"
    assert lines[1] == "1" + " " * 34 + "3" + " " * 33 + "4"
    assert len(lines[2]) == 70


def test_months_are_marked_and_named() -> None:
    *_, line, names = drawing(scenario(26), 91)
    assert [at for at, sign in enumerate(line) if sign == "┬"] == [13, 28, 44, 59, 74, 90]
    assert names.split() == ["Sep", "Oct", "Nov", "Dec", "2025"]


def test_years_are_named_where_there_is_no_room_for_months() -> None:
    *_, names = drawing(scenario(520), 60)
    assert names.split() == [str(year) for year in range(2025, 2035)]


def test_no_horizon_is_a_line_too() -> None:
    assert drawing(scenario(0), 20) == ["─" * 20, ""]


def test_of_many_shocks_all_are_drawn() -> None:
    lines = drawing(scenario(26, *["week: 3"] * 40), 60)
    marks = "".join(line.strip() for line in lines[:-2])
    assert marks == "123456789abcdefghijklmnopqrstuvwxyz" + "*" * 5


def timeline(name: str) -> str:
    """What is printed in a narrow terminal."""
    done = CliRunner().invoke(cli, ["show", "--timeline", name], env={"COLUMNS": "60"})
    assert done.exit_code == 0
    return done.stdout


@each("name", shipped_scenarios())
def test_every_timeline_fits_a_narrow_terminal(name: str) -> None:
    assert max(len(line) for line in timeline(name).splitlines()) <= 60


def test_each_mark_is_explained() -> None:
    text = timeline("haniyeh_2024")
    assert "1  2024-08-05  week 1: haniyeh_killed (assassination)" in text
    assert "us_election (election), felt from" in text


def test_conditions_are_told_beneath(tmp_path: object) -> None:
    file = f"{tmp_path}/x.yaml"
    shock = "{id: late, kind: posture, by: USA, protecting: IRN, probability: 0.5, "
    with open(file, "w", encoding="utf-8") as stream:  # noqa: PTH123
        stream.write(f"{HEAD}outcomes: {{war: {{measure: full_scale_war}}}}\n")
        stream.write(f"shocks: [{shock} when: {{outcome: war, delay_weeks: 3}}}}]\n")
    words = " ".join(timeline(file).split())
    assert "On a condition ? late (posture, probability 0.5): 3 weeks after war is" in words


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
