"""`realpolitik show --timeline`."""

from click.testing import CliRunner

from realpolitik.sim.cli.commands import cli
from realpolitik.sim.cli.scenario.timeline import drawing
from realpolitik.sim.scenario.loading import read_scenario, shipped_scenarios
from realpolitik.sim.scenario.schema import Scenario
from tests.offenders import each

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


def shown(name: str) -> str:
    """What is printed in a narrow terminal."""
    done = CliRunner().invoke(cli, ["show", "--timeline", name], env={"COLUMNS": "60"})
    assert done.exit_code == 0
    return done.stdout


@each("name", shipped_scenarios())
def test_every_timeline_fits_a_narrow_terminal(name: str) -> None:
    assert max(len(line) for line in shown(name).splitlines()) <= 60


def test_each_mark_is_explained() -> None:
    text = shown("haniyeh_2024")
    assert "1  2024-08-05  week 1: haniyeh_killed (assassination)" in text
    assert "us_election (election), felt from" in text


def test_conditions_are_told_beneath(tmp_path: object) -> None:
    file = f"{tmp_path}/x.yaml"
    shock = "{id: late, kind: posture, by: USA, protecting: IRN, probability: 0.5, "
    with open(file, "w", encoding="utf-8") as stream:  # noqa: PTH123
        stream.write(f"{HEAD}outcomes: {{war: {{measure: full_scale_war}}}}\n")
        stream.write(f"shocks: [{shock} when: {{outcome: war, delay_weeks: 3}}}}]\n")
    words = " ".join(shown(file).split())
    assert "On a condition ? late (posture, probability 0.5): 3 weeks after war is" in words
